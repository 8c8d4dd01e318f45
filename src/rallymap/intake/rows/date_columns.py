"""Choose the cells of a row for its date: the most exact of several, or columns for day, month and year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_columns import names_year
from rallymap.intake.cells.date_stamps import UNREADABLE, DateRules, Order, ReadDate
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.durations import read_duration
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.months_with_years import month_and_year
from rallymap.intake.lexicon import fold
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_ONE_DAY = timedelta(days=1)
_UNKNOWN = 99
"""Code of research data sets for an unknown day or month; others use 0."""
_SEVERAL = re.compile(r"(\d{1,2})\.?\s?[-–—/]\s?(\d{1,2})\.?")
"""Consecutive days in a day column: "20-21"."""
_LIST = re.compile(
    r"\d{1,2}\.?(?:\s?(?:[,;&+/]|(?<=\s)(?:and|und|et|y|e|och|og|en|i|и|та|و|ve))\s?\d{1,2}\.?)+", re.IGNORECASE
)
"""Separate days in a day column: "3, 10, 17"."""
_FIGURES = re.compile(r"\d+")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\d)")
"""A weekday before the day, "Sat 24"."""
_CODES = {"1": "day", "2": "week", "3": "month"}
"""ACLED's codes for the precision of dates."""


def exact_date_of(row: Row, date_of: Callable[[Cell], ReadDate]) -> Cell | None:
    """Return the cell for the first day of a row: one that can be parsed, preferably with its year.

    A date column may contain something else ("Start: Main station") while another contains the date. Of a Gregorian and
    an Islamic date the Gregorian one is used, because it needs no remark.
    """
    cells = [*row.all("start"), *row.all("date")]
    if len(cells) < 2:
        return cells[0] if cells else None
    return min(
        cells, key=lambda cell: (date_of(cell).start is None, not names_year(cell.text), bool(date_of(cell).remark))
    )


def date_from_columns(row: Row, table_year: int, table_month: int) -> ReadDate | None:
    """Return the date in columns for day, month and year; missing parts come from the whole table."""
    found = _from_cells(row, (row.first("day"), row.first("month"), row.first("year")), table_year, table_month)
    return found.each[row.part] if found is not None and found.each else found


def days_in_columns(row: Row, table_year: int, table_month: int) -> ReadDate | None:
    """Return the dates of a column with several days of a month, "3, 10, 17"; None for other rows."""
    day = row.first("day")
    if day is None or not _LIST.fullmatch(day.text.strip()):
        return None
    return _from_cells(Row(row.number, {}), (day, row.first("month"), row.first("year")), table_year, table_month)


def year_next_to_date(row: Row) -> int:
    """Return the year from the column next to a date column that may lack it; 0 if there is none."""
    cell = row.first("year")
    return _year(cell.text) if cell is not None and row.first("date", "start") is not None else 0


def end_from_columns(row: Row) -> ReadDate | None:
    """Return the last day from separate columns for day, month and year, None if they are empty."""
    cells = row.first("end_day"), row.first("end_month"), row.first("end_year")
    return _from_cells(row, cells, 0, 0) if cells[2] is not None else None


def end_by_duration(row: Row, at: time) -> time | None:
    """Return the end of an event from its start time and duration column, and remove its cell from the row."""
    cell = row.first("duration")
    length = read_duration(cell.text, cell.column.heading) if cell is not None and not row.first("end") else None
    if length is None:
        return None  # unreadable values stay in the row, which keeps them as a note
    row.cells.pop("duration")
    return (datetime.combine(date.min, at) + length).time()


def write_stated_precision(row: Row, precision: DatePrecision) -> None:
    """Set the precision from a precision column if the date is at least as exact."""
    cell = row.first("precision")
    if cell is None:
        return
    stated = cell.text.casefold().strip()
    if fold(cell.column.heading) == "time precision":
        stated = _CODES.get(stated, stated)
    if stated in list(DatePrecision) and stated not in (DatePrecision.MINUTE, DatePrecision.UNKNOWN):
        if list(DatePrecision).index(DatePrecision(stated)) >= list(DatePrecision).index(precision):
            for name in ("start_time", "end_time"):
                row.texts.pop(name, None)
            row.texts["precision"] = stated
    elif stated not in list(DatePrecision):
        row.keep(cell)


def _from_cells(
    row: Row, cells: tuple[Cell | None, Cell | None, Cell | None], table_year: int, table_month: int
) -> ReadDate | None:
    day, month, year = cells
    of_month, of_year = month_and_year(month.text) if month else ("", 0)
    in_year = _year(year.text) if year else of_year or table_year
    in_month = (month_of(of_month.casefold().strip(". ")) or _number(of_month, 2)) if month else table_month
    text = _WEEKDAY.sub("", day.text.strip()) if day else ""
    on = _number(text, 2)
    on, in_month = (0 if number == _UNKNOWN else number for number in (on, in_month))
    cell = day or month or year
    if day is not None and in_year and in_month and (days := _SEVERAL.fullmatch(text)):
        read = read_date(f"{days[1]}-{days[2]}.{in_month}.{in_year}", DateRules(Order.DAY_FIRST))
        if read.start is not None:
            return read
    if day is not None and in_year and in_month and _LIST.fullmatch(text):
        dates = ", ".join(f"{in_year}-{in_month:02d}-{int(figures):02d}" for figures in _FIGURES.findall(text))
        if (read := read_date(dates, DateRules())).start is not None:
            return read
    try:
        if in_year and in_month and on:
            found = date(in_year, in_month, on)
            return ReadDate(found, found, DatePrecision.DAY)
        if in_year and in_month:
            if day is not None and not text.isdecimal() and not is_missing(text):
                row.leave_out(day, UNREADABLE)  # "31, 1", "middle"; a number such as 0 or 99 is an unknown day
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


def _year(text: str) -> int:
    """Parse a year of four digits, or of two, "'22"; 0 if it is neither."""
    number = _number(text.strip().lstrip("'’"), 4)
    if number >= 100 or not re.fullmatch(r"\d{2}", text.strip().lstrip("'’")):
        return number if number >= 100 else 0
    return number + (2000 if number <= datetime.now(UTC).year % 100 + 2 else 1900)


def _number(text: str, digits: int) -> int:
    match = re.fullmatch(rf"(\d{{1,{digits}}})(?:\.0|\.)?", text.strip())
    return int(match[1]) if match else 0
