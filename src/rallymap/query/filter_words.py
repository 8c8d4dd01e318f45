"""A filter in words: as one phrase, and as a label for each part that can be taken away by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rallymap.countries import country_name
from rallymap.dates import EARLIEST, LATEST
from rallymap.events import EventStatus, Kind
from rallymap.query.filters import EventFilter
from rallymap.wording import KIND_LABELS, STATUS_LABELS, day_in_words

Say = Callable[[str], str]
DATE_PRECISION_LABELS: Final = {
    "minute": "time known",
    "day": "day known",
    "weekend": "weekend known",
    "week": "week known",
    "month": "month known",
    "year": "year known",
    "unknown": "date not known",
}
PLACE_PRECISION_LABELS: Final = {
    "venue": "venue known",
    "district": "district known",
    "city": "city known",
    "region": "region known",
    "country": "country known",
    "unknown": "place not known",
}
SAY: Final[Mapping[str, Say]] = {
    "kinds": lambda value: KIND_LABELS[Kind(value)],
    "countries": lambda value: country_name(value) or value,
    "statuses": lambda value: STATUS_LABELS[EventStatus(value)].capitalize(),
    "date_precisions": lambda value: DATE_PRECISION_LABELS[value].capitalize(),
    "place_precisions": lambda value: PLACE_PRECISION_LABELS[value].capitalize(),
}
"""How the values of a facet are said; values of other facets are names, said as they are."""
_FACETS: Final = {
    "kinds": "kind ",
    "countries": "in ",
    "cities": "in ",
    "communities": "community ",
    "organisers": "organiser ",
    "topics": "topic ",
    "statuses": "status ",
    "publishers": "reported by ",
    "date_precisions": "",
    "place_precisions": "",
}
_NAMES: Final = ("countries", "cities", "communities", "organisers", "topics", "publishers")


def selection_in_words(wanted: EventFilter) -> str:
    """Say which events a filter asks for: "events in Norway, from 1 January 2020 to 31 December 2020"."""
    parts = [f"that match “{wanted.text}”"] if wanted.text else []
    for facet, words in _FACETS.items():
        say = SAY.get(facet, str)
        if values := getattr(wanted, facet):
            said = (say(value) if facet in _NAMES else say(value).lower() for value in values)
            parts.append(words + " or ".join(said))
    parts += [*_days(wanted), *(words for _, words in _places(wanted)), *(words for _, words in _sizes(wanted))]
    if not wanted.undated and wanted.period is None:
        parts.append("with a known date")
    return f"events {', '.join(parts)}" if parts else "all events"


def parts_in_words(wanted: EventFilter, labels: Mapping[str, Say]) -> Iterator[tuple[str, EventFilter]]:
    """Give a label for each thing that a filter asks for, but for its period, and the filter without that thing.

    Parameters
    ----------
    labels
        How the values of facets are said, where :data:`SAY` is not enough.
    """
    if wanted.text:
        yield f"“{wanted.text}”", wanted.replaced(text="")
    for facet in _FACETS:
        say = labels.get(facet) or SAY.get(facet, str)
        for value in getattr(wanted, facet):
            left = tuple(other for other in getattr(wanted, facet) if other != value)
            yield say(value), wanted.replaced(**{facet: left})
    for part, said in (*_places(wanted), *_sizes(wanted)):
        words = "drawn rectangle" if part == "bbox" else said
        yield words[:1].upper() + words[1:], wanted.replaced(**{part: () if part == "area" else None})
    if not wanted.undated:
        yield "With a known date", wanted.replaced(undated=True)


def _days(wanted: EventFilter) -> list[str]:
    first, last = wanted.period or (EARLIEST, LATEST)
    parts = [f"from {day_in_words(first)}"] if first > EARLIEST else []
    return [*parts, f"until {day_in_words(last)}"] if last < LATEST else parts


def _places(wanted: EventFilter) -> Iterator[tuple[str, str]]:
    if wanted.bbox is not None:
        south, west, north, east = wanted.bbox
        yield "bbox", f"between {south:g} and {north:g} degrees north, {west:g} and {east:g} degrees east"
    if wanted.near is not None:
        lat, lon, radius_km = wanted.near
        yield "near", f"within {radius_km:g} km of {lat:g}, {lon:g}"
    if wanted.area:
        yield "area", f"within a drawn area of {len(wanted.area)} corners"


def _sizes(wanted: EventFilter) -> Iterator[tuple[str, str]]:
    if wanted.crowd is not None:
        yield "crowd", _people(*wanted.crowd)
    if wanted.crowd_known is not None:
        yield "crowd_known", "with a number of people" if wanted.crowd_known else "without a number of people"
    if wanted.has_source is not None:
        yield "has_source", "with a source" if wanted.has_source else "without a source"


def _people(least: int | None, most: int | None) -> str:
    """Say a range of people: "100 to 500 people", "at least 100 people"."""
    if most is None:
        return f"at least {least or 0:,} people"
    return f"at most {most:,} people" if least is None else f"{least:,} to {most:,} people"
