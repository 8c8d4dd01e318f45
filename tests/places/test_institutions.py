"""Institutions named after their town or region in many languages, and venues described in English."""

from __future__ import annotations

import pytest

from rallymap.places import Ambiguous, Located, Resolver, candidates_of


def town_of(resolver: Resolver, text: str) -> str:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    return f"{answer.candidate.name}, {answer.candidate.country}"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Казанский университет", "Kazan, RU"),
        ("Томский государственный университет", "Tomsk, RU"),
        ("Одеський університет", "Odesa, UA"),
        ("Вінницька міська рада", "Vinnytsya, UA"),
        ("Запорізький національний університет", "Zaporizhzhya, UA"),
        ("Софийски университет", "Sofia, BG"),
        ("Варненски университет", "Varna, BG"),
        ("Uniwersytet Gdański", "Gdańsk, PL"),
        ("Politechnika Łódzka", "Łódź, PL"),
        ("pod Uniwersytetem Łódzkim", "Łódź, PL"),
        ("Ostravská univerzita", "Ostrava, CZ"),
        ("Žilinská univerzita", "Žilina, SK"),
        ("Debreceni Egyetem", "Debrecen, HU"),
        ("Pécsi Tudományegyetem előtt", "Pécs, HU"),
        ("Vilniaus universitetas", "Vilnius, LT"),
        ("Klaipėdos universitetas", "Klaipėda, LT"),
        ("Oulun yliopisto", "Oulu, FI"),
        ("თბილისის სახელმწიფო უნივერსიტეტი", "Tbilisi, GE"),
        ("Երևանի պետական համալսարան", "Yerevan, AM"),
        ("부산대학교 앞", "Busan, KR"),
        ("foran Københavns Rådhus", "Copenhagen, DK"),
    ],
)
def test_an_institution_leads_to_the_town_of_its_adjective(resolver: Resolver, text: str, town: str) -> None:
    assert town_of(resolver, text) == town


@pytest.mark.parametrize(
    "text",
    [
        "Смоленский вокзал",
        "Уральский университет",
        "Dworzec Wileński",
        "Uniwersytet Śląski",
        "Городской сад",
        "Міський парк",
        "Ленинский проспект",
        "State University",
    ],
)
def test_an_adjective_of_no_town_leads_nowhere(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("University of Georgia, Athens", "Georgia"),
        ("Ohio University, Athens", "Ohio"),
        ("Indiana University, Bloomington", "Indiana"),
        ("University of Missouri, Columbia", "Missouri"),
        ("University of New Hampshire, Durham", "New Hampshire"),
    ],
)
def test_a_university_is_in_the_region_that_it_is_named_after(resolver: Resolver, text: str, region: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.admin1, first.country) == (region, "US")


def test_a_university_called_after_a_country_is_in_the_town_next_to_it(resolver: Resolver) -> None:
    assert town_of(resolver, "University of Georgia, Tbilisi") == "Tbilisi, GE"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("outside Leeds Crown Court", "Leeds, GB"),
        ("Rally at Leeds Town Hall", "Leeds, GB"),
        ("Ayuntamiento de Cartagena, Murcia", "Cartagena, ES"),
        ("Queensland Parliament House", "Brisbane, AU"),
        ("Nova Scotia Legislature", "Halifax, CA"),
        ("Bremer Bürgerschaft", "Bremen, DE"),
        ("Parlament de Catalunya", "Barcelona, ES"),
    ],
)
def test_courts_and_parliaments_lead_to_their_town(resolver: Resolver, text: str, town: str) -> None:
    assert town_of(resolver, text) == town


def test_a_word_after_an_adjective_is_not_a_town(resolver: Resolver) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve("Camden Cultural Hub")))


def test_a_small_foreign_town_next_to_an_english_venue_is_unsure(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("Supreme Court Library, Strand"))[0].confidence < 0.8
    assert candidates_of(resolver.resolve("Courts of Justice, Strand, Norway"))[0].confidence > 0.8


