"""Labels before places, dates instead of places, whole countries, and missions with their street."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Located, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Start: Bonn, Ziel: Köln", {"Bonn", "Köln"}),  # Bonn is in the government region of Köln
        ("Bonn (Start), Köln (Ziel)", {"Bonn", "Köln"}),
        ("Start Bonn – Ziel Köln", {"Bonn", "Köln"}),
        ("Départ : Lille, arrivée : Paris", {"Lille", "Paris"}),
        ("Start: Oslo. Mål: Bergen", {"Oslo", "Bergen"}),
        ("Старт: Київ, фініш: Львів", {"Kyiv", "Lviv"}),
        ("出発：東京、到着：横浜", {"Tokyo", "Yokohama"}),
        ("from: Lyon to: Geneva", {"Lyon", "Geneva"}),
        ("Von: Graz Nach: Linz", {"Graz", "Linz"}),
        ("De: Valencia A: Alicante", {"Valencia", "Alicante"}),
    ],
)
def test_towns_after_labels_are_several(resolver: Resolver, text: str, towns: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous), answer
    assert {candidate.name for candidate in answer.candidates} == towns
    assert answer.candidates[0].confidence < 0.5


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Treffpunkt: Bonn, Hofgarten", "Bonn"),
        ("Beginn: 14 Uhr Köln, Ende: 17 Uhr Köln", "Köln"),
        ("Start: Hermannplatz, Ende: Brandenburger Tor", "Berlin"),
    ],
)
def test_labels_of_one_town_are_one_place(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert answer.candidate.name == town


def test_labels_of_start_and_end_make_a_route(resolver: Resolver) -> None:
    assert resolver.towns_of_route("Start: Bonn, Ziel: Köln") == ["Bonn", "Köln"]


@pytest.mark.parametrize(
    "text", ["Mai", "May", "1er mai", "Saturday 14h", "Vendredi", "شنبه", "понедельник", "Mars", "Freitag 18 Uhr"]
)
def test_a_month_or_weekday_is_no_place(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text) == NoMatch(text, "This names no town; add the town.")


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [("March", "GB", "March"), ("Place du 1er Mai, Alger", "", "Algiers"), ("Mars, Pennsylvania", "", "Mars")],
)
def test_a_town_called_like_a_month_is_found_with_its_country(
    resolver: Resolver, text: str, country: str, name: str
) -> None:
    assert candidates_of(resolver.resolve(text, country or None))[0].name == name


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Georgia (country)", "GE"),
        ("España, varias ciudades", "ES"),
        ("all over Canada", "CA"),
        ("bundesweit (Deutschland)", "DE"),
        ("Iran (nationwide)", "IR"),
        ("سراسر ایران", "IR"),
        ("cities across the UK", "GB"),
    ],
)
def test_a_whole_country_is_a_country(resolver: Resolver, text: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.country, answer.candidate.precision) == (country, LocationPrecision.COUNTRY)
    assert answer.candidate.confidence >= 0.8


def test_a_given_country_is_binding_for_a_whole_country(resolver: Resolver) -> None:
    candidates = candidates_of(resolver.resolve("Georgia (country)", "US"))
    assert {candidate.country for candidate in candidates} == {"US"}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Generalkonsulat Iran Hamburg Bebelallee 18", "Hamburg"),
        ("Nigerian High Commission London Northumberland Ave", "London"),
        ("Ambasada Rosji Warszawa Belwederska 49", "Warsaw"),
        ("посольство России Вильнюс улица Латвю", "Vilnius"),
        ("Embassy of Iran Buenos Aires Avenida Figueroa Alcorta", "Buenos Aires"),
        ("Iran Embassy Paris Street Tehran", "Tehran"),
        ("Amb. Russie, bd Lannes, Paris", "Paris"),
    ],
)
def test_a_mission_is_split_from_its_town_and_street(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.8) == (town, True)


@pytest.mark.parametrize("text", ["Russian embassy Lima Street", "Chinese Consulate Montrose Blvd"])
def test_the_street_of_a_mission_is_no_town(resolver: Resolver, text: str) -> None:
    assert candidates_of(resolver.resolve(text)) == ()


@pytest.mark.parametrize("text", ["Ukraine, Paris", "Paris, Russia", "Echapei", "Peace", "Justice"])
def test_the_alias_of_another_place_is_not_sure(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve(text)))


def test_a_quarter_in_a_named_state_is_drawn(resolver: Resolver) -> None:
    answer = resolver.resolve("Algiers, LA")
    assert isinstance(answer, Located)
    assert (answer.candidate.admin1, answer.candidate.confidence) == ("Louisiana", 0.75)


@pytest.mark.parametrize(
    ("text", "town", "venue"),
    [
        ("Statue of Liberty", "New York City", "Statue of Liberty"),
        ("Pont Jacques-Cartier", "Montréal", "Jacques Cartier Bridge"),
        ("Université Laval", "Québec", "Université Laval"),
        ("University of British Columbia", "Vancouver", "University of British Columbia"),
        ("Indiana University of Pennsylvania", "Indiana", "Indiana University of Pennsylvania"),
        ("Ain al-Hilweh, Saida", "Sidon", "Ain al-Hilweh"),
        ("مخيم جنين", "Janīn", "Jenin refugee camp"),
        ("US Embassy Grosvenor Square", "London", "Grosvenor Square"),
    ],
)
def test_landmarks_with_a_name_of_their_own_need_no_town(resolver: Resolver, text: str, town: str, venue: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.venue) == (town, venue)


@pytest.mark.parametrize(
    ("text", "town", "venue"),
    [
        ("Caen - 22/04", "Caen", None),
        ("Lyon, 3", "Lyon", None),
        ("Via Roma, 3, Firenze", "Florence", "Via Roma, 3"),
    ],
)
def test_figures_alone_are_no_venue(resolver: Resolver, text: str, town: str, venue: str | None) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.venue) == (town, venue)
