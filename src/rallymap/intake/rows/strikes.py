"""Struck-through text in the cells of a row: ``~~Rome~~`` of Markdown, ``<s>Rome</s>`` of HTML."""

from __future__ import annotations

import re

from rallymap.events import EventStatus
from rallymap.intake.cells.words import status_of
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_STRUCK = re.compile(r"~~(?=\S)([^~]{1,500}?)~~|<(s|del|strike)>(.{1,500}?)</\2>", re.IGNORECASE | re.DOTALL)
_SAY_WHAT = frozenset({"title", "date", "start", "city", "place"})


def take_struck(row: Row) -> EventStatus | None:
    """Take the struck-through words out of the cells of a row.

    Next to other words they are left out ("~~14:00~~ 15:00"). Alone in the title, day or town they mean that the
    event was cancelled, and stay; alone in another cell, that the value no longer holds.

    Returns
    -------
    status
        Cancelled, or None.
    """
    status: EventStatus | None = None
    for name, cells in row.cells.items():
        if not any("~~" in cell.text or "</" in cell.text for cell in cells):
            continue
        kept: list[Cell] = []
        for cell in cells:
            struck = [" ".join((match[1] or match[3]).split()) for match in _STRUCK.finditer(cell.text)]
            rest = _STRUCK.sub(" ", cell.text).strip()
            if not struck:
                kept.append(cell)
            elif any(map(str.isalnum, rest)) and status_of(rest.strip("()[] ")) is None:
                row.leave_out(cell, phrase("These words are left out: {words}.", words=", ".join(struck)[:60]))
                kept.append(Cell(cell.column, " ".join(rest.split())))
            elif name in _SAY_WHAT:
                status = EventStatus.CANCELLED
                row.note_status(cell, status)
                kept.append(Cell(cell.column, " ".join(struck)))
            else:
                row.leave_out(cell, phrase("These words are left out: {words}.", words=", ".join(struck)[:60]))
        row.cells[name] = kept
    return status
