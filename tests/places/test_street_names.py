"""Streets named after people whose family name is a city, and towns after a street without a comma."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Ambiguous, Located, Resolver, candidates_of

STREETS = [
    "Rue Jack London", "Rue Jean Paris", "Quai Pierre Lyon", "Boulevard Paul Nice", "Via Luigi Milano",
    "Piazza Giovanni Firenze", "Calle Jack London", "Plaza José Córdoba", "Rua António Porto", "Largo Pedro Braga",
    "ulica Jacka Londona", "ul. Jack London", "улица Джек Лондон", "вулиця Джек Лондон", "Platz Jack London",
    "Straße Irving Berlin", "Strada Jack London", "شارع جاك لندن", "میدان جک لندن", "خیابان جک لندن", "רחוב ג'ק לונדון",
]  # fmt: skip


@pytest.mark.parametrize("street", STREETS)
def test_a_street_called_after_a_person_is_in_no_city(resolver: Resolver, street: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(street)))


@pytest.mark.parametrize("street", STREETS)
def test_the_city_next_to_such_a_street_is_found(resolver: Resolver, street: str) -> None:
    for text in (f"{street}, Rotterdam", f"Rotterdam, {street}"):
        answer = resolver.resolve(text)
        assert isinstance(answer, Located), text
        assert answer.candidate.name == "Rotterdam"
        assert answer.candidate.confidence > SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rue Voltaire Paris", "Paris"),
        ("Avenue Jean Jaurès Toulouse", "Toulouse"),
        ("Via Giuseppe Verdi Milano", "Milan"),
        ("Calle Alcalá Madrid", "Madrid"),
        ("میدان انقلاب تهران", "Tehran"),
        ("میدان آزادی پاریس", "Paris"),
    ],
)
def test_a_city_after_any_other_street_is_certain(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.confidence > SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("İzmir Konak Meydanı", "İzmir"),
        ("Diyarbakır İstasyon Meydanı", "Diyarbakır"),
        ("Adana Uğur Mumcu Meydanında", "Adana"),
        ("Brno náměstí Svobody", "Brno"),
        ("Columbus City Hall", "Columbus"),
        ("Dallas City Hall Plaza", "Dallas"),
        ("Queen's University Belfast", "Belfast"),
        ("Trinity College Dublin", "Dublin"),
        ("Hyde Park Perth", "Perth"),
        ("Confederation Park Ottawa", "Ottawa"),
        ("Freie Universität Berlin", "Berlin"),
        ("Katholieke Universiteit Leuven", "Leuven"),
    ],
)
def test_a_city_next_to_a_complete_name_is_split_from_it(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.confidence > SURE_CONFIDENCE


@pytest.mark.parametrize(
    "text", ["Washington Irving Street", "Paris Hilton Street", "Ankara Caddesi", "Aydın Doğan Caddesi", "London Road"]
)
def test_a_street_name_that_begins_with_a_city_names_no_city(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


def test_a_university_press_is_in_the_city_next_to_it(resolver: Resolver) -> None:
    answer = resolver.resolve("Oxford University Press, New York")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == ("New York City", "US")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Union Square La Jolla", "La Jolla", "US"),
        ("Universidad de Córdoba, Argentina", "Córdoba", "AR"),
        ("University of Birmingham, UK", "Birmingham", "GB"),
        ("Nottingham Council House", "Nottingham", "GB"),
        ("Mannheim Hauptbahnhof Vorplatz", "Mannheim", "DE"),
        ("Trondheim torg", "Trondheim", "NO"),
        ("Lyon Place Bellecour", "Lyon", "FR"),
        ("Plaza de Armas Santiago", "Santiago", "CL"),
        ("San Francisco City Hall", "San Francisco", "US"),
        ("Permanent Mission of China, Geneva", "Geneva", "CH"),
        ("Mount Wellington, Auckland", "Auckland", "NZ"),
        ("Frankfurter Allee Berlin", "Berlin", "DE"),
        ("Justin Herman Plaza, SF", "San Francisco", "US"),
        ("Palestine, Texas", "Palestine", "US"),
        ("Pilsen, Chicago", "Chicago", "US"),
        ("Thornhill, Ontario", "Thornhill", "CA"),
    ],
)
def test_the_town_of_an_institution_or_quarter_is_found(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


def test_a_place_in_a_territory_can_be_larger_than_its_namesake_in_the_state(resolver: Resolver) -> None:
    saint_helier = resolver.resolve("Saint Helier", "GB")
    assert isinstance(saint_helier, Ambiguous)
    assert {candidate.country for candidate in saint_helier.candidates} == {"GB", "JE"}
    assert not any(candidate.name == "Casablanca" for candidate in candidates_of(resolver.resolve("The White House")))
