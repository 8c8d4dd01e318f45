"""The topic of an event says nothing about its place; nor does a text that leaves the place open."""

from __future__ import annotations

import pytest

from rallymap.places import Ambiguous, Located, NoMatch, Resolver, candidates_of

DRAWN = 0.4
SURE = 0.8


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Stand with Georgia, Washington", "Washington", "US"),
        ("Rally in support of Armenia, Los Angeles", "Los Angeles", "US"),
        ("Palestine march London", "London", "GB"),
        ("Free Tibet rally in Paris", "Paris", "FR"),
        ("Vigil for Iran at Mel Lastman Square, Toronto", "Toronto", "CA"),
        ("Solidarität mit Georgien, Nürnberg", "Nuremberg", "DE"),
        ("Solidarité avec l'Ukraine à Paris", "Paris", "FR"),
        ("Solidaridad con Cuba, París", "Paris", "FR"),
        ("Marcha por Venezuela en Madrid", "Madrid", "ES"),
        ("Presidio per l'Iran a Roma", "Rome", "IT"),
        ("solidariteit met Syrië, Utrecht", "Utrecht", "NL"),
        ("manifestation för Iran, Göteborg", "Gothenburg", "SE"),
        ("Demonstration mod Rusland, Aarhus", "Aarhus", "DK"),
        ("تجمع در حمایت از ایران، پاریس", "Paris", "FR"),
        ("تضامن مع السودان، لندن", "London", "GB"),
        ("Slava Ukraini Paris", "Paris", "FR"),
        ("Boycott Israel, Dublin", "Dublin", "IE"),
        ("Viva Cuba Madrid", "Madrid", "ES"),
        ("Stop the execution in Iran, Ottawa", "Ottawa", "CA"),
        ("March for Gaza, London", "London", "GB"),
        ("Gedenken an Halabja, Essen", "Essen", "DE"),
    ],
)
def test_a_country_that_people_rally_for_is_not_the_place(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    candidate = candidates_of(resolver.resolve(text))[0]
    assert (candidate.name, candidate.country) == (name, country)
    assert candidate.confidence >= 0.7


def test_a_town_for_a_country_is_drawn_but_not_sure(resolver: Resolver) -> None:
    answer = resolver.resolve("Berlin für Tibet")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.confidence) == ("Berlin", 0.75)


@pytest.mark.parametrize(
    "text",
    [
        "Stand with Ukraine",
        "Free Tibet",
        "Solidarität mit Georgien",
        "March for Gaza",
        "Rally for Aleppo",
        "Gedenken an Halabja",
        "Marche pour Alep",
        "Glory to Hong Kong",
        "Viva Cuba",
    ],
)
def test_a_topic_alone_is_not_drawn(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Embassy of Georgia, Berlin", "Berlin"), ("Atlanta, Georgia", "Atlanta"), ("Lebanon, NH", "Lebanon")],
)
def test_a_country_next_to_no_event_word_counts_as_place(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("plats meddelas senare", "This says that the place is not known."),
        ("Location TBA", "This says that the place is not known."),
        ("Ort wird noch bekanntgegeben", "This says that the place is not known."),
        ("lieu à confirmer", "This says that the place is not known."),
        ("miejsce zostanie podane", "This says that the place is not known."),
        ("место уточняется", "This says that the place is not known."),
        ("場所未定", ""),
        ("駅前", "This names no town; add the town."),
        ("abroad", "This says that it took place in several places; give each of them its own event."),
        ("outside Iran", "This says that it took place in several places; give each of them its own event."),
        ("خارج از ایران", "This says that it took place in several places; give each of them its own event."),
        ("オンライン", "This says that it took place online; there is no place to put on the map."),
    ],
)
def test_a_text_that_leaves_the_place_open_names_no_place(resolver: Resolver, text: str, reason: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, NoMatch)
    assert reason in answer.reason


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("台北和高雄", {"Taipei", "Kaohsiung"}),
        ("東京と大阪", {"Tokyo", "Osaka"}),
        ("서울과 부산", {"Seoul", "Busan"}),
        ("תל אביב וחיפה", {"Tel Aviv", "Haifa"}),
        ("Hà Nội và Sài Gòn", {"Hanoi", "Ho Chi Minh City"}),
        ("ሐዋሳ እና አዲስ አበባ", {"Awasa", "Addis Ababa"}),
    ],
)
def test_towns_joined_by_and_in_any_script_are_several(resolver: Resolver, text: str, names: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == names
    assert all(candidate.confidence < SURE for candidate in answer.candidates)


def test_the_sign_for_and_inside_a_name_joins_nothing(resolver: Resolver) -> None:
    answer = resolver.resolve("和歌山")
    assert isinstance(answer, Located)
    assert answer.candidate.name == "Wakayama"


@pytest.mark.parametrize("text", ["Кавказ", "Balkan", "Caribe", "Ближний Восток", "Zentralasien", "آفریقا", "東歐"])
def test_a_part_of_the_world_is_no_place(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, NoMatch), answer
    assert answer.reason.startswith("This is a part of the world")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Manifestation för Iran i Göteborg", "Gothenburg"), ("Markering for Iran i Oslo", "Oslo")],
)
def test_nordic_in_after_the_country_that_an_event_is_about_is_no_and(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
