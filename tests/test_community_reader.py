"""Names of communities as people write them."""

from __future__ import annotations

import pytest

from rallymap.community_reader import read_community
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Iranian", "Iran"), ("Iranians", "Iran"), ("iranische Diaspora", "Iran"), ("ایرانیان", "Iran"),
        ("Ukrainer", "Ukraine"), ("українці", "Ukraine"), ("Belarusian diaspora", "Belarus"),
        ("Bielorrusia", "Belarus"), ("Kurdish", "Kurds"), ("Kurden", "Kurds"), ("کردها", "Kurds"),
        ("Tibetans", "Tibetans"), ("tibetansk", "Tibetans"), ("Uighurs", "Uyghurs"), ("Hong Kongers", "Hong Kong"),
        ("South Sudanese", "South Sudan"), ("Sudanese", "Sudan"), ("Sri Lankans", "Sri Lanka"), ("Türkiye", "Turkey"),
        ("Burmese", "Myanmar"), ("DRC", "DR Congo"), ("中國", "China"), ("伊朗", "Iran"), ("مصر", "Egypt"),
        ("چین", "China"), ("Çin", "China"), ("هنگ‌کنگ", "Hong Kong"), ("香港", "Hong Kong"),
        ("Палестина", "Palestine"), ("Filistîn", "Palestine"), ("巴勒斯坦", "Palestine"),
    ],
)  # fmt: skip
def test_a_community_has_one_name_for_all_its_variants(text: str, name: str) -> None:
    assert read_community(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Korean",
        "Congolese",
        "Chin",
        "African",
        "American",
        "Latin American",
        "Turkish Kurds",
        "Chinese Uyghurs",
        "Papua",
        "Women",
        "US",
        "IR",
    ],
)
def test_ambiguous_community_is_unchanged(text: str) -> None:
    assert read_community(text) == text


def test_tables_give_communities_their_one_name() -> None:
    rows = "2024-03-08,Oslo,Iranian; Kurdish\n2024-03-09,Oslo,Iran; Iranians; Friends of Oslo\n"
    reading = read_events(f"date,city,community\n{rows}".encode(), ImportOptions(), find_zone=lambda *_: "Europe/Oslo")
    assert [event.communities for event in reading.events] == [("Iran", "Kurds"), ("Iran", "Friends of Oslo")]
