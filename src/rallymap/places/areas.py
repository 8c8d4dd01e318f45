"""Regions that are no division of a country: "Donbas", "im Ruhrgebiet", "Alsace, France"; from `data/areas.csv`.

Their names say where something took place only roughly, so the answer is a circle that covers most of the region. The
list takes no position on whose region it is: if towns of several countries belong to it, the answer names none.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rallymap.countries import read_country_code
from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.folding import fold_letters
from rallymap.places.answers import Candidate
from rallymap.places.inflection import base_forms, is_locative
from rallymap.places.vocabulary import FILLERS, IN, LOCATIVE

AREA_FILE: Final = Path(__file__).parent / "data" / "areas.csv"
"""Columns: name; country of the area, "" for several; countries of its towns; centre; radius; names, divided by "|"."""
_IN_ONE_COUNTRY: Final = 0.9
_IN_SEVERAL: Final = 0.6
_SUFFIXES: Final = frozenset("region area regionen gebiet регион регіон bolgesi".split())
_BEFORE: Final = FILLERS | LOCATIVE | IN | frozenset(("region", "regione", "regiao", "raum", "wojewodztwo"))
_MAX_LETTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Area:
    """One row of the list; `country` is "" if it is in several of `countries`."""

    name: str
    country: str
    countries: tuple[str, ...]
    lat: float
    lon: float
    radius_km: float

    def describe(self, country: str = "") -> Candidate:
        """Convert to a candidate; `country` is the one of its countries that the text names, or ""."""
        confidence = _IN_ONE_COUNTRY if self.country else _IN_SEVERAL
        return Candidate(
            self.lat, self.lon, self.name, None, self.country or country, LocationPrecision.REGION,
            1000 * self.radius_km, confidence,
        )  # fmt: skip


@cache
def areas_by_name() -> dict[str, Area]:
    """Return the areas by their folded names without spaces."""
    found: dict[str, Area] = {}
    with AREA_FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            area = Area(
                row["name"], row["country"], tuple(row["countries"].split()),
                float(row["lat"]), float(row["lon"]), float(row["radius_km"]),
            )  # fmt: skip
            for name in (row["name"], *row["other_names"].split("|")):
                found["".join(fold_letters(name).split())] = area
    found.pop("", None)
    return found


def find_area(text: str) -> Candidate | None:
    """Return the area that a text names and nothing else, perhaps inflected: "на Донбассе"; None for other texts."""
    if len(text) > _MAX_LETTERS:
        return None
    words = tuple(fold_letters(text).split())
    area = areas_by_name().get("".join(words)) or _find_in_phrase(words)
    return None if area is None else area.describe()


def find_area_in(text: str, country: str, found: Candidate | None) -> Candidate | None:
    """Return the area that a text names with its country or state, or in the given country; None if none.

    "Alsace, France", "Bay Area, California". `found` is the gazetteer's answer for the text: a division of the country
    is preferred to an area that spans several.
    """
    name, comma, last = text.rpartition(",")
    words = tuple(fold_letters(name if comma else text).split())
    area = areas_by_name().get("".join(words)) or _find_in_phrase(words)
    if area is None:
        return None
    named = (read_country_code(last) or "") if comma else country
    if comma and not named and found is not None and found.country == area.country and _holds(found, area):
        named = area.country
    if not named or country not in ("", named) or named not in area.countries:
        return None
    if (
        not area.country
        and found is not None
        and found.country == named
        and found.precision is LocationPrecision.REGION
    ):
        return dataclasses.replace(found, confidence=_IN_SEVERAL)
    return area.describe(named)


def _holds(region: Candidate, area: Area) -> bool:
    """Return whether a region's circle contains the centre of an area."""
    return 1000 * measure_km(region.lat, region.lon, area.lat, area.lon) <= region.radius_m


def _find_in_phrase(words: tuple[str, ...]) -> Area | None:
    """Find an area after a preposition or article, or before a word such as "region"."""
    names = areas_by_name()
    if len(words) > 1 and words[-1] in _SUFFIXES:
        area = names.get("".join(words[:-1]))
        if area:
            return area
    start = next((number for number, word in enumerate(words) if word not in _BEFORE), 0)
    if not start:
        forms = base_forms(words) if len(words) == 1 and is_locative(words[0]) else iter(())
        return next((names[form[0]] for form in forms if form[0] in names), None)
    named = words[start:]
    return names.get("".join(named)) or next(
        (names[key] for form in _forms(words[start - 1], named) if (key := "".join(form)) in names), None
    )


def _forms(before: str, named: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return base_forms(named) if before in LOCATIVE else iter(())
