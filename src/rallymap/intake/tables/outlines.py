"""Pivot tables in outline form: a value is written once above its rows, followed by a row "Berlin Total"."""

from __future__ import annotations

from dataclasses import replace

from rallymap.intake.cells.sums import group_of_total, is_sum
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table

_COUNTS = "crowd"


def with_outline_filled(table: Table) -> Table | None:
    """Repeat the values of an outline in each of their rows; None for other tables.

    A column belongs to the outline if a row is the total of its value above, and so do those left of it. A column
    called "Total" is renamed to the title above it that says what is counted.
    """
    outline = _columns_of_sums(table)
    if not outline:
        return None
    rows: list[Row] = []
    above: dict[int, str] = {}
    for number, cells in table.rows:
        filled = list(cells)
        if not any(group_of_total(cell) or is_sum(cell) for cell in filled):
            for position in range(max(outline) + 1):
                text = filled[position].strip() if position < len(filled) else ""
                if text:
                    above = {at: one for at, one in above.items() if at < position} | {position: text}
                elif position in above and position < len(filled):
                    filled[position] = above[position]
        rows.append((number, tuple(filled)))
    counted = [text for _, text in table.titles if any(name == _COUNTS for name, _ in fields_of_heading(text))]
    header = [counted[0] if len(counted) == 1 and is_sum(name) else name for name in table.header]
    return replace(table, header=tuple(header), rows=rows)


def _columns_of_sums(table: Table) -> set[int]:
    found: set[int] = set()
    above: dict[int, str] = {}
    for _, cells in table.rows:
        for position, cell in enumerate(cells):
            if (name := group_of_total(cell)) and above.get(position, "").casefold() == name.casefold():
                found.add(position)
            elif cell.strip():
                above[position] = cell.strip()
    return found
