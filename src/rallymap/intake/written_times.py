"""Parse times of day that people type into the form."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from rallymap.errors import InvalidEventError
from rallymap.intake.cells.day_parts import with_am_pm
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.times import MIDNIGHT, NOON, read_times
from rallymap.language import tr

_MAX_WRITTEN: Final = 200
_NOON: Final = 12
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)

_MINUTES = re.compile(r"\d[:.h]\d\d")
_HALF = re.compile(r"\d\s?[ap]m\b")
_AT_24 = re.compile(r"24(?:[:.h]?00)?(?:\s?(?:h|uhr))?", re.IGNORECASE)


def read_time(field: str, text: str) -> time | None:
    """Parse a time of day (``18:00``, ``18.00``, ``6 pm``, ``6:30 PM``, ``18``, ``18 Uhr``, ``6 مساءً``); None for "".

    Raises
    ------
    InvalidEventError
        If the text is not a time of day.
    """
    folded = fold_cell(text[:_MAX_WRITTEN])
    if not folded:
        return None
    match = _TIME.fullmatch(folded)
    # A plain "14" is an hour; a plain "7" can be in the morning or in the evening.
    if match is not None and (match[2] or match[3] or int(match[1]) > _NOON):
        hour, minute = int(match[1]), int(match[2] or 0)
        half = (match[3] or "").casefold()
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    if match is None and folded[0].isalnum() and (said := _said_time(folded)) is not None:
        return said
    raise InvalidEventError(
        field, tr("“{folded}” is not a time of day; write it like 18:00.", folded=folded[:40]), value=text
    )


def is_midnight_at_the_end(text: str) -> bool:
    """Return whether a text is 24:00 or midnight, which as the end of an event means 00:00 of the next day."""
    folded = fold_cell(text[:_MAX_WRITTEN]).casefold()
    return _AT_24.fullmatch(folded) is not None or MIDNIGHT.fullmatch(folded) is not None


def _said_time(folded: str) -> time | None:
    """Parse a time in words of any table language; None if it is ambiguous between morning and evening."""
    read = read_times(folded)
    if read.start is None or read.end is not None or read.remark:
        return None
    has_figures = any(map(str.isdecimal, folded))
    small = folded.casefold()
    is_clear = _MINUTES.search(small) or _HALF.search(with_am_pm(small)) or NOON.fullmatch(small)
    return read.start if read.start.hour > _NOON or is_clear or not has_figures else None
