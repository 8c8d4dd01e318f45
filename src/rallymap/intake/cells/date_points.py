"""A written date or partial date, and the days that it means in the Gregorian calendar."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.calendars import from_islamic, from_other_era, from_solar_hijri, in_other_era
from rallymap.intake.cells.date_stamps import IN_OUR_CALENDAR
from rallymap.intake.cells.month_names import ISLAMIC, SOLAR_HIJRI
from rallymap.language import phrase

_EARLIEST_OF_OURS = 1800
_BEFORE_SOLAR = 621


@dataclass(slots=True)
class Point:
    """A date or partial date; 0 means "not given"."""

    year: int = 0
    month: int = 0
    day: int = 0
    begin: int = 0
    stop: int = 0
    reads_both_ways: bool = False


def days_of(point: Point) -> tuple[date, date, DatePrecision, str] | None:
    """Return first day, last day, precision, and a remark if the date is of another calendar; None if invalid."""
    try:
        if point.month > ISLAMIC or (1411 <= point.year < 1500):
            return _converted(point, from_islamic)
        if point.month > SOLAR_HIJRI or (1300 <= point.year < 1411):
            return _converted(_in_solar_year(point), from_solar_hijri)
        remark, year = "", point.year
        if in_other_era(year):
            year = from_other_era(year)
            remark = phrase(IN_OUR_CALENDAR, day=year)
        point = replace(point, year=year)
        if not point.month:
            return date(point.year, 1, 1), date(point.year, 12, 31), DatePrecision.YEAR, remark
        if not point.day:
            last = calendar.monthrange(point.year, point.month)[1]
            return date(point.year, point.month, 1), date(point.year, point.month, last), DatePrecision.MONTH, remark
        day = date(point.year, point.month, point.day)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return day, day, DatePrecision.DAY, remark


def _in_solar_year(point: Point) -> Point:
    """Convert a year taken from neighbouring Gregorian dates to the Iranian year of the date."""
    if point.year < _EARLIEST_OF_OURS:
        return point
    later = replace(point, year=point.year - _BEFORE_SOLAR)
    if from_solar_hijri(later.year, point.month % 100, point.day or 1).year == point.year:
        return later
    return replace(point, year=later.year - 1)


def _converted(point: Point, convert: Callable[[int, int, int], date]) -> tuple[date, date, DatePrecision, str]:
    """Convert a date of another calendar to Gregorian days: all days of a month or year; ValueError if invalid."""
    if not point.month:
        first, last = convert(point.year, 1, 1), convert(point.year + 1, 1, 1) - timedelta(days=1)
        return first, last, DatePrecision.YEAR, phrase(IN_OUR_CALENDAR, day=f"{first}/{last}")
    month = point.month % 100
    first = convert(point.year, month, point.day or 1)
    if point.day:
        return first, first, DatePrecision.DAY, phrase(IN_OUR_CALENDAR, day=first)
    for day in (31, 30, 29):
        with suppress(ValueError):
            last = convert(point.year, month, day)
            return first, last, DatePrecision.MONTH, phrase(IN_OUR_CALENDAR, day=f"{first}/{last}")
    raise ValueError(f"{point.year}-{month} has no last day")
