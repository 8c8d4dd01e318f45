"""Parse dates that people type into the form, without guessing the order of day and month."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date

from rallymap.dates import DatePrecision, parse_edtf
from rallymap.errors import InvalidEventError
from rallymap.intake.cells.calendars import from_solar_hijri
from rallymap.intake.cells.date_spans import DOUBTFUL
from rallymap.intake.cells.date_stamps import IN_OUR_CALENDAR, DateRules
from rallymap.intake.cells.date_words import to_signs
from rallymap.intake.cells.dates import read_date as read_cell
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.month_names import MEANING_TWO, SOLAR_HIJRI, month_of
from rallymap.intake.cells.seasons import SEASONS, WrittenSeason, season_in, season_in_words, three_months
from rallymap.intake.cells.weekday_signs import write_weekdays
from rallymap.intake.page_dates import WrittenDate, read_page_dates
from rallymap.intake.unreadable_dates import not_a_date, two_ways
from rallymap.language import Phrase, current_language, say_date, tr

MAX_WRITTEN = 200
_NOT_KNOWN = frozenset({"", "?", "-", "n/a", "none", "not known", "undated", "unknown"})
_AROUND = re.compile(r"^(?:around|about|approximately|approx\.?|circa|c\.|ca\.?|~)\s*", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+", re.IGNORECASE)
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?([a-z]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\.?\s*(?:-|–|—|to|and|&)\s*(\d{1,2})\.?\s+([a-z]+)\.?,?\s+(\d{4})")
_DAYS_AFTER_MONTH = re.compile(r"([a-z]+)\.?\s+(\d{1,2})\s*(?:-|–|—|to|and|&)\s*(\d{1,2}),?\s+(\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_PERSIAN = re.compile(r"([1۱][34۳۴]\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTH_SIGN = re.compile("[月월]")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d")
_LIKE_EDTF = re.compile(r"[0-9t:/~\- ]+")
_IN_FIGURES = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_YEARS = re.compile(r"\d{4}-\d{4}")
_PLAIN = re.compile(r"(?:1[89]|2[01])\d\d-\d\d-\d\d", re.ASCII)
_EDTF_SEASON = re.compile(r"([12]\d{3})-(2[1-9]|3[0-2])(~?)")
_RANGE = re.compile(r"\s+(?:to|until|till|through|-|–|—)\s+", re.IGNORECASE)


def read_date(field: str, text: str) -> WrittenDate:
    """Parse one written date: a day, several days, a month or a year.

    Parameters
    ----------
    field
        Field to attach errors to.
    text
        EDTF (:func:`rallymap.dates.parse_edtf`), ``30 June 2018``, ``June 30, 2018``, ``1-2 February 2020``,
        ``30.06.2018`` (day first), ``30/06/2018`` (only if one number is above 12), ``around June 2022``; a season as
        its months in the north (:func:`names_season`), ``winter 2019/20``; "", ``?``, ``unknown`` for an unknown date.

    Raises
    ------
    InvalidEventError
        If it has another form, names a day that does not exist or has another weekday, or can mean two days.
    """
    if _PLAIN.fullmatch(text):  # what tables are converted to
        return _one(_day(field, text, *text.split("-")))
    if len(text) > MAX_WRITTEN:
        raise not_a_date(field, text[:MAX_WRITTEN])
    folded = fold_cell(text).casefold()
    if folded in _NOT_KNOWN:
        return WrittenDate()
    if any(char.isalpha() for char in folded):
        folded = _without_weekday(field, text, folded)
    if (not _LIKE_EDTF.fullmatch(folded) or _YEARS.fullmatch(folded)) and (said := read_page_dates(text)):
        return _only(field, text, said)
    try:
        when = _read(field, _AROUND.sub("", folded), text)
    except InvalidEventError as err:
        if (found := _read_as_cell(field, text)) is not None:
            return found
        raise InvalidEventError(field, err.user_message, value=text) from err
    return replace(when, approximate=True) if _AROUND.match(folded) else when


def _without_weekday(field: str, text: str, folded: str) -> str:
    """Remove the weekday from a folded numeric day; other texts are unchanged.

    A day with the wrong weekday is rejected: only the person who typed it knows which of the two is wrong.
    """
    signs = to_signs(write_weekdays(folded))
    if not signs.weekdays:
        return folded
    read = read_cell(text, DateRules())
    if read.start is not None and read.start == read.end and read.start.weekday() not in signs.weekdays:
        # Translators: {day} is a date with its weekday: “Friday 3 May 2024”.
        sentence = tr(
            "The weekday does not match: by the calendar it is {day}. Correct the date, or leave the weekday out.",
            day=say_date(read.start, "yMMMMEEEEd"),
        )
        raise InvalidEventError(field, sentence, value=text)
    figures = signs.text.strip(" ,")
    return figures if _IN_FIGURES.fullmatch(figures) and not signs.unknown else folded


def names_season(text: str) -> str:
    """Return the season in a date, such as "spring"; "" for any other text.

    Its months are those of the northern hemisphere, unless EDTF's numbers for the south (29 to 32) are used. Seasons of
    the Iranian year are always quarters of it.
    """
    folded = fold_cell(text).casefold()
    if (season := season_in(folded)) is not None:
        return "" if season.is_solar else season.name
    match = _EDTF_SEASON.fullmatch(_AROUND.sub("", folded))
    return SEASONS[(int(match[2]) - 21) % 4] if match and int(match[2]) < 29 else ""


def _only(field: str, text: str, said: list[WrittenDate]) -> WrittenDate:
    """Return the only date that a text can mean; ask if it means different dates in two languages."""
    if len(said) == 1:
        return said[0]
    days = [(when.start, say_date(when.start, "yMMMMd")) for when in said if when.start is not None]
    (first, first_day), (second, second_day) = days[:2]
    raise two_ways(field, text, (first, first_day), (second, second_day))


def _read(field: str, folded: str, text: str) -> WrittenDate:
    halves = _RANGE.split(folded)
    if len(halves) != 2:
        return _read_one(field, folded, text)
    first, last = (_read_one(field, half, text) for half in halves)
    return WrittenDate(
        first.start,
        last.end,
        max(first.precision, last.precision, key=list(DatePrecision).index),
        first.start_time,
        last.start_time,
        first.approximate or last.approximate,
    )


def _read_one(field: str, folded: str, text: str) -> WrittenDate:
    folded = _WEEKDAY.sub("", folded)
    if match := _DAYS_OF_MONTH.fullmatch(folded):
        first, last, month, year = match.groups()
    elif match := _DAYS_AFTER_MONTH.fullmatch(folded):
        month, first, last, year = match.groups()
    else:
        return _read_single(field, folded, text)
    number = _month(month, text, field)
    return WrittenDate(_day(field, text, year, number, first), _day(field, text, year, number, last), DatePrecision.DAY)


def _read_single(field: str, folded: str, text: str) -> WrittenDate:
    if match := _PERSIAN.fullmatch(folded):
        year, month, day = match.groups()
        if current_language().code == "fa":
            return _one(_solar_hijri(field, text, int(year), int(month), int(day)))
        raise _persian(field, text, int(year), int(month), int(day))
    if (season := season_in(folded)) is not None:
        return _season(field, text, season)
    if match := _DAY_FIRST.fullmatch(folded):
        day, month, year = match.groups()
        found = _day(field, text, year, _month(month, text, field), day or "1")
        if day is not None:
            return _one(found)
        last = calendar.monthrange(found.year, found.month)[1]
        return WrittenDate(found, found.replace(day=last), DatePrecision.MONTH)
    if match := _MONTH_FIRST.fullmatch(folded):
        month, day, year = match.groups()
        return _one(_day(field, text, year, _month(month, text, field), day))
    if match := _YEAR_FIRST.fullmatch(folded):
        return _one(_day(field, text, *match.groups()))
    if match := _DOTTED.fullmatch(folded):
        day, month, year = match.groups()
        return _one(_day(field, text, year, month, day))
    if match := _SLASHED.fullmatch(folded):
        return _one(_day_or_month_first(field, text, *match.groups()))
    if match := _EDTF_SEASON.fullmatch(folded):
        number = int(match[2]) - 21  # 21-24 unspecified, 25-28 north, 29-32 south
        first = 3 + 3 * (number % 4) + (6 if number >= 8 else 0)
        months = three_months(int(match[1]), first - 12 if first > 12 else first)
        return WrittenDate(*months, DatePrecision.MONTH, approximate=bool(match[3]))
    if not _LIKE_EDTF.fullmatch(folded):
        raise not_a_date(field, text)
    # The zone belongs to the event, not to the text; this one only makes a time of day valid.
    when = parse_edtf(folded.upper().replace(" ", "T", 1), zone="UTC")
    return WrittenDate(when.start, when.end, when.precision, when.start_time, when.end_time, when.approximate)


def _read_as_cell(field: str, text: str) -> WrittenDate | None:
    """Parse a date in the forms of tables: "۱۲ بهمن ۱۴۰۴", "24 лютого 2026", "early 2019", "2023-2-4".

    None if neither a month name nor a year of four digits determines the calendar, or if there is a remark.
    """
    folded = fold_cell(text).casefold()
    if to_signs(folded).is_before_or_after:
        sentence = tr(
            "“{text}” says only before or after. Write the month or the year in which it was, as well as it is known.",
            text=text.strip()[:60],
        )
        raise InvalidEventError(field, sentence, value=text)
    read, words = read_cell(text, DateRules()), _WORD.findall(folded)
    if read.remark == DOUBTFUL and read.approximate:
        read = replace(read, remark="")
    months = [month_of(word) or 0 for word in words]
    is_converted = (
        isinstance(read.remark, Phrase)
        and read.remark.message == IN_OUR_CALENDAR
        and max(months, default=0) > SOLAR_HIJRI
    )
    if read.start is None or read.end is None or read.each or (read.remark and not is_converted):
        return None
    if read.moment and (read.end_time or read.start != read.end):
        return None
    if not any(months) and not _MONTH_SIGN.search(text) and not _YEAR.search(folded):
        return None
    for word in words:
        if word in MEANING_TWO:
            other = read.start.replace(month=MEANING_TWO[word])
            raise two_ways(field, text, *((day, say_date(day, "MMMMd")) for day in (read.start, other)))
    when = WrittenDate(read.start, read.end, read.precision, read.start_time, read.end_time, read.approximate)
    return replace(when, moment=read.moment)


def _solar_hijri(field: str, text: str, year: int, month: int, day: int) -> date:
    try:
        return from_solar_hijri(year, month, day)
    except ValueError as err:
        raise _no_such_day(field, text) from err


def _persian(field: str, text: str, year: int, month: int, day: int) -> InvalidEventError:
    """Ask whether a date is Solar Hijri, which is not assumed, because lunar years have similar numbers."""
    try:
        found = from_solar_hijri(year, month, day)
        meant = say_date(found, "yMMMMd")
        sentence = tr("Is this a Persian date? Write the Gregorian one: {day}.", day=meant)
    except ValueError:
        sentence = tr("Is this a Persian date? Write the Gregorian one.")
    return InvalidEventError(field, sentence, value=text)


def _season(field: str, text: str, season: WrittenSeason) -> WrittenDate:
    if season.is_of_two_years and not season.second_year:
        first, second = (season_in_words("winter", year) for year in (season.year - 1, season.year))
        # Translators: {first} and {second} are “winter 2018/19” and “winter 2019/20” in your language.
        sentence = tr("Which winter is meant? Write {first} or {second}.", first=first, second=second)
        raise InvalidEventError(field, sentence, value=text)
    if season.months is None:
        raise not_a_date(field, text)
    return WrittenDate(*season.months, DatePrecision.MONTH, approximate=season.approximate)


def _one(day: date) -> WrittenDate:
    return WrittenDate(day, day, DatePrecision.DAY)


def _day_or_month_first(field: str, text: str, one: str, two: str, year: str) -> date:
    if int(one) <= 12 and int(two) <= 12 and one != two:
        first, second = (_day(field, text, year, m, d) for m, d in ((two, one), (one, two)))
        raise two_ways(field, text, *((day, say_date(day, "MMMMd")) for day in (first, second)))
    month, day = (two, one) if int(two) <= 12 else (one, two)
    return _day(field, text, year, month, day)


def _month(name: str, text: str, field: str) -> int:
    if name not in _MONTHS:
        raise not_a_date(field, text)
    return _MONTHS[name]


def _day(field: str, text: str, year: str, month: str | int, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as err:
        raise _no_such_day(field, text) from err


def _no_such_day(field: str, text: str) -> InvalidEventError:
    return InvalidEventError(field, tr("“{text}” names a day that does not exist.", text=text.strip()[:60]), value=text)
