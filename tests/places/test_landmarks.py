"""The shipped list of landmarks, and when one of them is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.distances import measure_km
from rallymap.errors import AssetError
from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Located, Resolver
from rallymap.places.finder import PlaceFinder
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.landmarks import Landmark, Landmarks, load_landmarks
from rallymap.places.missions import Missions, load_missions


def test_every_row_is_in_its_town_and_names_its_source() -> None:
    finder = PlaceFinder(load_gazetteer())
    for place in load_landmarks().places:
        city = finder.find_city(place.city, place.country, place.lat, place.lon)
        assert city is not None, place
        is_airport = "Airport" in place.source  # airports have the name of a distant city
        assert measure_km(place.lat, place.lon, *finder.gazetteer.lat_lon(city)) < (45 if is_airport else 20), place
        assert 0 < place.radius_m <= (2500 if is_airport else 1000), place
        assert place.source.startswith("Wikipedia: "), place


@pytest.mark.parametrize("places", [load_landmarks().places, load_missions().places], ids=["landmarks", "missions"])
def test_every_row_has_the_main_name_of_its_town(places: list[Landmark]) -> None:
    finder = PlaceFinder(load_gazetteer())
    others = set()
    for place in places:
        city = finder.find_city(place.city, place.country, place.lat, place.lon)
        name = finder.gazetteer.name(city) if city is not None else ""
        others |= {(place.city, name)} if place.city != name else set()

    assert others == set()


@pytest.mark.slow
def test_every_row_is_found_by_its_name_next_to_its_town(resolver: Resolver) -> None:
    for place in load_landmarks().places:
        answer = resolver.resolve(f"{place.name}, {place.city}", place.country)
        assert isinstance(answer, Located), place
        assert measure_km(answer.candidate.lat, answer.candidate.lon, place.lat, place.lon) < 2, place


@pytest.mark.parametrize(
    ("text", "city", "venue"),
    [
        ("Trafalgar Square, London", "London", "Trafalgar Square"),
        ("Stockholm, Sergels torg", "Stockholm", "Sergels torg"),
        ("outside the Iranian embassy in London", "London", "Embassy of Iran in London"),
        ("Brandenburger Tor, Berlin", "Berlin", "Brandenburg Gate"),
        ("in front of the Houses of Parliament, London, UK", "London", "Parliament Square"),
        ("Toronto, Mel Lastman Square", "Toronto", "Mel Lastman Square"),
        ("Parliament Hill", "Ottawa", "Parliament Hill"),
        ("European Parliament, Strasbourg", "Strasbourg", "European Parliament"),
        ("میدان آزادی، تهران", "Tehran", "Azadi Square"),
    ],
)
def test_landmarks_place_is_a_venue(resolver: Resolver, text: str, city: str, venue: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue) == (city, venue)
    assert answer.candidate.precision is LocationPrecision.VENUE


@pytest.mark.parametrize("text", ["Trafalgar Square, Uppsala", "City Hall Square, Lyon", "Parliament House, Oslo"])
def test_namesake_in_another_town_is_not_the_landmarks_place(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located | Ambiguous)
    first = answer.candidate if isinstance(answer, Located) else answer.candidates[0]
    assert first.method == "gazetteer"
    assert first.precision is LocationPrecision.CITY


def test_generic_name_without_a_town_is_not_a_landmark(resolver: Resolver) -> None:
    answer = resolver.resolve("Iranian embassy")
    assert not (isinstance(answer, Located) and answer.candidate.method == "well-known")


def test_damaged_list_says_so(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.csv"
    path.write_text("name,lat\nX,north\n", encoding="utf-8")
    with pytest.raises(AssetError, match="list of landmarks is missing or damaged"):
        Landmarks(path)


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("outside the Chinese embassy, London", "Embassy of China in London"),
        ("у посольства России в Лондоне", "Embassy of Russia in London"),
        ("Ambasada Rosji, Warszawa", "Embassy of Russia in Warsaw"),
        ("سفارت ایران، پاریس", "Embassy of Iran in Paris"),
        ("Irans ambassad, Stockholm", "Embassy of Iran in Stockholm"),
        ("Botschaft von Nigeria, Berlin", "Embassy of Nigeria in Berlin"),
        ("Consulate General of Russia, New York", "Consulate of Russia in New York City"),
        ("High Commission of Nigeria, London", "Embassy of Nigeria in London"),
    ],
)
def test_missions_are_found_by_the_sending_country(resolver: Resolver, text: str, venue: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.venue, answer.candidate.precision) == (venue, LocationPrecision.VENUE)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Russian mission to the United Nations, New York", "New York City"),
        ("Chinese and Vietnamese embassies, Ottawa", "Ottawa"),
        ("Consulate of Germany, London", "London"),
        ("from the White House to the Indian embassy, Washington, D.C.", "Washington"),
        ("from Trafalgar Square, London", "London"),
        ("Embassy of Nauru, Paris", "Paris"),
    ],
)
def test_an_uncertain_venue_leaves_only_the_city(resolver: Resolver, text: str, city: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == (city, LocationPrecision.CITY)


def test_a_march_is_the_line_between_its_ends(resolver: Resolver) -> None:
    answer = resolver.resolve("from Hyde Park to Trafalgar Square, London")
    assert isinstance(answer, Located)
    found = answer.candidate
    assert found.venue == "Hyde Park Corner – Trafalgar Square"
    assert found.precision is LocationPrecision.DISTRICT
    for end in ((51.5028, -0.1527), (51.5080, -0.1281)):
        assert 1000 * measure_km(found.lat, found.lon, *end) < found.radius_m


@pytest.mark.slow
def test_every_mission_is_in_its_town_and_names_its_source(resolver: Resolver) -> None:
    finder = PlaceFinder(load_gazetteer())
    for place in load_missions().places:
        city = finder.find_city(place.city, place.country, place.lat, place.lon)
        assert city is not None, place
        assert measure_km(place.lat, place.lon, *finder.gazetteer.lat_lon(city)) < 30, place
        assert place.source.startswith("Wikidata Q"), place
        answer = resolver.resolve(f"{place.name}, {place.city}", place.country)
        assert isinstance(answer, Located), place
        assert answer.candidate.venue == place.name, place


def test_a_damaged_list_of_missions_is_named(tmp_path: Path) -> None:
    (tmp_path / "missions.csv").write_text("of,kind,city,country,lat,lon,radius_m,source\nCN,embassy,Oslo,NO,x,y,1,z\n")
    with pytest.raises(AssetError, match="list of embassies is missing or damaged"):
        Missions(tmp_path / "missions.csv")


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Brandenburger Tor", "Berlin"),
        ("Brandenburger Tor, Germany", "Berlin"),
        ("Brandenburger Tor, Potsdam", "Potsdam"),
        ("Trafalgar Square, Sydney", "Sydney"),
        ("Capitol Hill, Seattle", "Seattle"),
        ("Maidan Nezalezhnosti", "Kyiv"),
        ("Azadi Tower", "Tehran"),
    ],
)
def test_a_landmark_known_everywhere_needs_no_town_but_yields_to_another(
    resolver: Resolver, text: str, city: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == city


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Münchner Freiheit", "Munich"), ("پل خواجو", "Isfahan"), ("Omonia", "Athens"),
        ("Stonehenge", "Amesbury"), ("University of St Andrews", "Saint Andrews"),
        ("California University of Pennsylvania", "California"),
    ],
)  # fmt: skip
def test_a_landmark_without_its_town_is_found(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.9) == (town, True)
