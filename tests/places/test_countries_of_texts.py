"""A country after a place limits it, by any of its names; a contradiction is never certain."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Located, Resolver, candidates_of

SURE = 0.8


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Чикаго, США", "Chicago", "US"),
        ("Лос-Анджелес (США)", "Los Angeles", "US"),
        ("New York, ABD", "New York City", "US"),
        ("Manchester, Royaume-Uni", "Manchester", "GB"),
        ("Brighton, Royaume Uni", "Brighton", "GB"),
        ("Dubai, V.A.E.", "Dubai", "AE"),
        ("Кейптаун, ЮАР", "Cape Town", "ZA"),
        ("Пекин, КНР", "Beijing", "CN"),
        ("Янгон, Мьянма", "Yangon", "MM"),
        ("Амстердам, Голландия", "Amsterdam", "NL"),
    ],
)
def test_country_by_its_other_names(resolver: Resolver, text: str, city: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country, answer.candidate.confidence > SURE) == (
        city,
        country,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Stuttgart, Royaume-Uni",
        "Париж, США",
        "Oslo, ABD",
        "Lyon, VAE",
        "Lyon, Голландия",
        "Lyon, Uni Emirat Arab",
        "Oslo, Centraal-Afrikaanse Republiek",
    ],
)
def test_place_missing_in_its_country_is_not_certain(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert not (
        isinstance(answer, Located)
        and answer.candidate.confidence > SURE
        and answer.candidate.country in ("FR", "DE", "NO")
    )


@pytest.mark.parametrize("text", ["Вестмінстер, США", "وست‌مینستر, ایالات متحده", "西敏, 美國"])
def test_name_in_another_script_applies_to_all_namesakes(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {"Colorado", "California"} <= {candidate.admin1 for candidate in answer.candidates}


@pytest.mark.parametrize(("text", "country"), [("Палестина", "PS"), ("巴勒斯坦", "PS"), ("Голландия", "NL")])
def test_country_whose_name_small_towns_share(resolver: Resolver, text: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.country, answer.candidate.precision) == (country, LocationPrecision.COUNTRY)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Mexico, Mexique", "Mexico City"),
        ("Guatemala, Guatémala", "Guatemala City"),
        ("Cezayir, Algeria", "Algiers"),
        ("Luxemburg, Luxembourg", "Luxembourg"),
    ],
)
def test_country_in_two_languages_means_its_capital_of_the_same_name(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == (town, "city")


@pytest.mark.parametrize(("text", "town"), [("Sine", "Sanandaj"), ("Indy", "Indianapolis"), ("Poole", "Poole")])
def test_city_is_preferred_to_a_country_with_that_name_in_few_languages(
    resolver: Resolver, text: str, town: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == town


def test_city_with_the_code_of_its_province_is_preferred_to_a_hamlet(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("Como CO"))[0]
    assert (first.name, first.country) == ("Como", "IT")
    assert first.confidence < 0.8
    assert candidates_of(resolver.resolve("Milan, MI"))[0].country == "US"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Боснія - Герцеговина", "BA"),
        ("Босния-Герцеговина", "BA"),
        ("Bosna - Hersek", "BA"),
        ("Trinidad - Tobago", "TT"),
        ("São Tomé - Príncipe", "ST"),
        ("Guiné - Bissau", "GW"),
    ],
)
def test_country_with_a_dash_in_its_name(resolver: Resolver, text: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.country, answer.candidate.precision) == (country, LocationPrecision.COUNTRY)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Сараєво, Боснія - Герцеговина", "Sarajevo"),
        ("Iraq - Erbil", "Erbil"),
        ("Van - Türkiye", "Van"),
        ("Türkiye - Van", "Van"),
        ("De Haan - België", "De Haan"),
        ("لبنان - بيروت", "Beirut"),
        ("USA - New York - Times Square", "New York City"),
        ("Mexico, MX", "Mexico City"),
    ],
)
def test_town_next_to_its_country_and_a_dash(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == town


def test_capital_called_like_its_country_next_to_another_town_is_one_of_two(resolver: Resolver) -> None:
    answer = resolver.resolve("Luxembourg - Brussels")
    assert isinstance(answer, Ambiguous)
    assert {candidate.country for candidate in answer.candidates} == {"LU", "BE"}
