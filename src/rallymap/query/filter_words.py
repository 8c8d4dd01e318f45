"""A filter in words: one short phrase for each part that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rallymap.countries import country_name
from rallymap.dates import EARLIEST, LATEST
from rallymap.events import EventStatus, Kind
from rallymap.query.filters import EventFilter
from rallymap.wording import KIND_LABELS, STATUS_LABELS, day_in_words

_SAY: Final[Mapping[str, Callable[[str], str]]] = {
    "kinds": lambda value: KIND_LABELS[Kind(value)].lower(),
    "countries": lambda value: country_name(value) or value,
    "statuses": lambda value: STATUS_LABELS[EventStatus(value)].lower(),
}
_FACETS: Final = {
    "kinds": "kind",
    "countries": "in",
    "cities": "in",
    "communities": "community",
    "organisers": "organiser",
    "topics": "topic",
    "statuses": "status",
    "publishers": "reported by",
    "date_precisions": "date known to the",
    "place_precisions": "place known to the",
}


def selection_in_words(wanted: EventFilter) -> str:
    """Say which events a filter asks for: "events in Norway, from 1 January 2020 to 31 December 2020"."""
    parts = [f"that match “{wanted.text}”"] if wanted.text else []
    for facet, words in _FACETS.items():
        say = _SAY.get(facet, str)
        if values := getattr(wanted, facet):
            parts.append(f"{words} " + " or ".join(say(value) for value in values))
    parts += [*_days(wanted), *_places(wanted), *_sizes(wanted)]
    if wanted.has_source is not None:
        parts.append("with a source" if wanted.has_source else "without a source")
    if not wanted.undated and wanted.period is None:
        parts.append("with a known date")
    return f"events {', '.join(parts)}" if parts else "all events"


def _days(wanted: EventFilter) -> list[str]:
    first, last = wanted.period or (EARLIEST, LATEST)
    parts = [f"from {day_in_words(first)}"] if first > EARLIEST else []
    return [*parts, f"until {day_in_words(last)}"] if last < LATEST else parts


def _places(wanted: EventFilter) -> list[str]:
    parts = []
    if wanted.bbox is not None:
        south, west, north, east = wanted.bbox
        parts.append(f"between {south:g} and {north:g} degrees north, {west:g} and {east:g} degrees east")
    if wanted.near is not None:
        lat, lon, radius_km = wanted.near
        parts.append(f"within {radius_km:g} km of {lat:g}, {lon:g}")
    if wanted.area:
        parts.append(f"within a drawn area of {len(wanted.area)} corners")
    return parts


def _sizes(wanted: EventFilter) -> list[str]:
    parts = [crowd_in_words(wanted.crowd)] if wanted.crowd is not None else []
    if wanted.crowd_known is not None:
        parts.append("with a number of people" if wanted.crowd_known else "without a number of people")
    return parts


def crowd_in_words(crowd: tuple[int | None, int | None]) -> str:
    """Say a range of people: "100 to 500 people", "at least 100 people"."""
    least, most = crowd
    if most is None:
        return f"at least {least or 0:,} people"
    return f"at most {most:,} people" if least is None else f"{least:,} to {most:,} people"
