"""Which events lie in a view of the map, and in which of its cells or countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.query.map_request import Grid
from rallymap.query.snapshot.columns import WORLD, WORLD_BITS
from rallymap.query.snapshot.state import Rows, Snapshot


@dataclass(frozen=True, slots=True)
class View:
    """The rows seen, ascending, and the group of each: a cell or a country.

    Attributes
    ----------
    group
        Index in the arrays of `places`, as many entries as `rows`.
    names
        Header entries that say what the groups are.
    places
        Per group: ``cells`` (x and y in the grid), ``x y`` (mean position of its events), ``x0 x1 y0 y1`` (their
        extent), in the units of the snapshot; nothing for countries.
    count
        How many groups there are.
    """

    rows: Rows
    group: npt.NDArray[np.int64]
    names: dict[str, Any]
    places: dict[str, npt.NDArray[Any]]
    count: int

    def __len__(self) -> int:
        return self.count


def view_cells(snapshot: Snapshot, rows: Rows | None, grid: Grid) -> View:
    """Group `rows` (None: all) by the cells of a grid; rows outside are left out, and so are empty cells.

    All that depends on the place alone is worked out once per spot, of which there are far fewer than events.
    """
    spots, spot_of_row = snapshot.spots, snapshot.columns.spot
    shift, world = WORLD_BITS - grid.z, 1 << grid.z
    width, height = grid.x1 - grid.x0, grid.y1 - grid.y0
    cx = ((spots.x >> shift) - grid.x0) % world
    cy = (spots.y >> shift) - grid.y0
    weight = snapshot.events_per_spot if rows is None else np.bincount(spot_of_row[rows], minlength=len(spots.x))
    seen = np.flatnonzero((cx < width) & (cy >= 0) & (cy < height) & (weight > 0))
    used, cell_of_seen = np.unique(cy[seen].astype(np.int64) * width + cx[seen], return_inverse=True)
    cell_of_spot = np.full(len(spots.x), -1, np.int64)
    cell_of_spot[seen] = cell_of_seen
    cell = cell_of_spot[spot_of_row if rows is None else spot_of_row[rows]]
    if len(seen) < np.count_nonzero(weight):
        inside = np.flatnonzero(cell >= 0)
        rows, cell = inside if rows is None else rows[inside], cell[inside]
    elif rows is None:
        rows = np.arange(len(cell))
    cells = np.column_stack([(used % width + grid.x0) % world, used // width + grid.y0]).astype(np.int32)
    places = {
        "cells": cells.reshape(-1),
        **_extents(spots.x[seen], spots.y[seen], weight[seen], cell_of_seen, len(used)),
    }
    coarsest = np.zeros(len(used), np.uint8)
    np.maximum.at(coarsest, cell_of_seen, snapshot.coarsest_of_spot[seen])
    return View(rows, cell, {}, places | {"place": coarsest}, len(used))


def view_countries(snapshot: Snapshot, rows: Rows | None) -> View:
    """Group `rows` (None: all) by country, the ones without a country as ""."""
    code = snapshot.columns.country if rows is None else snapshot.columns.country[rows]
    used, group = np.unique(code, return_inverse=True)
    names = [snapshot.books.countries.values[c] for c in used]
    return View(np.arange(len(code)) if rows is None else rows, group, {"countries": names}, {}, len(used))


def _extents(
    x: npt.NDArray[np.int32],
    y: npt.NDArray[np.int32],
    weight: npt.NDArray[np.int64],
    group: npt.NDArray[np.int64],
    groups: int,
) -> dict[str, npt.NDArray[Any]]:
    found: dict[str, npt.NDArray[Any]] = {}
    total = np.bincount(group, weight, minlength=groups)
    for name, values in (("x", x), ("y", y)):
        found[name] = (np.bincount(group, values * weight.astype(np.float64), minlength=groups) / total).astype(
            np.int32
        )
        low, high = np.full(groups, WORLD, np.int32), np.zeros(groups, np.int32)
        np.minimum.at(low, group, values)
        np.maximum.at(high, group, values)
        found[f"{name}0"], found[f"{name}1"] = low, high
    return found
