"""Cells that repeat the cell above them: a ditto mark, "same as above", "dto."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import is_ditto, is_missing
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.layout import Table

_LONGEST = 24


def with_dittos_filled(table: Table, columns: Sequence[Column]) -> Table:
    """Fill each cell that repeats the one above with its text; the table also stores the original text."""
    meant = {column.position for column in columns if column.field not in ("", NOTE, "mark", "contact")}
    if not any(_is_mark(cells[at]) for _, cells in table.rows for at in meant if at < len(cells)):
        return table  # most tables; avoids copying their rows
    above: dict[int, str] = {}
    rows: list[Row] = []
    written: dict[tuple[int, int], str] = {}
    for number, cells in table.rows:
        filled = list(cells)
        for position, text in enumerate(cells):
            if position in meant and _is_mark(text) and not is_missing(above.get(position, "")):
                filled[position] = above[position]
                written[number, position] = text
        if sum(bool(text.strip()) for text in filled) > 1:  # not a heading between rows
            above = dict(enumerate(filled))
        rows.append((number, tuple(filled)))
    return replace(table, rows=rows, dittos=written) if written else table


def _is_mark(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and not text[0].isdecimal() and is_ditto(text)
