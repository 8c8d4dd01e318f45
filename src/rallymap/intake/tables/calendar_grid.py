"""Sheets in calendar layout: a column for each day of the week, with the days and their entries below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rallymap.intake.cells.month_names import weekdays_of
from rallymap.intake.readers import RawTable
from rallymap.intake.readers.raw_table import Row

_LEAST_DAYS = 5
_WEEK = 7
_HEADER = ("day", "time", "title")
_DAY = re.compile(r"(\d{1,2})\.?(?:\s*\n(.*)|\s+(\D.*))?", re.DOTALL)
_CLOCK = re.compile(
    r"((?:ab |um |kl\.? )?\d{1,2}(?:[:.h]\d{2})?(?:\s?[-–]\s?\d{1,2}(?:[:.h]\d{2})?)?\s?(?:uhr|u|h|[ap]\.?m\.?)?)"
    r"(?![^\W_])[\s:,–-]+(\D.*)",
    re.IGNORECASE,
)
_LAST_DAY = 31


def days_of_grid(raw: RawTable) -> RawTable | None:
    """Convert a month calendar to a table with a row per entry; None for other sheets.

    Month and year come from the sheet's name or from titles, which stay above the table.
    """
    rows = list(raw.rows)
    for at, (number, cells) in enumerate(rows[:20]):
        columns = _week(cells)
        if columns is None:
            continue
        entries = _entries(rows[at + 1 :], columns)
        if entries is None:
            return None
        return RawTable(raw.name, [*rows[:at], (number, _HEADER), *entries], None, raw.facts)
    return None


def _week(cells: Sequence[str]) -> list[int] | None:
    """Return the positions of headings that are the days of a week in order, None if they are not."""
    named = [(at, weekdays_of(cell.strip(" .").casefold())) for at, cell in enumerate(cells) if cell.strip()]
    if len(named) < _LEAST_DAYS or not all(days for _, days in named):
        return None
    for first in named[0][1]:
        if all((first + step) % _WEEK in days for step, (_, days) in enumerate(named)):
            return [at for at, _ in named]
    return None


def _entries(rows: Sequence[Row], columns: Sequence[int]) -> list[Row] | None:
    """Return day, time and text of each entry; None if the cells are not days of a calendar."""
    found: list[Row] = []
    on: dict[int, int] = {}
    days: list[int] = []
    for number, cells in rows:
        own = {at: cells[at].strip() for at in columns if at < len(cells) and cells[at].strip()}
        matches = {at: _DAY.fullmatch(text) for at, text in own.items()}
        is_week = bool(own) and all(match is not None and 1 <= int(match[1]) <= _LAST_DAY for match in matches.values())
        if is_week:
            on = {at: int(match[1]) for at, match in matches.items() if match is not None}
            days += on.values()
            own = {at: (match[2] or match[3] or "").strip() for at, match in matches.items() if match is not None}
        elif not on:
            return None
        found += [
            (number, (str(on.get(at, "")), *_split(line)))
            for at, text in own.items()
            for line in _lines(text)
            if text and at in on
        ]
    in_order = sum(later == earlier + 1 for earlier, later in pairwise(days))
    return found if found and in_order * 10 >= 8 * (len(days) - 1) > 0 else None


def _lines(text: str) -> list[str]:
    """Return the entries of a cell: its lines if several of them begin with a time, otherwise the whole cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    timed = sum(_CLOCK.fullmatch(line) is not None for line in lines)
    return lines if timed > 1 and timed == len(lines) else [" – ".join(lines)]


def _split(line: str) -> tuple[str, str]:
    match = _CLOCK.fullmatch(line)
    return (match[1].strip(), match[2].strip()) if match is not None else ("", line)
