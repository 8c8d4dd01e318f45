"""A date of which day, month and year have columns of their own."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.rows.row import Row
from rallymap.language import phrase

_ONE_DAY = timedelta(days=1)


def date_from_columns(row: Row, table_year: int, table_month: int) -> ReadDate | None:
    """Return the date of columns for day, month and year; what they lack is that of the whole table."""
    day, month, year = row.first("day"), row.first("month"), row.first("year")
    in_year = _number(year.text, 4) if year else table_year
    in_month = (month_of(month.text.casefold().strip(". ")) or _number(month.text, 2)) if month else table_month
    on = _number(day.text, 2) if day else 0
    cell = day or month or year
    try:
        if in_year and in_month and on:
            found = date(in_year, in_month, on)
            return ReadDate(found, found, DatePrecision.DAY)
        if in_year and in_month:
            first = date(in_year, in_month, 1)
            last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - _ONE_DAY
            return ReadDate(first, last, DatePrecision.MONTH)
        if in_year:
            return ReadDate(date(in_year, 1, 1), date(in_year, 12, 31), DatePrecision.YEAR)
    except ValueError:
        pass
    if cell is not None:
        row.leave_out(
            cell,
            UNREADABLE if in_year else phrase("The year is missing."),
        )
    return None


def _number(text: str, digits: int) -> int:
    match = re.fullmatch(rf"(\d{{1,{digits}}})(?:\.0|\.)?", text.strip())
    return int(match[1]) if match else 0
