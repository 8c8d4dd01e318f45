"""Facets, their values and bars of time in words."""

from __future__ import annotations

from typing import Final

from rallymap.countries import country_name
from rallymap.events import EventStatus, Kind
from rallymap.wording import KIND_LABELS, STATUS_LABELS, day_from_epoch, day_in_words, month_in_words

NOUNS: Final = {
    "communities": ("community", "communities"),
    "countries": ("country", "countries"),
    "cities": ("city", "cities"),
    "organisers": ("organiser", "organisers"),
    "kinds": ("kind", "kinds"),
    "statuses": ("status", "statuses"),
    "topics": ("topic", "topics"),
    "publishers": ("publisher", "publishers"),
}
"""What one value and several values of a facet are called."""
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OTHERS: Final = "all others"


def value_in_words(facet: str, value: str) -> str:
    """Return how a value of a facet is shown; "" stands for all others."""
    if not value:
        return OTHERS
    match facet:
        case "countries":
            return country_name(value) or value
        case "kinds":
            return KIND_LABELS[Kind(value)]
        case "statuses":
            return STATUS_LABELS[EventStatus(value)]
        case "cities":
            city, _, code = value.rpartition(", ")
            return f"{city}, {country_name(code) or code}" if city else value
    return value


def bar_in_words(unit: str, first_day: int) -> str:
    """Say which time a bar holds: "3 February 2020", "week of 3 February 2020", "February 2020", "2020"."""
    day = day_from_epoch(first_day)
    match unit:
        case "year":
            return str(day.year)
        case "month":
            return month_in_words(day)
        case "week":
            return f"week of {day_in_words(day)}"
    return day_in_words(day)


def share_in_words(part: int, whole: int) -> str:
    """Return "12 of 40 (30 %)"."""
    return f"{part:,} of {whole:,} ({100 * part / whole:.0f} %)" if whole else f"{part:,} of 0"
