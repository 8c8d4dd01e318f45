"""Find columns in which a spreadsheet program exchanged day and month.

A program set to month first converts "01/02/2022" (1 February) to the day 2 January, and leaves "13/02/2022" as text,
because there is no 13th month. So all converted days are at most 12, and all texts have a day above 12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rallymap.intake.cells.date_stamps import Order, ReadDate
from rallymap.language import joined, phrase

_TEXT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?:[ ,].*)?")
_DAY = re.compile(r"\d{4}-(\d{2})-(\d{2})(?: .*)?")
_MONTHS = 12
_LEAST = 2
_LEAST_TOGETHER = 5
"""By chance, days and texts of so many rows are divided like this in one of fifty columns."""


def order_of_converted(texts: Sequence[str]) -> Order:
    """Return the order in which people wrote the dates of a column if a program exchanged some; otherwise UNKNOWN."""
    written = [(int(match[1]), int(match[2])) for text in texts if (match := _TEXT.fullmatch(text))]
    days = [int(match[2]) for text in texts if (match := _DAY.fullmatch(text))]
    if min(len(written), len(days)) < _LEAST or len(written) + len(days) < _LEAST_TOGETHER or max(days) > _MONTHS:
        return Order.UNKNOWN
    if all(first > _MONTHS >= second for first, second in written):
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if all(second > _MONTHS >= first for first, second in written) else Order.UNKNOWN


def may_be_exchanged(text: str) -> bool:
    """Return whether a folded cell is a day whose day and month can be exchanged."""
    match = _DAY.fullmatch(text)
    return match is not None and int(match[2]) <= _MONTHS and match[1] != match[2]


def exchanged(read: ReadDate) -> ReadDate:
    """Return a date of one day with day and month exchanged, and a remark."""
    if read.start is None or read.start != read.end:
        return read
    on = date(read.start.year, read.start.day, read.start.month)
    remark = phrase("Day and month are exchanged: a spreadsheet program seems to have confused them.")
    return replace(read, start=on, end=on, remark=joined((read.remark, remark)))
