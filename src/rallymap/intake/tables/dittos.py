"""Cells that repeat the cell above them: a ditto mark, "same as above", "dto."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import is_ditto, is_missing
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import NOTE, Column
from rallymap.intake.tables.layout import Table


def with_dittos_filled(table: Table, columns: Sequence[Column]) -> Table:
    """Give each cell that repeats the one above it that text; the table keeps what was written."""
    meant = {column.position for column in columns if column.field not in ("", NOTE, "mark", "contact")}
    above: dict[int, str] = {}
    rows: list[Row] = []
    written: dict[tuple[int, int], str] = {}
    for number, cells in table.rows:
        filled = list(cells)
        for position, text in enumerate(cells):
            if position in meant and is_ditto(text) and not is_missing(above.get(position, "")):
                filled[position] = above[position]
                written[number, position] = text
        if sum(bool(text.strip()) for text in filled) > 1:  # not a heading between rows
            above = dict(enumerate(filled))
        rows.append((number, tuple(filled)))
    return replace(table, rows=rows, dittos=written) if written else table
