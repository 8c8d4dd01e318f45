"""Sheets that are not plain tables: several tables in one, or headings in the first column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.intake.readers import RawTable
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.calendar_grid import days_of_grid
from rallymap.intake.tables.cross_tables import without_columns_of_days
from rallymap.intake.tables.dated_headings import without_dated_headings
from rallymap.intake.tables.headings import count_known, fields_of_heading
from rallymap.intake.tables.layout import find_header, is_value
from rallymap.intake.tables.numbered_groups import without_numbered_groups

_MAX_TRANSPOSED = 80
_MAX_PARTS = 50
_LONGEST_HEADING = 60
_EXACT = 0.9
_NUMBER = re.compile(r"(?<=[^\W\d_])[\s#.-]*\d{1,2}$")
"""Number of a record: "Event 1", "Aktion 2"."""


def plain_tables(raw: RawTable) -> list[RawTable]:
    """Return the tables of a sheet, each with its headings in a row above its records.

    Parameters
    ----------
    raw
        Table from a reader; if the format names the fields, it is returned unchanged.
    """
    if raw.header is not None or not raw.rows:
        return [raw]
    if (turned := days_of_grid(raw) or _transposed(raw)) is not None:
        return [turned]
    parts = [part for below in _below_each_other(raw) for part in _side_by_side(below)]
    return [without_dated_headings(without_columns_of_days(without_numbered_groups(part))) for part in parts]


def _texts(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _transposed(raw: RawTable) -> RawTable | None:
    """Transpose a table with its headings in the first column; None for others."""
    if len(raw.rows) > _MAX_TRANSPOSED or len(raw.rows) < 2:
        return None
    first = [cells[0].strip() for _, cells in raw.rows]
    known = count_known([text for text in first if text and not is_value(text)])
    first_row = _texts(raw.rows[0][1][1:])
    if known < 3 or known * 10 < len(first) * 6 or len(set(first)) < len(first) or not first_row:
        return None
    are_numbered = len(first_row) > 1 and known > 3 and len({_NUMBER.sub("", text) for text in first_row}) == 1
    if not are_numbered and count_known(first_row) * 2 >= len(first_row):
        return None
    if not are_numbered and any(fields_of_heading(text)[:1] for text in first_row[:1] if known < 4):
        return None
    width = max(len(cells) for _, cells in raw.rows)
    rows = [(at + 1, tuple(cells[at] if at < len(cells) else "" for _, cells in raw.rows)) for at in range(1, width)]
    return RawTable(raw.name, [row for row in rows if any(row[1])], tuple(first), raw.facts)


def _below_each_other(raw: RawTable) -> list[RawTable]:
    rows = list(raw.rows)
    first = find_header(rows)
    if first is None:
        return [raw]
    header = [text.casefold() for text in _texts(rows[first][1])]
    starts = [0]
    for at in range(first + 2, len(rows)):
        if len(starts) < _MAX_PARTS and _begins_table(rows, at, header):
            start = at
            while start - 1 > starts[-1] and len(set(_texts(rows[start - 1][1]))) == 1 and _follows(rows, start):
                start -= 1  # a title above the headings
            starts.append(start)
            header = [text.casefold() for text in _texts(rows[at][1])]
    if len(starts) == 1:
        return [raw]
    ends = [*starts[1:], len(rows)]
    return [RawTable(raw.name, rows[start:end], None, raw.facts) for start, end in zip(starts, ends, strict=True)]


def _follows(rows: Sequence[Row], at: int) -> bool:
    return rows[at][0] == rows[at - 1][0] + 1


def _begins_table(rows: Sequence[Row], at: int, header: Sequence[str]) -> bool:
    """Return whether a row is the header of another table."""
    texts = _texts(rows[at][1])
    if len(texts) < 2 or any(is_value(text) or len(text) > _LONGEST_HEADING for text in texts):
        return False
    if [text.casefold() for text in texts] == header:
        return False
    known = count_known(texts)
    if known < 2 or known * 2 < len(texts):
        return False
    before = at
    while before > 0 and _follows(rows, before) and len(set(_texts(rows[before - 1][1]))) == 1:
        before -= 1
    has_gap = before > 0 and not _follows(rows, before)
    exact = sum(any(score >= _EXACT for _, score in fields_of_heading(text)[:1]) for text in texts)
    return has_gap or (exact >= 3 and exact == len(texts))


def _side_by_side(raw: RawTable) -> list[RawTable]:
    rows = list(raw.rows)
    at = find_header(rows)
    if at is None:
        return [raw]
    header = [cell.strip().casefold() for cell in rows[at][1]]
    bounds = _blocks(header)
    if len(bounds) < 2:
        return [raw]
    parts = []
    for first, last in bounds:
        some = [(number, cells[first:last]) for number, cells in rows]
        parts.append(RawTable(raw.name, [row for row in some if any(map(str.strip, row[1]))], None, raw.facts))
    return parts


def _blocks(header: list[str]) -> list[tuple[int, int]]:
    """Return the column ranges of tables side by side, at most one if there are not several."""
    blocks: list[tuple[int, int]] = []
    start = None
    for position, text in enumerate([*header, ""]):
        if text and start is None:
            start = position
        elif not text and start is not None:
            blocks.append((start, position))
            start = None
    if len(blocks) == 1:
        first, last = blocks[0]
        half = (last - first) // 2
        if half >= 2 and header[first : first + half] == header[first + half : last]:
            return [(first, first + half), (first + half, last)]
        return blocks
    names = [set(header[first:last]) for first, last in blocks]
    alike = all(len(names[0] & other) >= 2 for other in names[1:])
    return blocks if blocks and alike else []
