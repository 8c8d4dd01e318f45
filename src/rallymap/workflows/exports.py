"""Public events for files, feeds and the API: read in pages, each event in its public view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

import numpy as np

from rallymap.errors import EventNotFoundError
from rallymap.events import Event
from rallymap.exports.formats import Format
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import EventCells
from rallymap.language import current_language, unisolated
from rallymap.query.filter_words import selection_in_words
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.selection import Rows
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.audit import list_public_history
from rallymap.store.events import get_public_events
from rallymap.store.table_cells import get_public_cells
from rallymap.store.transaction import Reading

T = TypeVar("T")
EVENTS_AT_ONCE = 500


def moment_of(snapshot: Snapshot, now: datetime) -> datetime:
    """Return the time at which events are viewed with a snapshot: never later than the snapshot covers."""
    return datetime.fromtimestamp(min(now.timestamp(), snapshot.next_due - 0.001), UTC)


def export_as(form: Format, db: Database, snapshot: Snapshot, listing: Listing, now: datetime) -> Iterator[Any]:
    """Yield the public events of a listing, or their cells, as a format needs them; order of :func:`export_events`."""
    if form.is_table:
        return export_cells(db, snapshot, listing, now)
    return export_events(db, snapshot, listing, now)


def export_events(db: Database, snapshot: Snapshot, listing: Listing, now: datetime) -> Iterator[Event]:
    """Yield the public events of a listing by first day, undated ones last; holds only some hundred in memory."""
    return read_rows(db, snapshot, _dated_first(snapshot, listing), now, get_public_events)


def export_cells(db: Database, snapshot: Snapshot, listing: Listing, now: datetime) -> Iterator[EventCells]:
    """Yield the cells of the public events of a listing, in the order of :func:`export_events`."""
    return read_rows(db, snapshot, _dated_first(snapshot, listing), now, get_public_cells)


def _dated_first(snapshot: Snapshot, listing: Listing) -> Rows:
    rows = listing.rows(snapshot)
    return np.roll(rows, -int((rows < snapshot.columns.undated).sum()))


def read_rows(
    db: Database,
    snapshot: Snapshot,
    rows: Rows,
    now: datetime,
    read: Callable[[Reading, Iterable[str], datetime], Iterable[T]],
) -> Iterator[T]:
    """Yield the public events of rows, or their cells, in row order; events withdrawn meanwhile are skipped.

    Parameters
    ----------
    read
        :func:`get_public_events` or :func:`get_public_cells`.
    """
    at = moment_of(snapshot, now)
    for first in range(0, len(rows), EVENTS_AT_ONCE):
        yield from db.read(read, snapshot.ids_of(rows[first : first + EVENTS_AT_ONCE]), at)


def latest_changes(
    db: Database, snapshot: Snapshot, listing: Listing, now: datetime, *, limit: int
) -> list[tuple[Event, datetime]]:
    """Return the latest changed public events of a listing, each with its public change time, newest first.

    If many changed at the same time, as in an import, those with the latest days are returned.
    """
    at, rows = moment_of(snapshot, now), listing.rows(snapshot)
    changed_in = snapshot.columns.changed_in[rows]
    if len(rows) > limit:
        least = np.partition(changed_in, -limit)[-limit]
        rows, changed_in = rows[changed_in >= least], changed_in[changed_in >= least]
    latest = rows[np.lexsort((rows, changed_in))[::-1][:limit]]

    def read(tx: Reading) -> list[tuple[Event, datetime]]:
        found = []
        for event in get_public_events(tx, snapshot.ids_of(latest), at):
            with suppress(EventNotFoundError):  # withdrawn meanwhile
                found.append((event, list_public_history(tx, event.id, at)[-1].at))
        return found

    return sorted(db.read(read), key=lambda pair: (pair[1], pair[0].id), reverse=True)


def describe_export(
    settings: Settings, address: str, snapshot: Snapshot, listing: Listing, now: datetime
) -> Provenance:
    """Return the provenance of a file with the events of a listing."""
    return Provenance(
        now.date(),
        settings.site_name,
        address,
        snapshot.version,
        unisolated(selection_in_words(listing.event_filter)),
        settings.licence_for(current_language().code),
        settings.host.operator,
        settings.host.takedown_contact,
    )
