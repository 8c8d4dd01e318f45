"""Dates with their own times in one cell: "5.4. 22:00 - 6.4. 01:00", "3 May 18:00, 10 May 19:00"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from rallymap.intake.cells.date_stamps import STAMP, UNREADABLE, ReadDate, from_stamp
from rallymap.language import phrase

_DASH = re.compile(r"(?:^|\s)-(?:\s|$)")
_SEPARATOR = re.compile(r"\s?/\s?|\s-\s|\s(?:to|bis|until)\s")
_FROM_AND_TO = 2
_REPEATING = re.compile(r"r\d*/(?=\d{4})")


def read_interval(folded: str) -> ReadDate | None:
    """Parse two timestamps, "2023-04-05T22:00/2023-04-06T01:00"; None for anything else.

    If both have an offset, the end is converted to that of the start. ISO 8601's repeating intervals cannot be read.
    """
    if _REPEATING.match(folded):
        return ReadDate(remark=UNREADABLE)
    stamps = [STAMP.fullmatch(part) for part in _SEPARATOR.split(folded)] if ":" in folded else []
    first, last = stamps if len(stamps) == _FROM_AND_TO else (None, None)
    if first is None or last is None or bool(first[7]) is not bool(last[7]):
        return None
    start, end = from_stamp(first), _with_offset_of(from_stamp(first), from_stamp(last))
    if start.start is None or end.start is None:
        return None
    if (end.start, end.start_time) < (start.start, start.start_time):
        return ReadDate(remark=phrase("This ends before it starts.")) if start.moment is not None else None
    return replace(start, end=end.end, end_time=end.start_time, is_from_to=start.start != end.end)


def _with_offset_of(start: ReadDate, end: ReadDate) -> ReadDate:
    """Return the end on the clocks of the start's offset; unchanged if they have no offsets."""
    if start.moment is None or end.moment is None or start.start is None or start.start_time is None:
        return end
    local = datetime.combine(start.start, start.start_time, UTC) + (end.moment - start.moment)
    return replace(end, start=local.date(), end=local.date(), start_time=local.time())


def has_date_between(folded: str, clocks: Sequence[re.Match[str]]) -> bool:
    """Return whether each time of day follows a separate date: "3 May 18:00, 10 May 19:00"."""
    gaps = [folded[one.end() : two.start()] for one, two in pairwise(clocks)]
    return bool(gaps) and all(any(char.isdecimal() for char in gap) and not _DASH.search(gap) for gap in gaps)


def is_from_to(folded: str, clocks: Sequence[re.Match[str]]) -> bool:
    """Return whether the first of two times follows a date, and the second another date."""
    if len(clocks) != _FROM_AND_TO:
        return False
    before, between = folded[: clocks[0].start()], folded[clocks[0].end() : clocks[1].start()]
    return any(map(str.isdecimal, before)) and any(map(str.isdecimal, between))
