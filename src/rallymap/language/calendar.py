"""Format days, months and times in the current language, with CLDR's patterns and the language's digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from functools import cache, lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import (
    format_date,
    get_day_names,
    get_month_names,
    tokenize_pattern,
    untokenize_pattern,
)

from rallymap.language.languages import ENGLISH, Language
from rallymap.language.speech import current_language, digits, use_language

_SINGLE: Final[Mapping[str, str]] = {"yMMMMEEEEd": "EEEE d MMMM y"}
_SPANS: Final[Mapping[tuple[str, str], str]] = {
    ("yMMMM", "M"): "MMMM–MMMM y",
    ("yMMM", "M"): "MMM–MMM y",
}
"""English patterns that differ from CLDR's: no comma after the weekday, no spaces between two months."""
_STYLES: Final = {"yMMMMd": "long", "yMMMMEEEEd": "full"}
"""Skeletons that correspond to one of CLDR's standard date formats."""
_SCRIPT_DATES: Final = ("yMMMMd", "yMMMM", "y", "MMM")
_SCRIPT_SPANS: Final = {"yMMMMd": "dMy", "yMMMM": "My", "y": "y"}
"""Skeletons used by page scripts (``assets/map/data/date_words.js``); for spans also the fields that can differ."""


def say_date(day: date, skeleton: str) -> str:
    """Format a day, or its month or year.

    Parameters
    ----------
    skeleton
        Format as a CLDR skeleton: "yMMMMd" ("30 June 2018"), "yMMMd", "yMMMMEEEEd", "yMMMM", "yMMM", "MMMMd", "y".
    """
    return _date_in(current_language(), day, skeleton)


@lru_cache(maxsize=16_384)
def _date_in(language: Language, day: date, skeleton: str) -> str:
    # Calendars and lists have the same days again and again, and Babel formats one from its pattern each time.
    own = _SINGLE.get(skeleton) if language.code == ENGLISH.code else None
    with use_language(language):
        return _counted(digits(format_date(day, own or _pattern_of(language.locale, skeleton), language.locale)))


def _counted(words: str) -> str:
    """Write the first day of a month as an ordinal, as French does and CLDR omits: "1er janvier"."""
    return re.sub(r"\b1\b", "1er", words) if current_language().locale.language == "fr" else words


def _pattern_of(locale: Locale, skeleton: str) -> str:
    style = _STYLES.get(skeleton)
    return str(locale.date_formats[style] if style else locale.datetime_skeletons[skeleton])


def say_span(first: date, last: date, skeleton: str) -> str:
    """Format a range of days, months or years without repetition: "1–2 February 2020", "2019–2020".

    Parameters
    ----------
    skeleton
        As for :func:`say_date`: "yMMMMd", "yMMMd", "yMMMM", "yMMM" or "y".
    """
    if first.year != last.year:
        field = "y"
    elif first.month != last.month:
        field = "M"
    elif first.day != last.day:
        field = "d"
    else:
        return say_date(first, skeleton)
    if field not in skeleton:
        return say_date(first, skeleton)
    head, tail = _halves(skeleton, field)
    locale = current_language().locale
    return _counted(digits(format_date(first, head, locale) + format_date(last, tail, locale)).replace("\u2009", " "))


def _halves(skeleton: str, field: str) -> tuple[str, str]:
    """Return the patterns of a range's first and last day; the second begins where a field repeats (UTS 35)."""
    own = _SPANS.get((skeleton, field)) if current_language().code == ENGLISH.code else None
    pattern = own or _span_pattern(skeleton, field)
    tokens = tokenize_pattern(pattern)
    seen: set[str] = set()
    for at, (kind, value) in enumerate(tokens):
        letter = value[0].replace("L", "M") if kind == "field" else ""
        if letter in seen:
            return untokenize_pattern(tokens[:at]), untokenize_pattern(tokens[at:])
        seen |= {letter} - {""}
    return pattern, ""


def _span_pattern(skeleton: str, field: str) -> str:
    spans = current_language().locale.interval_formats
    if found := spans.get(skeleton):
        return "".join(found[field])
    # CLDR omits patterns with full names if only their length differs from the abbreviated pattern (UTS 35, "Matching
    # Skeletons").
    return "".join(spans["yMMMd"][field]).replace("MMM", "MMMM").replace("LLL", "LLLL")


@cache
def script_dates(language: Language) -> dict[str, object]:
    """Return date patterns and names for page scripts, which format dates like :func:`say_date`.

    Returns
    -------
    dates
        ``patterns`` by skeleton; ``spans``, the patterns of both days, by skeleton and largest differing field ("d",
        "M", "y"); both in CLDR syntax with literals in apostrophes; ``names`` of the twelve months and the 31 days by
        pattern field; the ten ``digits`` for years.
    """
    with use_language(language):
        patterns = {skeleton: _pattern_of(language.locale, skeleton) for skeleton in _SCRIPT_DATES}
        spans = {
            skeleton: {field: [half.replace("\u2009", " ") for half in _halves(skeleton, field)] for field in fields}
            for skeleton, fields in _SCRIPT_SPANS.items()
        }
        written = [
            *patterns.values(),
            *(half for fields in spans.values() for pair in fields.values() for half in pair),
        ]
        letters = {field for pattern in written for field in _fields(pattern)} - {"y"}
        return {
            "patterns": patterns,
            "spans": spans,
            "names": {field: _names(field) for field in sorted(letters)},
            "digits": digits("0123456789"),
        }


def _fields(pattern: str) -> list[str]:
    return [value[0] * int(value[1]) for kind, value in tokenize_pattern(pattern) if kind == "field"]


def _names(field: str) -> list[str]:
    """Format each day of January with a day field, or the first of each month with a month field."""
    locale = current_language().locale
    if field[0] == "d":
        return [_counted(digits(format_date(date(2000, 1, day), field, locale))) for day in range(1, 32)]
    return [digits(format_date(date(2000, month, 1), field, locale)) for month in range(1, 13)]


def say_time(moment: time) -> str:
    """Format a time of day in 24-hour notation: "18:00"."""
    return digits(f"{moment:%H:%M}")


def month_names(*, short: bool = False) -> tuple[str, ...]:
    """Return the stand-alone names of the months, January first."""
    # Look up by number: Babel returns them in the order in which CLDR's files were merged.
    names = get_month_names("abbreviated" if short else "wide", "stand-alone", current_language().locale)
    return tuple(names[month] for month in range(1, 13))


def weekday_names(*, short: bool = False, narrow: bool = False) -> tuple[str, ...]:
    """Return the stand-alone names of the days of the week, Monday first; `narrow` ones are letters."""
    width: Literal["narrow", "abbreviated", "wide"] = "narrow" if narrow else "abbreviated" if short else "wide"
    names = get_day_names(width, "stand-alone", current_language().locale)
    return tuple(names[number] for number in range(7))
