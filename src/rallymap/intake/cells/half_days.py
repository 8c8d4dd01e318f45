"""Plain hours that can be in the morning or the afternoon: "2-5"; decided by the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from enum import StrEnum

from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.day_parts import with_am_pm
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.times import ReadTime, without_arrival
from rallymap.language import joined, phrase

_BARE = re.compile(
    r"([1-8])(?:\s?(?:-|–|—|bis|to|until|till|à|a|до|по)\s?(\d{1,2}))?"
    r"|([1-8])[:.][0-5]\d(?:\s?(?:-|–|—|to|until|till)\s?(\d{1,2})(?:[:.][0-5]\d)?)?",
    re.IGNORECASE,
)
_WITH_WORD = re.compile(
    r"(?:(?:at|a las?|à|às|kl\.?|um|around|about|from|ca\.?|circa|vers|gegen|ab|desde|från|fra) )*([1-5])\s?"
    r"(?:h|hs|hrs?|horas?|heures?|o\s?'?\s?clock|시|時|时|点|點)?(?:\s?[0-5]\d\s?[분分])?\.?",
    re.IGNORECASE,
)
"""An hour of the night with a word that does not say which half of the day is meant: "2 o'clock", "a las 5"."""
_OVER_NOON = re.compile(
    r"(?:[89]|1[0-2])(?:[:.][0-5]\d)?\s?(?:-|–|—|to|till|until)\s?[1-7](?:[:.][0-5]\d)?", re.IGNORECASE
)
"""Plain hours that go over noon or midnight: "11-1"."""
_HOURS = re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.h]\d{2})?(?![\d.:])")
_HALF = re.compile(r"\d\s?([ap])\.?\s?m\b", re.IGNORECASE)
_LAST_HOUR, _LAST_BARE = 11, 8
_HOUR_OF_DATE = re.compile(r"(?<![\d:.])[1-8][:.][0-5]\d(?![\d:.])")
_NIGHT = 5
"""Hours up to this one are unlikely for an event, even in a column with 24-hour times."""


class Clock(StrEnum):
    """Clock format of a column."""

    UNKNOWN = ""
    TO_24 = "24"
    AFTERNOON = "pm"


def clock_of(texts: Iterable[str]) -> Clock:
    """Decide the format from a column's other times: 24-hour if any is after 12; pm if "pm" occurs without "am"."""
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
    """Return the meaning of plain hours in their column.

    "2-5" is in the afternoon in a column with "4 pm". In a column with "14-17" it is kept, with a remark. If the column
    does not decide it, there is no time, and the remark gives both. Other cells are returned unchanged.
    """
    folded = without_arrival(fold_cell(text).strip())
    if read.start is not None and read.end is not None and _OVER_NOON.fullmatch(folded):
        return _over_noon(read.start, read.end, clock)
    match = _BARE.fullmatch(folded) or _WITH_WORD.fullmatch(folded)
    if match is None or read.start is None:
        return read
    if match.re is _WITH_WORD:
        return _either(read, read.start, clock)
    until = match[2] or match[4]
    if (until and not 1 <= int(until) <= _LAST_HOUR) or (match[3] and clock is not Clock.AFTERNOON):
        return read  # "1:30" is kept unless other cells contain "pm"
    if clock is Clock.TO_24 and read.start.hour > _NIGHT:
        return read
    return _either(read, read.start, clock)


def _either(read: ReadTime, start: time, clock: Clock) -> ReadTime:
    """Choose between morning and afternoon by the clock of the column."""
    later = replace(read, start=_later(start), end=_later(read.end) if read.end is not None else None)
    if clock is Clock.UNKNOWN:
        return ReadTime(remark=phrase("This may mean {first} or {second}.", first=_words(read), second=_words(later)))
    meant, other = (read, later) if clock is Clock.TO_24 else (later, read)
    remark = phrase("This is read as {first}. It may mean {second}.", first=_words(meant), second=_words(other))
    return replace(meant, remark=remark)


def _over_noon(start: time, end: time, clock: Clock) -> ReadTime:
    """Choose between hours over noon and hours over midnight: in a column with "2 pm", "11-1" is over noon."""
    noon, night = ReadTime(start, _later(end)), ReadTime(_later(start), end)
    words = {"first": _words(noon), "second": _words(night)}
    if clock is not Clock.AFTERNOON:
        return ReadTime(remark=phrase("This may mean {first} or {second}.", **words))
    return replace(noon, remark=phrase("This is read as {first}. It may mean {second}.", **words))


def end_in_same_half(start: str, end: str, at: time, until: time) -> time:
    """Return the end of an event whose start alone has a part of the day: "3 pm" and "5:30" end in the afternoon.

    "7 pm" and "1:00" end after midnight, and so does "05:30", which is on a 24-hour clock; "8 pm" and "12" at midnight.
    """
    first, last = (with_am_pm(fold_cell(text).casefold()) for text in (start, end))
    if _HALF.search(last) or not _HALF.search(first) or until > at or not until.hour or fold_cell(end)[:1] == "0":
        return until
    later = _later(until)
    return later if later > at or not later.hour else until


def in_afternoon(read: ReadDate, text: str) -> ReadDate:
    """Move the hour of a date such as "27 Feb 2022 at 1:30" to the afternoon, in a column with "2 pm"."""
    is_early = read.start_time is not None and 1 <= read.start_time.hour <= _LAST_BARE
    if not is_early or read.start_time is None or not _HOUR_OF_DATE.search(text) or _HALF.search(text):
        return read
    later = replace(read, start_time=_later(read.start_time))
    first, second = (f"{one.start_time:%H:%M}" for one in (later, read))
    remark = phrase("This is read as {first}. It may mean {second}.", first=first, second=second)
    return replace(later, remark=joined((read.remark, remark)))


def _later(at: time) -> time:
    return at.replace(hour=(at.hour + 12) % 24)


def _words(read: ReadTime) -> str:
    return "–".join(f"{at:%H:%M}" for at in (read.start, read.end) if at is not None)
