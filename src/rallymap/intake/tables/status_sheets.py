"""Sheets named after a status: "Planned", "Cancelled", "Abgesagte Demos 2023"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.events import EventStatus
from rallymap.intake.cells.kinds import kind_of_words
from rallymap.intake.cells.words import NOT_AS_PLANNED, meaning_of
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.lexicon import fold
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.language import phrase

_STATUSES = frozenset(EventStatus) - {EventStatus.MOVED_ONLINE}
_EVENTS = frozenset("events event termine demos eventos evénements événements eventi акции події events".split())
_NUMBERS = re.compile(r"[\d_]+")


def status_of_sheet(table: Table, columns: Sequence[Column]) -> str:
    """Return the status that the name of a sheet gives to its rows, "" if it gives none.

    A sheet with a column for a status keeps what the column says.
    """
    if not table.name or any(column.field == "status" for column in columns):
        return ""
    words = fold(_NUMBERS.sub(" ", table.name)).split()
    if len(words) > 1 and (words[-1] in _EVENTS or kind_of_words(words[-1]) is not None):
        words = words[:-1]
    found = meaning_of("statuses", " ".join(words))
    return found if found in _STATUSES else ""


def without_called_off(rows: Sequence[RowResult], statuses: dict[str, str]) -> list[RowResult]:
    """Leave out rows that an equal row of another sheet, named "Cancelled" or "Postponed", replaces.

    Parameters
    ----------
    rows
        Results of all rows.
    statuses
        As :func:`status_of_sheet` returns them, by sheet.
    """
    called_off = {name for name, status in statuses.items() if status in NOT_AS_PLANNED}
    if not called_off:
        return list(rows)
    replaced = {
        (result.cells, result.event.when, result.event.place): result
        for result in rows
        if result.sheet in called_off and result.event is not None
    }
    found: list[RowResult] = []
    for result in rows:
        later = None
        if result.event is not None and result.sheet not in called_off and result.fate is RowFate.EVENT:
            later = replaced.get((result.cells, result.event.when, result.event.place))
        if later is not None:
            shown = f"{later.number} ({later.sheet})"
            reason = phrase("This row is the same as row {first} and is left out.", first=shown)
            result = replace(result, fate=RowFate.REPEATED, reason=reason)
        found.append(result)
    return found
