"""The country of a point, compared with the shipped gazetteer, an independent source."""

from __future__ import annotations

import pytest

from rallymap.borders import countries_around, country_at
from rallymap.places.codes import PlaceKind
from rallymap.places.gazetteer import load_gazetteer


@pytest.mark.slow
def test_towns_are_in_the_country_that_the_gazetteer_assigns() -> None:
    gazetteer = load_gazetteer()
    places = [place for place in range(0, len(gazetteer), 11) if gazetteer.kind(place) == PlaceKind.CITY]
    outside = [
        gazetteer.name(place)
        for place in places
        if gazetteer.country(place) not in countries_around(*gazetteer.lat_lon(place))
    ]
    assert len(places) > 20_000
    assert len(outside) <= 10, outside


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        (59.91, 10.75, "NO"),
        (48.5839, 7.7455, "FR"),  # Strasbourg, 3 km from Germany
        (-17.71, 178.06, "FJ"),
        (71.29, -156.79, "US"),
        (43.9424, 12.4578, "SM"),
        (0.0, -30.0, ""),
        (90.0, 0.0, ""),
        (-90.0, 180.0, "AQ"),
    ],
)
def test_country_of_a_point(lat: float, lon: float, country: str) -> None:
    assert country_at(lat, lon) == country


def test_border_counts_for_both_sides() -> None:
    bridge = (59.0966, 11.2740)  # Svinesund, between Norway and Sweden
    assert countries_around(*bridge) == {"NO", "SE"}
    assert country_at(*bridge, rather=["NO"]) == "NO"
    assert country_at(*bridge, rather=["FR", "SE"]) == "SE"
    assert countries_around(59.2, 11.0) == {"NO"}


def test_antimeridian_and_kosovo() -> None:
    assert countries_around(-16.8, 179.999, within_km=5) == countries_around(-16.8, -179.999, within_km=5)
    assert country_at(42.66, 21.16, rather=["XK"]) == "XK"
