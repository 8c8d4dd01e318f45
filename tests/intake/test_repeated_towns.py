"""Columns that only repeat the town of a row, such as the name of the point in our own exports."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision, Place
from rallymap.intake.reading import read_events

_HEADINGS = "id,title,date,place,location_name,source_url"


@pytest.mark.parametrize(
    ("place", "name", "expected"),
    [
        ("Oslo, Norway", "Oslo", Place("Oslo, Norway")),
        ("Oslo, Norway", "Oslo, Oslo, Norway", Place("Oslo, Norway")),
        ("Köln, Deutschland", "KÖLN, Germany", Place("Köln, Deutschland")),
        ("Тбілісі", "Тбілісі, Грузія", Place("Тбілісі, Грузія")),
        ("Wien", "Ballhausplatz, Wien", Place("Wien", venue="Ballhausplatz, Wien")),
        ("Paris", "Paris, Texas, United States", Place("Paris, Texas, United States")),
        ("Hamilton, Canada", "Hamilton, New Zealand", Place("Hamilton, Canada", venue="Hamilton, New Zealand")),
    ],
)
def test_name_of_the_town_is_no_venue(place: str, name: str, expected: Place) -> None:
    table = f'{_HEADINGS}\ne1,Rally,2022-10-01,"{place}","{name}",https://example.org/1\n'
    [row] = read_events(table.encode()).rows
    assert row.event is not None
    assert row.event.place == expected


def test_point_beside_a_repeated_town_is_that_of_a_city() -> None:
    [row] = read_events(b"title,date,city,venue,lat,lon\nRally,2022-10-01,Oslo,Oslo,59.91,10.75\n").rows
    assert row.event is not None
    assert row.event.location is not None
    assert row.event.location.precision is LocationPrecision.CITY
