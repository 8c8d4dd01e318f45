"""Phrases of rallies: institutions in more languages, routes between venues, several towns, common nouns."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Ambiguous, Located, Resolver, candidates_of


def best_of(resolver: Resolver, text: str) -> str:
    found = candidates_of(resolver.resolve(text))
    return f"{found[0].name}, {found[0].country}" if found else ""


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Oulun kaupungintalo", "Oulu, FI"),
        ("Rovaniemen oikeustalo", "Rovaniemi, FI"),
        ("Van Belediyesi önü", "Van, TR"),
        ("Şırnak Devlet Hastanesi", "Şırnak, TR"),
        ("Երևանի քաղաքապետարան", "Yerevan, AM"),
        ("ქუთაისის მერია", "Kutaisi, GE"),
        ("Брэсцкі абласны суд", "Brest, BY"),
        ("Черкаська ОДА", "Cherkasy, UA"),
        ("Тверской областной суд", "Tver, RU"),
        ("администрация Томска", "Tomsk, RU"),
        ("Νοσοκομείο Πάτρας", "Pátra, GR"),
        ("Szegedi Törvényszék", "Szeged, HU"),
        ("فرمانداری بوکان", "Būkān, IR"),
        ("مستشفى طرابلس، لبنان", "Tripoli, LB"),
        ("Dadgeha Amedê", "Diyarbakır, TR"),
        ("Câmara Municipal de Évora", "Évora, PT"),
        ("Ayuntamiento de Cádiz", "Cadiz, ES"),
        ("sous-préfecture de Bayonne", "Bayonne, FR"),
        ("Universidad de Ginebra", "Geneva, CH"),
        ("Winnipeg Law Courts", "Winnipeg, CA"),
        ("C/ Cartagena, Murcia", "Murcia, ES"),
        ("Av. de Lyon, Toulouse", "Toulouse, FR"),
        ("Venäjän suurlähetystön edessä, Turku", "Turku, FI"),
    ],
)
def test_the_town_of_the_venue_is_found(resolver: Resolver, text: str, town: str) -> None:
    assert best_of(resolver, text) == town


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("台北、高雄同步", {"Taipei", "Kaohsiung"}),
        ("北京、上海同时举行", {"Beijing", "Shanghai"}),
        ("東京・大阪同時開催", {"Tokyo", "Osaka"}),
        ("서울·부산 동시 개최", {"Seoul", "Busan"}),
    ],
)
def test_several_towns_at_the_same_time_are_not_a_single_one(resolver: Resolver, text: str, towns: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == towns


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("from Leeds station to City Square", "Leeds, GB"),
        ("dalla stazione di Bologna a Piazza Maggiore", "Bologna, IT"),
        ("vom Bremer Hauptbahnhof zum Marktplatz", "Bremen, DE"),
        ("de la mairie de Lille à la Grand-Place", "Lille, FR"),
    ],
)
def test_a_way_with_one_named_town_is_there_but_not_surely(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert f"{answer.candidate.name}, {answer.candidate.country}" == town
    assert DRAWN_CONFIDENCE <= answer.candidate.confidence < SURE_CONFIDENCE
    assert answer.candidate.venue is None


@pytest.mark.parametrize(
    "text",
    [
        "op het plein", "ליד בית הכנסת", "kirkon edessä", "aseman edessä", "from the river to the sea",
        "Iglesia de San José", "catedral de San Salvador", "St. George's Church hall", "église Saint-Denis",
    ],
)  # fmt: skip
def test_a_common_noun_or_a_saint_is_not_drawn(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "venue", "city"),
    [
        ("Heathrow Airport Terminal 5", "Heathrow Airport", "London"),
        ("O'Hare Airport", "O'Hare Airport", "Chicago"),
        ("Aeropuerto de Barajas", "Barajas Airport", "Madrid"),
        ("فرودگاه هیترو", "Heathrow Airport", "London"),
        ("Theresienwiese", "Theresienwiese", "Munich"),
        ("Λευκός Πύργος", "White Tower of Thessaloniki", "Thessaloníki"),
        ("метро Чистые пруды", "Chistye Prudy", "Moscow"),
        ("ميدان رابعة العدوية", "Rabaa al-Adawiya Square", "Cairo"),
        ("כיכר דיזנגוף", "Dizengoff Square", "Tel Aviv"),
        ("서울역 광장", "Seoul Station", "Seoul"),
    ],
)
def test_airports_stations_and_squares_need_no_town(resolver: Resolver, text: str, venue: str, city: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.venue, answer.candidate.name) == (venue, city)
