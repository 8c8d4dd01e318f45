"""Columns for countries, states or towns that are filled only in rows of their own, above the rows they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.cells.folding import fold_cell, is_ditto
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.fields import TownFinder
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.intake.tables.sections import only_text

_FIELDS = ("country", "region", "county", "city")
_LEAST = 2
_SOME = 0.3


def with_groups_filled(table: Table, columns: Sequence[Column]) -> Table | None:
    """Repeat the names of groups in the rows below them; None for other tables.

    A name is alone in its row, and no other row fills its column: "BAHIA" in the column for states, above the rows
    of its towns.
    """
    for column in columns:
        if column.field in _FIELDS and table.header_row and (names := _names(table, column.position)):
            return _filled(table, column.position, names)
    return None


def with_countries_filled(table: Table, columns: Sequence[Column], find_town: TownFinder | None = None) -> Table:
    """Repeat countries that are written once, in the first of several rows with towns; each is a ditto with a note.

    Each country is written once, and the first row has one: a column with gaps that repeats a country is only
    incomplete, and so is one in which a town below a country is known only in others.
    """
    at, town = (next((one.position for one in columns if one.field == name), -1) for name in ("country", "city"))
    rows = [(number, cells) for number, cells in table.rows if 0 <= town < len(cells) and cells[town].strip()]
    texts = [cells[at].strip() if 0 <= at < len(cells) else "" for _, cells in rows]
    written = [text for text in texts if text]
    gaps = len(texts) - len(written)
    if not table.header_row or len(written) < _LEAST or len(set(written)) < len(written):
        return table
    if not texts[0] or gaps < _SOME * len(texts) or any(map(is_ditto, written)):
        return table
    filled, dittos = dict(table.rows), dict(table.dittos)
    starts = [index for index, text in enumerate(texts) if text]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        below = rows[start + 1 : end]
        if find_town is not None and not _are_in(texts[start], [cells[town].strip() for _, cells in below], find_town):
            continue
        for number, cells in below:
            filled[number] = (*cells[:at], texts[start], *cells[at + 1 :])
            dittos[number, at] = ""
    return replace(table, rows=list(filled.items()), dittos=dittos)


def _are_in(country: str, towns: Sequence[str], find_town: TownFinder) -> bool:
    """Return whether no town is only known in other countries: "Madrid" below "France"."""
    return all(find_town(f"{town}, {country}") or not find_town(town) for town in towns)


def _names(table: Table, at: int) -> dict[int, str]:
    """Return the names of groups by row number; empty if another row fills the column."""
    names: dict[int, str] = {}
    rows = 0
    for number, cells in table.rows:
        text = cells[at].strip() if at < len(cells) else ""
        alone = only_text(cells)
        if text and not alone:
            return {}
        if not text:
            rows += not alone and any(map(str.strip, cells))
        elif not is_sum(text) and not could_be_date(fold_cell(text)) and len([c for c in cells if c.strip()]) == 1:
            names[number] = text
    return names if _LEAST <= len(names) <= rows else {}


def _filled(table: Table, at: int, names: dict[int, str]) -> Table:
    rows: list[Row] = []
    above = ""
    for number, cells in table.rows:
        above = names.get(number, above)
        if number in names or only_text(cells) or not any(map(str.strip, cells)):
            rows.append((number, cells))
            continue
        filled = [*cells, *[""] * (at + 1 - len(cells))]
        filled[at] = above
        rows.append((number, tuple(filled)))
    return replace(table, rows=rows, sections=table.sections | names.keys())
