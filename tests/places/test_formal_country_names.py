"""Formal and inverted names of countries, and names inside regions that are larger than what is meant."""

from __future__ import annotations

import pytest

from rallymap.countries import read_country_code
from rallymap.events import LocationPrecision
from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Congo, DR", "CD"), ("Congo, Dem. Rep.", "CD"), ("Congo (Kinshasa)", "CD"), ("Congo, Rep.", "CG"),
        ("Congo (Brazzaville)", "CG"), ("République démocratique du Congo", "CD"), ("Korea, South", "KR"),
        ("Korea, North", "KP"), ("Korea, Rep.", "KR"), ("Kongo, Demokratische Republik", "CD"),
        ("Corée, République de", "KR"), ("Venezuela, RB", "VE"), ("Macedonia, FYR", "MK"), ("Egypt, Arab Rep.", "EG"),
        ("Yemen, Rep.", "YE"), ("Guinea, Equatorial", "GQ"), ("Tanzania, United Republic of", "TZ"),
        # The name alone is also a state or a city.
        ("Georgia, Republic of", "GE"), ("Georgia (Republic)", "GE"), ("Djibouti, Republic of", "DJ"),
        ("Singapore, Republic of", "SG"), ("China, People's Republic of", "CN"), ("China, Republic of", "TW"),
        ("Zealand, New", "NZ"), ("Guinea, Papua New", "PG"),
    ],
)  # fmt: skip
def test_a_formal_name_of_a_country_is_this_country(resolver: Resolver, text: str, code: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.country == code
    assert answer.candidate.precision is LocationPrecision.COUNTRY
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Goma, Congo, DR", "Goma"), ("Seoul, Korea, South", "Seoul"), ("Pyongyang, Korea, North", "Pyongyang"),
        ("Kinshasa, Congo", "Kinshasa"), ("Kinshasa (Congo)", "Kinshasa"), ("Congo, Kinshasa", "Kinshasa"),
        ("Busan, Korea", "Busan"),
    ],
)  # fmt: skip
def test_a_town_before_a_formal_or_shared_name_is_this_town(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ireland, Northern", "Northern Ireland"), ("Carolina, North", "North Carolina"),
        ("Virginia, West", "West Virginia"), ("Wales, New South", "New South Wales"), ("Jersey, New", "New Jersey"),
        ("Australia, Western", "Western Australia"), ("Hampshire, New", "New Hampshire"),
    ],
)  # fmt: skip
def test_an_inverted_name_of_a_region_is_this_region(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.precision is LocationPrecision.REGION
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["Ireland, North", "Region, Central", "Province, Northern", "London, East"])
def test_a_direction_behind_a_comma_does_not_make_another_country(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, Dem. Rep.", "KP"), ("République populaire démocratique de Corée", "KP"), ("République du Congo", "CG"),
        ("Repubblica Democratica del Congo", "CD"), ("Корейская Народно-Демократическая Республика", "KP"),
        ("جمهورية الكونغو الديمقراطية", "CD"), ("Tanzanie, République-Unie de", "TZ"), ("Congo", None), ("Korea", None),
        ("Demo Korea", None), ("Congo Rally", None),
    ],
)  # fmt: skip
def test_of_two_states_with_one_name_the_democratic_republic_is_read(text: str, code: str | None) -> None:
    assert read_country_code(text) == code


@pytest.mark.parametrize("text", ["Hill Country, Israel", "Old Town, Virginia"])
def test_a_part_of_a_region_is_not_drawn_in_its_middle(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


def test_palestine_and_israel_are_two_places(resolver: Resolver) -> None:
    assert isinstance(resolver.resolve("Palestine, Israel"), NoMatch)


def test_navarre_is_in_spain(resolver: Resolver) -> None:
    answer = resolver.resolve("Navarre")
    assert isinstance(answer, Located)
    assert answer.candidate.country == "ES"
    answer = resolver.resolve("Navarre, FL")
    assert isinstance(answer, Located)
    assert answer.candidate.country == "US"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Lanka, Sri", "LK"), ("Leone, Sierra", "SL"), ("Arabia, Saudi", "SA"), ("Faso, Burkina", "BF"),
        ("Salvador, El", "SV"), ("States, United", "US"), ("Zealand, New", "NZ"),
    ],
)  # fmt: skip
def test_a_country_in_reverse_order_is_no_town(resolver: Resolver, text: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.country, answer.candidate.precision) == (country, LocationPrecision.COUNTRY)
