"""One written date, in any of the ways that people and programs write it, under what its column has decided."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from rallymap.dates import DatePrecision
from rallymap.intake.cells.calendars import without_era
from rallymap.intake.cells.date_parts import part_of_year
from rallymap.intake.cells.date_points import Point, days_of
from rallymap.intake.cells.date_stamps import (
    STAMP,
    UNREADABLE,
    DateRules,
    Order,
    ReadDate,
    ShortYear,
    checked,
    from_number,
    from_stamp,
)
from rallymap.intake.cells.date_words import Signs, to_signs
from rallymap.intake.cells.date_zones import take_zone
from rallymap.intake.cells.dotted_times import write_colons
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.seasons import season_cell
from rallymap.intake.cells.short_years import has_short_year, write_short_year
from rallymap.intake.cells.times import read_times
from rallymap.intake.cells.weekday_signs import write_weekdays
from rallymap.intake.said_dates import said_cell
from rallymap.language import joined, phrase

MAX_WRITTEN = 200


TWO_WAYS = phrase("This can be read in two ways. Say whether the day or the month comes first.")
_CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2}):(\d{2})(?::\d{2})?(?:\s?([ap])\.?m\.?(?![^\W\d_]))?"
    r"|(?<![\d.])(\d{1,2})(?:[.h](\d{2}))?\s?(?:([ap])\.?m\.?|uhr|h)(?![^\W_])"
    r"|(?<![\d.])(\d{1,2})h(\d{2})(?!\d)"
)
_HOURS = re.compile(r"(?<![\d.:])(\d{1,2})\s?(?:-|bis|to|until)\s?(\d{1,2})\s?(uhr|h|[ap]\.?m\.?)(?![^\W_])")
_BASIC_STAMP = re.compile(r"^(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(\d{2})(z?)$")
_HOUR_WORD = re.compile(
    r"(?:ساعت|الساعة|kl\.?|klo|klokken|klockan|alle ore|ore|a las|às)\s+(\d{1,2})(?:[:.](\d{2}))?"
    r"(?![\d.:/-])(?!\s?[^\W\d_]{3})"
)
_HOURS_BEHIND_WORD = re.compile(
    r"(?<!\w)(?:kl\.?|klo|klokken|klockan|saat|godz\.?|um)\s?(\d{1,2})(?:[:.](\d{2}))?\s?-\s?(\d{1,2})(?:[:.](\d{2}))?(?![\d.:/-])"
)
_NOON = re.compile(r"(?<!\w)(?:12\s?)?(?:noon|midday|mittags)(?!\w)")
_BARE_HOURS = re.compile(
    r"(.*(?:\d{4}|[-'./]\s?\d{2}|[^\W\d_]\.?\s\d{2}(?=,))\.?)(?:,\s?|\s)(\d{1,2})(?:[.:]([0-5]\d))?\s?-\s?(\d{1,2})(?:[.:]([0-5]\d))?"
)
_FIRST_HOUR, _NOON_HOUR, _LAST_HOUR = 8, 12, 24
_TWO_DAYS = re.compile(r"(?<![\d/.-])(\d{1,2})\.?\s?/\s?(\d{1,2})\.?(?=\s*⟦)")
_SHORT_YEAR = re.compile(r"^(\d{1,2}\.?\s*⟦\d+⟧)[\s.,]+(\d{2})$")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(
    r"""(?<!\d)(?P<y1>\d{4}|1[0-4]\d(?=[-/.]))\s?[-/.]\s?(?P<m1>\d{1,2})\s?[-/.]\s?(?P<d1>\d{1,2})(?!\d)
    |(?<!\d)(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})(?!\d)
    |(?P<a3>\d{1,2})\s?(?P<sep>[./-])\s?(?P<b3>\d{1,2})\s?[./-]\s?'?(?P<y3>\d{4}|\d{2})(?!\d)
    |(?P<d4>\d{1,2})\.?[\s-]*⟦(?P<m4>\d+)⟧(?:[\s,./'-]*(?P<y4>\d{4}(?!\d)|(?<=[-'])\d{2}(?!\d)))?
    |⟦(?P<m5>\d+)⟧\s*(?P<d5>\d{1,2})(?!\d)(?:\s*,?\s*'?(?P<y5>\d{4}(?!\d)|(?<=')\d{2}(?!\d)))?
    |⟦(?P<m6>\d+)⟧(?:[\s,.'/-]*(?P<y6>\d{4}(?!\d)|(?<=[-'])\d{2}(?!\d)))?
    |(?P<y7>\d{4})[-/](?P<m7>\d{1,2})(?!\d)
    |(?<!\d)(?P<m8>\d{1,2})[/.](?P<y8>\d{4})(?!\d)
    |(?<!\d)(?P<d9>\d{1,2})\s?\.\s?(?P<m9>\d{1,2})(?!\d)\.?
    |(?<!\d)(?P<a10>\d{1,2})/(?P<b10>\d{1,2})(?!\d)
    |(?<!\d)(?P<y11>\d{4})(?!\d)
    |(?<!\d)(?P<d12>\d{1,2})(?!\d)\.?""",
    re.VERBOSE,
)
_FOOTNOTE = re.compile(r"\[[\w\s]{1,4}\]")
_DAY_AND_TIME = re.compile(
    r"(\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일])\s*"
    r"(?:\(.\)|(?:星期|周|週|礼拜)[一二三四五六日天])?\s*(\D{0,4}\d.*)"
)


def read_date(text: str, rules: DateRules) -> ReadDate:
    """Read one cell."""
    read = _read_cell(text, rules)
    if rules.in_utc and read.start is not None and read.start_time is not None and read.moment is None:
        return replace(read, moment=datetime.combine(read.start, read.start_time, UTC))
    return read


def _read_cell(text: str, rules: DateRules) -> ReadDate:
    if len(text) > MAX_WRITTEN:
        return ReadDate(remark=phrase("This is too long for a date."))
    folded = fold_cell(text).casefold()
    folded = write_colons(write_weekdays(folded))
    folded = without_era(_BASIC_STAMP.sub(r"\1-\2-\3t\4:\5:\6\7", folded))
    folded = folded[1:-1] if folded[:1] in "([" and folded[-1:] in ")]" and folded.count("(") < 2 else folded
    if rules.numbers and _NUMBER.fullmatch(folded):
        return from_number(float(folded), rules.numbers)
    if rules.short_year is ShortYear.UNCLEAR and has_short_year(folded):
        return ReadDate(remark=TWO_WAYS)
    if rules.short_year is ShortYear.FIRST:
        folded = write_short_year(folded)
    if stamp := STAMP.fullmatch(folded):
        return from_stamp(stamp)
    if folded.endswith("/..") or (folded.endswith("/") and folded.count("/") == 1):
        read = read_date(folded.rstrip("./"), rules)
        return replace(read, remark=read.remark or phrase("The end is not known."))
    folded, zone = take_zone(_FOOTNOTE.sub("", folded))
    part = part_of_year(folded) or season_cell(folded)
    behind = _with_time_behind(folded, rules) or _with_hours_behind(folded, rules)
    read = part or behind or _read_words(folded, rules)
    if read.remark:
        read = said_cell(text) or read
    return zone.applied_to(read) if zone is not None else read


def _with_time_behind(folded: str, rules: DateRules) -> ReadDate | None:
    """Read "2022年11月28日晚8点", whose time has no colon; None for anything else."""
    match = _DAY_AND_TIME.fullmatch(folded)
    if match is None:
        return None
    read, at = _read_words(match[1], rules), read_times(match[2])
    if read.precision is not DatePrecision.DAY or at.start is None or at.remark:
        return None
    return replace(read, precision=DatePrecision.MINUTE, start_time=at.start, end_time=at.end)


def _with_hours_behind(folded: str, rules: DateRules) -> ReadDate | None:
    """Read "29 jan -23, 12-15", whose hours have no sign of their own; None for anything else.

    Hours that may be those of the morning or of the afternoon are left out.
    """
    match = _BARE_HOURS.fullmatch(folded)
    if match is None or int(match[2]) >= int(match[4]) or int(match[4]) > _LAST_HOUR:
        return None
    read = _read_words(match[1], rules)
    if read.precision is not DatePrecision.DAY or read.start != read.end or read.remark:
        return None
    if int(match[2]) < _FIRST_HOUR and int(match[4]) <= _NOON_HOUR:
        words = folded[match.start(2) :]
        return replace(read, remark=phrase("These words are left out: {words}.", words=words))
    ends = time(int(match[4]) % 24, int(match[5] or 0))
    return replace(
        read, precision=DatePrecision.MINUTE, start_time=time(int(match[2]), int(match[3] or 0)), end_time=ends
    )


def _read_words(folded: str, rules: DateRules) -> ReadDate:
    if "(" in folded:
        outside = _BRACKETS.sub(" ", folded)
        if outside != folded and any(char.isdecimal() for char in outside):
            read = _read_words(outside.strip(), rules)
            if read.start is not None:
                return replace(
                    read,
                    remark=joined((read.remark, phrase("The words in brackets are left out."))),
                )
    folded = _HOURS_BEHIND_WORD.sub(lambda m: f"{m[1]}:{m[2] or '00'} - {m[3]}:{m[4] or '00'}", folded)
    folded = _HOURS.sub(r"\1 \3 - \2 \3", folded)
    folded = _NOON.sub("12:00", _HOUR_WORD.sub(lambda m: f"{m[1]}:{m[2] or '00'}", folded))
    times = [_clock(match) for match in _CLOCK.finditer(folded)]
    signs = to_signs(_CLOCK.sub(" ", folded))
    signs = replace(signs, text=_SHORT_YEAR.sub(_with_long_year, signs.text))
    signs = replace(signs, text=_TWO_DAYS.sub(r"\1 - \2", signs.text))  # "3/4 June" is two days
    points = [_point(match, rules) for match in _POINT.finditer(signs.text)]
    rest = _POINT.sub(" ", signs.text)
    if signs.is_before_or_after:
        return ReadDate(remark=phrase("This says only before or after."))
    if not points or None in points or any(char.isdecimal() for char in rest):
        return ReadDate(remark=UNREADABLE)
    given = [point for point in points if point is not None]
    if "*" in rest and any(point.day for point in given):
        given = [point for point in given if point.month]  # "1 May 2020 and every Friday 2020"
    if not given:
        return ReadDate(remark=UNREADABLE)
    gaps = "".join(signs.text[one.stop : two.begin] for one, two in pairwise(given))
    has_year = any(point.year for point in given)
    found = _complete(given, rules)
    if found is None:
        return ReadDate(remark=phrase("The year is missing.") if not rules.year else UNREADABLE)
    if any(point.reads_both_ways for point in found) and rules.order is Order.UNKNOWN:
        return ReadDate(remark=TWO_WAYS)
    read = _span(found, signs, rest, times, gaps)
    if "24:00" in folded and read.end_time == time.min and read.start != read.end and read.end is not None:
        read = replace(read, end=read.end + timedelta(days=1))
    if rules.year_of_others and read.start is not None and not has_year:
        remark = phrase("The year is missing. It is taken from the other dates: {year}.", year=rules.year)
        return replace(read, remark=joined((remark, read.remark)))
    return read


def _with_long_year(match: re.Match[str]) -> str:
    """Write "3 oct 22" with its whole year; a number after next year is none."""
    is_year = int(match[2]) <= datetime.now(UTC).year % 100 + 2
    return f"{match[1]} 20{match[2]}" if is_year else match[0]


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match[1] or match[4] or match[7]), int(match[2] or match[5] or match[8] or 0)
    half = match[3] or match[6]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


def _point(match: re.Match[str], rules: DateRules) -> Point | None:
    part = {name[:-2] if name[-2:].isdecimal() else name[:-1]: int(text)
            for name, text in match.groupdict().items() if text is not None and name != "sep"}  # fmt: skip
    point = Point(part.get("y", 0), part.get("m", 0), part.get("d", 0), match.start(), match.end())
    if "a" in part:
        first, second = part["a"], part["b"]
        day_first = match["sep"] == "." or first > 12 or (second <= 12 and rules.order is not Order.MONTH_FIRST)
        point.reads_both_ways = match["sep"] != "." and first <= 12 and second <= 12 and first != second
        point.day, point.month = (first, second) if day_first else (second, first)
    if point.year and point.year < 100 and (any(match[name] for name in ("y3", "y4", "y5", "y6"))):
        point.year += 2000 if point.year <= datetime.now(UTC).year % 100 + 2 else 1900
    return point


def _complete(points: list[Point], rules: DateRules) -> list[Point] | None:
    """Give each point the parts that it shares with its neighbours: in "6. and 7. May 2022" the 6th is in May too."""
    if len(points) > 1:
        years = [point for point in points if point.year and not point.month and not point.day]
        parts = [point for point in points if point not in years]
        # "March 5, 6 and 7, 2022": a year alone belongs to the days before it.
        if parts and len(years) == 1 and not any(point.year for point in parts):
            for point in parts:
                point.year = years[0].year
            points = parts
    year = month = 0
    for point in reversed(points):
        if point.day and not point.month:
            point.month = month
        if point.month and not point.year:
            point.year = year
            if year and month and point.month > month and not point.reads_both_ways:
                point.year = year - 1  # "30 December - 2 January 2022"
        year, month = point.year or year, point.month or month
    year, month = 0, rules.month
    for point in points:
        if point.day and not point.month:
            point.month = month
        point.year = point.year or year or rules.year
        year, month = point.year, point.month or month
        if not point.year or (point.day and not point.month):
            return None
    return points


def _span(points: list[Point], signs: Signs, rest: str, times: list[time | None], gaps: str) -> ReadDate:
    spans = [days_of(point) for point in points]
    if None in spans:
        return ReadDate(remark=phrase("This day does not exist."))
    days = [span for span in spans if span is not None]
    start, end = min(day[0] for day in days), max(day[1] for day in days)
    precision = max((day[2] for day in days), key=list(DatePrecision).index)
    remarks = [day[3] for day in days if day[3]]
    if "*" in rest and precision is DatePrecision.DAY:
        remarks.append(phrase("The event repeats. Only its first day is recorded."))
        end = start if len(days) == 1 else end
    elif "*" in rest:
        remarks.append(phrase("The event repeats within this time."))
    elif rest.strip().startswith(">") and len(days) == 1:
        remarks.append(phrase("The end is not known."))
    elif rest.strip().startswith("-") and len(days) == 1 and not times:
        remarks.append(phrase("This gives only an end."))
    elif len(days) > 2 or (len(days) == 2 and "-" not in gaps and "/" not in gaps and (end - start).days > 1):
        remarks.append(
            phrase("There are {count} dates. The time from the first to the last is recorded.", count=len(days))
        )
    elif "?" in rest:
        remarks.append(phrase("This is marked as doubtful."))
    if len(days) == 2 and days[1][1] < days[0][0]:
        return ReadDate(remark=phrase("This ends before it starts."))
    if signs.unknown:
        remarks.append(phrase("These words are left out: {words}.", words=" ".join(signs.unknown)[:80]))
    if signs.weekdays and start == end and start.weekday() not in signs.weekdays and "*" not in rest:
        remarks.append(phrase("The weekday is not that of {start}.", start=start))
    at = [one for one in times if one is not None]
    exact = bool(at) and precision is DatePrecision.DAY
    return checked(
        ReadDate(
            start,
            end,
            DatePrecision.MINUTE if exact else precision,
            at[0] if exact else None,
            at[1] if exact and len(at) > 1 else None,
            approximate="~" in rest,
            remark=joined(dict.fromkeys(remarks)),
        )
    )
