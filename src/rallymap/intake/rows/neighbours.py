"""Rows that take their date from neighbouring rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rallymap.dates import SINGLE_DAY, DatePrecision
from rallymap.intake.cells.date_columns import DateColumn
from rallymap.intake.cells.date_stamps import DateRules, Order
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.dates_in_text import date_in_text
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.lexicon import fold
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.sections import MARKS, SUBJECT, only_text

_LEAST_GAPS = 0.25
_STAMPED = 0.8
STATE_WORDS = frozenset(
    map(
        fold,
        "as version state status updated update export exported printed created retrieved accessed since from until "
        " before after erstellt aktualisiert abgerufen exportiert gedruckt seit ab bis vor nach actualisé màj mise "
        "exporté depuis jusqu actualizado actualización desde hasta atualizado aggiornato dal fino bijgewerkt vanaf "
        "uppdaterad från till oppdatert fra til opdateret aktualizacja stan aktualizovano обновлено по с до оновлено "
        "станом від بروزرسانی از تا تحديث منذ حتى güncelleme".split(),
    )
)
"""Words in a title whose day is that of the list, or a bound."""
_STAND = re.compile(r"\b[Ss]tand:?\s\d")
_SAY_WHEN = frozenset({"date", "start", "end", "day", "month", "year"})


def dates_below_title(table: Table, columns: tuple[Column, ...]) -> dict[int, tuple[str, int]]:
    """Find the day in the titles above a table without a date column, or in its name.

    Returns
    -------
    dates
        Day and number of the title's row (0 for the name), by the number of each row above the first repeated heading.
    """
    added = len(table.header) - 1 if table.sections else -1  # the column that a repeated heading filled in its rows
    if any(column.field in _SAY_WHEN and column.position != added for column in columns):
        return {}
    titles = [*table.titles, (0, table.name)]
    found = {
        (read.isoformat(), number) for number, text in titles if (read := _day_of_title(text, table.year)) is not None
    }
    if len({day for day, _ in found}) != 1:
        return {}
    day = found.pop()
    is_dated = any(column.field in _SAY_WHEN and column.position == added for column in columns)
    until = min(table.sections, default=None) if is_dated else None  # countries between the rows have the same day
    return {number: day for number, _ in table.rows if until is None or number < until}


def _day_of_title(text: str, year: int) -> date | None:
    """Return the only day in a title, possibly at its start; not the day on which a list was created or changed."""
    plain = text.strip(MARKS)
    if not STATE_WORDS.isdisjoint(fold(plain).split()) or _STAND.search(plain):
        return None
    read = read_date(plain, DateRules(order=Order.UNKNOWN))
    if read.start is None and year:
        read = read_date(plain, DateRules(order=Order.UNKNOWN, year=year))  # "Saturday, 4 March" above a list of 2023
    if (read.start is None or "left out" in read.remark) and len(parts := SUBJECT.split(plain)) > 1:
        read = read_date(parts[0], DateRules(order=Order.UNKNOWN, year=year))
    if read.start is None or "left out" in read.remark:
        written = date_in_text(plain, "")
        read = written[0] if written is not None else read
    is_day = read.precision is DatePrecision.DAY and read.start == read.end and "left out" not in read.remark
    return read.start if is_day else None


def dates_around(
    table: Table, columns: tuple[Column, ...], decided: Mapping[int, DateColumn]
) -> dict[int, tuple[str, int]]:
    """Find dates for rows without one.

    A row between two rows of the same day has that day. If many rows have no date and the dates of the others never
    decrease, a date is valid until the next one.

    Returns
    -------
    dates
        Day and number of the row that it comes from, by row number.
    """
    column = next((c for c in columns if c.field in ("date", "start")), None)
    if column is None or not column.profile.filled or not table.header_row:
        return {}  # records of JSON or a calendar have no order
    at = column.position
    if all(at < len(cells) and cells[at].strip() for _, cells in table.rows):
        return {}
    reader = decided[at]
    days: list[tuple[int, str]] = []
    gaps: list[tuple[int, int]] = []
    for number, cells in table.rows:
        text = cells[column.position] if column.position < len(cells) else ""
        if not text.strip():
            others = sum(bool(cell.strip()) for cell in cells)
            if others >= 2:
                gaps.append((number, len(days)))
            continue
        read = reader.read(text) if not is_missing(text) else None
        if (read is None or read.start is None) and only_text(cells):
            continue  # a remark below the table
        is_day = read is not None and read.start is not None and read.precision in SINGLE_DAY
        days.append(
            (
                number,
                read.start.isoformat() if is_day and read is not None and read.start == read.end and read.start else "",
            )
        )
    if not gaps:
        return {}
    known = [day for _, day in days if day]
    # Records with database ids, or with a timestamp (of a post), do not belong to the row above.
    has_stamps = any(c.position != at and c.profile.dates >= _STAMPED for c in columns)
    has_ids = any(
        c.field == "id" and c.profile.distinct == 1.0 and c.profile.filled == len(table.rows) for c in columns
    )
    grouped = (
        not has_stamps
        and not has_ids
        and len(gaps) >= _LEAST_GAPS * (len(gaps) + len(days))
        and known == sorted(known)
        and len(known) == len(days)
    )
    found = {}
    for number, before in gaps:
        above = days[before - 1] if before else (0, "")
        below = days[before] if before < len(days) else (0, "")
        if above[1] and (grouped or above[1] == below[1]):
            found[number] = (above[1], above[0])
    return found


def days_filled_down(table: Table, columns: tuple[Column, ...]) -> Table | None:
    """Repeat values in columns for day, month or year that are written once for several rows; None for other tables.

    Days are filled in a sheet for one month; months and years are filled if the row has a day.
    """
    column = next((c for c in columns if c.field == "day"), None)
    if column is not None and any(one.field in ("month", "year") for one in columns):
        return _with_months(table, columns, column.position)
    if column is None or not table.month:
        return None
    day = ""
    rows = []
    for number, cells in table.rows:
        text = cells[column.position].strip() if column.position < len(cells) else ""
        if text:
            day = day if only_text(cells) and not text[0].isdecimal() else text  # a remark
            rows.append((number, cells))
        else:
            filled = list(cells) + [""] * (column.position + 1 - len(cells))
            filled[column.position] = day
            rows.append((number, tuple(filled)))
    return replace(table, rows=rows)


def _with_months(table: Table, columns: tuple[Column, ...], day_at: int) -> Table:
    above: dict[int, str] = {}
    rows = []
    for number, cells in table.rows:
        filled = [*cells, *[""] * (len(table.header) - len(cells))]
        for column in columns:
            if column.field not in ("month", "year"):
                continue
            text = filled[column.position].strip()
            if text:
                above[column.position] = text
            elif filled[day_at].strip() and not is_missing(filled[day_at]):
                filled[column.position] = above.get(column.position, "")
        rows.append((number, tuple(filled)))
    return replace(table, rows=rows)
