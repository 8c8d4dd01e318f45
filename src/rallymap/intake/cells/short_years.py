"""Years of two digits: "22-10-08" and "221008" with the year first or last, "3 Oct 22"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from rallymap.intake.cells.date_stamps import ShortYear

_DATE = re.compile(
    r"^(\d{2})(?:(?P<sign>[-/.])\s?(\d{1,2})(?P=sign)\s?(\d{1,2})(?:(?<=\.\d)\.|(?<=\.\d\d)\.)?|(\d{2})(\d{2}))(?![\d./-])"
)
_AFTER_MONTH = re.compile(r"(\d{1,2}\.?\s*⟦\d+⟧)[\s.,]+(\d{2})")
_MONTHS = 12
_DAYS = 31
_YEARS_BACK = 15


def find_short_year(texts: Sequence[str]) -> ShortYear:
    """Find the position of the year from all folded cells of a column: the year varies less than the day.

    With periods as separators the day is first, as in Europe, unless the last numbers cannot be years.
    """
    matches = [match for text in texts if (match := _DATE.match(text))]
    found = [_numbers(match) for match in matches]
    if not found or len(found) * 4 < len(texts) * 3:
        return ShortYear.LAST
    firsts, seconds, thirds = zip(*found, strict=True)
    if max(seconds) > _MONTHS or max(thirds) > _DAYS or not min(seconds) or not min(thirds):
        return ShortYear.LAST
    latest = datetime.now(UTC).year % 100 + 2
    has_periods = any(match["sign"] == "." for match in matches)
    has_short_day = any(match["sign"] and len(match[4]) == 1 for match in matches)  # "22/3/5": no year has one digit
    if has_periods or has_short_day:
        are_days = max(thirds) > latest or has_short_day
        are_years = _MONTHS < min(firsts) <= max(firsts) <= latest
        return ShortYear.FIRST if are_days and are_years else ShortYear.LAST
    if max(firsts) > latest:
        return ShortYear.LAST if max(firsts) <= _DAYS and max(thirds) <= latest else ShortYear.UNCLEAR
    if max(thirds) > latest and min(firsts) > _MONTHS:
        return ShortYear.FIRST
    of_firsts, of_thirds = max(firsts) - min(firsts), max(thirds) - min(thirds)
    if of_firsts == of_thirds:
        is_recent_first = min(firsts) > latest - _YEARS_BACK >= max(thirds)
        return ShortYear.UNCLEAR if is_recent_first else ShortYear.LAST
    if of_firsts > of_thirds:
        return ShortYear.LAST
    if len(set(firsts)) == len(set(seconds)) == 1:  # a day of several years, or several days of a month
        return ShortYear.LAST if any("/" in text for text in texts) else ShortYear.UNCLEAR
    return ShortYear.UNCLEAR if max(firsts) <= _MONTHS else ShortYear.FIRST


def write_short_year(text: str) -> str:
    """Expand a two-digit year at the start of a folded cell: "22-10-08" to "2022-10-08"."""
    match = _DATE.match(text)
    if match is None:
        return text
    year, month, day = _numbers(match)
    return f"20{year:02}-{month:02}-{day:02}{text[match.end() :]}"


def has_short_year(text: str) -> bool:
    """Return whether a folded cell begins with a date of three two-digit numbers."""
    match = _DATE.match(text)
    return match is not None and match["sign"] != "."


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])


def with_long_year(signs: str) -> str:
    """Expand the year in the signs of "3 oct 22"; numbers beyond the year after next are not years."""
    match = _AFTER_MONTH.fullmatch(signs)
    if match is None or int(match[2]) > datetime.now(UTC).year % 100 + 2:
        return signs
    return f"{match[1]} 20{match[2]}"
