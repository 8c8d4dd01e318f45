"""Words in cells for dates, times and numbers of people that say that an event was cancelled or postponed."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.events import EventStatus
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.words import status_inside, status_of
from rallymap.intake.rows.row import Row

_CLOCKS = ("date", "start", "end", "time", "start_time", "end_time")
_DATED_BRACKET = re.compile(r"\([^()]*\d[^()]*\)")
"""As in "12 May (postponed to 19 May)", which gives the date of the event."""
_CALLED_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED)


def take_called_off(row: Row) -> EventStatus | None:
    """Return the status in a cell for a date or a time, with a note; None if there is none.

    A cell that contains only the status is removed from the row; "12 May (cancelled)" is also parsed as a date.
    """
    for name in _CLOCKS:
        for cell in row.all(name):
            status, is_dated = _status_of_clock(cell.text)
            if status in _CALLED_OFF:
                row.note_status(cell, status)
                if not is_dated:
                    row.cells[name] = [other for other in row.cells[name] if other is not cell]
                return status
    return None


@lru_cache(maxsize=8192)
def _status_of_clock(text: str) -> tuple[EventStatus | None, bool]:
    """Return the status in a date or time, and whether there is a number next to it."""
    if not any(map(str.isdecimal, text)):
        return status_of(text), False
    words = _DATED_BRACKET.sub(" ", text)
    return status_inside(words, only_marked=False) if any(map(str.isalpha, words)) else None, True


def status_instead_of_number(text: str) -> EventStatus | None:
    """Return the status in a cell for a number of people ("cancelled"); None for a number, also in words."""
    if any(map(str.isdecimal, text)):
        return None
    status = status_of(text)
    if status not in _CALLED_OFF:
        return None  # "tbc" means that the number is not known
    crowd = read_crowd(text)  # "over a thousand" is no end of an event
    return status if crowd.low is None and crowd.high is None else None
