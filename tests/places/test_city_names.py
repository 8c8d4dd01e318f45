"""The names of cities that pages show in other languages are those that the geocoder reads as the same city."""

from __future__ import annotations

import csv

from rallymap.countries.city_names import TABLE
from rallymap.places import Resolver, candidates_of

NOT_READ = {
    "ar": {"نارفيك"},
    "fa": {"دهلی نو", "نارویک"},
    "zh-Hant": {
        "格拉茲", "蒙特婁", "魁北克", "波昂", "德勒斯登", "畢爾包", "土魯斯", "布萊頓", "雪菲爾", "拉馬特甘", "新德里",
        "考納斯", "納維克", "波多", "杜哈", "第聶伯羅", "利維夫",
    },
}  # fmt: skip
"""Usual names that the gazetteer does not have."""


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
    assert (len(read), not_read) == (11, NOT_READ)
