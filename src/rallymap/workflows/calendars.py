"""Entries of calendar feeds, kept between feeds and versions of the data."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from rallymap.exports.calendar_file import CalendarEntry, calendar_entry
from rallymap.exports.provenance import Provenance
from rallymap.language import current_language, wording_version
from rallymap.query.snapshot import Snapshot
from rallymap.query.snapshot.memory import Memory
from rallymap.query.snapshot.selection import Rows
from rallymap.store import Database
from rallymap.store.events import get_public_events
from rallymap.workflows.exports import read_rows

MOST_KEPT: Final = 10_000
"""Maximum number of entries in memory; one has about 1,300 bytes."""


class CalendarEntries:
    """Makes the entries of calendars, and keeps them until their event changes.

    Each public change makes every calendar new, but in most of them no event has changed.
    """

    def __init__(self) -> None:
        self._made = Memory(MOST_KEPT)

    def of_rows(
        self, db: Database, snapshot: Snapshot, rows: Rows, provenance: Provenance, now: datetime
    ) -> list[CalendarEntry]:
        """Return the entries of dated rows, in row order; events withdrawn meanwhile are skipped."""
        language = current_language()
        said = (
            language.code, wording_version(language), provenance.made_on, provenance.address, provenance.licence,
        )  # fmt: skip
        ids, changed_in = snapshot.ids_of(rows), snapshot.columns.changed_in[rows].tolist()
        # What the public sees of a pending event changes with time.
        keys = {
            event_id: (event_id, version, said)
            for event_id, version in zip(ids, changed_in, strict=True)
            if event_id not in snapshot.pending
        }
        known = ((event_id, self._made.find(key)) for event_id, key in keys.items())
        found = {event_id: entry for event_id, entry in known if isinstance(entry, CalendarEntry)}
        missing = rows[[event_id not in found for event_id in ids]]
        for event in read_rows(db, snapshot, missing, now, get_public_events):
            entry = calendar_entry(event, provenance)
            if entry is not None:
                found[event.id] = entry
                if event.id in keys:
                    self._made.put(keys[event.id], entry)
        return [found[event_id] for event_id in ids if event_id in found]
