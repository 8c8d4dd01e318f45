"""Tables that give the day as week and weekday: "2023", "v. 8", "fredag" is 24 February 2023."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import fold_cell, is_missing
from rallymap.intake.cells.month_names import weekdays_of
from rallymap.intake.lexicon import fold
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_WEEK_WORDS = frozenset(
    fold(word)
    for word in (
        "week weeknumber weeknr wk cw kw kalenderwoche woche semaine sem semana settimana weeknummer vecka "
        "veckonummer v "
        "uke ukenr ukenummer uge ugenr tydzień неделя тиждень hafta týden týždeň hét viikko vk هفته الأسبوع 周 週 주"
    ).split()
)
_ABOUT_WEEK = _WEEK_WORDS | frozenset(map(fold, "nr no number num n numéro número numero of year iso номер č".split()))
_WEEK = re.compile(r"(?:[^\W\d_]+\.?\s?)?(\d{1,2})(?:\.0|\.)?")
_LAST_WEEK = 53
_MOST = 0.8
_DATED = frozenset({"date", "start"})


def with_weeks(table: Table, columns: Sequence[Column]) -> Table | None:
    """Add the day or week from the columns for year, week and weekday; None for other tables.

    ISO 8601 weeks: they begin on Monday, and the first one contains the first Thursday of the year.
    """
    weeks = next((column for column in columns if _is_week(table, column)), None)
    if weeks is None or any(column.field == "day" for column in columns):
        return None
    dated = next((column for column in columns if column.field in _DATED), None)
    days = next((column for column in columns if _are_weekdays(table, column)), None)
    if dated is not None and dated is not days:
        return None
    years = next((column for column in columns if column.field == "year"), None)
    if years is None and not table.year:
        return None
    at = dated.position if dated is not None else len(table.header)
    header = table.header if dated is not None else (*table.header, "date")
    meant = _days_of_words(table, days) if days is not None else {}
    rows: list[Row] = []
    for number, cells in table.rows:
        filled = [*cells, *[""] * (at + 1 - len(cells))]
        year = _cell(cells, years)[:4] if years is not None else str(table.year)
        week = _WEEK.fullmatch(_cell(cells, weeks))
        if week is not None and len(year) == len("2022") and year.isdecimal():
            weekday = meant.get(_word(_cell(cells, days))) if days is not None else None
            day = f"-{weekday + 1}" if weekday is not None else ""
            filled[at] = f"{year}-W{int(week[1]):02d}{day}"
        rows.append((number, tuple(filled)))
    return replace(table, header=header, rows=rows)


def _is_week(table: Table, column: Column) -> bool:
    words = fold(column.heading).split()
    if not words or not set(words) <= _ABOUT_WEEK or _WEEK_WORDS.isdisjoint(words):
        return False
    weeks = [_WEEK.fullmatch(text) for text in _values(table, column)]
    good = sum(match is not None and 1 <= int(match[1]) <= _LAST_WEEK for match in weeks)
    return bool(weeks) and good >= _MOST * len(weeks)


def _are_weekdays(table: Table, column: Column) -> bool:
    words = list(map(_word, _values(table, column)))
    return bool(words) and sum(bool(weekdays_of(word)) for word in words) >= _MOST * len(words)


def _days_of_words(table: Table, column: Column) -> dict[str, int]:
    """Return the weekday of each word in a column; "Do" is not Sunday in a column that also has "So"."""
    open_ones = {word: set(weekdays_of(word)) for word in map(_word, _values(table, column))}
    found: dict[str, int] = {}
    while settled := {word: next(iter(days)) for word, days in open_ones.items() if len(days) == 1}:
        found |= settled
        open_ones = {w: days - set(settled.values()) for w, days in open_ones.items() if w not in settled}
    return found


def _word(text: str) -> str:
    return text.casefold().strip(". ")


def _values(table: Table, column: Column) -> list[str]:
    texts = (_cell(cells, column) for _, cells in table.rows[:2000])
    return [text for text in texts if not is_missing(text)]


def _cell(cells: Sequence[str], column: Column) -> str:
    return fold_cell(cells[column.position]) if column.position < len(cells) else ""
