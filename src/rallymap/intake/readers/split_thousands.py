"""Join numbers that an unquoted thousands separator splits into two cells: "approx. 2,000" in a CSV file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rallymap.intake.readers.raw_table import Row

_HEAD = re.compile(r"(?:[^\d,]*[^\d,.:/-])?[1-9]\d{0,2}")
"""End of a cell before the separator: "approx. 2", "12"."""
_REST = re.compile(r"\d{3}(?!\d)(?![-./:]\d).*")
_LEAST_COLUMNS = 3
_HALF = 0.5


def join_split_thousands(rows: Sequence[Row]) -> tuple[list[Row], tuple[int, ...]] | None:
    """Join the parts of numbers in rows that have more cells than the first row of the table; None if there are none.

    The column with such a number is the one where the parts occur in most of these rows. A row stays as it is if it
    still has another number of cells.

    Returns
    -------
    rows, joined
        All rows, and the numbers of those that were joined.
    """
    width = next((len(cells) for _, cells in rows if sum(map(bool, cells)) >= _LEAST_COLUMNS), 0)
    longer = [(number, cells) for number, cells in rows if len(cells) > width]
    if not width or not longer or len(longer) == len(rows):
        return None
    at = Counter(position for _, cells in longer for position in _splits(cells))
    columns = [position for position, times in at.most_common() if times >= _HALF * len(longer)]
    if not columns:
        return None
    mended: list[Row] = []
    joined: list[int] = []
    for number, cells in rows:
        changed = _joined(cells, width, columns) if len(cells) > width else None
        mended.append((number, changed if changed is not None else cells))
        joined += [number] if changed is not None else []
    return (mended, tuple(joined)) if len(joined) == len(longer) else None


def _splits(cells: Sequence[str]) -> list[int]:
    """Return the positions of cells that can be the first part of a number whose rest is the next cell."""
    return [at for at in range(len(cells) - 1) if _HEAD.fullmatch(cells[at].strip()) and _REST.fullmatch(cells[at + 1])]


def _joined(cells: tuple[str, ...], width: int, columns: Sequence[int]) -> tuple[str, ...] | None:
    """Return a row of the wanted width with numbers joined in some columns, None if that is not possible."""
    out = list(cells)
    for column in columns:
        while len(out) > width and column in _splits(out):
            out[column : column + 2] = [f"{out[column]},{out[column + 1]}"]
    return tuple(out) if len(out) == width else None
