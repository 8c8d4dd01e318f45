"""Cells with references, such as footnotes: their addresses and remarks become columns of the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rallymap.intake.readers.raw_table import Row

SOURCES = "source_url"
_REMARKS = "footnotes"
"""Headings of the added columns."""
_ADDRESS = re.compile(r"https?://[^\s|\]}<>\"]+")
_LEAST_TEXTS = 2


@dataclass(frozen=True, slots=True)
class CitedCell:
    """Text of a cell, and what its footnotes say: web addresses, or the words of notes without any."""

    text: str
    refs: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the web addresses in the text of a reference."""
    return tuple(address.rstrip(".,;)") for address in _ADDRESS.findall(text))


def rows_with_sources(rows: Sequence[tuple[int, Mapping[int, CitedCell], bool]]) -> Iterator[Row]:
    """Yield the rows that are not empty as texts, with last columns for the footnotes in their cells, if there are any.

    Parameters
    ----------
    rows
        Row number, cells by column, and whether all cells are marked as headings. If this is true of no row with
        several texts, the first row with several texts is the header.
    """
    width = max((max(row) + 1 for _, row, _ in rows if row), default=0)
    cells = [cell for _, row, _ in rows for cell in row.values()]
    has_refs, has_remarks = any(cell.refs for cell in cells), any(cell.remarks for cell in cells)
    is_marked = any(is_heading and _has_several(row) for _, row, is_heading in rows)
    for number, row, is_heading in rows:
        texts = tuple(row[at].text if at in row else "" for at in range(width))
        if not any(texts):
            continue
        is_header = _has_several(row) and (is_heading or not is_marked)
        is_marked = is_marked or is_header
        is_merged = width > 1 and len(set(texts)) == 1
        if has_refs:
            texts += (_joined(is_header, is_merged, SOURCES, (cell.refs for cell in row.values())),)
        if has_remarks:
            texts += (_joined(is_header, is_merged, _REMARKS, (cell.remarks for cell in row.values())),)
        yield number, texts


def _has_several(row: Mapping[int, CitedCell]) -> bool:
    return len({cell.text for cell in row.values() if cell.text}) >= _LEAST_TEXTS


def _joined(is_header: bool, is_merged: bool, heading: str, found: Iterable[tuple[str, ...]]) -> str:
    """Return the heading of an added column, or the texts of a row in it; nothing for a heading of other rows."""
    if is_header:
        return heading
    return "" if is_merged else "\n".join(dict.fromkeys(text for texts in found for text in texts))
