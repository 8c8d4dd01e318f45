"""Dates in the calendar that readers use besides the Gregorian one: Solar Hijri in Persian, Umm al-Qura in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from hijridate import Gregorian, Hijri
from hijridate.ummalqura import GREGORIAN_RANGE
from persiantools.jdatetime import JalaliDate

from rallymap.language.languages import Language
from rallymap.language.speech import current_language, digits, use_language

_MONTHS: Final = range(1, 13)
_LENGTHS: Final = range(28, 32)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_SOLAR_HIJRI_TABLES: Final = (date(622, 3, 22), date(9998, 12, 31))
_UMM_AL_QURA_TABLES: Final = (date(*GREGORIAN_RANGE[0]), date(*GREGORIAN_RANGE[1]))


@dataclass(frozen=True)
class _Calendar:
    """A calendar: its months, the form of a date, its tables' first and last day, and how a day is converted."""

    months: tuple[str, ...]
    form: str
    tables: tuple[date, date]
    convert: Callable[[date], tuple[int, int, int]]

    def say(self, day: date) -> str:
        year, month, day_of_month = self.convert(day)
        return self.form.format(day=day_of_month, month=self.months[month - 1], year=year)


def in_second_calendar(first: date, last: date) -> str:
    """Format one day or a range of days in the current language's second calendar: "۵ اسفند ۱۴۰۴".

    Returns
    -------
    words
        "" if the language has no second calendar, or the date is outside its tables (Umm al-Qura: 1924 to 2077).
    """
    calendar = _calendars().get(current_language().code)
    if calendar is None or first < calendar.tables[0] or last > calendar.tables[1]:
        return ""
    return digits(" – ".join(calendar.say(day) for day in dict.fromkeys((first, last))))


@lru_cache(maxsize=32)
def script_second_calendar(language: Language, first: date, last: date) -> dict[str, object] | None:
    """Return what page scripts need to format the days of a period like :func:`in_second_calendar`.

    Browsers have these calendars too, but other tables of Umm al-Qura for past years.

    Returns
    -------
    calendar
        ``first``, the first day of the first month (days since 1970-01-01), with its ``year`` and ``month``;
        ``lengths``, for each month how many days it has more than 28, as a string of digits; ``months``, their
        names; ``form`` of a date with placeholders; the ten ``digits``. None if the language has no second calendar or
        its tables lack the period.
    """
    calendar = _calendars().get(language.code)
    if calendar is None:
        return None
    first, last = max(first, calendar.tables[0]), min(last, calendar.tables[1])
    if first > last:
        return None
    year, month, day = calendar.convert(first)
    start = first - timedelta(days=day - 1)
    lengths, end = "", start
    while end <= last:
        length = next(n for n in _LENGTHS if _is_new_month(calendar, end + timedelta(days=n)))
        lengths, end = lengths + str(length - _LENGTHS[0]), end + timedelta(days=length)
    with use_language(language):
        ten = digits("0123456789")
    return {
        "first": start.toordinal() - _EPOCH,
        "year": year,
        "month": month,
        "lengths": lengths,
        "months": calendar.months,
        "form": calendar.form,
        "digits": ten,
    }


def _is_new_month(calendar: _Calendar, day: date) -> bool:
    return day > calendar.tables[1] or calendar.convert(day)[2] == 1


def _solar_hijri(day: date) -> tuple[int, int, int]:
    persian = JalaliDate(day)  # type: ignore[no-untyped-call]
    return persian.year, persian.month, persian.day


def _umm_al_qura(day: date) -> tuple[int, int, int]:
    return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()


@cache
def _calendars() -> Mapping[str, _Calendar]:
    persian = tuple(JalaliDate(1400, n, 1).strftime("%B", locale="fa") for n in _MONTHS)  # type: ignore[no-untyped-call]
    islamic = tuple(Hijri(1440, n, 1).month_name("ar") for n in _MONTHS)
    return {
        "fa": _Calendar(persian, "{day} {month} {year}", _SOLAR_HIJRI_TABLES, _solar_hijri),
        "ar": _Calendar(islamic, "{day} {month} {year} هـ", _UMM_AL_QURA_TABLES, _umm_al_qura),
    }
