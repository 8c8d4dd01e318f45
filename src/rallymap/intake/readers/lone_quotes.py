"""Restore rows of a CSV file that an unclosed quotation mark merged into one cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from rallymap.intake.limits import MAX_CELL
from rallymap.intake.readers.raw_table import Row

_LEAST_WIDTH = 3
_MOST = 0.8
_MAX_MARKS = 20
_AS_TEXT = "\ue000"
"""Replaces a literal quotation mark in a cell while its line is parsed."""


def restore_merged_rows(text: str, delimiter: str, quote: str, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a file, including those inside a cell of another row; empty if there are none.

    Parameters
    ----------
    text, delimiter, quote
        The file's text and its format.
    rows
        Rows as parsed by the csv module.
    """
    width = len(rows[0][1]) if rows else 0
    if width < _LEAST_WIDTH or not any(
        "\n" in cell or "\r" in cell or (delimiter in cell and len(cells) != width)
        for _, cells in rows
        for cell in cells
    ):
        return []
    found: list[Row] = []
    is_mended = False
    for number, (cells, lines) in enumerate(_with_lines(text, delimiter, quote), 1):
        several = [line for line in lines if line.strip()]
        is_whole = len(several) == 1 and len(cells) == width
        if not is_whole and (split := _split(several, delimiter, quote, width)):
            is_mended = True
            found += [(number, one) for one in split]
        elif any(cells):
            found.append((number, tuple(cell if len(cell) <= MAX_CELL else cell[: MAX_CELL + 1] for cell in cells)))
    return [(number, cells) for number, (_, cells) in enumerate(found, 1)] if is_mended else []


def _with_lines(text: str, delimiter: str, quote: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each row with the lines of the file that it was parsed from."""
    lines: list[str] = []

    def feed() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    for cells in csv.reader(feed(), delimiter=delimiter, quotechar=quote):
        yield cells, list(lines)
        lines.clear()


def _split(lines: Sequence[str], delimiter: str, quote: str, width: int) -> list[tuple[str, ...]]:
    """Return one row per line if nearly every line is a complete row, otherwise [], as cells can have line breaks."""
    if len(lines) == 1 and lines[0].count(quote) % 2 == 0:
        return []
    rows = [_row_of(line, delimiter, quote, width) for line in lines]
    whole = sum(len(row) == width for row in rows)
    return rows if rows and len(rows[0]) == width and whole >= len(rows) * _MOST else []


def _row_of(line: str, delimiter: str, quote: str, width: int) -> tuple[str, ...]:
    line = line.rstrip("\r\n")
    marks = [at for at, char in enumerate(line) if char == quote]
    if len(marks) % 2 == 0:
        return tuple(next(csv.reader([line], delimiter=delimiter, quotechar=quote), []))
    for at in marks[:_MAX_MARKS]:
        as_text = line[:at] + _AS_TEXT + line[at + 1 :]
        cells = next(csv.reader([as_text], delimiter=delimiter, quotechar=quote), [])
        if len(cells) == width:
            return tuple(cell.replace(_AS_TEXT, quote) for cell in cells)
    if len(marks) == 1:  # the cell can contain the separator: it ends where the line has as many cells as the others
        for end in (at for at, char in enumerate(line) if char == delimiter and at > marks[0]):
            cells = next(csv.reader([line[:end] + quote + line[end:]], delimiter=delimiter, quotechar=quote), [])
            if len(cells) == width:
                return tuple(cells)
    return tuple(line.split(delimiter))
