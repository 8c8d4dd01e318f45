"""City names for maps, from the gazetteer, by size."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache

from rallymap.countries import city_name
from rallymap.places.codes import PlaceKind
from rallymap.places.gazetteer import load_gazetteer
from rallymap.query.map_request import Grid
from rallymap.query.place_names import PlaceNames

_WORLD_CELLS_ZOOM = 7
_lock = threading.Lock()


def city_names() -> tuple[PlaceNames, Callable[[int], str]]:
    """Return the gazetteer's cities by size, and a function that names one by its index in the current language."""
    with _lock:
        return _city_names()


def cities_of_the_world() -> list[tuple[str, int, int]]:
    """Return name, x and y of the largest city in each cell of a ``128 * 128`` world grid, the largest first.

    x and y are coordinates in the Web Mercator square of ``2**30`` units.
    """
    names, name_of = city_names()
    cells = 1 << _WORLD_CELLS_ZOOM
    found = names.in_view(Grid(_WORLD_CELLS_ZOOM, 0, 0, cells, cells), limit=cells * cells)
    return [(name_of(city), x, y) for city, x, y in found]


@cache
def _city_names() -> tuple[PlaceNames, Callable[[int], str]]:
    gazetteer = load_gazetteer()
    rows = [row for row in range(len(gazetteer)) if gazetteer.kind(row) == PlaceKind.CITY]
    points = [gazetteer.lat_lon(row) for row in rows]
    names = PlaceNames(
        [lat for lat, _ in points], [lon for _, lon in points], [gazetteer.population(row) for row in rows]
    )
    return names, lambda city: city_name(gazetteer.name(rows[city]), gazetteer.country(rows[city]))
