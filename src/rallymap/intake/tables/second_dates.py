"""A second date column, such as a Gregorian one next to an Iranian one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.date_columns import names_year
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table

_MOST = 0.8
_DATED = frozenset({"date", "start"})
_OF_LIST = re.compile(r"\.\d+\.")
"""In the path of a value inside a list, such as "timeline.1.date", which is about a part of the event."""


def with_exact_dates(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Also use a second date column if more of its days contain a year, or if it fills gaps in the first."""
    columns = _without_parts(columns)
    first = next((column for column in columns if column.field in _DATED), None)
    if first is None or first.reason == "mapping":
        return columns
    least = _with_year(table, first)
    return tuple(
        replace(column, field="date", reason="heading")
        if _is_open_date(column) and (_with_year(table, column) > least or _fills_gaps(table, first, column))
        else column
        for column in columns
    )


def _without_parts(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Keep dates of an event's parts as notes if another column has the event's date."""
    of_parts = {one.position for one in columns if one.reason == "heading" and _OF_LIST.search(one.heading)}
    if not any(column.field in _DATED and column.position not in of_parts for column in columns):
        return columns
    return tuple(
        replace(column, field=NOTE) if column.field in _DATED and column.position in of_parts else column
        for column in columns
    )


def _is_open_date(column: Column) -> bool:
    if column.field != NOTE or column.reason or column.profile.dates < _MOST or _OF_LIST.search(column.heading):
        return False
    return any(name in _DATED for name, _ in fields_of_heading(column.heading))


def _fills_gaps(table: Table, first: Column, column: Column) -> bool:
    """Return whether a column contains the day for a row in which the first column is empty."""
    return any(
        is_missing(_cell(cells, first.position)) and not is_missing(_cell(cells, column.position))
        for _, cells in table.rows
    )


def _cell(cells: Sequence[str], position: int) -> str:
    return cells[position] if position < len(cells) else ""


def _with_year(table: Table, column: Column) -> float:
    """Return the share of a column's days that contain a year."""
    texts = _values(table, column.position)
    return sum(map(names_year, texts)) / len(texts) if texts else 0.0


def _values(table: Table, position: int) -> Sequence[str]:
    return [cells[position] for _, cells in table.rows[:2000] if position < len(cells) and cells[position].strip()]
