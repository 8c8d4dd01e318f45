"""Parse one written date, in any form that people and programs use, with the rules of its column."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from rallymap.dates import SINGLE_DAY, DatePrecision
from rallymap.intake.cells.calendars import is_of_unread_calendar, without_era
from rallymap.intake.cells.clock_next_to_date import split_clock
from rallymap.intake.cells.date_parts import part_of_year, week_or_weekend, without_inner_commas
from rallymap.intake.cells.date_points import Point
from rallymap.intake.cells.date_spans import is_other_weekday, read_span
from rallymap.intake.cells.date_stamps import (
    STAMP,
    UNREADABLE,
    DateRules,
    Order,
    ReadDate,
    ShortYear,
    from_number,
    from_stamp,
    plain_day,
    separate_stamp,
)
from rallymap.intake.cells.date_words import A_MARCH, MOVED, is_only_approximate_mark, to_signs
from rallymap.intake.cells.date_zones import take_zone
from rallymap.intake.cells.decades import decade_cell, without_unspecified
from rallymap.intake.cells.dotted_times import write_colons, write_hours
from rallymap.intake.cells.edtf import read_edtf
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.moments import has_date_between, is_from_to, read_interval
from rallymap.intake.cells.nth_weekdays import nth_weekday
from rallymap.intake.cells.program_stamps import write_stamp
from rallymap.intake.cells.seasons import season_cell
from rallymap.intake.cells.several_times import end_among, without_end_words
from rallymap.intake.cells.short_years import has_short_year, with_long_year, write_short_year
from rallymap.intake.cells.weekday_signs import write_weekdays
from rallymap.intake.page_dates import read_page_date_cell
from rallymap.language import joined, phrase

MAX_WRITTEN = 200
TWO_WAYS = phrase("This can be read in two ways. Say whether the day or the month comes first.")
_CLOCK = re.compile(
    r"(?<![\d.])(\d{1,2}):(\d{2})(?::\d{2})?(?:\s?([ap])\.?m\.?(?![^\W\d_]))?"
    r"|(?<![\d.])(\d{1,2})(?:[.hu](\d{2}))?\s?(?:([ap])\.?m\.?|uhr|uur|[hu])(?![^\W_])"
    r"|(?<![\d.])(\d{1,2})[hu](\d{2})(?!\d)"
)
_BARE_HOURS = re.compile(
    r"(.*(?:\d{4}|[-'./]\s?\d{2}|[^\W\d_]\.?\s\d{2}(?=,))\.?)(?:,\s?|"
    r"\s)(\d{1,2})(?:[.:]([0-5]\d))?\s?(?:-|to|till|until|bis|à|do|до|tot|til)\s?(\d{1,2})(?:[.:]([0-5]\d))?"
)
_FIRST_HOUR, _NOON_HOUR, _LAST_HOUR = 8, 12, 24
_TWO_DAYS = re.compile(r"(?<![\d/.-])(\d{1,2})\.?\s?/\s?(\d{1,2})\.?(?=\s*⟦)")
_DAYS_BEFORE_MONTH = re.compile(r"(?<![\d/.-])\d{1,2}\.?(?:\s?/\s?\d{1,2}\.?){2,}(?=\s*⟦)")
_ARROW = re.compile(r"\s*(?:→|⇒|➔|->|=>)\s*")
_ISO_LIST = re.compile(r"(?<!\d)(\d{4})-\d{2}-\d{2}\s?(?:[&,;+]|and|und|et|och|og|y|e)\s?(?=\d{2}-\d{2}(?![\d-]))")
"""The first day of "2023-03-08 & 03-11", which also gives the year of the second."""
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(
    r"""(?<!\d)(?P<y1>\d{4}|1[0-4]\d(?=[-/.]))\s?[-/.]\s?(?P<m1>\d{1,2})\s?[-/.]\s?(?P<d1>\d{1,2})(?!\d)
    |(?<!\d)(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})(?!\d)
    |(?P<a3>\d{1,2})\s?(?P<sep>[./-])\s?(?P<b3>\d{1,2})\s?(?:(?P=sep)\s?'?|[./-]\s?'?(?!\d\d\s?[./]\s?\d))(?P<y3>\d{4}|\d{2})(?!\d)
    |(?P<d4>\d{1,2})\.?[\s/-]*⟦(?P<m4>\d+)⟧(?:[\s,./'-]*(?P<y4>\d{4}(?!\d)|(?<=[-'/])\d{2}(?!\d|\.?\s?⟦)))?
    |⟦(?P<m5>\d+)⟧\s*(?P<d5>\d{1,2})(?!\d)(?:\s*,?\s*'?(?P<y5>\d{4}(?!\d)|(?<=')\d{2}(?!\d)))?
    |⟦(?P<m6>\d+)⟧(?:[\s,.'/-]*(?P<y6>\d{4}(?!\d)|(?<=[-'])\d{2}(?!\d|\.?\s?⟦)))?
    |(?P<y7>\d{4})[-/](?P<m7>\d{1,2})(?!\d)
    |(?<!\d)(?P<m8>\d{1,2})[/.](?P<y8>\d{4})(?!\d)
    |(?<!\d)(?P<d9>\d{1,2})\s?\.\s?(?P<m9>\d{1,2})(?!\d)\.?
    |(?<!\d)(?P<a10>\d{1,2})/(?P<b10>\d{1,2})(?!\d)
    |(?<!\d)(?P<y11>\d{4})(?!\d)
    |(?<!\d)(?P<d12>\d{1,2})(?!\d)\.?""",
    re.VERBOSE,
)
_CJK_DAY_END = re.compile(r"月\s?\d{1,2}\s?[日号號](?=[上下早晚中傍凌])")  # "11月27日晚上8点"
_OPEN_START = re.compile(r"(?:\.\.)?/\d{4}-")
_FOOTNOTE = re.compile(r"\[[\w\s]{1,4}\]")


def read_date(text: str, rules: DateRules) -> ReadDate:
    """Parse one cell."""
    read = _read_cell(text, rules)
    if rules.in_utc and read.start is not None and read.start_time is not None and read.moment is None:
        return replace(read, moment=datetime.combine(read.start, read.start_time, UTC))
    return read


def _read_cell(text: str, rules: DateRules) -> ReadDate:
    if len(text) > MAX_WRITTEN:
        return ReadDate(remark=phrase("This is too long for a date."))
    folded = without_inner_commas(separate_stamp(write_stamp(without_unspecified(fold_cell(text).casefold()))))
    if (day := plain_day(folded)) is not None:
        return ReadDate(day, day, DatePrecision.DAY)
    if is_of_unread_calendar(folded):
        return ReadDate(remark=UNREADABLE)
    if (exact := read_edtf(folded, lambda part: _read_cell(part, rules))) is not None:
        return exact
    folded = write_colons(write_weekdays(_CJK_DAY_END.sub(r"\g<0> ", folded)))
    folded = without_era(folded)
    folded = folded[1:-1] if folded[:1] in "([" and folded[-1:] in ")]" and folded.count("(") < 2 else folded
    if rules.numbers and _NUMBER.fullmatch(folded) and not _is_year(folded, rules):
        return from_number(float(folded), rules.numbers)
    if rules.short_year is ShortYear.UNCLEAR and has_short_year(folded):
        return ReadDate(remark=TWO_WAYS)
    if rules.short_year is ShortYear.FIRST:
        folded = write_short_year(folded)
    if stamp := STAMP.fullmatch(folded):
        return from_stamp(stamp)
    if (interval := read_interval(folded)) is not None:
        return interval
    if _OPEN_START.match(folded):
        return ReadDate(remark=phrase("This says only before or after."))
    if folded.endswith("/..") or (folded.endswith("/") and folded.count("/") == 1):
        read = read_date(folded.rstrip("./"), rules)
        return replace(read, remark=read.remark or phrase("The end is not known."))
    folded, zone = take_zone(_FOOTNOTE.sub("", folded))
    whole = week_or_weekend(folded, lambda words: _read_words(words, rules))
    if whole is not None:
        return whole
    part = part_of_year(folded) or decade_cell(folded) or season_cell(folded) or nth_weekday(folded)
    behind = _with_clock(folded, rules) or _with_hours_behind(folded, rules)
    read = part or behind or _without_marches(folded, rules) or _read_words(folded, rules)
    if read.remark:
        read = read_page_date_cell(text) or read
    return zone.applied_to(read) if zone is not None else read


def _is_year(folded: str, rules: DateRules) -> bool:
    """Return whether a number in a column of serial numbers is a year: "2022" is not a day in 1905."""
    return rules.numbers.startswith("serial") and len(folded) == 4 and 1800 <= float(folded) <= 2200


def _with_clock(folded: str, rules: DateRules) -> ReadDate | None:
    """Parse "7 августа 2022 г., в 14 часов": one day with hours in words; None for anything else."""
    split = split_clock(folded)
    if split is None:
        return None
    read, at = _read_words(split[0], rules), split[1]
    if read.precision is not DatePrecision.DAY or read.start != read.end or read.each or "left out" in read.remark:
        return None
    read = replace(read, remark=joined((read.remark, at.remark)))
    if at.start is None:
        return read
    return replace(read, precision=DatePrecision.MINUTE, start_time=at.start, end_time=at.end)


def _without_marches(folded: str, rules: DateRules) -> ReadDate | None:
    """Parse "7 May 2022, meet 1pm, march 2pm", in which "march" is not a month; None for anything else."""
    other = A_MARCH.sub("marchx", folded)
    read = _read_words(other, rules) if other != folded else ReadDate()
    if read.start is None or read.precision not in SINGLE_DAY:
        return None
    return replace(read, remark=read.remark.replace("marchx", "march"))


def _with_hours_behind(folded: str, rules: DateRules) -> ReadDate | None:
    """Parse "29 jan -23, 12-15", in which no sign marks the hours; None for anything else.

    Hours that can be in the morning or the afternoon are left out.
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
    at, until = time(int(match[2]), int(match[3] or 0)), time(int(match[4]) % 24, int(match[5] or 0))
    return replace(read, precision=DatePrecision.MINUTE, start_time=at, end_time=until)


