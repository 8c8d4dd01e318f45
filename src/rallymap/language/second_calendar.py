"""Dates in the calendar that readers use besides the Gregorian one: Solar Hijri in Persian, Umm al-Qura in Arabic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from hijridate import Gregorian
from persiantools.jdatetime import JalaliDate

from rallymap.language.speech import current_language, digits


def in_second_calendar(first: date, last: date) -> str:
    """Format one day or a range of days in the current language's second calendar: "۵ اسفند ۱۴۰۴".

    Returns
    -------
    words
        "" if the language has no second calendar, or the date is outside its tables (Umm al-Qura: 1924 to 2077).
    """
    say = _SECOND.get(current_language().code)
    if say is None:
        return ""
    try:
        said = [say(day) for day in dict.fromkeys((first, last))]
    except (ValueError, OverflowError):
        return ""
    return digits(" – ".join(said))


def _solar_hijri(day: date) -> str:
    persian = JalaliDate(day)  # type: ignore[no-untyped-call]
    return f"{persian.day} {persian.strftime('%B', locale='fa')} {persian.year}"


def _umm_al_qura(day: date) -> str:
    islamic = Gregorian(day.year, day.month, day.day).to_hijri()
    return f"{islamic.day} {islamic.month_name('ar')} {islamic.year} هـ"


_SECOND: Final[Mapping[str, Callable[[date], str]]] = {"fa": _solar_hijri, "ar": _umm_al_qura}
