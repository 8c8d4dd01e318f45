"""Decide the date format for a whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from rallymap.dates import DatePrecision
from rallymap.intake.cells.calendars import is_of_unread_calendar
from rallymap.intake.cells.converted_dates import exchanged, may_be_exchanged, order_of_converted
from rallymap.intake.cells.date_stamps import (
    EPOCH,
    EPOCH_1904,
    STAMP,
    UNREADABLE,
    DateRules,
    Order,
    ReadDate,
    ShortYear,
)
from rallymap.intake.cells.dates import TWO_WAYS, read_date
from rallymap.intake.cells.day_order import find_order
from rallymap.intake.cells.folding import fold_cell, is_ditto, is_missing
from rallymap.intake.cells.half_days import Clock, clock_of, in_afternoon
from rallymap.intake.cells.short_years import find_short_year

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2}(?!\d)|(?<!\d)\d{8}(?!\d)")
_DATE_SIGN = re.compile(r"\d")
_SAMPLE = 2000
_FIRST_SERIAL, _LAST_SERIAL = 15_000, 80_000
_NEAR = timedelta(days=400)
_OF_ONE_DAY = (DatePrecision.MINUTE, DatePrecision.DAY)
_YEARS_OF_NEPAL = range(30, 59)
"""Years from today that a year of Nepal's calendar seems to be in, for events of the last thirty years."""
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MAX_WORDS = 6
_GERMAN_OR_DUTCH = re.compile(r"(?:mo|di|mi|fr|sa|so|ma|wo|vr|za|zo)[.,]? \d", re.IGNORECASE)
"""A date behind a short weekday of these languages."""
_MAX_LENGTH = 90
_QUARTER, _HOUR, _DAY = 15, 60, 1440
_FEW = 3
"""Fewer stamps do not show that they are days."""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Date format of a column.

    Attributes
    ----------
    rules
        Rules for each cell.
    only_midnight
        Whether all times in it are 00:00, so that these are days without times.
    only_midnight_stamps
        Whether all times in its timestamps are 00:00, if other cells are dates as people write them.
    afternoon
        Whether hours without am or pm are in the afternoon.
    is_converted
        Whether a spreadsheet program exchanged day and month in the cells that are days.
    has_weekdays
        Whether cells begin with German or Dutch weekdays, so that "Do" is Thursday.
    has_times
        Whether cells have times of day other than 00:00.
    is_of_few_hours
        Whether all cells are at the same time in UTC, or at two that are an hour apart, as in winter and summer: a
        program may have converted the days of a column, as midnights of its own time zone, to UTC.
    """

    rules: DateRules
    only_midnight: bool = False
    only_midnight_stamps: bool = False
    afternoon: bool = False
    is_converted: bool = False
    has_weekdays: bool = False
    has_times: bool = False
    is_of_few_hours: bool = False

    def read(self, text: str, year: int = 0) -> ReadDate:
        """Parse a cell; `year` is the row's year if another column gives it, otherwise 0."""
        if self.has_weekdays and text[:3].casefold() == "do ":
            text = text[3:]
        read = read_date(
            text, replace(self.rules, year=year, year_of_others=False, year_of_row=True) if year else self.rules
        )
        if self.is_converted and may_be_exchanged(fold_cell(text)):
            read = ReadDate(remark=TWO_WAYS) if self.rules.order is Order.UNKNOWN else exchanged(read)
        if read.start is not None and read.start.year - datetime.now(UTC).year in _YEARS_OF_NEPAL:
            return ReadDate(remark=UNREADABLE)  # "2080" is 2023
        is_day = self.only_midnight or (self.only_midnight_stamps and STAMP.fullmatch(fold_cell(text).casefold()))
        if is_day and read.start_time == time.min and read.precision is DatePrecision.MINUTE:
            return replace(read, precision=DatePrecision.DAY, start_time=None, end_time=None, moment=None)
        return in_afternoon(read, fold_cell(text)) if self.afternoon else read


