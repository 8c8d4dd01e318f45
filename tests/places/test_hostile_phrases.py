"""Regression tests: phrases that gave a wrong town or none, grouped by the cause."""

from __future__ import annotations

import pytest

from rallymap.places import Ambiguous, Located, Resolver, candidates_of


def name_of(resolver: Resolver, text: str) -> str:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    return f"{answer.candidate.name}, {answer.candidate.country}"


def test_a_translated_alias_of_common_words_names_no_town(resolver: Resolver) -> None:
    for text in ("White House", "outside the White House", "the Crossing", "Great Bridge"):
        names = {candidate.name for candidate in candidates_of(resolver.resolve(text))}
        assert names.isdisjoint({"Casablanca", "Bismarck", "Norwalk"}), text
    assert name_of(resolver, "White House Embassy Berlin") == "Berlin, DE"
    assert name_of(resolver, "White House, Washington") == "Washington, US"
    assert name_of(resolver, "Casablanca") == "Casablanca, MA"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Frankfurt (Oder), Brückenplatz", "Frankfurt (Oder), DE"),
        ("Limburg (Lahn), Bahnhof", "Limburg an der Lahn, DE"),
        ("Neustadt (Weinstraße), Marktplatz", "Neustadt an der Weinstraße, DE"),
        ("Halle (Saale), Marktplatz", "Halle (Saale), DE"),
        ("Portland (Maine), Monument Square", "Portland, US"),
    ],
)
def test_a_town_keeps_the_text_in_its_brackets(resolver: Resolver, text: str, town: str) -> None:
    assert name_of(resolver, text) == town


def test_a_landmark_is_found_if_its_name_is_followed_by_its_town(resolver: Resolver) -> None:
    answer = resolver.resolve("Plaza Bolívar de Bogotá")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue) == ("Bogotá", "Plaza Bolívar")


@pytest.mark.parametrize("text", ["Stanton Park, DC", "rally in DC", "DC"])
def test_the_district_of_columbia_is_the_city_of_washington(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == ("Washington", "city")
    assert answer.candidate.confidence > 0.9


@pytest.mark.parametrize("text", ["Köln Hbf", "Berlin Hbf", "Zürich HB"])
def test_a_short_word_for_a_main_station_leaves_its_town_sure(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name in ("Köln", "Berlin", "Zürich")
    assert answer.candidate.confidence > 0.9


@pytest.mark.parametrize("text", ["Zürich HB & Bern Bundesplatz", "Berlin Hauptbahnhof and Hamburg Rathaus"])
def test_two_towns_with_a_venue_each_are_a_choice(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert len({candidate.name for candidate in answer.candidates}) == 2


def test_a_small_place_called_a_square_is_not_sure(resolver: Resolver) -> None:
    [square, *_] = candidates_of(resolver.resolve("Union Square"))
    assert square.confidence <= 0.75
    assert name_of(resolver, "Overland Park") == "Overland Park, US"
    for text in ("College Park, MD", "State College, PA"):
        [college, *_] = candidates_of(resolver.resolve(text))
        assert college.confidence > 0.9, text


@pytest.mark.parametrize("text", ["19 Uhr", "8 Uhr"])
def test_a_time_of_day_is_no_place(resolver: Resolver, text: str) -> None:
    assert candidates_of(resolver.resolve(text)) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("تونس وصفاقس", {"Tunis", "Sfax"}), ("عمان وإربد", {"Amman", "Irbid"}),
        ("חיפה ותל אביב", {"Haifa", "Tel Aviv"}),
        ("الجزائر ووهران", {"Algiers", "Oran"}),
    ],
)  # fmt: skip
def test_two_towns_joined_by_a_prefix_are_both_offered(resolver: Resolver, text: str, names: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == names


@pytest.mark.parametrize(("text", "name"), [("Bari BA", "Bari"), ("Biella BI", "Biella"), ("Wil SG", "Wil")])
def test_a_town_and_its_code_are_not_an_alias_of_a_village(resolver: Resolver, text: str, name: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == name