@pytest.mark.parametrize(
    ("text", "town", "venue"),
    [
        ("from the Eiffel Tower to Place de la République", "Paris", "Eiffel Tower – Place de la République"),
        ("Da Piazza Venezia a Piazza del Popolo", "Rome", "Piazza Venezia – Piazza del Popolo"),
        ("del Obelisco a Plaza de Mayo", "Buenos Aires", "Obelisco – Plaza de Mayo"),
        ("de Cibeles a Sol", "Madrid", "Plaza de Cibeles – Puerta del Sol"),
    ],
)
def test_a_march_between_squares_is_in_the_one_town_that_has_both(
    resolver: Resolver, text: str, town: str, venue: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue) == (town, venue)


def test_a_march_with_one_known_end_is_in_its_town_and_not_at_that_end(resolver: Resolver) -> None:
    answer = resolver.resolve("from the Eiffel Tower to the river")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision, answer.candidate.venue) == ("Paris", "city", None)
    assert answer.candidate.confidence == 0.7


def test_a_march_between_squares_of_a_named_town_stays_in_it(resolver: Resolver) -> None:
    text = "from Place de la République to Place de la Nation, Marseille"
    assert town_of(resolver, text) == "Marseille, FR"


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Diyarbakır ve Van", {"Diyarbakır", "Van"}),
        ("Ankara'dan Van'a", {"Ankara", "Van"}),
        ("ji Hewlêrê heta Silêmaniyê", {"Erbil", "Sulaymaniyah"}),
        ("z Krakowa do Katowic", {"Kraków", "Katowice"}),
        ("Marche Marseille - Toulon", {"Marseille", "Toulon"}),
        ("Ankara'dan İstanbul'a yürüyüş", {"Ankara", "Istanbul"}),
    ],
)
def test_towns_named_like_short_words_are_read_next_to_others(resolver: Resolver, text: str, towns: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == towns


def test_a_town_with_a_word_for_march_is_not_split(resolver: Resolver) -> None:
    answer = resolver.resolve("Marche-en-Famenne – Bruxelles")
    assert {candidate.name for candidate in candidates_of(answer)} == {"Marche-en-Famenne", "Brussels"}


def test_a_region_called_between_rivers_is_one_name(resolver: Resolver) -> None:
    answer = resolver.resolve("La Paz, Entre Ríos")
    assert isinstance(answer, Located)
    assert (answer.candidate.admin1, answer.candidate.country) == ("Entre Ríos", "AR")


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Prefeitura de Joinville", "Joinville, BR"),
        ("Tribunale di Bari", "Bari, IT"),
        ("Urząd Miasta Białystok", "Białystok, PL"),
        ("Hôtel de ville de Rennes", "Rennes, FR"),
        ("Krajský soud Ostrava", "Ostrava, CZ"),
        ("دادگستری رشت", "Rasht, IR"),
        ("Texas Avenue, College Station", "College Station, US"),
        ("Rhodes University", "Grahamstown, ZA"),
        ("Kent State University", "Kent, US"),
    ],
)
def test_an_institution_of_a_town_is_drawn_there(resolver: Resolver, text: str, town: str) -> None:
    assert town_of(resolver, text) == town
    found = candidates_of(resolver.resolve(text))[0]
    assert found.confidence >= 0.7


@pytest.mark.parametrize(
    "text",
    ["музей Пушкина", "театр Кирова", "Дворец культуры Жуковского", "университет Шевченко", "больница Королева"],
)
def test_a_person_after_whom_a_town_is_named_is_not_the_town(resolver: Resolver, text: str) -> None:
    assert candidates_of(resolver.resolve(text)) == ()


@pytest.mark.parametrize(
    ("text", "town"),
    [("мэрия Чехова", "Chekhov"), ("театр Ростова", "Rostov-on-Don"), ("музей Пушкина, Москва", "Moscow")],
)
def test_the_offices_of_such_a_town_are_in_it(resolver: Resolver, text: str, town: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == town


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Tukuma slimnīca", "Tukums"), ("Rīgas pils", "Riga"), ("Cēsu pils", "Cēsis"), ("Trakų pilis", "Trakai"),
        ("Panevėžio teatras", "Panevėžys"), ("Raahen sairaala", "Raahe"), ("Berlin slimnīca", "Berlin"),
    ],
)  # fmt: skip
def test_an_institution_is_in_the_country_of_its_language(resolver: Resolver, text: str, town: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == town