def decide_dates(values: Iterable[str], rules: DateRules, country: str = "") -> DateColumn:
    """Decide the meaning of numbers in a column of dates.

    Parameters
    ----------
    values
        All cells of the column.
    rules
        Known rules: an order chosen by the user, a year for the table.
    country
        ISO code for the whole file, or "": in the United States and the Philippines the month comes first if the column
        does not decide it.
    """
    filled = [value for value in values if not is_missing(value) and not is_ditto(value)]
    texts = [fold_cell(value) for value in filled[:_SAMPLE]]
    numbers = [float(text) for text in texts if _NUMBER.fullmatch(text)]
    if numbers and len(numbers) * 2 > len(texts) and not rules.numbers:
        rules = replace(rules, numbers=_meaning_of_numbers(numbers, rules))
    converted = order_of_converted(texts) if rules.has_date_cells else Order.UNKNOWN
    is_converted = converted is not Order.UNKNOWN and rules.order in (converted, Order.UNKNOWN)
    if rules.order is Order.UNKNOWN and not is_converted:
        rules = replace(rules, short_year=find_short_year(texts))
    if rules.order is Order.UNKNOWN and not is_converted and rules.short_year is ShortYear.LAST:
        rules = replace(rules, order=find_order(texts, country, rules.year))
    column = DateColumn(rules, afternoon=clock_of(texts) is Clock.AFTERNOON, is_converted=is_converted)
    if any(map(_GERMAN_OR_DUTCH.match, texts)):
        column = replace(column, has_weekdays=True)
    reads = [column.read(value) for value in filled[:_SAMPLE]]
    years = Counter(read.start.year for read in reads if read.start is not None)
    if not rules.year and len(years) == 1:
        column = replace(column, rules=replace(rules, year=next(iter(years)), year_of_others=True))
    if numbers and not rules.numbers and _are_days_among(numbers, reads, rules):
        column = replace(column, rules=replace(column.rules, numbers=_serial(rules)))
    at = [read.start_time for read in reads if read.start_time is not None]
    stamps = [one.start_time for one, text in zip(reads, texts, strict=True) if STAMP.fullmatch(text.casefold())]
    column = replace(
        column,
        has_times=any(one != time.min for one in at),
        is_of_few_hours=len(reads) >= _FEW and _are_few_hours([read.moment for read in reads]),
    )
    if any("24:00" in text for text in texts):
        return column  # people write so; programs write midnight as 00:00
    return replace(column, only_midnight=_all_midnight(at), only_midnight_stamps=_all_midnight(stamps))


def _are_few_hours(moments: Sequence[datetime | None]) -> bool:
    minutes = sorted({-1 if moment is None else moment.hour * 60 + moment.minute for moment in moments})
    if minutes[0] < 0 or any(minute % _QUARTER for minute in minutes):
        return False
    return len(minutes) == 1 or (len(minutes) == 2 and minutes[1] - minutes[0] in (_HOUR, _DAY - _HOUR))


def _all_midnight(at: Sequence[time | None]) -> bool:
    return bool(at) and all(one == time.min for one in at)


def names_year(text: str) -> bool:
    """Return whether a written date contains a year."""
    return _YEAR.search(fold_cell(text)) is not None


@lru_cache(maxsize=8192)  # columns are tested several times before a file is read
def could_be_date(text: str) -> bool:
    """Return whether a folded text is a date in any order; False for a plain number or a sentence."""
    if len(text) > 60 or not _DATE_SIGN.search(text) or re.fullmatch(r"\d{1,3}|\d{5,7}|\d+[.,]\d+", text):
        return False
    if len(_WORDS.findall(text)) > _MAX_WORDS:
        return False
    if re.fullmatch(r"\d{4}", text):
        return 1900 <= int(text) <= 2100
    if is_of_unread_calendar(text.casefold()):
        return True  # so that each cell has a note that its date cannot be read
    read = read_date(text, DateRules(order=Order.DAY_FIRST, year=2000, year_of_row=True))
    if read.start is None:
        read = read_date(text, DateRules(order=Order.MONTH_FIRST, year=2000, year_of_row=True))
    return read.start is not None and "left out" not in read.remark


@lru_cache(maxsize=8192)
def names_day(text: str) -> bool:
    """Return whether a folded text contains one day with a year, whatever other words it contains."""
    if len(text) > _MAX_LENGTH or not _YEAR.search(text):
        return False
    read = read_date(text, DateRules(order=Order.DAY_FIRST))
    return read.precision in _OF_ONE_DAY and read.start is not None and read.start == read.end


def _serial(rules: DateRules) -> str:
    return "serial1904" if rules.is_since_1904 else "serial"


def _are_days_among(numbers: Sequence[float], reads: Sequence[ReadDate], rules: DateRules) -> bool:
    """Return whether plain numbers between written dates are Excel serial numbers of days in the same period."""
    days = [read.start for read in reads if read.start is not None and read.precision in _OF_ONE_DAY]
    if not days or not all(_FIRST_SERIAL <= number < _LAST_SERIAL for number in numbers):
        return False
    first, last = min(days) - _NEAR, max(days) + _NEAR
    epoch = EPOCH_1904 if rules.is_since_1904 else EPOCH
    return all(first <= epoch + timedelta(days=int(number)) <= last for number in numbers)


def _meaning_of_numbers(numbers: Sequence[float], rules: DateRules) -> str:
    middle = sorted(numbers)[len(numbers) // 2]
    if 1e8 <= middle < 5e9 and not _are_written_days(numbers):
        return "seconds"
    if 1e11 <= middle < 5e12:
        return "milliseconds"
    return _serial(rules) if _FIRST_SERIAL <= middle < _LAST_SERIAL else ""


def _are_written_days(numbers: Sequence[float]) -> bool:
    return all(18_000_101 <= number <= 21_991_231 for number in numbers)