def _read_words(folded: str, rules: DateRules) -> ReadDate:
    if "(" in folded and MOVED in to_signs(folded).text:
        folded = " ".join(re.sub("[()]", " ", folded).split())
    elif "(" in folded:
        outside = _BRACKETS.sub(" ", folded)
        if outside != folded and any(char.isdecimal() for char in outside):
            read = _read_words(outside.strip(), rules)
            if read.start is not None:
                remark = joined((read.remark, phrase("The words in brackets are left out.")))
                means_approximately = any(map(is_only_approximate_mark, _BRACKETS.findall(folded)))
                return replace(read, approximate=read.approximate or means_approximately, remark=remark)
    folded = write_hours(_ARROW.sub(" - ", folded))
    folded = _ISO_LIST.sub(r"\g<0>\1-", folded)
    clocks = list(_CLOCK.finditer(folded))
    times = [_clock(match) for match in clocks]
    end = end_among(folded, clocks) if len(clocks) > 1 else None
    plain = without_end_words(folded, clocks)
    only_end = len(clocks) == 1 and plain != folded
    signs = to_signs(_CLOCK.sub(" ", plain))
    signs = replace(signs, text=with_long_year(signs.text))
    signs = replace(signs, text=_TWO_DAYS.sub(r"\1 - \2", signs.text))  # "3/4 June" means two days
    signs = replace(signs, text=_DAYS_BEFORE_MONTH.sub(lambda m: m[0].replace("/", " + "), signs.text))
    points = [_point(match, rules) for match in _POINT.finditer(signs.text)]
    rest = _POINT.sub(" ", signs.text)
    if signs.is_before_or_after:
        return ReadDate(remark=phrase("This says only before or after."))
    if not points or None in points or any(char.isdecimal() for char in rest):
        return ReadDate(remark=UNREADABLE)
    given = [point for point in points if point is not None]
    given = [point for at, point in enumerate(given) if at == 0 or not _is_counted(point, signs.text)]
    if "*" in rest and any(point.day for point in given):
        given = [point for point in given if point.month or point.day]  # "1 May 2020 and every Friday 2020"
    if not given:
        return ReadDate(remark=UNREADABLE)
    has_year = any(point.year for point in given)
    found = _complete(given, rules)
    if found is None:
        return ReadDate(remark=phrase("The year is missing.") if not rules.year else UNREADABLE)
    if any(point.reads_both_ways for point in found) and rules.order is Order.UNKNOWN:
        return ReadDate(remark=TWO_WAYS)
    _, is_moved, behind = signs.text.partition(MOVED)
    later = [point for point in found if point.begin > len(signs.text) - len(behind)] if is_moved else []
    if later:
        if behind.startswith(" >"):  # "moved from 5 May to 12 May", "12 May, moved from 5 May"
            later = later[1:] if len(later) == 2 else found[: -len(later)] or later
        read = read_span(later, signs, rest, times)
        read = replace(read, remark=joined((phrase("The event was moved to this date."), read.remark)))
    else:
        read = read_span(found, signs, rest, times, each_has_time=has_date_between(folded, clocks))
        read = replace(read, is_from_to=read.start != read.end and not read.each and is_from_to(folded, clocks))
    if end != 1 and len(clocks) > 1 and read.start_time is not None and read.start == read.end:
        read = replace(read, end_time=times[end] if end else None)
        if end is None:
            read = replace(read, remark=joined((phrase("There are several times. The first is kept."), read.remark)))
    if only_end and read.start_time is not None and read.start == read.end:
        remark = joined((phrase("This gives only an end."), read.remark))
        read = replace(read, precision=DatePrecision.DAY, start_time=None, end_time=times[0], remark=remark)
    if not has_year and not rules.year_of_row and is_other_weekday(read, signs):
        # The year is from a title or other rows, and the weekday shows that it is wrong.
        return ReadDate(remark=phrase("The weekday is not that of {start}.", start=read.start))
    if "24:00" in folded and read.end_time == time.min and read.start != read.end and read.end is not None:
        read = replace(read, end=read.end + timedelta(days=1))
    if rules.year_of_others and read.start is not None and not has_year:
        remark = phrase("The year is missing. It is taken from the other dates: {year}.", year=rules.year)
        return replace(read, remark=joined((remark, read.remark)))
    return read


def _is_counted(point: Point, signs: str) -> bool:
    """Return whether a plain number next to a date belongs to an unknown word: "7 May 2022, room 12"."""
    is_beside = signs[point.stop :].lstrip().startswith("¤") or signs[: point.begin].rstrip().endswith("¤")
    return is_beside and not point.month and not point.year


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
    """Copy shared parts between neighbouring dates: in "6. and 7. May 2022" the 6th is in May, too."""
    if len(points) > 1:
        years = [point for point in points if point.year and not point.month and not point.day]
        parts = [point for point in points if point not in years]
        # "March 5, 6 and 7, 2022": a final year applies to the days before it.
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
