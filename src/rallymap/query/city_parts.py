"""Quarters and suburbs of large cities, to find the city of a place.

The list is derived from the gazetteer (`python -m tools.build_city_parts`), which does not say which towns are parts of
others. A town counts as a part of the largest city in its country and region that has at least 100 000 people and ten
times the town's population, and whose circle contains the town's centre. The list also includes some independent towns
next to cities of millions.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from rallymap.distances import measure_km
from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault

FILE: Final = Path(__file__).parent / "data" / "city_parts.npz"
_NEAR_KM: Final = 30.0
"""Places with the name of a part that are further away are other places."""


class City(NamedTuple):
    """A city that has parts: its point in degrees, and its radius in metres."""

    name: str
    lat: float
    lon: float
    radius_m: float


class _Parts(NamedTuple):
    cities: tuple[City, ...]
    by_name: dict[tuple[str, str], list[tuple[float, float, int]]]


def city_of_part(name: str, country: str, lat: float, lon: float) -> City | None:
    """Return the city that a place is a part of; None if it is not a known part.

    Parameters
    ----------
    name, country
        The place's name in the gazetteer, and its ISO 3166-1 alpha-2 code.
    lat, lon
        Decimal degrees of the place or of a point in it.
    """
    parts = _read_parts()
    near = [
        (measure_km(lat, lon, part_lat, part_lon), city)
        for part_lat, part_lon, city in parts.by_name.get((country, name.casefold()), ())
    ]
    away_km, city = min(near, default=(_NEAR_KM, 0))
    return parts.cities[city] if away_km < _NEAR_KM else None


def name_of_city(name: str, country: str, lat: float, lon: float) -> str:
    """Return the name of the city that a place is a part of, or its own; see :func:`city_of_part` for parameters."""
    city = city_of_part(name, country, lat, lon)
    return name if city is None else city.name


@lru_cache(maxsize=1)
def _read_parts() -> _Parts:
    try:
        with np.load(FILE) as file:
            columns = {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError) as err:
        raise AssetError(shipped_file_fault("The list of parts of cities", err, FILE), detail=str(err)) from err
    points, circles = columns["points"] / 1e5, columns["cities"]
    names = bytes(columns["names"]).decode().split("\n")
    city_names = bytes(columns["city_names"]).decode().split("\n")
    cities = tuple(
        City(name, lat / 1e5, lon / 1e5, radius * 100.0)
        for name, (lat, lon, radius) in zip(city_names, circles.tolist(), strict=True)
    )
    by_name: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    for said, (lat, lon), city in zip(names, points.tolist(), columns["city_of"].tolist(), strict=True):
        by_name.setdefault((said[:2], said[2:].casefold()), []).append((lat, lon, city))
    return _Parts(cities, by_name)
