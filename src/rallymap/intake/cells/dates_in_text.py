"""Find a date in a title or at the start of a description, for tables without a date column."""

from __future__ import annotations

import re

from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.dates import TWO_WAYS, read_date
from rallymap.intake.cells.folding import fold_cell

_DAYS = r"(?:\d{1,2}\.?(?:,\s?|,?\s?(?:and|und|et|y|e|och|og|&|\+)\s)){0,6}"
"""Days in a list before the last one: "3., 10. und "."""
_HOUR = r"\d{1,2}(?:[:.h]\d{2})?(?!\d)"
_MINUTES = r"(?:\s[0-5]\d(?=\s?(?:[,;)]|[-–]\s|$)))?"
"""Minutes after the unit, "6 Uhr 30"; before a word the number is something else, "18 Uhr 20 Leute"."""
_UNIT = rf"(?:\s?(?:uhr|uur|u|h|hs|hrs|ч|óra)(?![^\W_]){_MINUTES}|\s?[ap]\.?m\.?(?![^\W_]))"
_CLOCK = re.compile(
    rf"[,;\s]+(?:(?:um|ab|at|from|kl\.?|klo|klokken|à|dès|a las|às|alle(?: ore)?|ore|dalle(?: ore)?|o godz\.?|godz\.?|"
    rf"om|vanaf|saat|orele|ora|в|о|об|ώρα)\s{_HOUR}{_UNIT}?|{_HOUR}{_UNIT}|\d{{1,2}}[:h]\d{{2}}(?!\d))"
    rf"(?:\s?(?:-|bis|to|tot|à|a|alle|do|до)\s?{_HOUR}{_UNIT}?)?(?![:.]?\d)",
    re.IGNORECASE,
)
"""Hours after a date: a number alone can be anything, but not behind "at" or before "pm"."""
_SIGN = r"(?:\.|st|nd|rd|th|er|º)?"
_WRITTEN = re.compile(
    rf"(?<![\d.])(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[t ]\d{{2}}:\d{{2}})?|\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}"
    rf"|\d{{1,2}}/\d{{1,2}}/\d{{4}}"
    rf"|{_DAYS}\d{{1,2}}{_SIGN}\s+(?:de |of )?[^\W\d_]{{3,}}\.?,?\s+(?:de )?\d{{4}}"
    rf"|[^\W\d_]{{3,}}\.?\s+\d{{1,2}}{_SIGN},?\s+\d{{4}}|\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号號])(?!\d)",
    re.IGNORECASE,
)
_START = 40


def date_in_text(title: str, about: str) -> tuple[ReadDate, str, str] | None:
    """Return the only date in a title, or the date at the start of a description, its text, and "title" or "about".

    Returns None if there is no date.

    An ambiguous date has no start, but a remark.
    """
    for name, text, limit in (("title", title, 300), ("about", about, _START)):
        folded = fold_cell(text[:1000])
        found = [match for match in _WRITTEN.finditer(folded) if match.start() < limit]
        reads = [(read, words, name) for match in found for read, words in _with_hours(folded, match)]
        if len({read.start for read, *_ in reads}) == 1:
            return reads[0]
    return None


def _with_hours(folded: str, match: re.Match[str]) -> list[tuple[ReadDate, str]]:
    """Return the date of a match with the hours after it, or without them if they cannot be read; [] for no date."""
    clock = _CLOCK.match(folded, match.end())
    for words in (folded[match.start() : clock.end()], match[0]) if clock is not None else (match[0],):
        read = read_date(words, DateRules(order=Order.UNKNOWN))
        if read.remark == TWO_WAYS or (read.start is not None and "left out" not in read.remark):
            return [(read, words)]
    return []
