"""Compare columns of weekdays and years with the dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from rallymap.dates import SINGLE_DAY
from rallymap.intake.cells.month_names import SHORT_WEEKDAYS, weekdays_of
from rallymap.intake.cells.weekday_signs import write_weekdays
from rallymap.intake.rows.row import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.layout import Table
from rallymap.language import phrase

_OF_LANGUAGE = re.compile(r"lang|spra|språk|idioma|lingua|taal|język|язык|мов|dil|زبان|لغة|语言|語言", re.IGNORECASE)
"""The beginning of a heading for languages: "fr" is French there and Friday elsewhere."""
_SAMPLE = 200
_MOST = 0.8
_YEAR = re.compile(r"(?:18|19|20)\d\d")


def weekday_columns(table: Table, columns: Sequence[Column]) -> dict[int, Mapping[str, frozenset[int]]]:
    """Return the weekdays meant by the words of each weekday column, by column position."""
    found: dict[int, Mapping[str, frozenset[int]]] = {}
    for column in columns:
        if column.field != NOTE or _OF_LANGUAGE.match(column.heading):
            continue
        texts = [cells[column.position] for _, cells in table.rows[:_SAMPLE] if column.position < len(cells)]
        words = [word for text in texts if (word := _word(text))]
        for known in ({word: _weekdays(word) for word in words}, *_short()):
            if len(words) > 1 and sum(bool(known.get(word)) for word in words) >= _MOST * len(words):
                found[column.position] = known
                break
    return found


def note_other_weekday(row: Row, columns: Mapping[int, Mapping[str, frozenset[int]]]) -> None:
    """Add a note if the weekday contradicts the date: one of the two is a mistake.

    Parameters
    ----------
    row
        Row whose date has been read.
    columns
        As :func:`weekday_columns` returns them.
    """
    if not columns or row.texts.get("precision") not in SINGLE_DAY:
        return
    start = date.fromisoformat(row.texts["start"])
    for cell in row.all(NOTE):
        word = _word(cell.text)
        days = (columns.get(cell.column.position) or {}).get(word) or _weekdays(word)
        days = days if cell.column.position in columns else frozenset()
        if days and start.weekday() not in days:
            row.read_as(cell, phrase("The weekday is not that of {start}.", start=start))


def note_other_year(row: Row) -> None:
    """Add a note if the column for the year contradicts a complete date: one of the two is a mistake."""
    cell = row.first("year")
    if cell is None or row.first("date", "start") is None or "start" not in row.texts:
        return
    year, first, last = cell.text.strip(), row.texts["start"][:4], (row.texts.get("end") or row.texts["start"])[:4]
    if _YEAR.fullmatch(year) and not first <= year <= last:
        row.read_as(cell, phrase("The year is not that of {start}.", start=row.texts["start"][:10]))


def _word(text: str) -> str:
    return text.strip(" .,()").casefold()


@cache
def _short() -> tuple[Mapping[str, frozenset[int]], ...]:
    return tuple({word: frozenset({day}) for day, word in enumerate(words.split())} for words in SHORT_WEEKDAYS)


def _weekdays(word: str) -> frozenset[int]:
    return weekdays_of(write_weekdays(f"({word})").strip(" ()"))
