"""Names of regions in the languages of the pages: each finds the gazetteer's region, and nothing wider."""

from __future__ import annotations

import csv

import pytest

from rallymap.places import SURE_CONFIDENCE, Located, Resolver
from rallymap.places.codes import ADMIN1
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.names_of_cities import gazetteer_names, gazetteer_names_begun, names_in_other_languages
from rallymap.places.names_of_regions import TABLE
from rallymap.places.normalize import fold_key
from rallymap.search.names import english_names


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_row_is_a_region_of_the_gazetteer_and_found_by_each_of_its_names() -> None:
    gazetteer = load_gazetteer()
    for row in rows():
        name, country, *others = row.values()
        found = {(one.kind, gazetteer.country(one.place)) for one in gazetteer.find(fold_key(name))}
        assert (ADMIN1, country) in found, row
        missing = [
            other
            for cell in others
            for other in cell.split("|")
            if fold_key(other) != fold_key(name) and name not in gazetteer_names(other)
        ]
        assert missing == [], row


@pytest.mark.parametrize(
    ("beginning", "found"), [("Kataloni", "Catalunya"), ("Écoss", "Scotland"), ("Angleter", "England")]
)
def test_region_is_found_while_its_name_is_typed(beginning: str, found: str) -> None:
    assert found in gazetteer_names_begun(beginning)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        # Read as a town of another country before, and as the whole United Kingdom.
        ("کریمه", "Avtonomna Respublika Krym", "UA"), ("بلاد الباسك", "País Vasco", "ES"),
        ("Sør-Carolina", "South Carolina", "US"), ("賓州", "Pennsylvania", "US"),
        ("Cabo Occidental", "Western Cape", "ZA"),
        ("西澳", "Western Australia", "AU"), ("Северная Ирландия", "Northern Ireland", "GB"), ("Gales", "Wales", "GB"),
        ("الأندلس", "Andalucía", "ES"), ("Halifax, Neuschottland", "Halifax", "CA"),
    ],
)  # fmt: skip
def test_a_place_text_may_name_a_region_in_another_language(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize("name", ["Шотландія", "اسکاتلند", "蘇格蘭", "Angleterre", "İngiltere"])
def test_part_of_a_state_is_not_read_as_the_state(name: str) -> None:
    assert english_names(name) == ()


@pytest.mark.parametrize("land", ["西藏", "Tíbet", "التبت"])
def test_land_in_another_language_finds_its_people_as_in_english(land: str) -> None:
    assert ("tibetans",) in english_names(land)


def test_map_in_one_file_knows_the_same_names() -> None:
    known = names_in_other_languages({"catalunya", "scotland"})
    assert known.whole[fold_key("Katalonien")] == ["catalunya"]
    assert known.whole[fold_key("Écosse")] == ["scotland"]
    assert "Angleterre".lower() not in known.whole
    assert {name for key, _, name, _ in known.begun if key == fold_key("Katalonien")} == {"catalunya"}
