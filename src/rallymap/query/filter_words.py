"""Describe a filter in words: as one phrase, and as labels of parts that can be removed individually."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rallymap.dates import EARLIEST, LATEST
from rallymap.language import decimal, isolated, list_in_words, number, tr, trn
from rallymap.query.areas import DIGITS
from rallymap.query.filters import EventFilter
from rallymap.query.value_words import SAY, Say, within_sentence
from rallymap.wording import day_in_words

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
    """Describe the events of a filter: "events in Norway, from 1 January 2020 to 31 December 2020"."""
    parts = [tr("that match “{text}”", text=isolated(wanted.text))] if wanted.text else []
    chosen = ((facet, values) for facet in _FACETS if (values := getattr(wanted, facet)))
    parts += [_of_facet(facet, _or([within_sentence(facet, value) for value in values])) for facet, values in chosen]
    parts += [*_days(wanted), *(words for _, words, _ in _places(wanted)), *(words for _, words, _ in _sizes(wanted))]
    if not wanted.undated and wanted.period is None:
        parts.append(tr("with a known date"))
    # Translators: {conditions} is a list such as "in Norway, of the community Iran, from 1 January 2020".
    return tr("events {conditions}", conditions=_listed(parts)) if parts else tr("all events")


def _listed(conditions: list[str]) -> str:
    said = conditions[0]
    for condition in conditions[1:]:
        # Translators: conditions one after the other, “in Oslo, Norway, of the community Iran”.
        said = tr("{first}, {next}", first=said, next=condition)
    return said


def _or(words: list[str]) -> str:
    said = words[0]
    for word in words[1:]:
        # Joined in pairs: a comma would read as the end of the condition.
        said = list_in_words((said, word), last="or")
    return said


def _of_facet(facet: str, values: str) -> str:
    """Format one condition, for use between commas: "events of the kind vigil, in Norway"."""
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
            # Translators: {names} is one or more of: police, organisers, publishers of the sources ...
            return tr("with a number of people by: {names}", names=values)
    return values


def parts_in_words(wanted: EventFilter, labels: Mapping[str, Say]) -> Iterator[tuple[str, EventFilter]]:
    """Yield a label for each part of a filter except its period, with the filter without that part.

    Parameters
    ----------
    labels
        Formatters of facet values that :data:`~rallymap.query.value_words.SAY` does not cover.
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
    """Yield each part about an area: its name, its wording in a sentence, and its label."""
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
    """Format a number with all digits of the link, so that readers of a citation find the same events again."""
    places = len(f"{value:.{DIGITS}f}".rstrip("0").partition(".")[2])
    return decimal(value, places=places) if places else number(round(value))


def _sizes(wanted: EventFilter) -> Iterator[tuple[str, str, str]]:
    """Yield each part about crowd size and sources: its name, its wording in a sentence, and its label."""
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
    """Format a range of people for a sentence and as a label: "with at least 100 people", "At least 100 people"."""
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
