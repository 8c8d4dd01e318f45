"""Numbers of people of events that did not take place, or not yet: they were expected, and did not come."""

from __future__ import annotations

import re

from rallymap.events import EventStatus
from rallymap.intake.cells.lifted_bans import is_ban
from rallymap.intake.rows.row import Row
from rallymap.intake.tables.heading_sides import is_turnout

_CALLED_OFF = frozenset({EventStatus.CANCELLED.value, EventStatus.POSTPONED.value})
_FIGURES = ("crowd", "crowd_low", "crowd_high", "crowd_police", "crowd_organisers")
_TWO_FIGURES = re.compile(r"\d{2}")
_NUMBER = re.compile(r"(crowd\d*_)(?:low|high)")


def note_expected(row: Row) -> None:
    """Mark the numbers of people as expected if the file says that the event is announced, cancelled or postponed.

    A column for the turnout says nothing else about an event that was called off; if it is only announced, people may
    have come. Numbers that are counted in a column of their own are kept.
    """
    cell, status = row.first(*_FIGURES), row.texts.get("status")
    if cell is None or row.first("crowd_actual") is not None or is_ban(row.text("status")) or is_ban(cell.text):
        return  # people may have come in spite of a ban
    if status == EventStatus.ANNOUNCED.value:
        if is_turnout(cell.column.heading) or "crowd_by" in row.texts:
            return
    elif status not in _CALLED_OFF:
        return
    for name in [name for name in row.texts if _NUMBER.fullmatch(name)]:
        row.texts[_NUMBER.sub(r"\1expected", name)] = "yes"


def keep_numbers_of_status(row: Row) -> None:
    """Keep a status that also gives a number, "held, about 1,200 present", for moderators."""
    cell = row.first("status")
    if cell is None or "status" not in row.texts or not _TWO_FIGURES.search(cell.text):
        return
    if any(map(str.isalpha, cell.text)):
        row.keep(cell)
