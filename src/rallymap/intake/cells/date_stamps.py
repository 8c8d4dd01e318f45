"""Dates as programs write them (timestamps, counted days and seconds), and the result of reading a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from rallymap.dates import EARLIEST, LATEST, DatePrecision
from rallymap.language import mark, phrase

STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[t ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?"
)
_PLAIN_DAY = re.compile(
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d{2})|(?P<y2>(?:19|20)\d{2})-(?P<m2>\d{2})-(?P<d2>\d{2})"
)
UNREADABLE = phrase("This is not a date that can be read.")
IN_OUR_CALENDAR = mark("In our calendar this is {day}.")


class Order(StrEnum):
    """Which number comes first in 03/04/2022."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


class ShortYear(StrEnum):
    """Where the year is in dates of three numbers of two digits: "22-10-08"."""

    LAST = "last"
    FIRST = "first"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class DateRules:
    """What a column or a table has decided.

    Attributes
    ----------
    order
        Of day and month in figures.
    year, month
        Taken where a date names none; 0: none is known.
    year_of_others
        Whether the year is only that of the other dates in the column, which is said.
    year_of_row
        Whether another column of the row says the year.
    numbers
        How a bare number is meant: "" (as a date), "serial" (Excel), "serial1904", "seconds" or "milliseconds" (Unix).
    in_utc
        Whether times of day are those of UTC, as the heading says.
    short_year
        Where the year is in dates such as 22-10-08.
    """

    order: Order = Order.UNKNOWN
    year: int = 0
    month: int = 0
    year_of_others: bool = False
    year_of_row: bool = False
    numbers: str = ""
    in_utc: bool = False
    short_year: ShortYear = ShortYear.LAST


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What a cell says of a date; without `start` it could not be read, and `remark` says why.

    Attributes
    ----------
    moment
        In UTC, where the cell gives a time with its offset: the day and time at the place follow from its zone.
    remark
        What was left out or decided; "" where the cell says exactly this.
    each
        Where the cell names several days apart: the date of each of them; the other fields are of their whole span.
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    start_time: time | None = None
    end_time: time | None = None
    moment: datetime | None = None
    approximate: bool = False
    remark: str = ""
    each: tuple[ReadDate, ...] = ()


def from_stamp(match: re.Match[str]) -> ReadDate:
    """Read a match of :data:`STAMP`."""
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    try:
        on, at = date(year, month, day), time(0 if hour == 24 and not minute else hour, minute)
    except ValueError:
        return ReadDate(remark=phrase("This day or time does not exist."))
    if hour == 24:
        on += timedelta(days=1)
    offset = match[7]
    moment = None
    if offset:
        sign = -1 if offset.startswith("-") else 1
        digits = offset.strip("+-").replace(":", "")
        minutes = sign * (int(digits[:2]) * 60 + int(digits[2:] or 0)) if digits.isdecimal() else 0
        moment = datetime.combine(on, at, UTC) - timedelta(minutes=minutes)
    return checked(ReadDate(on, on, DatePrecision.MINUTE, at, moment=moment))


def from_number(number: float, how: str) -> ReadDate:
    """Read a count of days or seconds; `how` is one of the kinds of :class:`DateRules`."""
    if not number and how in ("seconds", "milliseconds"):
        return ReadDate(remark=UNREADABLE)  # an empty value, not the first second of 1970
    try:
        if how in ("seconds", "milliseconds"):
            moment = datetime.fromtimestamp(number / (1000 if how == "milliseconds" else 1), UTC)
            day, at = moment.date(), moment.time().replace(second=0, microsecond=0)
            return checked(ReadDate(day, day, DatePrecision.MINUTE, at, moment=moment))
        epoch = date(1904, 1, 1) if how == "serial1904" else date(1899, 12, 30)
        day = epoch + timedelta(days=int(number))
        minutes = round((number % 1) * 1440)
    except (OverflowError, ValueError, OSError):
        return ReadDate(remark=UNREADABLE)
    if not minutes:
        return checked(ReadDate(day, day, DatePrecision.DAY))
    return checked(ReadDate(day, day, DatePrecision.MINUTE, time(minutes // 60 % 24, minutes % 60)))


def checked(read: ReadDate) -> ReadDate:
    """Return a date that can be recorded, or why it cannot."""
    if read.start is None or read.end is None or not EARLIEST <= read.start <= read.end <= LATEST:
        return ReadDate(remark=phrase("This is outside the years 1800 to 2199."))
    return read


def plain_day(folded: str) -> date | None:
    """Return the day of "24.02.2022" or "2022-02-24", which have one reading in every column; None for other texts."""
    match = _PLAIN_DAY.fullmatch(folded)
    if match is None:
        return None
    year, month, day = (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
