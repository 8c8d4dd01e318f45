"""Days, months and times as the present language writes them, by the patterns of CLDR and with its digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from typing import Final

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
"""English patterns where ours are not CLDR's: no comma after the weekday, no spaces between two months."""
_STYLES: Final = {"yMMMMd": "long", "yMMMMEEEEd": "full"}
"""Skeletons for which CLDR has a pattern of its own, apart from the skeletons."""
_SCRIPT_DATES: Final = ("yMMMMd", "yMMMM", "y", "MMM")
_SCRIPT_SPANS: Final = {"yMMMMd": "dMy", "yMMMM": "My", "y": "y"}
"""What the scripts of pages write (``assets/map/data/date_words.js``); of spans also the fields that may differ."""


def say_date(day: date, skeleton: str) -> str:
    """Write a day, or the month or year it is in.

    Parameters
    ----------
    skeleton
        What to write, in CLDR's letters: "yMMMMd" ("30 June 2018"), "yMMMd", "yMMMMEEEEd", "yMMMM", "yMMM", "MMMMd",
        "y".
    """
    locale = current_language().locale
    own = _SINGLE.get(skeleton) if current_language().code == ENGLISH.code else None
    return _counted(digits(format_date(day, own or _pattern_of(locale, skeleton), locale)))


def _counted(words: str) -> str:
    """Count the first day of a month, as French does and CLDR leaves out: "1er janvier"."""
    return re.sub(r"\b1\b", "1er", words) if current_language().locale.language == "fr" else words


def _pattern_of(locale: Locale, skeleton: str) -> str:
    style = _STYLES.get(skeleton)
    return str(locale.date_formats[style] if style else locale.datetime_skeletons[skeleton])


def say_span(first: date, last: date, skeleton: str) -> str:
    """Write two days, months or years without saying a month or year twice: "1–2 February 2020", "2019–2020".

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
    """Return the patterns of a span's first and last day; they part where a field comes a second time (UTS 35)."""
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
    # CLDR leaves out whole names where only their length differs from the abbreviated pattern (UTS 35, "Matching
    # Skeletons").
    return "".join(spans["yMMMd"][field]).replace("MMM", "MMMM").replace("LLL", "LLLL")


@cache
def script_dates(language: Language) -> dict[str, object]:
    """Return how a language writes dates, for the scripts of pages, which so write what :func:`say_date` does.

    Returns
    -------
    dates
        ``patterns`` by skeleton, ``spans`` by skeleton and by the largest field that differs ("d", "M", "y") as the
        patterns of both days, all in CLDR's letters with words between apostrophes; ``names`` of the twelve months and
        the 31 days by the letters of a pattern; the ten ``digits`` for years.
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
    """Write each day of January by a field of days, the first of each month by one of months."""
    locale = current_language().locale
    if field[0] == "d":
        return [_counted(digits(format_date(date(2000, 1, day), field, locale))) for day in range(1, 32)]
    return [digits(format_date(date(2000, month, 1), field, locale)) for month in range(1, 13)]


def say_time(moment: time) -> str:
    """Write a time of day by the clock of 24 hours: "18:00"."""
    return digits(f"{moment:%H:%M}")


def month_names(*, short: bool = False) -> tuple[str, ...]:
    """Return the names of the months, January first, in their stand-alone form."""
    # By their numbers: Babel gives them in the order in which CLDR's files were merged.
    names = get_month_names("abbreviated" if short else "wide", "stand-alone", current_language().locale)
    return tuple(names[month] for month in range(1, 13))


def weekday_names(*, short: bool = False) -> tuple[str, ...]:
    """Return the names of the days of the week, Monday first, in their stand-alone form."""
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", current_language().locale)
    return tuple(names[number] for number in range(7))
