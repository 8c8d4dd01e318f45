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
"""Seconds between two looks at the store's version: several processes on one store then agree within two."""
SET_BACK_S = 1.0
"""A clock that goes back by less is the difference between two threads that read it."""
MOST_CHANGES = 5_000
"""Above this many changed rows, reading all again is faster than exchanging them one by one."""


class Changes(Protocol):
    """What the store says has changed since a version."""

    @property
    def version(self) -> int:
        """The version that these changes lead to."""

    @property
    def rows(self) -> Sequence[EventRow]:
        """New and changed public events."""

    @property
    def removed(self) -> Sequence[str]:
        """Ids that are no longer public."""


class SnapshotKeeper:
    """Hands out the present snapshot, and renews it when the store's version or the clock asks for it.

    One thread at a time renews; the others are served the snapshot before, and wait only for the very first one.

    Parameters
    ----------
    load
        Gives the rows of all public events, in chunks.
    changes_since
        Gives what has changed since a version of the store.
    rows_for
        Gives the rows of some events as the public may see them now.
    version
        Gives the store's version; cheap.
    finder
        Searches the texts of the events; None: no event matches a text.
    clock
        Seconds that never run backwards.
    wall_clock_s
        Unix time by the same clock that the store decides by what is public; it may be set back.
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
        """Return the snapshot, at most about a second old.

        Raises
        ------
        StoreError
            If the store cannot be read, and there is no snapshot yet or the clock was set back.
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
            # What is in memory is still all public. The next look is in a second.
            log.error("The map is answered from memory; what was changed meanwhile is not in it. %s", err)
            return snapshot
        finally:
            self._renewing.release()

    def _is_ahead(self) -> bool:
        """Return whether the clock was set back since the snapshot was made: it may then show what is not due yet."""
        return self._wall_clock_s() < self._as_of_s - SET_BACK_S

    def _renew(self, old: Snapshot | None) -> Snapshot:
        # The moment counts from before the look, and is kept even if the look fails: a store that is down is then
        # asked once a second, not once a request.
        self._looked_at = self._clock()
        snapshot = self._read_all() if old is None else old
        version = self._version()
        if version != snapshot.dataset_version:
            changes = self._changes_since(snapshot.dataset_version)
            too_many = len(changes.rows) + len(changes.removed) > MOST_CHANGES
            if too_many or changes.version < snapshot.dataset_version:  # lower: the database was replaced
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
