"""The gazetteer is usable as a geopy geocoder."""

from __future__ import annotations

import pandas as pd
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from rallymap.places import GazetteerGeocoder


def test_geocode_returns_one_location() -> None:
    geocoder = GazetteerGeocoder()
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("Göteborg", timeout=5)
    assert isinstance(location, Location)
    assert location.address == "Gothenburg, Västra Götaland, Sweden"
    assert (round(location.latitude, 1), round(location.longitude, 1)) == (57.7, 12.0)
    assert (location.raw["outcome"], location.raw["precision"]) == ("located", "city")


def test_geocode_returns_all_candidates_and_marks_ambiguity() -> None:
    locations = GazetteerGeocoder().geocode("Hamilton", exactly_one=False, limit=3)
    assert isinstance(locations, list)
    assert len(locations) == 3
    assert locations[0].raw["outcome"] == "ambiguous"
    assert [candidate["country"] for candidate in locations[0].raw["candidates"][:2]] == ["CA", "NZ"]


def test_geocode_country_codes_limit_the_answer() -> None:
    geocoder = GazetteerGeocoder()
    one = geocoder.geocode("Hamilton", country_codes="nz")
    assert isinstance(one, Location)
    assert one.raw["country"] == "NZ"
    many = geocoder.geocode("Hamilton", exactly_one=False, country_codes=["NZ", "GB"])
    assert isinstance(many, list)
    assert {location.raw["country"] for location in many} == {"NZ", "GB"}


def test_geocode_structured_query() -> None:
    location = GazetteerGeocoder().geocode({"city": "Paris", "state": "Texas", "country": "United States"})
    assert isinstance(location, Location)
    assert location.raw["admin1"] == "Texas"


def test_geocode_returns_none_for_an_unknown_place() -> None:
    assert GazetteerGeocoder().geocode("Xqzzyvkw") is None
    assert GazetteerGeocoder().geocode("Xqzzyvkw", exactly_one=False) is None
    assert GazetteerGeocoder().geocode({}) is None


def test_geocode_under_pandas_apply() -> None:
    frame = pd.DataFrame({"place": ["Oslo", "Malmo", "Xqzzyvkw"]})
    found = frame["place"].apply(GazetteerGeocoder().geocode)
    assert [None if location is None else location.raw["country"] for location in found] == ["NO", "SE", None]
