"""The translated names of cities on pages are geocoded to the same city."""

from __future__ import annotations

import csv

import pytest

from rallymap.countries.city_names import TABLE
from rallymap.places import Resolver, candidates_of

NOT_READ = {"tr": {"Yafa"}}
"""Usual names that a larger town in the country shares."""


@pytest.mark.slow
def test_every_name_in_the_table_is_read_as_its_city(resolver: Resolver) -> None:
    read: dict[str, str] = {}
    not_read: dict[str, set[str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            city, country = row.pop("name"), row.pop("country")
            for code, name in row.items():
                found = candidates_of(resolver.resolve(name, country)) if name else ()
                if found and found[0].name == city:
                    read[code] = city
                elif name:
                    not_read.setdefault(code, set()).add(name)
    assert (len(read), not_read) == (12, NOT_READ)
