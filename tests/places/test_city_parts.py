"""Cities with a district, quarter, campus or postcode, and words that do not denote one."""

from __future__ import annotations

import pytest

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Ambiguous, Located, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Praha 6", "Prague"), ("před ruským velvyslanectvím, Praha 6", "Prague"), ("Budapest XIII", "Budapest"),
        ("O'Connell Street, Dublin 1", "Dublin"), ("Rathaus, Wien 10", "Vienna"),
        ("Praha 6-Bubeneč", "Bubeneč"), ("ul. Wiertnicza, Warszawa-Wilanów", "Wilanów"),
        ("Frankfurt a.M.", "Frankfurt am Main"), ("Frankfurt a. d. Oder", "Frankfurt (Oder)"),
        ("Freiburg i.Br.", "Freiburg"), ("Embassy of Iran, Blackrock, Co. Dublin", "Blackrock"),
        ("Sproul Plaza, UC Berkeley", "Berkeley"), ("Library Mall, UW-Madison", "Madison"),
        ("Old Palace Yard, SW1", "London"), ("Kensington Court, London W8", "London"),
        ("frente a la embajada de Rusia, CABA", "Buenos Aires"), ("3506 International Dr NW, Washington", "Washington"),
        ("中国大使館前、港区元麻布", "Tokyo"), ("ミャンマー大使館前、品川区", "Shinagawa"),
        ("Malecón, La Habana", "Havana"), ("دوار الداخلية، عمان", "Amman"), ("نقابة الصحفيين، وسط القاهرة", "Cairo"),
        ("Brooklyn Borough Hall", "Brooklyn"), ("Karachi Press Club", "Karachi"), ("Grand-Place de Lille", "Lille"),
        ("Hemiciclo a Juárez, CDMX", "Mexico City"), ("church of St Mary-at-Hill, London", "London"),
        ("Kadıköy İskele Meydanı", "Kadıköy"), ("North York", "North York"),
        ("steps of Parliament, Spring St, Melbourne VIC 3000", "Melbourne"), ("Toronto ON M5V 2T6", "Toronto"),
        ("Portland OR 97201", "Portland"), ("Pershing Square, Downtown LA", "Los Angeles"),
        ("Bécsi út, Budapest", "Budapest"),
        ("Richmond Terrace, Whitehall SW1A", "London"), ("Piața Constituției, București sector 5", "Bucharest"),
        ("Rathaus, Wien 6. Bezirk", "Vienna"), ("chemin du Petit-Saconnex, Genève", "Geneva"),
        ("渋谷駅ハチ公口", "Shibuya"), ("Roma", "Rome"),
        ("Willem Lodewijklaan 10, 2517 JT Den Haag", "The Hague"), ("Markt 1, 5341 AA Oss", "Oss"),
    ],
)  # fmt: skip
def test_the_city_next_to_a_part_of_it_is_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), text
    assert answer.candidate.name == name
    assert answer.candidate.confidence > SURE_CONFIDENCE


def test_two_cities_joined_by_a_hyphen_are_not_one_with_its_quarter(resolver: Resolver) -> None:
    assert all(
        candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve("Bergen-Belsen"))
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Köln-Bonn", {"Köln", "Bonn"}), ("Mannheim-Heidelberg", {"Mannheim", "Heidelberg"}),
        ("Dallas-Fort Worth, TX", {"Dallas", "Fort Worth"}), ("Paris-Lyon", {"Paris", "Lyon"}),
        ("Berlin-Hamburg-Köln", {"Berlin", "Hamburg", "Köln"}),
        ("Minneapolis-St. Paul, MN", {"Minneapolis", "Saint Paul"}),
        ("Dallas-Ft. Worth, TX", {"Dallas", "Fort Worth"}), ("San Francisco-Oakland", {"San Francisco", "Oakland"}),
    ],
)  # fmt: skip
def test_large_cities_joined_by_hyphens_are_several_places(resolver: Resolver, text: str, names: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == names


@pytest.mark.parametrize(
    "text",
    [
        "İstanbul-Esenyurt", "London-Barnet", "NYC-Bronx", "Lagos-Ikeja", "Delhi-Rohini",  # boroughs
        "Rotterdam-Noord", "Den Haag-Zuid",  # directions that are also districts of Amsterdam
        "Palma-Mallorca", "London-Victoria",  # an island, and a state of Australia
    ],
)  # fmt: skip
def test_a_city_and_its_borough_are_not_two_places(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["Winston-Salem", "Baden-Baden", "Clermont-Ferrand", "Villingen-Schwenningen"])
def test_a_town_with_a_hyphen_in_its_name_is_one_place(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == text


def test_a_station_with_a_hyphen_is_not_two_places(resolver: Resolver) -> None:
    answer = resolver.resolve("Brussel-Noord")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == ("Brussels", LocationPrecision.VENUE)


def test_a_ward_misplaced_in_the_source_is_in_tokyo(resolver: Resolver) -> None:
    for ward in ("品川区", "江東区", "文京区", "杉並区"):
        answer = resolver.resolve(ward)
        assert isinstance(answer, Located)
        assert measure_km(answer.candidate.lat, answer.candidate.lon, 35.68, 139.70) < 15, ward


def test_a_small_division_is_a_district_and_can_be_drawn(resolver: Resolver) -> None:
    answer = resolver.resolve("미얀마 대사관 앞, 용산구")
    assert isinstance(answer, Located)
    assert answer.candidate.precision is LocationPrecision.DISTRICT
    assert answer.candidate.confidence > SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["Azadî", "the Spire", "the Spire, O'Connell Street", "Little Italy"])
def test_the_name_of_a_square_or_spire_alone_is_not_a_small_town(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["Rede", "Kingston Town Hall", "City Hall Paradise"])
def test_a_shared_name_is_not_certain(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


def test_an_article_that_belongs_to_the_name_counts(resolver: Resolver) -> None:
    for text, name in (("the Hague", "The Hague"), ("the Bronx", "The Bronx")):
        answer = resolver.resolve(text)
        assert isinstance(answer, Located)
        assert (answer.candidate.name, answer.candidate.confidence > SURE_CONFIDENCE) == (name, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minnesota State Capitol, St. Paul", "Saint Paul"), ("Utah State Capitol", "Salt Lake City"),
        ("steps of the Ohio Statehouse", "Columbus"), ("State Capitol, Lansing", "Lansing"),
        ("across from the White House, Washington", "Washington"),
    ],
)  # fmt: skip
def test_a_capitol_is_found_by_its_state_or_town(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == (name, LocationPrecision.VENUE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Raekoja plats, Tartus", "Tartu"),
        ("Náměstí Svobody, Brně", "Brno"),
        ("Plac Wolności, Łodzi", "Łódź"),
        ("Parka Feqiyê Teyran, Wan", "Van"),
    ],
)
def test_a_streets_language_says_how_the_town_is_inflected(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name


def test_next_to_a_street_of_another_language_the_town_is_as_written(resolver: Resolver) -> None:
    answer = resolver.resolve("Corniche, Tartus")
    assert isinstance(answer, Located)
    assert answer.candidate.country == "SY"
