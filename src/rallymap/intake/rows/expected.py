"""Numbers of people of events that did not take place, or not yet: they were expected, and did not come."""

from __future__ import annotations

from rallymap.events import EventStatus
from rallymap.intake.cells.lifted_bans import is_ban
from rallymap.intake.rows.row import Row
from rallymap.intake.tables.heading_sides import is_turnout

_NOT_HELD = frozenset({EventStatus.ANNOUNCED.value, EventStatus.CANCELLED.value, EventStatus.POSTPONED.value})


def note_expected(row: Row) -> None:
    """Mark the number of people as expected if the file says that the event is announced, cancelled or postponed."""
    cell = row.first("crowd")
    if cell is None or row.texts.get("status") not in _NOT_HELD or is_turnout(cell.column.heading):
        return
    if is_ban(row.text("status")) or is_ban(cell.text):
        return  # people may have come anyway
    if {"crowd_low", "crowd_high"} & row.texts.keys() and "crowd_by" not in row.texts:
        row.texts["crowd_expected"] = "yes"
