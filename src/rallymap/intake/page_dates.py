"""Parse dates in the wording of the app's own pages, in each language, when people paste them into the form.

The digits and months of a text give a few candidate dates. Each is formatted with :mod:`rallymap.wording`; the
candidate that reproduces the text is the result. So nothing is guessed, and wording that an operator changed or added
is supported as well.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from rallymap.countries import zones_by_name
from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import InvalidEventError
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.folding import fold_cell
from rallymap.language import Language, current_language, languages, own_folder, phrase, tr, use_language
from rallymap.wording import date_in_words, date_with_weekday

_ZONE = re.compile(r"\(([A-Za-z][A-Za-z0-9_+/-]*)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_DASH = re.compile(r"\s*-\s*")
_INVISIBLE = dict.fromkeys(map(ord, "\u061c\u200c\u200e\u200f\u2066\u2067\u2068\u2069"), None)
_ANY_ZONE = "UTC"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """Date given by a text; all parts except `precision` are empty if the text says that the date is unknown.

    `moment` is the start in UTC, if the text gives an offset; the local day and time follow from the zone of the place.
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    start_time: time | None = None
    end_time: time | None = None
    approximate: bool = False
    zone: str = ""
    moment: datetime | None = None


def read_page_dates(text: str) -> list[WrittenDate]:
    """Return every date that the pages would format as this text in one of their languages; [] for other texts.

    Spaces, dashes, case and the script of digits are ignored. Several dates mean that languages use the same words for
    different days.
    """
    folded = _fold(text)
    has_figures = any(map(str.isdecimal, folded))
    if has_figures and not _YEAR.search(folded):
        return []  # the pages always write four-digit years; most texts of a table contain none
    zones = _ZONE.findall(unicodedata.normalize("NFKC", text))
    named = zones[-1] if zones else ""
    words = frozenset(_WORD.findall(_BRACKETS.sub(" ", folded)))
    found: dict[WrittenDate, None] = {}
    # Without a word, all languages give the same text.
    for language in languages(own_folder()) if words else (current_language(),):
        with use_language(language):
            if not has_figures:
                if folded == _fold(tr("date not known")):
                    found[WrittenDate()] = None
                continue
            zone = named or _zone_in(folded, language)
            for when in _candidates(folded, zone or _ANY_ZONE, language):
                # Formatting all candidates takes 20 ms, and most texts of a table match none.
                frames = (tr("around {date}"), tr("weekend of {days}"), tr("week of {days}"))
                if not words <= _vocabulary(language, *frames):
                    break

                if folded in _ways_to_write(when, has_zone=bool(zone)):
                    found[_written(when, zone)] = None
    return list(found)


def read_page_date_cell(text: str) -> ReadDate | None:
    """Parse a cell in the wording of the pages; None for other texts."""
    said = read_page_dates(text)
    if not said:
        return None
    if len(said) > 1:
        return ReadDate(remark=phrase("This means different days in two languages."))
    when = said[0]
    moment = None
    if when.start is not None and when.start_time is not None and when.zone:
        moment = datetime.combine(when.start, when.start_time, ZoneInfo(when.zone)).astimezone(UTC)
    return ReadDate(when.start, when.end, when.precision, when.start_time, when.end_time, moment, when.approximate)


def _fold(text: str) -> str:
    return _DASH.sub("-", fold_cell(text.translate(_INVISIBLE)).casefold())


def _zone_in(folded: str, language: Language) -> str:
    """Return the time zone that a folded text names in brackets in the current language, "" for none."""
    brackets = _BRACKETS.findall(folded)
    return _zones(language, tr("{city} time")).get(brackets[-1].strip("()"), "") if brackets else ""


@lru_cache(maxsize=64)
def _zones(language: Language, frame: str) -> dict[str, str]:
    """Return time zones by their folded names in the current language, as part of `frame`."""
    del language, frame  # cache keys only
    return {_fold(name): zone for name, zone in zones_by_name().items()}


def _ways_to_write(when: EventDate, *, has_zone: bool) -> set[str]:
    if when.start_time is not None:
        return {_fold(date_in_words(when) if has_zone else date_with_weekday(when))}
    ways = {_fold(date_in_words(when)), _fold(date_with_weekday(when))}
    if when.precision not in (DatePrecision.WEEKEND, DatePrecision.WEEK):  # short forms contain days only
        ways.add(_fold(date_in_words(when, short=True)))
    return ways


def _written(when: EventDate, zone: str) -> WrittenDate:
    at = (when.start_time, when.end_time)
    return WrittenDate(when.start, when.end, when.precision, *at, when.approximate, zone if when.start_time else "")


