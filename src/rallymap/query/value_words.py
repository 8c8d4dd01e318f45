"""Format facet values of a filter: as labels, and within a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rallymap.community_names import community_name
from rallymap.countries import city_name, country_name
from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import AttendanceMode, CrowdGiver, EventStatus, Kind
from rallymap.language import isolated, mark, mark_c, tr, trc
from rallymap.wording import KIND_LABELS, STATUS_LABELS

Say = Callable[[str], str]
_KINDS: Final = {
    # Translators: a kind of event within a sentence, "events of the kind vigil", "Most events: rally, 12 of 40".
    Kind.RALLY: mark_c("within a sentence", "rally"),
    # Translators: a kind of event within a sentence: people walk through a town. Not the month.
    Kind.MARCH: mark_c("within a sentence", "march"),
    Kind.VIGIL: mark_c("within a sentence", "vigil"),
    Kind.EXHIBITION: mark_c("within a sentence", "exhibition or bookstand"),
    Kind.CONFERENCE: mark_c("within a sentence", "conference"),
    Kind.PICKET: mark_c("within a sentence", "picket"),
    Kind.PERFORMANCE: mark_c("within a sentence", "performance"),
    Kind.OTHER: mark_c("within a sentence", "other gathering"),
}
_STATUSES: Final = {
    # Translators: the state of events, as a label by itself: "Held" means that they took place.
    "announced": mark_c("label", "Announced"),
    "confirmed": mark_c("label", "Confirmed"),
    "held": mark_c("label", "Held"),
    "cancelled": mark_c("label", "Cancelled"),
    "postponed": mark_c("label", "Postponed"),
    "moved online": mark_c("label", "Moved online"),
}
_ATTENDANCE: Final = {
    # Translators: how people take part in events, as a label by itself.
    "in person": mark_c("label", "In person"),
    "online": mark_c("label", "Online"),
    "in person and online": mark_c("label", "In person and online"),
}
CROWD_GIVER_LABELS: Final = {
    # Translators: who estimated how many people came.
    CrowdGiver.POLICE: mark_c("who counts", "Police"),
    CrowdGiver.ORGANISERS: mark_c("who counts", "Organisers"),
    CrowdGiver.PRESS: mark_c("who counts", "Publishers of the sources"),
    CrowdGiver.OTHERS: mark_c("who counts", "Others who are named"),
    CrowdGiver.NOBODY: mark_c("who counts", "Not said who"),
}
_CROWD_GIVERS: Final = {
    # Translators: who estimated how many people came, within a sentence: "with a number of people by: police".
    CrowdGiver.POLICE: mark_c("within a sentence", "police"),
    CrowdGiver.ORGANISERS: mark_c("within a sentence", "organisers"),
    CrowdGiver.PRESS: mark_c("within a sentence", "publishers of the sources"),
    CrowdGiver.OTHERS: mark_c("within a sentence", "others who are named"),
    CrowdGiver.NOBODY: mark_c("within a sentence", "not said who"),
}
DATE_PRECISION_LABELS: Final = {
    "minute": mark("Time known"),
    "day": mark("Day known"),
    "weekend": mark("Weekend known"),
    "week": mark("Week known"),
    "month": mark("Month known"),
    "year": mark("Year known"),
    "unknown": mark("Date not known"),
}
PLACE_PRECISION_LABELS: Final = {
    "venue": mark("Venue known"),
    "district": mark("District known"),
    "city": mark("City known"),
    "region": mark("Region known"),
    "country": mark("Country known"),
    "unknown": mark("Place not known"),
}
_DATE_PRECISIONS: Final = {
    # Translators: conditions of "events {conditions}", after commas: events of which the time, the day … is known.
    "minute": mark("with a known time"),
    "day": mark("with a known day"),
    "weekend": mark("with a known weekend"),
    "week": mark("with a known week"),
    "month": mark("with a known month"),
    "year": mark("with a known year"),
    "unknown": mark("without a known date"),
}
_PLACE_PRECISIONS: Final = {
    "venue": mark("with a known venue"),
    "district": mark("with a known district"),
    "city": mark("with a known city"),
    "region": mark("with a known region"),
    "country": mark("with a known country"),
    "unknown": mark("without a known place"),
}


def city_in_words(value: str) -> str:
    """Format a city of a filter in the reader's language: "Oslo, NO" is "Oslo, Norway"; "Oslo" alone is unchanged."""
    city, _, code = value.rpartition(", ")
    if not city:
        return isolated(value)
    return tr("{place}, {country}", place=isolated(city_name(city, code)), country=country_name(code) or code)


SAY: Final[Mapping[str, Say]] = {
    "kinds": lambda value: tr(KIND_LABELS[Kind(value)]),
    "countries": lambda value: country_name(value) or value,
    "cities": city_in_words,
    "statuses": lambda value: trc("label", _STATUSES[STATUS_LABELS[EventStatus(value)]]),
    "attendance_modes": lambda value: trc("label", _ATTENDANCE[ATTENDANCE_LABELS[AttendanceMode(value)]]),
    "date_precisions": lambda value: tr(DATE_PRECISION_LABELS[value]),
    "place_precisions": lambda value: tr(PLACE_PRECISION_LABELS[value]),
    "crowd_by": lambda value: trc("who counts", CROWD_GIVER_LABELS[CrowdGiver(value)]),
}
"""Formatters of facet values as labels; values of other facets are names and shown unchanged."""
_IN_SENTENCES: Final[Mapping[str, Say]] = {
    "kinds": lambda value: trc("within a sentence", _KINDS[Kind(value)]),
    "countries": SAY["countries"],
    "cities": SAY["cities"],
    "communities": lambda value: isolated(community_name(value)),
    "statuses": lambda value: tr(STATUS_LABELS[EventStatus(value)]),
    "attendance_modes": lambda value: tr(ATTENDANCE_LABELS[AttendanceMode(value)]),
    "date_precisions": lambda value: tr(_DATE_PRECISIONS[value]),
    "place_precisions": lambda value: tr(_PLACE_PRECISIONS[value]),
    "crowd_by": lambda value: trc("within a sentence", _CROWD_GIVERS[CrowdGiver(value)]),
}


def within_sentence(facet: str, value: str) -> str:
    """Format a facet value within a sentence: without the label's capital, names unchanged."""
    return _IN_SENTENCES.get(facet, isolated)(value)
