"""Regions that are no division of a country are answered with an area: "Donbas", "im Ruhrgebiet", "Alsace, France"."""

from __future__ import annotations

import csv

import pytest

from rallymap.distances import measure_km
from rallymap.events import SURE_CONFIDENCE, LocationPrecision
from rallymap.places import Located, NoMatch, Resolver, candidates_of
from rallymap.places.areas import AREA_FILE


@pytest.mark.parametrize(
    ("text", "name", "country", "radius_km"),
    [
        ("Ruhrgebiet", "Ruhrgebiet", "DE", 60), ("im Ruhrgebiet", "Ruhrgebiet", "DE", 60),
        ("Alsace", "Alsace", "FR", 100), ("en Alsace", "Alsace", "FR", 100), ("Alsace, France", "Alsace", "FR", 100),
        ("Донбасс", "Donbas", "UA", 170),
        ("на Донбассе", "Donbas", "UA", 170), ("Donbas, Ukraine", "Donbas", "UA", 170),
        ("Transcarpathia", "Zakarpattia Oblast", "UA", 110), ("w Wielkopolsce", "Greater Poland", "PL", 149),
        ("na Dolnym Śląsku", "Dolny Śląsk", "PL", 110), ("na Moravě", "Moravia", "CZ", 110),
        ("u Vojvodini", "Vojvodina", "RS", 110), ("Bay Area, California", "Bay Area", "US", 75),
        ("the Bay Area", "Bay Area", "US", 75), ("в Чечне", "Chechnya", "RU", 70), ("西伯利亚", "Siberia", "RU", 2200),
        ("Patagonia", "Patagonia", "", 850), ("Kurdistan", "Kurdistan", "", 480), ("کوردستان", "Kurdistan", "", 480),
        ("Mount Rainier", "Mount Rainier", "US", 25), ("am Bodensee", "Bodensee", "", 35),
        ("בגליל", "Galilee", "IL", 40),
        ("région de Kabylie", "Kabylie", "DZ", 90), ("на Львівщині", "Lviv Oblast", "UA", 118),
        ("Silesia", "Silesia", "", 200),
        ("Kashmir", "Kashmir", "", 260), ("بلوچستان", "Balochistan", "", 560),
    ],
)  # fmt: skip
def test_a_region_is_an_area(resolver: Resolver, text: str, name: str, country: str, radius_km: int) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    found = answer.candidate
    assert (found.name, found.country, found.precision) == (name, country, LocationPrecision.REGION)
    assert abs(found.radius_m - 1000 * radius_km) < 1000
    assert (found.confidence >= SURE_CONFIDENCE) == bool(country)  # an area in several countries is not sure


@pytest.mark.parametrize(
    ("text", "hint", "name"),
    [("Kurdistan", "IR", "Kurdistan"), ("Kashmir", "IN", "Jammu and Kashmīr"), ("Silesia, Poland", "", "Silesian")],
)
def test_the_country_names_its_part_of_an_area(resolver: Resolver, text: str, hint: str, name: str) -> None:
    answer = resolver.resolve(text, hint or None)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.radius_m < 200_000) == (name, True)


@pytest.mark.parametrize(("text", "hint"), [("Kurdistan", "DE"), ("Alsace", "ES"), ("Bay Area, Texas", "")])
def test_an_area_is_not_in_another_country(resolver: Resolver, text: str, hint: str) -> None:
    answer = resolver.resolve(text, hint or None)
    assert not isinstance(answer, Located) or answer.candidate.confidence < 0.4


@pytest.mark.parametrize(
    ("text", "town"),
    [("Strasbourg, Alsace", "Strasbourg"), ("Essen, Ruhrgebiet", "Essen"), ("Marivan, Kurdistan", "Marīvān"),
     ("Bohemia, NY", "Bohemia"), ("Quetta, Balochistan", "Quetta")],
)  # fmt: skip
def test_a_town_in_an_area_is_found(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.precision) == (town, LocationPrecision.CITY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("в Татарстане", "Respublika Tatarstan"), ("в Харьковской области", "Kharkiv Oblast"),
        ("у Львівській області", "Lviv Oblast"), ("w Bawarii", "Bayern"), ("в Баварии", "Bayern"),
        ("w Niemczech", "Germany"), ("в Приморском крае", "Primorskiy kray"),
        ("Ruotsissa", "Sweden"), ("Németországban", "Germany"), ("Lietuvoje", "Lithuania"),
        ("w Czechach", "Czechia"), ("в Нидерландах", "Netherlands"),
    ],
)  # fmt: skip
def test_an_inflected_division_or_country_is_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.9) == (name, True)


@pytest.mark.parametrize(
    "text", ["на Кавказе", "в Европе", "в Африке", "w maju", "w marcu", "в мае", "в марте", "v březnu"]
)
def test_an_inflected_part_of_the_world_or_month_is_no_town(resolver: Resolver, text: str) -> None:
    assert isinstance(resolver.resolve(text), NoMatch)  # Caucasia is a town in Colombia


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("в Афинах", "Athens"), ("в Черкассах", "Cherkasy"), ("у Сумах", "Sumy"), ("w Katowicach", "Katowice"),
        ("в Набережных Челнах", "Naberezhnyye Chelny"), ("w Suwałkach", "Suwałki"), ("у Чернівцях", "Chernivtsi"),
    ],
)  # fmt: skip
def test_a_town_in_the_plural_is_found(resolver: Resolver, text: str, town: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), answer
    assert (answer.candidate.name, answer.candidate.confidence > 0.9) == (town, True)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("v Drážďanech", "Dresden"), ("ve Vídni", "Vienna"), ("στα Ιωάννινα", "Ioánnina"), ("στον Βόλο", "Volos"),
        ("בוורשה", "Warsaw"), ("під Києвом", "Kyiv"),
    ],
)  # fmt: skip
def test_a_town_in_another_case_is_found(resolver: Resolver, text: str, town: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == town


def test_a_direction_alone_is_no_town(resolver: Resolver) -> None:
    assert [candidates_of(resolver.resolve(text)) for text in ("Nord-Ost", "North East", "sud-est")] == [()] * 3


@pytest.mark.parametrize("text", ["в горах", "в домах", "в парках"])
def test_a_common_noun_in_the_plural_is_no_town(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert not isinstance(answer, Located) or answer.candidate.confidence < 0.4


def test_the_list_of_areas_has_plausible_circles(resolver: Resolver) -> None:
    with AREA_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert not row["country"] or row["country"] in row["countries"].split(), row
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
        town = resolver.nearest_town(lat, lon)
        assert town is not None
        assert measure_km(lat, lon, town.lat, town.lon) <= max(radius, 40), row
        assert town.country in row["countries"].split(), row


@pytest.mark.parametrize(
    ("text", "town"),
    [("w Pile", "Piła"), ("LA, California", "Los Angeles"), ("Gent, Flandre", "Gent")],
)
def test_a_large_town_is_preferred_to_another_name_of_a_small_one(resolver: Resolver, text: str, town: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == town
