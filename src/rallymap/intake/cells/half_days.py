"""Bare hours that mean the morning or the afternoon: "2-5"; the whole column may decide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from enum import StrEnum

from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.times import ReadTime
from rallymap.language import joined, phrase

_BARE = re.compile(
    r"([1-8])(?:\s?(?:-|–|—|bis|to|until|till|à|a|до|по)\s?(\d{1,2}))?"
    r"|([1-8])[:.][0-5]\d(?:\s?(?:-|–|—|to|until|till)\s?(\d{1,2})(?:[:.][0-5]\d)?)?",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.h]\d{2})?(?![\d.:])")
_HALF = re.compile(r"\d\s?([ap])\.?\s?m\b", re.IGNORECASE)
_LAST_HOUR, _LAST_BARE = 11, 8
_HOUR_OF_DATE = re.compile(r"(?<![\d:.])[1-8][:.][0-5]\d(?![\d:.])")
_NIGHT = 5
"""Hours until this one are unlikely for a gathering, even in a column that counts to 24."""


class Clock(StrEnum):
    """How the hours of a column are counted."""

    UNKNOWN = ""
    TO_24 = "24"
    AFTERNOON = "pm"


def clock_of(texts: Iterable[str]) -> Clock:
    """Decide by the other times of a column: hours over 12 count to 24; "2 pm" without any "am" is the afternoon."""
    halves: set[str] = set()
    for text in texts:
        folded = fold_cell(text)
        found = {half.casefold() for half in _HALF.findall(folded)}
        halves |= found
        hours = [int(hour) for hour in _HOURS.findall(folded)]
        if not found and any(12 < hour <= 24 for hour in hours):
            return Clock.TO_24
    return Clock.AFTERNOON if halves == {"p"} else Clock.UNKNOWN


def read_bare_hours(text: str, read: ReadTime, clock: Clock) -> ReadTime:
    """Return what bare hours mean in their column.

    "2-5" is the afternoon in a column of "4 pm", and as written, with a remark, in one of "14-17"; where nothing
    decides it, there is no time, and the remark says both. Other cells come back as they were read.
    """
    match = _BARE.fullmatch(fold_cell(text).strip())
    if match is None or read.start is None:
        return read
    until = match[2] or match[4]
    if (until and not 1 <= int(until) <= _LAST_HOUR) or (match[3] and clock is not Clock.AFTERNOON):
        return read  # "1:30" is as written where no other cell has "pm"
    later = replace(read, start=_later(read.start), end=_later(read.end) if read.end is not None else None)
    if clock is Clock.TO_24 and read.start.hour > _NIGHT:
        return read
    if clock is Clock.UNKNOWN:
        return ReadTime(remark=phrase("This may mean {first} or {second}.", first=_words(read), second=_words(later)))
    meant, other = (read, later) if clock is Clock.TO_24 else (later, read)
    remark = phrase("This is read as {first}. It may mean {second}.", first=_words(meant), second=_words(other))
    return replace(meant, remark=remark)


def in_afternoon(read: ReadDate, text: str) -> ReadDate:
    """Return a date with the hour of a cell such as "27 Feb 2022 at 1:30" in a column of "2 pm"."""
    is_early = read.start_time is not None and 1 <= read.start_time.hour <= _LAST_BARE
    if not is_early or read.start_time is None or not _HOUR_OF_DATE.search(text) or _HALF.search(text):
        return read
    later = replace(read, start_time=_later(read.start_time))
    first, second = (f"{one.start_time:%H:%M}" for one in (later, read))
    remark = phrase("This is read as {first}. It may mean {second}.", first=first, second=second)
    return replace(later, remark=joined((read.remark, remark)))


def _later(at: time) -> time:
    return at.replace(hour=at.hour + 12)


def _words(read: ReadTime) -> str:
    return "–".join(f"{at:%H:%M}" for at in (read.start, read.end) if at is not None)
