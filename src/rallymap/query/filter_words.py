"""A filter in words: as one phrase, and as a label for each part that can be removed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rallymap.community_names import community_name
from rallymap.countries import country_name
from rallymap.dates import EARLIEST, LATEST
from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import AttendanceMode, CrowdGiver, EventStatus, Kind
from rallymap.language import decimal, mark, mark_c, number, tr, trc, trn
from rallymap.query.areas import DIGITS
from rallymap.query.filters import EventFilter
from rallymap.wording import KIND_LABELS, STATUS_LABELS, day_in_words

Say = Callable[[str], str]
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
"""Like the labels, within a sentence."""
SAY: Final[Mapping[str, Say]] = {
    "kinds": lambda value: tr(KIND_LABELS[Kind(value)]),
    "countries": lambda value: country_name(value) or value,
    "statuses": lambda value: trc("label", _STATUSES[STATUS_LABELS[EventStatus(value)]]),
    "attendance_modes": lambda value: trc("label", _ATTENDANCE[ATTENDANCE_LABELS[AttendanceMode(value)]]),
    "date_precisions": lambda value: tr(DATE_PRECISION_LABELS[value]),
    "place_precisions": lambda value: tr(PLACE_PRECISION_LABELS[value]),
    "crowd_by": lambda value: trc("who counts", CROWD_GIVER_LABELS[CrowdGiver(value)]),
}
"""How the values of a facet are said; values of other facets are names, said as they are."""
_IN_SENTENCES: Final[Mapping[str, Say]] = {
    "communities": community_name,
    "statuses": lambda value: tr(STATUS_LABELS[EventStatus(value)]),
    "attendance_modes": lambda value: tr(ATTENDANCE_LABELS[AttendanceMode(value)]),
    "date_precisions": lambda value: tr(_DATE_PRECISIONS[value]),
    "place_precisions": lambda value: tr(_PLACE_PRECISIONS[value]),
}
_FACETS: Final = (
    "kinds",
    "countries",
    "cities",
    "communities",
    "organisers",
    "topics",
    "statuses",
    "attendance_modes",
    "publishers",
    "date_precisions",
    "place_precisions",
    "campaigns",
    "crowd_by",
)


def selection_in_words(wanted: EventFilter) -> str:
    """Say which events a filter asks for: "events in Norway, from 1 January 2020 to 31 December 2020"."""
    parts = [tr("that match “{text}”", text=wanted.text)] if wanted.text else []
    for facet in _FACETS:
        if values := getattr(wanted, facet):
            say = _IN_SENTENCES.get(facet) or SAY.get(facet, str)
            parts.append(_of_facet(facet, _or([say(value) for value in values])))
    parts += [*_days(wanted), *(words for _, words, _ in _places(wanted)), *(words for _, words, _ in _sizes(wanted))]
    if not wanted.undated and wanted.period is None:
        parts.append(tr("with a known date"))
    # Translators: {conditions} is a list such as "in Norway, of the community Iran, from 1 January 2020".
    return tr("events {conditions}", conditions=_listed(parts)) if parts else tr("all events")


def _listed(conditions: list[str]) -> str:
    said = conditions[0]
    for condition in conditions[1:]:
        # Translators: conditions one after the other, “in Norway, of the community Iran”.
        said = tr("{first}, {next}", first=said, next=condition)
    return said


def _or(words: list[str]) -> str:
    said = words[0]
    for word in words[1:]:
        # Translators: one of two or more things of which any is enough, "Norway or Sweden".
        said = tr("{first} or {last}", first=said, last=word)
    return said


def _of_facet(facet: str, values: str) -> str:
    """Say one condition of "events of the kind Vigil, in Norway": it comes between commas after "events"."""
    match facet:
        case "kinds":
            return tr("of the kind {kinds}", kinds=values)
        case "countries" | "cities":
            return tr("in {places}", places=values)
        case "communities":
            return tr("of the community {names}", names=values)
        case "organisers":
            return tr("organised by {names}", names=values)
        case "topics":
            return tr("on the topic {names}", names=values)
        case "statuses":
            return tr("with the status {states}", states=values)
        case "publishers":
            return tr("reported by {names}", names=values)
        case "campaigns":
            return tr("of the campaign {names}", names=values)
        case "crowd_by":
            # Translators: {names} is one or more of: Police, Organisers, Publishers of the sources ...
            return tr("with a number of people by: {names}", names=values)
    return values


def parts_in_words(wanted: EventFilter, labels: Mapping[str, Say]) -> Iterator[tuple[str, EventFilter]]:
    """Give a label for each thing that a filter asks for, but for its period, and the filter without that thing.

    Parameters
    ----------
    labels
        How the values of facets are said, where :data:`SAY` is not enough.
    """
    if wanted.text:
        yield tr("“{quoted}”", quoted=wanted.text), wanted.changed(text="")
    for facet in _FACETS:
        say = labels.get(facet) or SAY.get(facet, str)
        for value in getattr(wanted, facet):
            left = tuple(other for other in getattr(wanted, facet) if other != value)
            yield say(value), wanted.changed(**{facet: left})
    for part, _, said in (*_places(wanted), *_sizes(wanted)):
        yield said, wanted.changed(**{part: () if part == "area" else None})
    if not wanted.undated:
        yield tr("With a known date"), wanted.changed(undated=True)


def _days(wanted: EventFilter) -> list[str]:
    first, last = wanted.period or (EARLIEST, LATEST)
    parts = [tr("from {day}", day=day_in_words(first))] if first > EARLIEST else []
    return [*parts, tr("until {day}", day=day_in_words(last))] if last < LATEST else parts


def _places(wanted: EventFilter) -> Iterator[tuple[str, str, str]]:
    """Give each part about an area: its name, what is said of it in a sentence, and its label."""
    if wanted.bbox is not None:
        south, west, north, east = (_decimal(degrees) for degrees in wanted.bbox)
        words = tr(
            "between {south} and {north} degrees north, {west} and {east} degrees east",
            south=south,
            north=north,
            west=west,
            east=east,
        )
        yield "bbox", words, tr("Drawn rectangle")
    if wanted.near is not None:
        lat, lon, km = (_decimal(value) for value in wanted.near)
        # Translators: {lat} and {lon} are a point's latitude and longitude.
        words = tr("within {km} km of {lat}, {lon}", km=km, lat=lat, lon=lon)
        yield "near", words, tr("Within {km} km of {lat}, {lon}", km=km, lat=lat, lon=lon)
    if wanted.area:
        corners = len(wanted.area)
        words = trn("within a drawn area of {n} corner", "within a drawn area of {n} corners", corners)
        yield "area", words, tr("Drawn area")


def _decimal(value: float) -> str:
    """Say a number with all digits that a link has: who reads a citation finds the same events again."""
    places = len(f"{value:.{DIGITS}f}".rstrip("0").partition(".")[2])
    return decimal(value, places=places) if places else number(round(value))


def _sizes(wanted: EventFilter) -> Iterator[tuple[str, str, str]]:
    """Give each part about size and sources: its name, what is said of it in a sentence, and its label."""
    if wanted.crowd is not None:
        yield "crowd", *_people(*wanted.crowd)
    if wanted.crowd_known is not None:
        yield (
            ("crowd_known", tr("with a number of people"), tr("With a number of people"))
            if wanted.crowd_known
            else ("crowd_known", tr("without a number of people"), tr("Without a number of people"))
        )
    if wanted.has_source is not None:
        yield (
            ("has_source", tr("with a source"), tr("With a source"))
            if wanted.has_source
            else ("has_source", tr("without a source"), tr("Without a source"))
        )


def _people(least: int | None, most: int | None) -> tuple[str, str]:
    """Say a range of people in a sentence and as a label: "with at least 100 people", "At least 100 people"."""
    if most is None:
        low = least or 0
        return (
            trn("with at least {n} person", "with at least {n} people", low),
            trn("At least {n} person", "At least {n} people", low),
        )
    if least is None:
        return (
            trn("with at most {n} person", "with at most {n} people", most),
            trn("At most {n} person", "At most {n} people", most),
        )
    return (
        trn("with {low} to {n} person", "with {low} to {n} people", most, low=number(least)),
        trn("{low} to {n} person", "{low} to {n} people", most, low=number(least)),
    )
