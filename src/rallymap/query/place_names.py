"""Choose the cities to name on the map: the largest, as many as fit into the view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rallymap.query.map_request import Grid
from rallymap.query.snapshot.columns import WORLD_BITS, to_mercator

MOST_NAMES = 300


class PlaceNames:
    """Positions of all cities, the largest first.

    Parameters
    ----------
    lat, lon
        Degrees.
    population
        Number of people; larger cities are named first.
    """

    def __init__(self, lat: Sequence[float], lon: Sequence[float], population: Sequence[int]) -> None:
        self._order = np.argsort(-np.array(population, np.int64), kind="stable")
        self._x, self._y = (values[self._order] for values in to_mercator(lat, lon))

    def in_view(self, grid: Grid, limit: int = MOST_NAMES) -> list[tuple[int, int, int]]:
        """Return index, x and y of at most `limit` cities to name, the largest first, at most one per cell.

        x and y are positions on the Web Mercator square of ``2**30`` units; the index is that of the given arrays.
        """
        shift, world = WORLD_BITS - grid.z, 1 << grid.z
        cx, cy = ((self._x >> shift) - grid.x0) % world, (self._y >> shift) - grid.y0
        width = grid.x1 - grid.x0
        seen = np.flatnonzero((cx < width) & (cy >= 0) & (cy < grid.y1 - grid.y0))
        _, first = np.unique(cy[seen].astype(np.int64) * width + cx[seen], return_index=True)
        named = seen[np.sort(first)][:limit]
        return [(int(self._order[i]), int(self._x[i]), int(self._y[i])) for i in named]
