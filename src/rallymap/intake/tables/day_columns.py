"""Columns of days whose month is in another column or in a title: "15" and "20-21", "Tue 18th"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import is_missing
from rallymap.intake.cells.months_with_years import month_and_year
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table

_DAYS = re.compile(r"\d{1,2}\.?(?:\s?[-–—/]\s?\d{1,2}\.?)?")
_WITH_WEEKDAY = re.compile(r"[^\W\d_]{2,12}[.,]?\s+\d{1,2}(?:st|nd|rd|th|[.ºª°])?")
_LONGEST = 30
_MOST = 0.8


def with_days(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Set the meaning "day" for a column of plain days next to month and year, or "date" for "Tue 18th".

    The latter requires that the table's title or name contains the month, and that no other column contains days.
    """
    fields = {column.field for column in columns}
    if "month" in fields and ("year" in fields or _have_years(table, columns)) and not {"day", "start"} & fields:
        dated = [column for column in columns if column.field == "date" or _names_days(column)]
        found = next((column for column in dated if _are_days(table, column)), None)
        return tuple(replace(one, field="day", reason="heading") if one is found else one for one in columns)
    if not table.month or {"date", "start", "day"} & fields:
        return columns
    found = next((column for column in columns if _names_days(column) and _have_weekdays(table, column)), None)
    if found is None:
        return columns
    return tuple(replace(one, field="date", reason="heading") if one is found else one for one in columns)


def _have_years(table: Table, columns: Sequence[Column]) -> bool:
    """Return whether the months of a table are written with their years: "Janeiro/2023"."""
    column = next(column for column in columns if column.field == "month")
    months = [text for text in _texts(table, column) if not is_sum(text)]
    return bool(months) and sum(month_and_year(text)[1] > 0 for text in months) >= _MOST * len(months)


def _names_days(column: Column) -> bool:
    is_open = column.field in (NOTE, "time") and column.reason != "mapping"  # "20-21" looks like hours
    return is_open and any(name == "date" for name, _ in fields_of_heading(column.heading)[:1])


def _are_days(table: Table, column: Column) -> bool:
    texts = _texts(table, column)
    return column.reason != "mapping" and bool(texts) and all(map(_DAYS.fullmatch, texts))


def _have_weekdays(table: Table, column: Column) -> bool:
    texts = [text for text in _texts(table, column) if len(text) <= _LONGEST]  # longer ones are remarks below the table
    days = sum(_WITH_WEEKDAY.fullmatch(text) is not None for text in texts)
    return days > 1 and days >= _MOST * len(texts)


def _texts(table: Table, column: Column) -> Sequence[str]:
    cells = (cells[column.position].strip() for _, cells in table.rows if column.position < len(cells))
    return [text for text in cells if not is_missing(text)]
