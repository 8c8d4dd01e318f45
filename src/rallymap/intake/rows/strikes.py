"""Struck-through text in the cells of a row: ``~~Rome~~`` in Markdown, ``<s>Rome</s>`` in HTML."""

from __future__ import annotations

import re

from rallymap.events import EventStatus
from rallymap.intake.cells.words import status_of
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_STRUCK = re.compile(r"~~(?=\S)([^~]{1,500}?)~~|<(s|del|strike)>(.{1,500}?)</\2>", re.IGNORECASE | re.DOTALL)
_SAY_WHAT = ("title", "date", "start", "city")


def take_struck(row: Row) -> EventStatus | None:
    """Remove struck-through words from the cells of a row.

    Next to other words they are dropped ("~~14:00~~ 15:00"). If the whole title, day or town is struck through, the
    event was cancelled and these words are kept; any other cell is no longer valid.

    Returns
    -------
    status
        Cancelled, or None.
    """
    texts = [cell.text for cells in row.cells.values() for cell in cells]
    if not any("~~" in text or "</" in text for text in texts):
        return None
    fields = (*_SAY_WHAT, *(() if row.first("city") else ("place",)))
    is_cancelled = any(_is_struck(cell.text) for name in fields for cell in row.all(name))
    for name, cells in row.cells.items():
        kept: list[Cell] = []
        for cell in cells:
            struck = [" ".join((match[1] or match[3]).split()) for match in _STRUCK.finditer(cell.text)]
            if not struck:
                kept.append(cell)
            elif not _is_struck(cell.text):
                row.leave_out(cell, phrase("These words are left out: {words}.", words=", ".join(struck)[:60]))
                kept.append(Cell(cell.column, " ".join(_STRUCK.sub(" ", cell.text).split())))
            elif is_cancelled:
                kept.append(Cell(cell.column, " ".join(struck)))
                if name in fields:
                    row.note_status(cell, EventStatus.CANCELLED)
            else:
                row.leave_out(cell, phrase("These words are left out: {words}.", words=", ".join(struck)[:60]))
        row.cells[name] = kept
    return EventStatus.CANCELLED if is_cancelled else None


def _is_struck(text: str) -> bool:
    """Return whether only words for a status remain of a text without its struck-through words, or nothing."""
    rest = _STRUCK.sub(" ", text)
    is_rest_plain = any(map(str.isalnum, rest)) and status_of(rest.strip("()[] ")) is None
    return rest != text and not is_rest_plain
