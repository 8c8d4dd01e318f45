"""Rewrite dates with times, as programs of many languages write them, in the forms that other modules parse."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from rallymap.intake.cells.date_stamps import OFFSET, STAMP
from rallymap.intake.cells.day_parts import without_seconds, write_half

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_JAVASCRIPT = re.compile(
    rf"(?:mon|tue|wed|thu|fri|sat|sun) ({_MONTHS}) (\d\d) (\d{{4}}) (\d\d:\d\d):\d\d "
    r"(?:gmt|utc)([+-]\d\d)(\d\d)(?: \(.*\))?"
)
_GO = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d(?:\.\d+)? ([+-]\d{4}) (?:[a-z]{3,5}|[+-]\d{2,4})(?: m=.*)?")
_ORACLE = re.compile(
    rf"(\d\d?)-({_MONTHS})-(\d{{4}}|\d\d) (\d\d?)\.(\d\d)\.\d\d(?:\.\d+)? ([ap])m(?: ([+-]\d\d:\d\d))?"
)
_LOG = re.compile(rf"(\d\d)/({_MONTHS})/(\d{{4}}):(\d\d:\d\d):\d\d(?: ([+-]\d{{4}}))?")
_DOT_NET = re.compile(r"\\?/date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/")
_DOTTED = re.compile(r"(\d{4}-\d\d-\d\d|\d\d?[./]\d\d?[./]\d{4})(?:,? |t)([01]?\d|2[0-3])\.([0-5]\d)\.[0-5]\d(?![\d.])")
_SPOKEN = re.compile(r"(?<=kl\. |klo |ken |kan |kka )([01]?\d|2[0-3])\.([0-5]\d)\.[0-5]\d(?![\d.])")
"""Hours after the word for them in the north: "kl. 18.30.00", "klokken 18.30.00"."""
_OFFSET = re.compile(rf"(?<=\d:\d\d):\d\d(?:\.\d+)?\s?({OFFSET})(?=$|\s?\()")
"""An offset; only programs write seconds, so that "18:30 -2030" stays a start and an end."""
_ZONE_NAME = re.compile(r"(?<=[\dz])\[[a-z_]+(?:/[a-z_+-]+)+\]$")
_CALL = re.compile(r"(?:new )?(?:isodate|date|datetime|timestamp)\(['\"](.+)['\"]\)|\{(?:ts|d) '(.+)'\}")
_PYTHON = re.compile(r"datetime(?:\.datetime)?\((\d{4}), (\d\d?), (\d\d?), (\d\d?), (\d\d?)(?:, \d+)*\)")
_BASIC = re.compile(r"(?:d:)?(\d{4})(\d\d)(\d\d)t?(\d\d)(\d\d)\d\d(z|([+-]\d\d)'?(\d\d)'?)?")
_EXIF = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d):\d\d(.*)")
_WEEK_DAY = re.compile(r"(\d{4})-?w(\d\d)-?([1-7])t(\d\d):?(\d\d)(.*)")
_WITH_HALF = re.compile(r"(?<=\d:\d\d):[0-5]\d\s?(?:(?P<pm>ch|md)|sa|pd)(?=$|\s-)")
"""Times before and after noon in Vietnamese and Albanian; only programs write seconds before these letters."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_stamp(folded: str) -> str:
    """Rewrite a folded date with a time as ISO 8601, or with "am" and "pm" after its hours; other texts are unchanged.

    Examples: "mon feb 05 2024 18:00:00 gmt+0100 (cet)" (JavaScript), "2024-02-05 18:00:00 +0100 cet" (Go), "05-feb-24
    06.00.00.000000 pm" (Oracle), "05/feb/2024:18:00:00 +0100" (Apache), "/date(1707152400000)/" (.NET), "05.02.2024
    18.00.00", "2024/2/5 pm 06:00".
    """
    if STAMP.fullmatch(folded) or not any(map(str.isdecimal, folded)):
        return folded
    if match := _CALL.fullmatch(folded):
        return write_stamp(match[1] or match[2])
    folded = _ZONE_NAME.sub("", folded)
    if whole := _to_iso(folded):
        return whole
    folded = _WITH_HALF.sub(
        lambda half: " pm" if half["pm"] else " am", _SPOKEN.sub(r"\1:\2", _DOTTED.sub(r"\1 \2:\3", folded))
    )
    folded = _OFFSET.sub(r" utc\1", folded)
    return write_half(without_seconds(folded))


def _to_iso(folded: str) -> str:
    """Return a whole stamp of a program in the form of ISO 8601; "" for other texts."""
    if match := _JAVASCRIPT.fullmatch(folded):
        month, day, year, clock, hours, minutes = match.groups()
        return f"{year}-{_number(month)}-{day} {clock} {hours}:{minutes}"
    if match := _GO.fullmatch(folded):
        return f"{match[1]} {match[2]}"
    if match := _ORACLE.fullmatch(folded):
        day, month, year, hour, minute, half, offset = match.groups()
        at = int(hour) % 12 + (12 if half == "p" else 0)
        year = year if len(year) == 4 else f"{20 if int(year) < 70 else 19}{year}"
        return f"{year}-{_number(month)}-{day} {at}:{minute} {offset or ''}".strip()
    if match := _LOG.fullmatch(folded):
        return f"{match[3]}-{_number(match[2])}-{match[1]} {match[4]} {match[5] or ''}".strip()
    if match := _DOT_NET.fullmatch(folded):
        return _from_milliseconds(int(match[1]))
    if match := _PYTHON.fullmatch(folded):
        year, month, day, hour, at = (int(part) for part in match.groups())
        return f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{at:02d}"
    if match := _BASIC.fullmatch(folded):
        offset = f"{match[7]}:{match[8]}" if match[7] else match[6] or ""
        return f"{match[1]}-{match[2]}-{match[3]} {match[4]}:{match[5]} {offset}".strip()
    if match := _EXIF.fullmatch(folded):
        return f"{match[1]}-{match[2]}-{match[3]} {match[4]}{match[5]}"
    if match := _WEEK_DAY.fullmatch(folded):
        return _from_week(match)
    return ""


def _from_week(match: re.Match[str]) -> str:
    try:
        day = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return ""
    return f"{day} {match[4]}:{match[5]}{match[6]}"


def _number(month: str) -> str:
    return f"{_MONTHS.split('|').index(month) + 1:02d}"


def _from_milliseconds(number: int) -> str:
    try:
        return f"{_EPOCH + timedelta(milliseconds=number):%Y-%m-%dt%H:%Mz}"
    except (OverflowError, ValueError):
        return ""
