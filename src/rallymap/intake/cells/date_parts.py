"""Parse weeks, weekends, quarters and halves of a year: "KW 23/2022", "weekend of 1 May", "Q2 2022"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate
from rallymap.intake.cells.date_words import to_signs
from rallymap.language import phrase

_ISO_WEEK = re.compile(r"(?P<year>\d{4})-?w(?P<week>\d{2})(?:-?(?P<day>[1-7]))?")
_WEEK_WORD = (
    r"(?:kw|cw|wk|week|kalenderwoche|woche|semaine|semana|settimana|vecka|v|uke|uge|tydzień|неделя|тиждень|hafta)"
)
_WEEK = re.compile(
    rf"{_WEEK_WORD}\.?\s?(?P<week>\d{{1,2}})(?:\s?[/,.-]\s?|\s+(?:of\s+|de\s+|del\s+)?)(?P<year>\d{{4}})"
    rf"|(?P<year2>\d{{4}})\s?[/,.-]?\s?{_WEEK_WORD}\.?\s?(?P<week2>\d{{1,2}})"
)
_QUARTER = re.compile(
    r"q(?P<quarter>[1-4])\s?[/,.-]?\s?(?P<year>\d{4})|(?P<year2>\d{4})\s?[/,.-]?\s?q(?P<quarter2>[1-4])"
    r"|(?P<quarter3>[1-4])(?:q|\.\s?quartal)\s?(?P<year3>\d{4})"
)
_HALF = (
    r"(?:(?P<first>1|1st|first|erste[sn]?|premier|primer|primeiro|primo|första|første)|2|2nd|second|zweite[sn]?|"
    r"deuxième|second|segundo|secondo|andra|andre)"
)
_HALF_YEAR = re.compile(
    rf"[hs](?P<number>[12])\s?[/,.-]?\s?(?P<year>\d{{4}})|(?P<year2>\d{{4}})\s?[/,.-]?\s?[hs](?P<number2>[12])"
    rf"|(?P<number3>[12])[hs]\s?(?P<year3>\d{{4}})"
    rf"|(?:the )?{_HALF}[.º°]?\s(?:half|halbjahr|jahreshälfte|hälfte|semestre|halvår|halvåret|halvdel)"
    rf"(?:\s(?:of|de|del|von|av))?\s(?P<year4>\d{{4}})"
)


_DECIMAL = re.compile(r"\d{4}\.\d{3,}")
"""Not a pair of years: "2023.2110" is a day in data sets."""
_INNER_COMMA = re.compile(
    r"(?<=[^\W\d_]{3}),\s*(?=\d{1,2}(?:st|nd|rd|th)?,?\s+(?:18|19|20)\d{2}(?!\d))"
    r"|(?<=\d),\s*(?=[^\W\d_]{3,}\.?,?\s+(?:18|19|20)\d{2}(?!\d))"
)
_WEEK_OF = re.compile(
    r"(?:week|wk|w) ?(?:/ ?)?(?:c|commencing|beginning|starting|of|from|van|vanaf)\b[\s:]*"
    r"|woche (?:vom|ab|des)\s+|(?:in der )?kw ab\s+|settimana (?:del|dal|dell')\s*|vecka(?:n)? (?:från|med)\s+"
    r"|uke(?:n)? (?:fra|med)\s+|ugen (?:fra|med)\s+|tydzień od\s+|неделя с\s+|тиждень з\s+"
)
"""Words before the day with which a week begins, or a day in it."""


def without_inner_commas(folded: str) -> str:
    """Return a date without the comma between its day and its month: "August, 9, 1970", "9, August 1970"."""
    return _INNER_COMMA.sub(" ", folded)


_WEEKEND = re.compile(
    r"(?<![^\W\d_])(?:week-?end(?:ul)?|wochenende|fin de semana|finde|fim de semana|fine settimana|helg(?:en|a)?|"
    r"viikonlop\w+|v[ií]kend\w*|hétvég\w*|выходн\w+|вихідн\w+|hafta sonu|آخر هفته|"
    r"(?:عطلة )?نهاية الأسبوع|σαββατοκύριακο|סוף ה?שבוע|dawiya heftê)(?![^\W\d_])|週末|周末|주말"
)
_FRIDAY, _SATURDAY = 4, 5


def week_or_weekend(folded: str, read: Callable[[str], ReadDate]) -> ReadDate | None:
    """Parse a week or weekend that is named by one of its days: "week commencing 3 Oct 2022", "weekend of 1 October".

    Parameters
    ----------
    folded
        The folded, lower-case cell.
    read
        Parses the words for the day.

    Returns
    -------
    date
        None for anything else. A weekend that is named by a day from Monday to Thursday is recorded as the week.
    """
    match, is_weekend = _WEEK_OF.match(folded), False
    if match is None:
        match, is_weekend = _WEEKEND.search(folded), True
    if match is None:
        return None
    words = f"{folded[: match.start()]} {folded[match.end() :]}".strip()
    if is_weekend and to_signs(words).weekdays:
        return None  # "Saturday, 1 October (weekend of action)"
    day = read(words)
    if day.precision is not DatePrecision.DAY or day.start is None or day.start != day.end:
        return None
    weekday = day.start.weekday()
    if not is_weekend or weekday < _FRIDAY:
        return replace(day, precision=DatePrecision.WEEK)
    first = day.start - timedelta(days=max(0, weekday - _SATURDAY))
    last = day.start + timedelta(days=6 - weekday)
    return replace(day, start=first, end=last, precision=DatePrecision.WEEKEND)


def part_of_year(folded: str) -> ReadDate | None:
    """Parse a week (ISO 8601, Monday to Sunday), a quarter or a half of a year; None for anything else."""
    if not folded[-1:].isdecimal():
        return None
    if _DECIMAL.fullmatch(folded):
        return ReadDate(remark=UNREADABLE)
    if match := _ISO_WEEK.fullmatch(folded):
        return _week(int(match["year"]), int(match["week"]), int(match["day"] or 0))
    if match := _WEEK.fullmatch(folded):
        return _week(int(match["year"] or match["year2"]), int(match["week"] or match["week2"]), 0)
    if match := _QUARTER.fullmatch(folded):
        year = int(match["year"] or match["year2"] or match["year3"])
        return _months(year, 3 * int(match["quarter"] or match["quarter2"] or match["quarter3"]), 3)
    if match := _HALF_YEAR.fullmatch(folded):
        year = int(match["year"] or match["year2"] or match["year3"] or match["year4"])
        number = match["number"] or match["number2"] or match["number3"] or ("1" if match["first"] else "2")
        return _months(year, 6 * int(number), 6)
    return None


def _months(year: int, last_month: int, length: int) -> ReadDate:
    last = date(year, last_month, calendar.monthrange(year, last_month)[1])
    return ReadDate(date(year, last_month - length + 1, 1), last, DatePrecision.MONTH)


def _week(year: int, week: int, day: int) -> ReadDate:
    try:
        first = date.fromisocalendar(year, week, day or 1)
    except ValueError:
        return ReadDate(remark=phrase("This week does not exist."))
    if day:
        return ReadDate(first, first, DatePrecision.DAY)
    return ReadDate(first, first + timedelta(days=6), DatePrecision.WEEK)
