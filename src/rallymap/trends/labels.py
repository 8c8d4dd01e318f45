"""Format facet values and time bins."""

from __future__ import annotations

from typing import Final

from rallymap.community_names import community_name
from rallymap.countries import country_name
from rallymap.events import EventStatus, Kind
from rallymap.language import in_page_direction, mark, number, percent, tr
from rallymap.query.value_words import city_in_words
from rallymap.wording import KIND_LABELS, STATUS_LABELS, day_from_epoch, day_in_words, month_in_words, year_in_words

OTHERS: Final = mark("all others")


def value_in_words(facet: str, value: str) -> str:
    """Return the label of a facet value; "" means all others."""
    if not value:
        return tr(OTHERS)
    match facet:
        case "communities":
            return community_name(value)
        case "countries":
            return country_name(value) or value
        case "kinds":
            return tr(KIND_LABELS[Kind(value)])
        case "statuses":
            return tr(STATUS_LABELS[EventStatus(value)])
        case "cities":
            return in_page_direction(city_in_words(value))
    return value


def bar_in_words(unit: str, first_day: int) -> str:
    """Format the time of a bar: "3 February 2020", "week of 3 February 2020", "February 2020", "2020"."""
    day = day_from_epoch(first_day)
    match unit:
        case "year":
            return year_in_words(day.year)
        case "month":
            return month_in_words(day)
        case "week":
            return tr("week of {date}", date=day_in_words(day))
    return day_in_words(day)


def share_in_words(part: int, whole: int) -> str:
    """Return "12 of 40 (30 %)"."""
    if not whole:
        return tr("{part} of {whole}", part=number(part), whole=number(whole))
    # Translators: a part of a number and its percentage, "12 of 40 (30 %)".
    return tr("{part} of {whole} ({percent})", part=number(part), whole=number(whole), percent=percent(part / whole))


def range_in_words(low: int, high: int) -> str:
    """Return "800 to 1,000", or "800" if both are equal."""
    if low == high:
        return number(low)
    # Translators: two numbers of people.
    return tr("{low} to {high}", low=number(low), high=number(high))
