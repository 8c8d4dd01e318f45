"""Decide whether midnights are times or days: in a column of ends, and in days that a program converted to UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_columns import DateColumn
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_SAMPLE = 200
_STARTS = ("date", "start")


def ends_at_midnight(
    table: Table, columns: Sequence[Column], decided: Mapping[int, DateColumn]
) -> dict[int, DateColumn]:
    """Return the columns, in which midnights of ends are times if the starts next to them have times.

    They stay days if an event would end on the midnight before its start: then the program had no time for the end.
    """
    starts = [one.position for one in columns if one.field in _STARTS and decided[one.position].has_times]
    found = dict(decided)
    for column in columns if starts else ():
        end = decided[column.position] if column.field == "end" else None
        if end is None or not (end.only_midnight or end.only_midnight_stamps):
            continue
        as_times = replace(end, only_midnight=False, only_midnight_stamps=False)
        rows = [cells for _, cells in table.rows[:_SAMPLE] if len(cells) > max(column.position, starts[0])]
        pairs = [(decided[starts[0]].read(row[starts[0]]), as_times.read(row[column.position])) for row in rows]
        if not any(first.start and first.start == last.start and first.start_time != time.min for first, last in pairs):
            found[column.position] = as_times
    return found


def without_midnight(
    found: ReadDate, at: time | None, until: time | None, column: DateColumn | None
) -> tuple[ReadDate, time | None]:
    """Return the day and no time if all stamps of the column are midnights that a program converted to UTC."""
    if at != time.min or until is not None or column is None or not column.is_of_few_hours:
        return found, at
    return replace(found, precision=DatePrecision.DAY), None
