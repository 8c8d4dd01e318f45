"""Group the events of a map's view by grid cells or countries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.query.filters import EventFilter
from rallymap.query.map_request import Grid
from rallymap.query.packing import smallest
from rallymap.query.snapshot.columns import WORLD, WORLD_BITS
from rallymap.query.snapshot.point_columns import common_value
from rallymap.query.snapshot.selection import Rows
from rallymap.query.snapshot.state import Snapshot

Groups = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class View:
    """The groups of a view that have any event at any time.

    Attributes
    ----------
    names
        Header entries that describe the groups; for cells, ``codes`` are the country codes that ``country`` points to.
    places
        Arrays per group: ``cells`` (x and y in the grid), ``x y`` (mean position of its events), ``x0 x1 y0 y1`` (their
        extent, in the units of the snapshot), ``place`` (the coarsest precision), ``country`` ("" if the events of a
        cell are in several); empty for countries.
    count
        Number of groups.
    total
        Number of events in the groups.
    """

    names: dict[str, Any]
    places: dict[str, npt.NDArray[Any]]
    count: int
    total: int
    _group_of: Groups
    _by_country: bool

    def group_rows(self, snapshot: Snapshot, rows: Rows | None) -> tuple[Rows, Groups]:
        """Return those of `rows` (None for all) that are in the view, and the group of each."""
        keys = snapshot.columns.country if self._by_country else snapshot.columns.point
        group = self._group_of[keys if rows is None else keys[rows]]
        if rows is None:
            rows = np.arange(len(group))
        is_inside = group >= 0
        if is_inside.all():
            return rows, group
        inside = np.flatnonzero(is_inside)
        return rows[inside], group[inside]


def placed_rows(snapshot: Snapshot, event_filter: EventFilter) -> Rows | None:
    """Return the rows with a place that match a filter at any time; None if these are all rows."""

    def find() -> Rows | None:
        mask = snapshot.mask(event_filter)
        if not event_filter.undated:
            mask[: snapshot.columns.undated] = False
        mask &= snapshot.columns.point >= 0
        return None if mask.all() else np.flatnonzero(mask)

    event_filter = event_filter.changed(period=None)
    return snapshot.recent_rows.get(event_filter, find)


def extent_of(snapshot: Snapshot, event_filters: Iterable[EventFilter]) -> tuple[float, float, float, float] | None:
    """Return the smallest box around the events on the map that match any of the filters at any time.

    Returns
    -------
    extent
        West, north, east and south on the Web Mercator square, from 0 to 1; the box does not cross the antimeridian.
        None if there is no event on the map.
    """
    points = [
        snapshot.columns.point[rows] if (rows := placed_rows(snapshot, one)) is not None else snapshot.columns.point
        for one in event_filters
    ]
    used = np.unique(np.concatenate(points))
    if not len(used):
        return None
    x, y = snapshot.points.x[used] / WORLD, snapshot.points.y[used] / WORLD
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def view_of(snapshot: Snapshot, event_filter: EventFilter, grid: Grid | None) -> View:
    """Return the view of a grid, or of all countries if `grid` is None."""

    def make() -> View:
        rows = placed_rows(snapshot, event_filter)
        return _countries(snapshot, rows) if grid is None else _cells(snapshot, rows, grid)

    return snapshot.recent_views.get((event_filter.changed(period=None), grid), make)


def _cells(snapshot: Snapshot, rows: Rows | None, grid: Grid) -> View:
    """Assign points to cells, because there are far fewer points than events; empty cells are left out."""
    points = snapshot.points
    shift, world = WORLD_BITS - grid.z, 1 << grid.z
    width, height = grid.x1 - grid.x0, grid.y1 - grid.y0
    cx = ((points.x >> shift) - grid.x0) % world
    cy = (points.y >> shift) - grid.y0
    weight = snapshot.per_point.events
    if rows is not None:
        weight = np.bincount(snapshot.columns.point[rows], minlength=len(points.x))
    seen = np.flatnonzero((cx < width) & (cy >= 0) & (cy < height) & (weight > 0))
    code = cy[seen] * np.int64(width) + cx[seen]
    used = np.flatnonzero(np.bincount(code, minlength=1))
    number = np.zeros(width * height, np.int32)
    number[used] = np.arange(len(used))
    group = number[code]
    if not len(seen):
        used, group = used[:0], group[:0]
    group_of = np.full(len(points.x) + 1, -1, np.int32)  # the last entry is for point -1
    group_of[seen] = group
    cells = np.column_stack([(used % width + grid.x0) % world, used // width + grid.y0]).astype(np.int32)
    places = {"cells": cells.reshape(-1), **_extents(points.x[seen], points.y[seen], weight[seen], group, len(used))}
    coarsest = np.zeros(len(used), np.uint8)
    np.maximum.at(coarsest, group, snapshot.per_point.coarsest[seen])
    places["place"] = coarsest
    country = common_value(snapshot.per_point.country[seen], group, len(used))
    country[country < 0] = snapshot.dictionaries.countries.find("")
    codes, places["country"] = code_countries(snapshot, country)
    return View({"z": grid.z, "codes": codes}, places, len(used), int(weight[seen].sum()), group_of, _by_country=False)


def code_countries(
    snapshot: Snapshot, countries: npt.NDArray[Any]
) -> tuple[list[str], npt.NDArray[np.unsignedinteger[Any]]]:
    """Return the distinct ISO codes of a column of countries, and the index of each entry among them."""
    values = snapshot.dictionaries.countries.values
    used, index = np.unique(countries, return_inverse=True)
    # Sorted by name, because the snapshot's own numbers reveal which country occurred first.
    order = sorted(range(len(used)), key=lambda at: values[used[at]])
    rank = np.empty(len(used), np.int64)
    rank[order] = np.arange(len(used))
    return [values[used[at]] for at in order], smallest(rank[index])


def _countries(snapshot: Snapshot, rows: Rows | None) -> View:
    codes = snapshot.columns.country if rows is None else snapshot.columns.country[rows]
    counts = np.bincount(codes, minlength=len(snapshot.dictionaries.countries.values))
    values = snapshot.dictionaries.countries.values
    # Sorted by name, because their codes reveal which country occurred first.
    used = np.array(sorted(np.flatnonzero(counts), key=values.__getitem__), np.int64)
    group_of = np.full(len(counts), -1, np.int32)
    group_of[used] = np.arange(len(used))
    names = [values[code] for code in used]
    return View({"countries": names}, {}, len(used), len(codes), group_of, _by_country=True)


def _extents(
    x: npt.NDArray[np.int32], y: npt.NDArray[np.int32], weight: npt.NDArray[np.int64], group: Groups, groups: int
) -> dict[str, npt.NDArray[Any]]:
    found: dict[str, npt.NDArray[Any]] = {}
    total = np.bincount(group, weight, minlength=groups)
    for name, values in (("x", x), ("y", y)):
        mean = np.bincount(group, values * weight.astype(np.float64), minlength=groups) / total
        low, high = np.full(groups, WORLD, np.int32), np.zeros(groups, np.int32)
        np.minimum.at(low, group, values)
        np.maximum.at(high, group, values)
        found |= {name: mean.astype(np.int32), f"{name}0": low, f"{name}1": high}
    return found
