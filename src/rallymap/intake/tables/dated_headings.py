"""Headings that contain a day and other words: "Attendance 7 March" and "Attendance 23 March" are two events."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.cells.folding import fold_cell, is_missing
from rallymap.intake.cells.month_names import month_of
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.lexicon import fold
from rallymap.intake.readers.raw_table import RawTable, Row
from rallymap.intake.rows.neighbours import STATE_WORDS
from rallymap.intake.tables.headings import count_known, fields_of_heading
from rallymap.intake.tables.layout import is_value
from rallymap.intake.tables.profiles import profile

_LOOK_AT = 10
_LONGEST = 60
_MAX_WORDS = 5
_SOME = 0.5
_EXACT = 0.9
_SIGN = r"(?:\.|st|nd|rd|th|er|º|ª)?"
_DAY = re.compile(
    r"(?<![\w.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\s?\d{1,2}(?:[./]\s?(?:\d{4}|\d{2})?)?|"
    r"(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日号號]"
    rf"|\d{{1,2}}{_SIGN}\s+(?:de |of )?(?P<after>[^\W\d_]{{3,}})\.?(?:,?\s+(?:de )?\d{{4}})?"
    rf"|(?P<before>[^\W\d_]{{3,}})\.?\s+\d{{1,2}}{_SIGN}(?:,?\s+\d{{4}})?)(?!\d)",
    re.IGNORECASE,
)
_DATED = frozenset({"date", "start", "year", "month", "day"})
_COUNTED = frozenset({"crowd", "crowd_actual", "crowd_registered", "crowd_police", "crowd_organisers", "crowd_words"})


def without_dated_headings(raw: RawTable) -> RawTable:
    """Convert a table with days in its headings to one row per day and row."""
    rows = list(raw.rows)
    for at, (number, cells) in enumerate(rows[:_LOOK_AT]):
        header = [" ".join(cell.split()) for cell in cells]
        found = {position: parts for position, text in enumerate(header) if (parts := _parts(text)) is not None}
        if found and _is_header(header, found, rows[at + 1 :]):
            names, below = _unpivoted(header, found, rows[at + 1 :])
            return RawTable(raw.name, [*rows[:at], (number, names), *below], None, raw.facts)
    return raw


def _parts(text: str) -> tuple[str, str] | None:
    """Return the day in a heading and its other words; None for other texts."""
    if not 0 < len(text) <= _LONGEST:
        return None
    at = 0
    while (match := _DAY.search(text, at)) is not None:
        name = match["after"] or match["before"]
        at = match.start() + (len(name) if match["before"] else 1)
        if (name and not month_of(name.casefold())) or not could_be_date(fold_cell(match[0]).rstrip("./")):
            continue  # "Attendance 7" in front of "March"
        rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split()).strip(" ()[]-–—:,;/|")
        is_name = any(map(str.isalpha, rest)) and not any(map(str.isdecimal, rest)) and len(rest.split()) <= _MAX_WORDS
        return (match[0].rstrip("/"), rest) if is_name else None
    return None


def _is_header(header: Sequence[str], found: dict[int, tuple[str, str]], body: Sequence[Row]) -> bool:
    others = [text for position, text in enumerate(header) if text and position not in found]
    if not count_known(others) or any(is_value(text) or len(text) > _LONGEST for text in others):
        return False
    if {name for text in others for name, score in fields_of_heading(text)[:1] if score >= _EXACT} & _DATED:
        return False
    counted = 0
    for position, (_, rest) in found.items():
        if not STATE_WORDS.isdisjoint(fold(rest).split()):
            return False  # "Status as of 7 March"
        looks = profile(cells[position].strip() for _, cells in body if position < len(cells))
        if looks.dates >= _SOME:
            return False
        says_crowd = any(name in _COUNTED for name, _ in fields_of_heading(rest)[:2])
        counted += says_crowd and looks.crowds >= _SOME
    return counted * 2 >= len(found)


def _unpivoted(
    header: Sequence[str], found: dict[int, tuple[str, str]], body: Sequence[Row]
) -> tuple[tuple[str, ...], list[Row]]:
    width = max([len(header), *(len(cells) for _, cells in body)])
    others = [at for at in range(width) if at not in found]
    days = list(dict.fromkeys(day for day, _ in found.values()))
    names = list(dict.fromkeys(rest for _, rest in found.values()))
    rows: list[Row] = []
    for number, cells in body:
        before = tuple(cells[at] if at < len(cells) else "" for at in others)
        filled = 0
        for day in days if not any(map(is_sum, before)) else ():
            own = {rest: cells[at] for at, (one, rest) in found.items() if one == day and at < len(cells)}
            if any(value.strip() and not is_missing(value) for value in own.values()):
                rows.append((number, (*before, day, *(own.get(name, "") for name in names))))
                filled += 1
        if not filled:
            rows.append((number, before))
    return (*(header[at] if at < len(header) else "" for at in others), "date", *names), rows
