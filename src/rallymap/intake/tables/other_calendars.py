"""Tables with the days of a month of the Iranian or Islamic calendar: "7" below a sheet named "آبان ۱۴۰۱"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DAY = re.compile(r"\d{1,2}")
_LAST_OF_OURS = 12


def with_months_of_other_calendars(table: Table, columns: tuple[Column, ...]) -> tuple[Table, tuple[Column, ...]]:
    """Complete the days of a table by the month and year of another calendar in its name or its title."""
    days = next((column for column in columns if column.field == "day" and column.reason != "mapping"), None)
    if days is None or table.year or table.month or any(column.field in ("year", "month") for column in columns):
        return table, columns
    month = next(filter(None, map(_month_and_year, (table.name, *(text for _, text in table.titles)))), "")
    if not month:
        return table, columns
    rows = [(number, _completed(cells, days.position, month)) for number, cells in table.rows]
    dated = tuple(replace(column, field="date") if column is days else column for column in columns)
    return replace(table, rows=rows), dated


def _month_and_year(text: str) -> str:
    """Return the only month of another calendar in a text, with its year; "" if there is none."""
    folded = fold_cell(text).casefold()
    years = set(_YEAR.findall(folded))
    months = {word for word in _WORD.findall(folded) if (month_of(word) or 0) > _LAST_OF_OURS}
    return f"{months.pop()} {years.pop()}" if len(years) == len(months) == 1 else ""


def _completed(cells: Sequence[str], at: int, month: str) -> tuple[str, ...]:
    filled = list(cells)
    if at < len(filled) and _DAY.fullmatch(day := fold_cell(filled[at])):
        filled[at] = f"{day} {month}"
    return tuple(filled)
