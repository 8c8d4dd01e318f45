"""Dates of the Iranian and the Islamic calendar as days of the Gregorian one."""

from __future__ import annotations

from datetime import date

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate


def from_solar_hijri(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a date of the Iranian calendar; ValueError where there is no such day."""
    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def from_islamic(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a date of the Umm al-Qura calendar; ValueError where there is no such day."""
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except OverflowError as err:
        raise ValueError(str(err)) from err
    return date(gregorian.year, gregorian.month, gregorian.day)
