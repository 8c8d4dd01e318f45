"""Read all-day events as exported by calendar programs, and events that end after midnight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.times import ReadTime
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_LONGEST_NIGHT = 20


def goes_over_night(row: Row, at: time, until: time) -> bool:
    """Return whether an event can last from one time past midnight to another; nearly a day is a mistake."""
    if until == time.min or until.hour - at.hour + 24 <= _LONGEST_NIGHT:
        return True
    for cell in row.all("end_time") or row.all("time") or row.all("end"):
        row.leave_out(cell, phrase("This is before the start."))
    return False


def as_whole_days(row: Row, found: ReadDate, time_of: Callable[[Cell], ReadTime]) -> ReadDate:
    """Return the days of an all-day event without times, and remove the cells for times from the row.

    Outlook ends a day at the next midnight: from the 21st, 00:00, to the 22nd, 00:00, is a single day.
    """
    first, last = row.first("start_time"), row.first("end_time")
    at = time_of(first).start if first is not None else found.start_time
    until = time_of(last).start if last is not None else found.end_time
    for name in ("time", "start_time", "end_time"):
        row.cells.pop(name, None)
    end = found.end
    if found.start is not None and end is not None and end > found.start and at == until == time.min:
        end -= timedelta(days=1)
    precision = DatePrecision.DAY if found.precision is DatePrecision.MINUTE else found.precision
    return replace(found, end=end, precision=precision, start_time=None, end_time=None, moment=None)
