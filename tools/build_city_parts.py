"""Build the list of the parts of large cities from the gazetteer; the same gazetteer produces the same bytes."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.distances import measure_many_km
from rallymap.places.codes import PlaceKind
from rallymap.places.gazetteer import Gazetteer, load_gazetteer
from rallymap.query.city_parts import FILE
from rallymap.query.public_view import CITY_RADIUS_M

A_CITY = 100_000
TIMES = 10
_NORTH, _EAST = 0.4, 0.8
"""Maximum distance in degrees of parts from a city's point; circles have a radius of at most 30 km."""


def find_city_of(gazetteer: Gazetteer) -> npt.NDArray[np.int64]:
    """Return for each gazetteer row that of the city it is a part of, -1 for none."""
    columns: dict[str, npt.NDArray[Any]] = {name: np.asarray(column) for name, column in gazetteer.columns.items()}
    kind, people = columns["kind"], columns["population"].astype(np.int64)
    lat, lon = columns["lat"] / 1e5, columns["lon"] / 1e5
    radius_m = np.array([gazetteer.radius_m(place) for place in range(len(gazetteer))])
    is_part = (kind >= PlaceKind.ADMIN2) & (radius_m < CITY_RADIUS_M)
    cities = np.flatnonzero((kind == PlaceKind.CITY) & (people >= A_CITY))
    found = np.full(len(gazetteer), -1)
    for city in cities[np.argsort(people[cities], kind="stable")]:  # the largest last
        same = (columns["country"] == columns["country"][city]) & (columns["admin1"] == columns["admin1"][city])
        box = (np.abs(lat - lat[city]) < _NORTH) & (np.abs(lon - lon[city]) < _EAST)
        near = np.flatnonzero(is_part & same & box & (people * TIMES <= people[city]))
        away_km = measure_many_km(lat[near], lon[near], lat[city], lon[city])
        found[near[away_km * 1000 <= radius_m[city]]] = city
    return found


def pack(gazetteer: Gazetteer) -> bytes:
    """Return the file's bytes."""
    city_of = find_city_of(gazetteer)
    parts = [part for part in np.flatnonzero(city_of >= 0).tolist() if not _is_namesake(gazetteer, part, city_of[part])]
    cities = sorted({int(city_of[part]) for part in parts})
    number = {city: at for at, city in enumerate(cities)}
    columns = gazetteer.columns
    written = io.BytesIO()
    np.savez_compressed(
        written,
        points=np.array([(columns["lat"][part], columns["lon"][part]) for part in parts], np.int32),
        city_of=np.array([number[int(city_of[part])] for part in parts], np.uint16),
        names=_texts(f"{gazetteer.country(part)}{gazetteer.name(part)}" for part in parts),
        cities=np.array(
            [(columns["lat"][c], columns["lon"][c], round(gazetteer.radius_m(c) / 100)) for c in cities], np.int32
        ),
        city_names=_texts(map(gazetteer.name, cities)),
    )
    return written.getvalue()


def _is_namesake(gazetteer: Gazetteer, part: int, city: int) -> bool:
    return gazetteer.name(part).casefold() == gazetteer.name(city).casefold()


def _texts(texts: Any) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


if __name__ == "__main__":
    FILE.write_bytes(pack(load_gazetteer()))
    print(f"{FILE.name}: {FILE.stat().st_size} bytes")
