"""Names and places from our own lists: those in `gazetteer_sources/`, and the display names of pages."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Final

from rallymap.countries.city_names import TABLE
from rallymap.distances import measure_km
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.normalize import fold_key
from rallymap.places.scripts import is_native_script
from tools.gazetteer_draft import Draft, DraftPlace

SOURCES: Final = Path(__file__).parent / "gazetteer_sources"
EXONYM_FILE: Final = SOURCES / "exonyms.csv"
MISPLACED_FILE: Final = SOURCES / "misplaced_towns.csv"
QUARTER_FILE: Final = SOURCES / "quarters.csv"
_OWN_NAME: Final = "the city's own name"
_KEYS: Final = ("name", "country")
_A_TOWN: Final = 50_000
_ITS_CITY_KM: Final = 30.0
REGION_FILE: Final = SOURCES / "region_names.csv"


def move_misplaced_towns(draft: Draft) -> int:
    """Move the towns of `misplaced_towns.csv`, which GeoNames assigns to other divisions; return how many.

    Raises
    ------
    ValueError
        If a row names no existing town: the source may have been corrected.
    """
    towns = {place.code: place for place in draft.places if place.kind is PlaceKind.CITY}
    rows = _rows(MISPLACED_FILE)
    for row in rows:
        town = towns.get(row["geonames_id"])
        if town is None or town.name != row["name"] or town.admin1.endswith(f".{row['admin1']}"):
            raise ValueError(f"{MISPLACED_FILE.name}: {row['geonames_id']} is no {row['name']!r} elsewhere")
        town.lat, town.lon = float(row["lat"]), float(row["lon"])
        town.admin1, town.admin2 = f"{row['country']}.{row['admin1']}", ""
    return len(rows)


def add_quarters(draft: Draft) -> int:
    """Add districts, suburbs and islands that GeoNames' list of towns lacks; return how many.

    A district belongs to the divisions of its city, or of the nearest town: Butchertown is in Kentucky, although the
    nearest town is across the river in Indiana.
    """
    towns: dict[str, list[DraftPlace]] = defaultdict(list)
    for place in draft.places:
        if place.kind is PlaceKind.CITY:
            towns[place.country].append(place)
    number = 0
    for row in _rows(QUARTER_FILE):
        lat, lon = float(row["lat"]), float(row["lon"])
        cities = [town for town in towns[row["country"]] if fold_key(row["city"]) in town.keys]
        around = [town for town in cities if measure_km(lat, lon, town.lat, town.lon) <= _ITS_CITY_KM]
        nearest = min(
            around or towns[row["country"]], key=lambda town: (measure_km(lat, lon, town.lat, town.lon), town.code)
        )
        place = DraftPlace(
            PlaceKind.CITY,
            row["country"],
            row["name"],
            lat,
            lon,
            int(row["people"] or 0),
            float(row["radius_km"]),
            admin1=nearest.admin1,
            admin2=nearest.admin2,
            code=f"quarter{row['country']}{row['name']}{row['city']}",
        )
        for name in (row["name"], *row["other_names"].split("|")):
            if name:
                place.add_name(name, NameRank.PRIMARY if name == row["name"] else NameRank.EXONYM)
        draft.add(place)
        number += 1
    return number


def add_region_names(draft: Draft) -> int:
    """Add the names of `region_names.csv` to first-level divisions; return how many.

    Raises
    ------
    ValueError
        If a row names no existing division.
    """
    regions = {place.code: place for place in draft.places if place.kind is PlaceKind.ADMIN1}
    rows = _rows(REGION_FILE)
    for row in rows:
        if row["geonames_code"] not in regions:
            raise ValueError(f"{REGION_FILE.name}: no division {row['geonames_code']}")
        regions[row["geonames_code"]].add_name(row["name"], NameRank.EXONYM)
    return len(rows)


def add_listed_exonyms(draft: Draft) -> int:
    """Add the common names of `gazetteer_sources/exonyms.csv`, which other sources lack, to cities.

    Raises
    ------
    ValueError
        If a row names no existing town.
    """
    towns = _Towns(draft)
    rows = _rows(EXONYM_FILE)
    for row in rows:
        is_own = row["source"] == _OWN_NAME
        towns.named(row["city"], row["country"]).add_name(
            row["exonym"], NameRank.OFFICIAL if is_own else NameRank.EXONYM
        )
    return len(rows)


def add_shown_names(draft: Draft) -> int:
    """Add the display names of cities in other languages, so that readers can write these names.

    Returns how many. A name that another town has in its own script stays an alias: "آبادان" is Abadan, not Ibadan.

    Raises
    ------
    ValueError
        If a row of the pages' table names no existing town.
    """
    towns = _Towns(draft)
    number = 0
    for row in _rows(TABLE):
        town = towns.named(row["name"], row["country"])
        for name in sorted({row[code] for code in row.keys() - set(_KEYS)} - {""}):
            town.add_name(name, NameRank.ALTERNATE if towns.are_at_home(name, town) else NameRank.EXONYM)
            number += 1
    return number


class _Towns:
    """The towns of a draft by name."""

    def __init__(self, draft: Draft) -> None:
        self._by_key: dict[str, list[DraftPlace]] = defaultdict(list)
        for place in draft.places:
            if place.kind is PlaceKind.CITY:
                for key in place.keys:
                    self._by_key[key].append(place)

    def named(self, name: str, country: str) -> DraftPlace:
        """Return the largest town with a name in a country."""
        bearers = [place for place in self._by_key.get(fold_key(name), ()) if place.country == country]
        if not bearers:
            raise ValueError(f"no town {name!r} in {country}")
        shown = [place for place in bearers if place.name == name]
        return max(shown or bearers, key=lambda place: (place.population, place.code))

    def are_at_home(self, name: str, foreign: DraftPlace) -> bool:
        """Return whether other towns have this name in their own script, which is not the script of a foreign town."""
        key = fold_key(name)
        return not is_native_script(key, foreign.country) and any(
            place.population >= _A_TOWN and is_native_script(key, place.country) for place in self._by_key.get(key, ())
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
