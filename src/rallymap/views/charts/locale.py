"""Numbers and dates in charts, formatted for the reader's language."""

from __future__ import annotations

import json
from typing import Any, Final

from babel.dates import tokenize_pattern
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

from rallymap.language import ENGLISH, current_language, digits, month_names, weekday_names

_SKELETONS: Final = {"year": "y", "month": "yMMM", "week": "yMMMd", "day": "yMMMd"}


def chart_locale() -> dict[str, Any] | None:
    """Return Vega's number and date locale (d3-format, d3-time-format); None for English, the default."""
    language = current_language()
    if language.code == ENGLISH.code:
        return None
    locale, system = language.locale, {"numbering_system": "default"}
    numbers = {
        "decimal": get_decimal_symbol(locale, **system),
        "thousands": get_group_symbol(locale, **system),
        "grouping": [3],
        "currency": ["", ""],
        "numerals": [digits(str(digit)) for digit in range(10)],
        "percent": str(locale.number_symbols[locale.default_numbering_system]["percentSign"]),
        "minus": get_minus_sign_symbol(locale, **system),
    }
    weekdays = weekday_names()
    short_weekdays = weekday_names(short=True)
    times = {
        "dateTime": "%x %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": [weekdays[-1], *weekdays[:-1]],  # d3 starts the week on Sunday
        "shortDays": [short_weekdays[-1], *short_weekdays[:-1]],
        "months": list(month_names()),
        "shortMonths": list(month_names(short=True)),
    }
    return {"number": numbers, "time": times}


def time_label(unit: str) -> str:
    """Return an expression that labels a time axis with bins of a unit: "2020", "Feb 2020".

    The order of parts and the digits are those of the language (CLDR).
    """
    pattern = str(current_language().locale.datetime_skeletons[_SKELETONS[unit]])
    return " + ".join(_part(kind, value) for kind, value in tokenize_pattern(pattern))


def _part(kind: str, value: Any) -> str:
    if kind == "chars":
        return json.dumps(value)
    letter, length = value
    match letter:
        case "y":
            return "format(utcyear(datum.value), 'd')"
        case "d":
            return "format(utcdate(datum.value), 'd')"
    return "utcFormat(datum.value, '%b')" if length > 2 else "format(utcmonth(datum.value) + 1, 'd')"
