"""Names of first-level divisions in English (Unicode CLDR) and in other languages with Latin letters (ISO 3166-2)."""

from __future__ import annotations

import csv
import gettext
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pycountry

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.normalize import fold_key
from tools.gazetteer_draft import Draft

#: From the npm package cldr-subdivisions-full 48.2.0 (Unicode License v3), `subdivisions/en/en.json`.
_ENGLISH: Final = Path(__file__).parent / "gazetteer_sources" / "cldr_subdivisions_en.csv"
_LANGUAGES: Final = "ca cs da de en es et eu fi fr hr hu id is it lt lv nb_NO nl pl ro sk sl sr@latin sv tr".split()
_MIN_LETTERS: Final = 4
_A_TOWN: Final = 20_000


def add_region_exonyms(draft: Draft) -> int:
    """Add the names of first-level divisions that texts in other languages use: "Tuscany", "Toskana"; return how many.

    A name that is the main name of another division of the country is left out. So is a name in other languages than
    English that is also the main name of a town abroad: "Tigre" is a town in Argentina, and Tigray in some languages.
    """
    regions = {place.iso_code: place for place in draft.places if place.kind is PlaceKind.ADMIN1 and place.iso_code}
    own = {(place.country, fold_key(place.name)): code for code, place in regions.items()}
    towns: dict[str, set[str]] = defaultdict(set)
    for place in draft.places:
        if place.kind is PlaceKind.CITY and place.population >= _A_TOWN:
            towns[fold_key(place.name)].add(place.country)
    english = list(_read_english())
    number = 0
    for at, (code, name) in enumerate((*english, *_read_translations())):
        region = regions.get(code)
        key = fold_key(name)
        if region is not None and at >= len(english) and towns.get(key, set()) - {region.country}:
            continue
        if region is None or len(key) < _MIN_LETTERS or own.get((region.country, key), code) != code:
            continue
        known = region.keys.get(key)
        if known is None or known > NameRank.EXONYM:
            region.add_name(name, NameRank.EXONYM)
            number += 1
    return number


def _read_english() -> Iterator[tuple[str, str]]:
    with _ENGLISH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["iso_code"], row["name"]


def _read_translations() -> Iterator[tuple[str, str]]:
    subdivisions = sorted(pycountry.subdivisions, key=lambda one: str(one.code))
    for language in _LANGUAGES:
        names = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language])
        for subdivision in subdivisions:
            name = names.gettext(subdivision.name)
            if name != subdivision.name:
                yield subdivision.code, name.partition(", ")[0]
