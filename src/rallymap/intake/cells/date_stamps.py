"""Parse machine-written dates (timestamps, numbers of days or seconds), and the result of parsing a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from rallymap.dates import EARLIEST, LATEST, DatePrecision
from rallymap.language import mark, phrase

OFFSET = r"(?:\+(?:0\d|1[0-4])|-(?:0\d|1[0-2]))(?::?[0-5]\d)?"
"""Offset from UTC: no place is more than 14 hours ahead or 12 hours behind, so "18:30-20:30" is a start and an end."""
STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[t ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s?"
    rf"(z|(?:utc|gmt)?{OFFSET}|utc|gmt)?"
)
_PLAIN_DAY = re.compile(
    r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d{2})"
    r"|(?P<y2>(?:19|20)\d{2})(?:-|(?= \d\d ) )(?P<m2>\d{2})[- ](?P<d2>\d{2})"
)
UNREADABLE = phrase("This is not a date that can be read.")
_FIRST_YEAR = 367
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of the numbers of days in workbooks, and in those of old Macintosh programs."""
IN_OUR_CALENDAR = mark("In our calendar this is {day}.")


class Order(StrEnum):
    """Which number comes first in 03/04/2022."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


class ShortYear(StrEnum):
    """Position of the year in dates of three two-digit numbers: "22-10-08"."""

    LAST = "last"
    FIRST = "first"
    UNCLEAR = "unclear"


_SHORT_INTERVAL = re.compile(r"(\d{4})-(\d{2}-\d{2})\s?/\s?(\d{2}-\d{2})")
_CTIME = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun),? ([a-z]{3} \d{1,2}) (\d{2}:\d{2}(?::\d{2})?) ((?:[+-]\d{4}|[a-z]{3,4})?) ?"
    r"(\d{4})"
)


@dataclass(frozen=True, slots=True)
class DateRules:
    """Rules for parsing dates, decided for a column or a table.

    Attributes
    ----------
    order
        Order of day and month in numeric dates.
    year, month
        Default for dates that lack it; 0 if unknown.
    year_of_others
        Whether the year comes only from other dates in the column, which is then reported.
    year_of_row
        Whether another column of the row contains the year.
    numbers
        Meaning of a plain number: "" (a date), "serial" (Excel), "serial1904", "seconds" or "milliseconds" (Unix).
    in_utc
        Whether times of day are in UTC according to the heading.
    short_year
        Position of the year in dates such as 22-10-08.
    is_since_1904
        Whether the workbook counts days from 1904.
    has_date_cells
        Whether cells can be days of a spreadsheet program, which may have exchanged day and month.
    """

    order: Order = Order.UNKNOWN
    year: int = 0
    month: int = 0
    year_of_others: bool = False
    year_of_row: bool = False
    numbers: str = ""
    in_utc: bool = False
    short_year: ShortYear = ShortYear.LAST
    is_since_1904: bool = False
    has_date_cells: bool = False


@dataclass(frozen=True, slots=True)
class ReadDate:
    """Result of parsing a date; without `start`, the cell was unreadable, and `remark` says why.

    Attributes
    ----------
    moment
        Time in UTC, if the cell contains a time with an offset; local day and time follow from the place's time zone.
    remark
        What was ignored or decided; "" if the cell is exact.
    each
        If the cell names several separate days, the date of each; the other fields then cover the whole range.
    is_from_to
        Whether the start time belongs to the first day and the end time to the last: "5.4. 22:00 - 6.4. 01:00".
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
    is_from_to: bool = False


def separate_stamp(folded: str) -> str:
    """Rewrite a short interval of ISO 8601 with both years, and the output of ``ctime`` as a day, a time and a zone."""
    if match := _SHORT_INTERVAL.fullmatch(folded):
        return "{0}-{1}/{0}-{2}".format(*match.groups())
    if match := _CTIME.fullmatch(folded):  # "sun may 05 15:00:00 +0000 2019"
        day, clock, zone, year = match.groups()
        return f"{day} {year} {clock} {f'utc{zone[:3]}:{zone[3:]}' if zone[:1] in ('+', '-') else zone}".strip()
    return folded


def from_stamp(match: re.Match[str]) -> ReadDate:
    """Convert a match of :data:`STAMP`."""
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
        digits = "".join(filter(str.isdecimal, offset))
        minutes = (-1 if "-" in offset else 1) * (int(digits[:2] or 0) * 60 + int(digits[2:] or 0))
        moment = datetime.combine(on, at, UTC) - timedelta(minutes=minutes)
    return storable(ReadDate(on, on, DatePrecision.MINUTE, at, moment=moment))


def from_number(number: float, how: str) -> ReadDate:
    """Convert a number of days or seconds; `how` is one of the kinds of :class:`DateRules`."""
    if not number and how in ("seconds", "milliseconds"):
        return ReadDate(remark=UNREADABLE)  # a missing value, not the first second of 1970
    if how.startswith("serial") and number < _FIRST_YEAR:
        return ReadDate(remark=UNREADABLE)  # a count in a column of days, not a day of 1900
    try:
        if how in ("seconds", "milliseconds"):
            moment = datetime.fromtimestamp(number / (1000 if how == "milliseconds" else 1), UTC)
            day, at = moment.date(), moment.time().replace(second=0, microsecond=0)
            return storable(ReadDate(day, day, DatePrecision.MINUTE, at, moment=moment))
        day = (EPOCH_1904 if how == "serial1904" else EPOCH) + timedelta(days=int(number))
        minutes = round((number % 1) * 1440)
    except (OverflowError, ValueError, OSError):
        return ReadDate(remark=UNREADABLE)
    if not minutes:
        return storable(ReadDate(day, day, DatePrecision.DAY))
    return storable(ReadDate(day, day, DatePrecision.MINUTE, time(minutes // 60 % 24, minutes % 60)))


def storable(read: ReadDate) -> ReadDate:
    """Return the date if it can be stored, otherwise the reason why not."""
    if read.start is None or read.end is None or not EARLIEST <= read.start <= read.end <= LATEST:
        return ReadDate(remark=phrase("This is outside the years 1800 to 2199."))
    return read


def plain_day(folded: str) -> date | None:
    """Parse "24.02.2022" or "2022-02-24", which are unambiguous in every column; None for other texts."""
    match = _PLAIN_DAY.fullmatch(folded)
    if match is None:
        return None
    year, month, day = (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
