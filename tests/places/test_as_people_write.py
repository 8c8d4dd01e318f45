"""Places as people write them in posts and tables: shortened words, dates, hashtags, postcodes."""

from __future__ import annotations

import pytest

from rallymap.places import Ambiguous, Located, Resolver, candidates_of


def read(resolver: Resolver, text: str, country: str = "") -> tuple[str, str, str | None]:
    """Return name, country and venue of the place of a text that is drawn."""
    answer = resolver.resolve(text, country or None)
    assert isinstance(answer, Located), answer
    assert answer.candidate.confidence >= 0.4, answer.candidate
    return answer.candidate.name, answer.candidate.country, answer.candidate.venue


@pytest.mark.parametrize(
    ("text", "town", "venue"),
    [
        ("Trafalgar Sq.", "London", "Trafalgar Square"),
        ("Downing St", "London", "Downing Street"),
        ("Av. Paulista", "São Paulo", "Avenida Paulista"),
        ("Pza. de Mayo", "Buenos Aires", "Plaza de Mayo"),
        ("P.zza del Popolo, Roma", "Rome", "Piazza del Popolo"),
        ("Václavské nám.", "Prague", "Wenceslas Square"),
        ("国会議事堂前", "Tokyo", "National Diet"),
    ],
)
def test_a_landmark_is_found_by_a_shortened_name(resolver: Resolver, text: str, town: str, venue: str) -> None:
    name, _, found = read(resolver, text)
    assert (name, found) == (town, venue)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("12.10.2024 Köln Heumarkt", "Köln, DE"),
        ("12.10. Köln Heumarkt", "Köln, DE"),
        ("2024-10-12 Oslo", "Oslo, NO"),
        ("Straße des 17. Juni, Berlin", "Berlin, DE"),
        ("#FreeTibet Dharamsala", "Dharamsala, IN"),
        ("Demo in #Berlin am Alexanderplatz", "Berlin, DE"),
        ("#Iran #Toronto", "Toronto, CA"),
        ("#Germany", "Germany, DE"),
        ("#Armenia Paris rally", "Paris, FR"),  # also a city in Colombia
        ("#Luxembourg #Ukraine", "Luxembourg, LU"),
    ],
)
def test_dates_and_hashtags_end_a_name(resolver: Resolver, text: str, town: str) -> None:
    name, country, _ = read(resolver, text)
    assert f"{name}, {country}" == town


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Saint-Denis, 93", "Saint-Denis, FR"),
        ("93200 Saint-Denis", "Saint-Denis, FR"),
        ("Saint-Denis 974", "Saint-Denis, RE"),
        ("place de la mairie, Saint-Ouen (93)", "Saint-Ouen, FR"),
        ("Choisy 94", "Choisy-le-Roi, FR"),
        ("Saint-Cloud (92)", "Saint-Cloud, FR"),
        ("Bastia 2B", "Bastia, FR"),
        ("Saint-Louis (68)", "Saint-Louis, FR"),
        ("06108 Halle", "Halle (Saale), DE"),
        ("City Hall, Belfast BT1", "Belfast, GB"),
        ("Cambridge CB2", "Cambridge, GB"),
        ("Paris XXe", "Paris, FR"),
    ],
)
def test_postcodes_and_numbers_of_departments_say_which_town(resolver: Resolver, text: str, place: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert f"{first.name}, {first.country}" == place
    assert first.confidence >= 0.7


@pytest.mark.parametrize(
    ("text", "place", "at_most"),
    [
        ("Montral, Quebec", "Montréal, CA", 0.76),  # Mont-ral is a town in Spain
        ("Kehl, Quebec", "Québec, CA", 0.6),
        ("Rennes, Quebec", "Varennes, CA", 0.35),
        ("Yonge & Dundas", "Dundas, US", 0.35),
        ("Foobar, Dundas", "Dundas, US", 0.75),
        ("northern Gaza", "Gaza, PS", 0.39),
        ("ILO", "Ilo, PE", 0.75),
    ],
)
def test_a_name_that_something_speaks_against_is_unsure(
    resolver: Resolver, text: str, place: str, at_most: float
) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert f"{first.name}, {first.country}" == place
    assert first.confidence <= at_most


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("a park in east London", "London, GB"),
        ("East London", "East London, ZA"),
        ("Yonge & Dundas, Toronto", "Toronto, CA"),
        ("Start: Hermannplatz, Ende: Brandenburger Tor", "Berlin, DE"),
        ("Start: Hauptbahnhof Hannover – Kundgebung: Opernplatz", "Hannover, DE"),
        ("Ende, Indonesia", "Ende, ID"),
        ("Azerbaijani consulate, LA", "Los Angeles, US"),
        ("Westwood, LA", "Westwood, US"),
        ("Kenner, LA", "Kenner, US"),
        ("Leeds City Square", "Leeds, GB"),
        ("Depan Kedubes AS, Jakarta", "Jakarta, ID"),
        ("Puente Alto", "Puente Alto, CL"),
    ],
)
def test_words_around_a_name_say_what_it_is(resolver: Resolver, text: str, town: str) -> None:
    name, country, _ = read(resolver, text)
    assert f"{name}, {country}" == town


