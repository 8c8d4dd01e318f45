"""Islands, quarters, cultural regions and countries in other languages, which share names with small towns."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import Located, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Rhodes", "Rhodes", "GR"),  # also a suburb of Sydney
        ("Crete", "Crete", "GR"),
        ("Lesvos", "Lesbos", "GR"),
        ("Öland", "Öland", "SE"),  # also the Netherlands in a language of CLDR
        ("Bali", "Bali", "ID"),
        ("Mallorca", "Mallorca", "ES"),
        ("Lanzarote", "Lanzarote", "ES"),
        ("Isle of Skye", "Isle of Skye", "GB"),
        ("Martha's Vineyard", "Martha's Vineyard", "US"),
        ("Vancouver Island", "Vancouver Island", "CA"),
        ("جزیره هرمز", "Hormuz Island", "IR"),
    ],
)
def test_an_island_is_found(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.confidence >= 0.7


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Nanaimo, Vancouver Island", "Nanaimo"),  # 75 km from the middle of the island
        ("Victoria, Vancouver Island", "Victoria"),
        ("Montauk, Long Island", "Montauk"),
        ("Huntington, Long Island, NY", "Huntington"),
        ("Palma, Mallorca", "Palma"),
        ("Ubud, Bali", "Ubud"),
        ("Plaza Mayor, Mallorca", "Mallorca"),
    ],
)
def test_an_island_says_where_a_town_is(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert answer.candidate.name == town


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tower Hamlets", "Tower Hamlets"),
        ("London Borough of Hackney", "Hackney"),
        ("Moss Side", "Moss Side"),  # not the town of Moss in Norway
        ("Twickenham", "Twickenham"),
        ("Lewisham", "Lewisham"),
        ("Woolwich", "Woolwich"),
        ("Brent Cross", "Brent Cross"),
    ],
)
def test_a_british_borough_or_quarter_is_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.country) == (name, "GB")


def test_a_namesake_in_its_own_state_is_found(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("Rhodes, NSW"))[0].country == "AU"
    assert candidates_of(resolver.resolve("Bohemia, NY"))[0].country == "US"


@pytest.mark.parametrize("text", ["Java", "South Island", "Jutland"])
def test_a_large_part_of_a_country_is_no_place(resolver: Resolver, text: str) -> None:
    sentence = "This is a part of the world, too large to be put on the map; give a country or a town."
    assert resolver.resolve(text) == NoMatch(text, sentence)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Aix, Provence", "Aix-en-Provence"),
        ("Strasbourg, Alsace", "Strasbourg"),
        ("Erbil, Kurdistan Region", "Erbil"),
        ("Split, Dalmatia", "Split"),
        ("Hargeisa, Somaliland", "Hargeysa"),
    ],
)
def test_a_town_in_a_cultural_region_is_found(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.9) == (town, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chiapas", "Chiapas"),  # also an alias of Chiapa de Corzo
        ("Tuva", "Respublika Tyva"),
        ("Grande-Bretagne", "United Kingdom"),  # not in Brittany
        ("Wit-Rusland", "Belarus"),
    ],
)
def test_a_region_or_country_is_not_a_town_with_a_similar_name(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.9) == (name, True)


@pytest.mark.parametrize("text", ["Lincoln Memorial University", "Trafalgar Square Hotel"])
def test_an_institution_named_after_a_landmark_is_elsewhere(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["Lafayette Park in front of the White House", "White House"])
def test_a_landmark_with_two_names_is_offered(resolver: Resolver, text: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.venue, first.confidence) == ("Washington", "White House", 0.38)


@pytest.mark.parametrize(
    ("text", "town"), [("B'ham, UK", "Birmingham"), ("Bln, Alexanderplatz", "Berlin"), ("Addis", "Addis Ababa")]
)
def test_the_short_name_of_a_city_is_read(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert answer.candidate.name == town


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Tuscany", "Toscana", "IT"),  # also a quarter of Calgary
        ("Toskana", "Toscana", "IT"),
        ("Normandía", "Normandie", "FR"),  # also a town in Brazil
        ("Lombardei", "Lombardia", "IT"),  # Lombard is a town in Illinois
        ("Baviera", "Bayern", "DE"),
        ("Andalusia", "Andalucía", "ES"),  # also a town in Alabama
        ("Piedmont", "Piemonte", "IT"),  # also a town in California
        ("Mari El", "Respublika Mariy El", "RU"),  # Mariel is a town in Cuba
    ],
)
def test_a_region_in_another_language_is_preferred_to_its_small_namesakes(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.precision is LocationPrecision.REGION


def test_a_region_by_an_alias_comes_before_a_small_town(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("Normandy"))[0]  # also a town in Missouri
    assert (first.country, first.precision) == ("FR", LocationPrecision.REGION)


def test_a_region_that_shares_its_name_with_a_town_abroad_is_not_sure(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("Babylon"))[0].confidence < 0.8


def test_a_town_with_the_name_of_a_region_is_found_with_its_country(resolver: Resolver) -> None:
    answer = resolver.resolve("Andalusia, Alabama")
    assert isinstance(answer, Located), answer
    assert (answer.candidate.admin1, answer.candidate.precision) == ("Alabama", LocationPrecision.CITY)


@pytest.mark.parametrize(("text", "country"), [("Tigre", "AR"), ("Maros", "ID"), ("Monaco", "MC")])
def test_a_town_is_preferred_to_a_region_that_some_languages_call_so(
    resolver: Resolver, text: str, country: str
) -> None:
    assert candidates_of(resolver.resolve(text))[0].country == country


@pytest.mark.parametrize("text", ["Champagne", "Castile", "Moravia", "Leinster", "Auvergne"])
def test_a_historical_region_is_no_village_with_its_name(resolver: Resolver, text: str) -> None:
    assert [candidate.precision for candidate in candidates_of(resolver.resolve(text))] == [LocationPrecision.REGION]


def test_a_name_that_equals_a_small_town_only_without_spaces_is_not_sure(resolver: Resolver) -> None:
    assert all(candidate.confidence < 0.7 for candidate in candidates_of(resolver.resolve("Rich Field")))
