"""Lists in plain text with the month in a line of its own, and days below it: "July 2023 / 3 – Oslo / 10 – Bergen"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rallymap.intake.cells.month_names import month_of, weekdays_of

Line = tuple[int, str]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTH = re.compile(r"[#*\s]*(?P<name>[^\W\d_]{3,}\.?)(?:\s+(?:de |del )?(?P<year>(?:19|20)\d{2}))?\s*[:*]*")
_DAY = re.compile(
    r"(?:[-*•·]\s+)?(?:(?P<weekday>[^\W\d_]{2,12})\.?,?\s+)?(?P<day>[12]?\d|3[01])(?:\.|st|nd|rd|th|er|º)?"
    r"(?:\s*[-–—:|)]\s*|\s+)(?P<rest>[^\W\d_].*)"
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_HOURS = frozenset({"am", "pm", "a", "p", "h", "hrs", "uhr", "uur"})
_LEAST = 2
_HALF_A_YEAR = 6


def with_days(lines: Sequence[Line]) -> Sequence[Line]:
    """Write the month and year into the lines of its days; return other texts unchanged.

    Every line below a month begins with a day, and the days do not go back. The year can be in the line of the month,
    of a month before it, or in the first line.
    """
    title_year = _YEAR.search(lines[0][1]) if lines else None
    year, before = int(title_year[0]) if title_year else 0, 0
    headings = [heading for _, line in lines if (heading := _heading(line)) is not None]
    begins_with_latest = any(_goes_back(*pair) for pair in pairwise(number for _, number, _ in headings))
    month, last, found = "", 0, 0
    written: list[Line] = []
    for number, line in lines:
        if (heading := _heading(line)) is not None:
            name, current, own_year = heading
            is_next_year = 0 < current < before and not begins_with_latest
            year = own_year or (year and year + is_next_year)
            month, last, before = f"{name} {year or ''}".strip(), 0, current
            continue
        if not month:
            written.append((number, line))
            continue
        day = _DAY.fullmatch(line)
        if day is None or int(day["day"]) < max(last, 1) or not _is_text(day):
            return lines
        last, found = int(day["day"]), found + 1
        written.append((number, f"{last} {month} – {day['rest']}"))
    return written if found >= _LEAST else lines


def _heading(line: str) -> tuple[str, int, int] | None:
    """Return the name, number and year of a month in a line of its own; 0 for no year, None for another line."""
    match = _MONTH.fullmatch(line)
    month = month_of(_lower(match["name"])) if match is not None else None
    return (match["name"].rstrip("."), month, int(match["year"] or 0)) if match is not None and month else None


def _goes_back(before: int, month: int) -> bool:
    """Return whether a month below another is an earlier one of its year: "December", "November"; not "January"."""
    return month < before and month + 12 - before >= _HALF_A_YEAR


def _is_text(day: re.Match[str]) -> bool:
    """Return whether the words after a day are no hour or month, and those before it are a weekday."""
    first = _FIRST_WORD.match(day["rest"])
    word = _lower(first[0]) if first is not None else ""
    return (
        word not in _HOURS and not month_of(word) and (not day["weekday"] or bool(weekdays_of(_lower(day["weekday"]))))
    )


def _lower(word: str) -> str:
    return word.casefold().rstrip(".")
