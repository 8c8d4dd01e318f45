"""Names that more often mean another town or something else: they must not give a certain wrong answer."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, Resolver, candidates_of


def located(resolver: Resolver, text: str) -> Located:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    return answer


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Hyde Park, London, Ontario", "Ontario"),
        ("Trafalgar Square, London, ON", "Ontario"),
        ("Embassy of Iran, Paris, Texas", "Texas"),
        ("Hyde Park, London", "England"),
        ("Trafalgar Square, London, UK", "England"),
    ],
)
def test_a_landmark_is_meant_only_in_its_own_town(resolver: Resolver, text: str, region: str) -> None:
    found = located(resolver, text).candidate

    assert found.admin1 == region
    assert found.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["Little Tehran", "Klein Istanbul", "Free Berlin", "My Berlin"])
def test_a_name_made_of_a_citys_is_not_the_city(resolver: Resolver, text: str) -> None:
    assert located(resolver, text).candidate.confidence < DRAWN_CONFIDENCE


@pytest.mark.parametrize("text", ["New Delhi", "Little Rock", "Old Delhi", "Young, Uruguay", "Free, Berlin"])
def test_names_of_towns_are_not_split(resolver: Resolver, text: str) -> None:
    assert located(resolver, text).candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Embajada de Nicaragua, San José", "CR"),
        ("Ambassade du Cameroun à Berne", "CH"),
        ("Embassy of India, Georgetown", "GY"),
        ("Посолство на Русия, София", "BG"),
        ("Амбасада на Русија, Скопје", "MK"),
        ("በለንደን የኢትዮጵያ ኤምባሲ", "GB"),
        ("洛杉磯中領館", "US"),
        ("Houston Street, NYC", "US"),
        ("NYC", "US"),
        ("CDMX", "MX"),
    ],
)
def test_missions_and_letters_lead_to_their_city(resolver: Resolver, text: str, country: str) -> None:
    found = located(resolver, text).candidate

    assert (found.country, found.confidence >= SURE_CONFIDENCE) == (country, True)


def test_a_consulate_says_nothing_about_the_capital(resolver: Resolver) -> None:
    assert not isinstance(resolver.resolve("Consulate of Mexico, San Jose"), Located)


@pytest.mark.parametrize(
    ("text", "city"),
    [("TU Delft", "Delft"), ("ETH Zürich", "Zürich"), ("LMU München", "Munich"), ("Uni Köln", "Köln")],
)
def test_short_names_of_universities_lead_to_their_town(resolver: Resolver, text: str, city: str) -> None:
    found = located(resolver, text).candidate

    assert (found.name, found.confidence >= DRAWN_CONFIDENCE) == (city, True)


@pytest.mark.parametrize(
    "text",
    [
        "вулиця Івана Франка",
        "площа Івана Франка",
        "вулиця Богдана Хмельницького",
        "Piazza San Babila",
        "Via San Vitale",
    ],
)
def test_a_street_called_after_a_person_or_saint_names_no_town(resolver: Resolver, text: str) -> None:
    assert not isinstance(resolver.resolve(text), Located)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("улица Минская Гродно", "Hrodna"),
        ("Piazza Verdi Bologna", "Bologna"),
        ("вулиця Шевченка Львів", "Lviv"),
        ("Place de la République, Montreuil", "Montreuil"),
        ("Alexanderplatz, Hamburg", "Hamburg"),
        ("Taksim, Ankara", "Ankara"),
        ("Alexanderplatz, Deutschland", "Berlin"),
        ("Place de la République, Paris", "Paris"),
        ("Irans ambassad, Lidingö", "Stockholm"),
    ],
)
def test_a_town_next_to_a_square_is_preferred_to_its_namesake(resolver: Resolver, text: str, city: str) -> None:
    found = located(resolver, text).candidate

    assert (found.name, found.confidence >= SURE_CONFIDENCE) == (city, True)


def test_a_main_square_is_not_in_a_quarter_with_the_towns_name(resolver: Resolver) -> None:
    answer = resolver.resolve("Plaza Mayor, Salamanca", country="ES")

    first = answer.candidate if isinstance(answer, Located) else answer.candidates[0]
    assert first.name != "Madrid"


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Oslo outside the parliament", "Oslo"),
        ("أوسلو أمام البرلمان", "Oslo"),
        ("الرباط أمام البرلمان", "Rabat"),
        ("اسلو مقابل پارلمان", "Oslo"),
        ("Київ біля посольства Росії", "Kyiv"),
        ("Outside the Iranian embassy in London", "London"),
        ("Berlin vor der russischen Botschaft", "Berlin"),
    ],
)
def test_a_town_before_a_word_for_in_front_of_is_found(resolver: Resolver, text: str, city: str) -> None:
    found = located(resolver, text).candidate

    assert (found.name, found.confidence >= SURE_CONFIDENCE) == (city, True)


def test_after_a_village_the_capital_is_meant_and_not_a_nearby_namesake(resolver: Resolver) -> None:
    answer = resolver.resolve("La Cruz near Peñas Blancas, San José", country="CR")
    named = [candidate.admin1 for candidate in candidates_of(answer) if candidate.name == "San José"]
    assert named[0] != "Alajuela"


@pytest.mark.parametrize(
    "text", ["возле памятника Шевченко", "сквер Шевченко", "пам'ятник Франка", "у памятника Шевченко"]
)
def test_a_monument_to_a_person_is_not_in_a_town_of_the_same_name(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["памятник Шевченко, Киев", "Киев, у памятника Шевченко"])
def test_a_monument_is_in_the_town_next_to_it(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == "Kyiv"
    assert answer.candidate.confidence >= SURE_CONFIDENCE


def test_a_name_in_its_own_script_is_not_surely_an_alias_of_a_city_abroad(resolver: Resolver) -> None:
    greek = candidates_of(resolver.resolve("στη Βέροια"))
    assert {"Véroia", "Aleppo"} == {candidate.name for candidate in greek}
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in greek)
    soran = resolver.resolve("سۆران")
    assert isinstance(soran, Located)
    assert soran.candidate.label == "Soran, Erbil, Iraq"
