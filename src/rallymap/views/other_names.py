"""Names of places and communities in other languages, for a search without a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rallymap.community_names import community_name
from rallymap.countries import country_name
from rallymap.events import Event, LocationPrecision
from rallymap.exports.record import country_of
from rallymap.language import languages, use_language
from rallymap.places.names_of_cities import names_in_other_languages

_IN_A_CITY = (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)
NO_CITY = -1


def other_names(events: Sequence[Event]) -> tuple[dict[str, Any], list[int]]:
    """Return names by country, community and city, and for each event the index of its city or `NO_CITY`."""
    countries = sorted({country_of(event) for event in events} - {""})
    communities = sorted({name for event in events for name in event.communities})
    city_of = [_city(event) for event in events]
    cities = sorted({city for city in city_of if city is not None})
    at = {city: number for number, city in enumerate(cities)}
    called: dict[str, dict[str, set[str]]] = {
        "countries": {code: set() for code in countries},
        "communities": {name: set() for name in communities},
    }
    for language in languages():
        with use_language(language):
            for code, names in called["countries"].items():
                names.add(country_name(code))
            for name, names in called["communities"].items():
                names.add(community_name(name))
    sorted_names: dict[str, Any] = {
        kind: {name: sorted(names - {""}) for name, names in by_name.items()} for kind, by_name in called.items()
    }
    return (
        sorted_names | {"cities": names_in_other_languages(cities)},
        [NO_CITY if city is None else at[city] for city in city_of],
    )


def _city(event: Event) -> tuple[str, str] | None:
    where = event.location
    return (where.name, where.country) if where and where.name and where.precision in _IN_A_CITY else None
