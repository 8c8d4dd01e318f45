"""British counties after a town, and alone."""

from __future__ import annotations

import pytest

from rallymap.distances import measure_km
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Located, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("Newport, Gwent", 51.588, -2.998),
        ("Newport Gwent", 51.588, -2.998),
        ("Newport, Shropshire", 52.77, -2.38),
        ("Newcastle, Staffs", 53.01, -2.227),
        ("Lincoln, Lincs", 53.228, -0.538),
        ("Halifax, West Yorkshire", 53.72, -1.86),
        ("Washington, Tyne and Wear", 54.9, -1.52),
        ("Perth, Perthshire", 56.395, -3.437),
        ("Hamilton, Lanarkshire", 55.777, -4.04),
        ("Cardigan, Dyfed", 52.083, -4.66),
        ("Bangor, Co. Down", 54.654, -5.669),
        ("Richmond, Surrey", 51.456, -0.301),
        ("Wellington, Somerset", 50.978, -3.224),
    ],
)
def test_a_county_says_which_of_namesakes_is_meant(resolver: Resolver, text: str, lat: float, lon: float) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert measure_km(answer.candidate.lat, answer.candidate.lon, lat, lon) < 10
    assert answer.candidate.confidence > SURE_CONFIDENCE


def test_a_county_alone_is_a_region_or_ambiguous_with_the_city_of_its_name(resolver: Resolver) -> None:
    surrey = resolver.resolve("Surrey")
    assert isinstance(surrey, Ambiguous)
    assert {candidate.country for candidate in surrey.candidates[:2]} == {"CA", "GB"}
    essex = resolver.resolve("Essex")
    assert isinstance(essex, Located)
    assert (essex.candidate.country, essex.candidate.precision) == ("GB", "region")


def test_a_former_county_is_not_a_city_with_a_similar_name(resolver: Resolver) -> None:
    found = candidates_of(resolver.resolve("Gwent"))
    assert {candidate.country for candidate in found} == {"GB"}
    assert found[0].confidence < SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [("Surrey, BC", "Surrey", "British Columbia"), ("Norfolk, Virginia", "Norfolk", "Virginia"),
     ("Durham, NC", "Durham", "North Carolina"), ("Cleveland, Ohio", "Cleveland", "Ohio")],
)  # fmt: skip
def test_towns_elsewhere_with_the_name_of_a_county_are_kept(
    resolver: Resolver, text: str, name: str, admin1: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.admin1) == (name, admin1)
