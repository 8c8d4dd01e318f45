"""Country of ambiguous towns, from the other towns in the column."""

from __future__ import annotations

import pytest

from rallymap.places import country_of_towns, default_resolver


def _decide(*rows: str | tuple[str, str]) -> tuple[str, set[str]]:
    country, texts = country_of_towns(default_resolver(), [(row, "") if isinstance(row, str) else row for row in rows])
    return country, set(texts)


@pytest.mark.parametrize(
    ("rows", "country", "texts"),
    [
        (("Brest", "Quimper", "Nice", "Tours"), "FR", {"Brest"}),
        (("Brest", "Minsk", "Hrodna", "Gomel"), "BY", {"Brest"}),
        (("Hull", "York", "Lincoln", "Bristol", "London"), "GB", {"Hull", "York", "Lincoln", "Bristol"}),
        (("Brighton", "Leeds", "Newcastle"), "GB", {"Brighton", "Newcastle"}),
        # "Granada" is a country in Spanish.
        (
            ("Madrid", "Zaragoza, Zaragoza", "Barcelona", "Granada, Granada"),
            "ES",
            {"Zaragoza, Zaragoza", "Barcelona", "Granada, Granada"},
        ),
        # Countries given in rows count, too.
        ((("Quimper", "FR"), ("Tours", "FR"), "Brest"), "FR", {"Brest"}),
    ],
)
def test_towns_of_one_country_decide_the_others(
    rows: tuple[str | tuple[str, str], ...], country: str, texts: set[str]
) -> None:
    assert _decide(*rows) == (country, texts)


@pytest.mark.parametrize(
    "rows",
    [
        ("Brest",),
        ("Brest", "Paris"),
        ("Berlin", "Paris", "Toronto", "Brest"),
        ("Hamburg", "Köln", "Berlin", "Brest"),  # a village in Germany
        ("London", "Windsor", "Kingston"),  # in England, or in Ontario
        ("Paris", "Lyon", "Germany"),
    ],
)
def test_a_column_that_does_not_decide_leaves_towns_open(rows: tuple[str, ...]) -> None:
    assert _decide(*rows) == ("", set())
