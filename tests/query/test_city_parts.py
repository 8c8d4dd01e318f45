"""The list of parts of large cities."""

from __future__ import annotations

import numpy as np
import pytest

from rallymap.places.gazetteer import load_gazetteer
from rallymap.query.city_parts import FILE, city_of_part, name_of_city


@pytest.mark.slow
def test_list_is_of_the_present_gazetteer() -> None:
    gazetteer = load_gazetteer()
    points = np.stack((gazetteer.columns["lat"], gazetteer.columns["lon"]), axis=1)
    with np.load(FILE) as file:
        names, listed = bytes(file["names"]).decode().split("\n"), file["points"]
        cities, city_names = file["cities"], bytes(file["city_names"]).decode().split("\n")
    at = {tuple(point): number for number, point in enumerate(points.tolist())}
    assert len(names) == len(listed) > 10_000
    assert {tuple(point) for point in listed.tolist()} <= at.keys()
    there = [at[lat, lon] for lat, lon, _ in cities.tolist()]
    assert sum(gazetteer.name(row) == name for row, name in zip(there, city_names, strict=True)) > 0.99 * len(there)


def test_part_is_known_by_its_name_near_its_city() -> None:
    assert name_of_city("grünerløkka", "NO", 59.93, 10.75) == "Oslo"
    assert name_of_city("Saint-Denis", "FR", 48.93, 2.35) == "Paris"
    assert name_of_city("Saint-Denis", "FR", 43.2, 2.2) == "Saint-Denis"
    assert city_of_part("Oslo", "NO", 59.91, 10.74) is None
    assert city_of_part("", "", 0.0, 0.0) is None
