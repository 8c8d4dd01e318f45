"""Errors for written dates that cannot be read: what is wrong, and how to write them."""

from __future__ import annotations

import re
from datetime import date

from rallymap.dates import DatePrecision
from rallymap.errors import InvalidEventError
from rallymap.intake.cells.date_stamps import DateRules
from rallymap.intake.cells.dates import read_date as read_cell
from rallymap.language import digits, tr

_FULL_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"(?<!\d)['’]?(\d\d)$")
_A_YEAR = 2024
"""A leap year, so that every day exists in it."""


def not_a_date(field: str, text: str) -> InvalidEventError:
    """Return the error for a text that is no date, or that lacks only its year: "5 May", "3.5.24"."""
    shown = " ".join(text.split())[:60]
    if _lacks_year(shown):
        sentence = tr("Write “{shown}” with its year in four digits, such as {year}.", shown=shown, year=digits("2026"))
    else:
        sentence = tr(
            "“{shown}” is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018.",
            shown=shown,
        )
    return InvalidEventError(field, sentence, value=text)


def two_ways(field: str, text: str, one: tuple[date, str], two: tuple[date, str]) -> InvalidEventError:
    """Return the error for a text that can mean two days, each given with its day and month in words."""
    sentence = tr(
        "“{text}” can be {first_day} or {second_day}; write {first} or {second}.",
        text=text.strip(),
        first_day=one[1],
        second_day=two[1],
        first=one[0],
        second=two[0],
    )
    return InvalidEventError(field, sentence, value=text)


def _lacks_year(text: str) -> bool:
    if _FULL_YEAR.search(text):
        return False
    read = (read_cell(full, DateRules()) for full in (f"{text} {_A_YEAR}", _SHORT_YEAR.sub(r"20\1", text)))
    return any(one.start is not None and one.precision is not DatePrecision.YEAR for one in read)
