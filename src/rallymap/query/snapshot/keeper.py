"""Keep one snapshot up to date for all threads of a process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from rallymap.errors import StoreUnavailableError
from rallymap.query.rows import EventRow
from rallymap.query.snapshot.finder import Finder
from rallymap.query.snapshot.state import Snapshot

log = logging.getLogger(__name__)

POLL_S = 1.0
"""Seconds between two checks of the store's version; several processes on one store then agree within two seconds."""
SET_BACK_S = 1.0
"""Smaller steps back are differences between threads that read the clock."""
MOST_CHANGES = 5_000
"""Above this many changed rows, reloading everything is faster than replacing single rows."""


class Changes(Protocol):
    """Changes of the store since a version."""

    @property
    def version(self) -> int:
        """Version after these changes."""

    @property
    def rows(self) -> Sequence[EventRow]:
        """New and changed public events."""

    @property
    def removed(self) -> Sequence[str]:
        """Ids of events that are no longer public."""


class SnapshotKeeper:
    """Provider of the current snapshot; renews it when the store's version or the clock requires it.

    One thread at a time renews; the others get the previous snapshot, and wait only for the very first one.

    Parameters
    ----------
    load
        Returns the rows of all public events, in chunks.
    changes_since
        Returns the changes since a version of the store.
    rows_for
        Returns the public rows of some events, as of now.
    version
        Returns the store's version; cheap.
    finder
        Full-text search in the events; None if no event matches any text.
    clock
        Monotonic clock, seconds.
    wall_clock_s
        Unix time by the clock that the store uses to decide what is public; it can be set back.
    """

    def __init__(
        self,
        *,
        load: Callable[[], Iterable[Sequence[EventRow]]],
        changes_since: Callable[[int], Changes],
        rows_for: Callable[[Iterable[str]], Sequence[EventRow]],
        version: Callable[[], int],
        finder: Finder | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall_clock_s: Callable[[], float] = time.time,
    ) -> None:
        self._load = load
        self._changes_since = changes_since
        self._rows_for = rows_for
        self._version = version
        self._finder = finder
        self._clock = clock
        self._wall_clock_s = wall_clock_s
        self._renewing = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._looked_at = 0.0
        self._as_of_s = 0.0

    def current(self) -> Snapshot:
        """Return the snapshot, at most about one second old.

        Raises
        ------
        StoreError
            If the store cannot be read and there is no snapshot yet, or the clock was set back.
        """
        snapshot = self._snapshot
        if snapshot is None or self._is_ahead():
            with self._renewing:
                if self._snapshot is None or self._is_ahead():
                    return self._renew(None)
                return self._snapshot
        if self._clock() - self._looked_at < POLL_S or not self._renewing.acquire(blocking=False):
            return snapshot
        try:
            return self._renew(snapshot)
        except StoreUnavailableError as err:
            # Everything in memory is still public. The next check is in one second.
            log.error("The map is answered from memory; what was changed meanwhile is not in it. %s", err)
            return snapshot
        finally:
            self._renewing.release()

    def _is_ahead(self) -> bool:
        """Return whether the clock was set back since the snapshot was made: it may show something too early."""
        return self._wall_clock_s() < self._as_of_s - SET_BACK_S

    def _renew(self, old: Snapshot | None) -> Snapshot:
        # Set before the check and kept if it fails, so that an unavailable store is queried once per second, not once
        # per request.
        self._looked_at = self._clock()
        snapshot = self._read_all() if old is None else old
        version = self._version()
        if version != snapshot.dataset_version:
            changes = self._changes_since(snapshot.dataset_version)
            too_many = len(changes.rows) + len(changes.removed) > MOST_CHANGES
            if too_many or changes.version < snapshot.dataset_version:  # lower if the database was replaced
                snapshot = self._read_all()
            else:
                snapshot = snapshot.apply(changes.version, changes.rows, changes.removed)
        now_s = self._wall_clock_s()
        due = snapshot.due(now_s)
        if due:
            if self._finder is not None:
                self._finder.renew()
            rows = self._rows_for(due)
            snapshot = snapshot.apply(snapshot.dataset_version, rows, due)
        self._snapshot, self._as_of_s = snapshot, now_s
        return snapshot

    def _read_all(self) -> Snapshot:
        if self._finder is not None:
            self._finder.renew()
        version = self._version()
        return Snapshot.build(self._load(), version, self._finder)