def _candidates(folded: str, zone: str, language: Language) -> Iterator[EventDate]:
    """Yield what the numbers and months of a text can mean; most of these candidates will not match."""
    plain = _BRACKETS.sub(" ", folded)
    clocks = _CLOCK.findall(plain)
    years: list[int] = []
    months: list[int] = []
    days: list[int] = []
    words, numbers = _months(language)
    for match in words.finditer(_CLOCK.sub(" ", plain)):
        if (month := numbers.get(match[0])) is not None:
            months.append(month)
        elif match[0].isdecimal():
            (years if len(match[0]) == 4 else days).append(int(match[0]))
    if len(years) not in (1, 2) or len(months) > 2 or len(days) > 2 or len(clocks) > 2 or (days and not months):
        return
    try:
        first, last, precisions = _bounds(years, months, days)
        times = [time(int(hour) % 24, int(minute)) for hour, minute in clocks]
    except (ValueError, calendar.IllegalMonthError):
        return
    if times:
        if days:
            yield from _with_times(first, last, times, zone)
        return
    for precision, approximate in product(precisions, (False, True)):
        try:
            yield EventDate(first, last, precision, approximate=approximate)
        except InvalidEventError:
            return


def _bounds(years: list[int], months: list[int], days: list[int]) -> tuple[date, date, tuple[DatePrecision, ...]]:
    if days:
        first, last = (date(years[at], months[at], days[at]) for at in (0, -1))
        return first, last, (DatePrecision.DAY, DatePrecision.WEEKEND, DatePrecision.WEEK)
    if months:
        end = calendar.monthrange(years[-1], months[-1])[1]
        return date(years[0], months[0], 1), date(years[-1], months[-1], end), (DatePrecision.MONTH,)
    return date(years[0], 1, 1), date(years[-1], 12, 31), (DatePrecision.YEAR,)


def _with_times(first: date, last: date, times: list[time], zone: str) -> Iterator[EventDate]:
    until = times[1] if len(times) == 2 else None
    # An event until midnight is shown as ending at 24:00 on the day before.
    ends = (last, last + _ONE_DAY) if until == time.min else (last,)
    for end, approximate in product(ends, (False, True)):
        try:
            yield EventDate(first, end, DatePrecision.MINUTE, times[0], until, zone, approximate)
        except InvalidEventError:
            continue


@lru_cache(maxsize=64)
def _vocabulary(language: Language, *frames: str) -> frozenset[str]:
    """Return the words that occur in dates of a language, and in the phrases around them."""
    days = [date(2024, month, 1) for month in range(1, 13)] + [date(2024, 1, day) for day in range(2, 8)]
    samples = [EventDate(day, day, DatePrecision.DAY) for day in days]
    samples += [EventDate(day, date(2024, 12, 28), DatePrecision.DAY) for day in days]
    for last in (date(2024, 3, 2), date(2024, 4, 2), date(2025, 4, 2)):
        spans = (DatePrecision.DAY, DatePrecision.WEEK, DatePrecision.WEEKEND, DatePrecision.MONTH)
        samples += [EventDate(date(2024, 3, 1), last, precision) for precision in spans]
    samples += [EventDate.month(2024, month) for month in range(1, 13)]
    samples += [replace(EventDate.month(2024, 3), end=end) for end in (date(2024, 12, 31), date(2025, 1, 31))]
    samples += [EventDate.year(2024), replace(EventDate.year(2024), end=date(2025, 12, 31))]
    said = list(frames)
    for when in samples:
        for each in (when, replace(when, approximate=True)):
            said += [date_in_words(each), date_in_words(each, short=True), date_with_weekday(each)]
    return frozenset(word for words in said for word in _WORD.findall(_BRACKETS.sub(" ", _fold(words))))


@lru_cache(maxsize=64)
def _months(language: Language) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return the pattern of numbers and names of months and weekdays in folded texts, and each month's number."""
    locale = language.locale
    widths = [(context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    numbers = {
        _fold(name): number
        for context, width in widths
        for number, name in locale.months[context][width].items()
        if not name.isdecimal()
    }
    weekdays = {_fold(name) for context, width in widths for name in locale.days[context][width].values()}
    words = "|".join(
        (r"(?<!\d)" if name[0].isdecimal() else r"(?<![^\W\d_])") + re.escape(name)
        for name in sorted({*numbers, *weekdays}, key=len, reverse=True)
    )
    return re.compile(rf"{words}|(?<!\d)\d{{4}}(?!\d)|(?<!\d)\d{{1,2}}(?!\d)"), numbers