@pytest.mark.parametrize(
    ("text", "hint", "town"),
    [
        ("Embassy of Iran, Germany", "", "Berlin"),
        ("Embajada de Cuba en España", "", "Madrid"),
        ("Russian embassy", "NL", "The Hague"),
        ("Embassy of Georgia", "US", "Washington"),
        ("Embassy of Israel, Jordan", "", "Amman"),
        ("在日ロシア大使館", "", "Tokyo"),
        ("주한 미얀마 대사관 앞", "", "Seoul"),
        ("俄罗斯驻华大使馆", "", "Beijing"),
        ("中國駐英國大使館", "", "London"),
    ],
)
def test_an_embassy_is_in_the_city_of_embassies_where_the_country_is_given(
    resolver: Resolver, text: str, hint: str, town: str
) -> None:
    answer = resolver.resolve(text, hint or None)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.confidence) == (town, 0.75)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("Consulate of Turkey", "DE"), ("US embassy in Israel", ""), ("Embassy of Jordan", ""), ("the embassy", "GB")],
)
def test_other_missions_without_a_town_are_not_drawn(resolver: Resolver, text: str, hint: str) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve(text, hint or None)))


@pytest.mark.parametrize(
    ("text", "town", "venue"),
    [
        ("NATO HQ", "Brussels", "NATO headquarters"),
        ("devant le Conseil de l'Europe", "Strasbourg", "Council of Europe"),
        ("Columbia University, Hamilton Hall", "New York City", "Columbia University"),
        ("UCLA", "Los Angeles", "UCLA"),
        ("Sorbonne", "Paris", "Sorbonne"),
        ("Flughafen München", "Munich", "Munich Airport"),
        ("Stockholm Arlanda Airport, Terminal 5", "Stockholm", "Arlanda"),
        ("צומת קפלן", "Tel Aviv", "Kaplan Street"),
        ("中環遮打花園", "Hong Kong", "Chater Road"),
    ],
)
def test_institutions_and_squares_are_known_without_a_town(
    resolver: Resolver, text: str, town: str, venue: str
) -> None:
    name, _, found = read(resolver, text)
    assert (name, found) == (town, venue)


@pytest.mark.parametrize("text", ["Washington, D.C., United States", "New York, NY", "Québec, QC", "Montreal, Quebec"])
def test_a_city_with_the_name_of_a_state_is_certain_next_to_its_own(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.confidence > 0.9


def test_an_acronym_is_no_misspelt_town(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("UEFA")) == ()
    assert read(resolver, "LIMA")[0] == "Lima"


def test_towns_close_together_are_two_where_the_text_is_between_them(resolver: Resolver) -> None:
    answer = resolver.resolve("between Strasbourg and Kehl")
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == {"Strasbourg", "Kehl"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Keijo", "Seoul"), ("法拉盛", "Flushing"), ("မြစ်ကြီးနား", "Myitkyina"),
        ("ပဲခူး", "Bago"), ("གཞིས་ཀ་རྩེ།", "Rikaze"), ("سەرێ کانیێ", "Ra’s al ‘Ayn"), ("שדרות", "Sderot"),
        ("گناوه", "Bandar-e Genāveh"), ("Hegewisch, IL", "Hegewisch"),
        ("Butchertown, KY", "Butchertown"),
    ],
)  # fmt: skip
def test_listed_names_and_quarters_are_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), text
    assert answer.candidate.name == name
