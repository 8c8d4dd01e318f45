"""Answers for one view of the map: counts by cluster and time bin, or the events themselves if they are few.

With one answer, the browser can brush and play without another request. The number of events of a cluster that overlap
a period is the number that started by its end minus the number that ended before its start. So each cluster has two
rows of numbers: starts per bin, and the difference between ends and starts per bin. A period that does not begin and
end with a bin is counted exactly in a small separate answer. The ideas are from imMens (Liu, Jiang, Heer, 2013) and
Nanocubes (Lins, Klosowski, Scheidegger, 2013).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.query.binned import Arrays, Binned
from rallymap.query.colouring import Categories, categories_of
from rallymap.query.map_request import CubeRequest, PeriodRequest
from rallymap.query.packing import pack_arrays, smallest
from rallymap.query.snapshot.columns import PLACE_PRECISIONS
from rallymap.query.snapshot.selection import Rows
from rallymap.query.snapshot.state import COARSE, Snapshot
from rallymap.query.time_bins import choose_bins, with_margin
from rallymap.query.viewed import Groups, code_countries, placed_rows, view_of

FEW_EVENTS = 1_200
"""Up to this number, events are sent individually."""
MOST_COUNTS = 60_000
"""Maximum of groups times bins; beyond it bins become coarser. Keeps an answer below 64 kB."""
FEWEST_BARS = 12


def answer_cube(snapshot: Snapshot, request: CubeRequest) -> bytes:
    """Answer one view of the map, packed with :func:`rallymap.query.packing.pack_arrays`.

    The header's ``mode`` is ``events`` or ``cells``; ``whole`` means that the answer is valid for every view.
    """
    rows = placed_rows(snapshot, request.event_filter)
    total = len(snapshot) if rows is None else len(rows)
    whole = total <= FEW_EVENTS
    bounds = snapshot.bounds() or (0, 0)
    categories = categories_of(snapshot, request.event_filter, request.colouring)
    header: dict[str, Any] = {
        "version": snapshot.version,
        "bounds": bounds,
        "kinds": categories.names,
        "colour": request.colouring,
        "total": total,
    }
    if whole and request.grid is not None:
        everything = rows if rows is not None else np.arange(total)
        return _events(snapshot, everything, request, categories, header | {"whole": True})
    view = view_of(snapshot, request.event_filter, request.grid)
    seen, group = view.group_rows(snapshot, rows)
    if view.total <= FEW_EVENTS and request.grid is not None:
        return _events(snapshot, seen, request, categories, header | {"whole": False})
    max_bins = min(request.bins, max(FEWEST_BARS, MOST_COUNTS // max(view.count, 1)))
    bins = choose_bins(with_margin(bounds), max_bins)
    binned = Binned(snapshot, seen, group, view.count, bins, categories)
    header |= view.names | {"mode": "cells", "unit": bins.unit, "whole": request.grid is None}
    arrays = {"edges": bins.edges, **binned.counts(), **binned.coarse_spans(), **binned.undated()}
    return pack_arrays(header, arrays | {"mix": _mix(categories, seen, group, view.count)} | view.places)


def answer_period(snapshot: Snapshot, request: PeriodRequest) -> bytes:
    """Count the events of a period by group and category; groups are in the order of the view's cube.

    The header contains only the version; the only array is ``mix`` of shape `(groups, categories)`.
    """
    categories = categories_of(snapshot, request.event_filter, request.colouring)
    view = view_of(snapshot, request.event_filter, request.grid)
    rows = placed_rows(snapshot, request.event_filter)
    inside = _rows_in_period(snapshot, request.days, rows)
    seen, group = view.group_rows(snapshot, inside)
    return pack_arrays({"version": snapshot.version}, {"mix": _mix(categories, seen, group, view.count)})


def _rows_in_period(snapshot: Snapshot, days: tuple[int, int], rows: Rows | None) -> Rows:
    """Return those of `rows` (ascending; None for all) that are dated and overlap a period, ascending."""
    columns = snapshot.columns
    first, last = (int(np.searchsorted(columns.start, np.int32(day))) for day in (days[0], days[1] + 1))
    # Of earlier rows, only multi-day events are checked.
    earlier = snapshot.many_day_rows[: np.searchsorted(snapshot.many_day_rows, first)]
    earlier = earlier[columns.end[earlier] >= days[0]]
    if rows is None:
        return np.concatenate([earlier, np.arange(first, last)])
    # A slice, as both are ascending: an intersection would sort all rows (130 ms for a million).
    started = rows[slice(*np.searchsorted(rows, (first, last)))]
    return np.concatenate([earlier[np.isin(earlier, rows, assume_unique=True)], started])


def _mix(categories: Categories, rows: Rows, group: Groups, groups: int) -> npt.NDArray[Any]:
    width = len(categories.names)
    return smallest(np.bincount(group * np.int64(width) + categories.codes[rows], minlength=groups * width))


def _events(
    snapshot: Snapshot, rows: Rows, request: CubeRequest, categories: Categories, header: dict[str, Any]
) -> bytes:
    columns, points = snapshot.columns, snapshot.points
    bins = choose_bins(with_margin(header["bounds"]), request.bins)
    codes, country = code_countries(snapshot, columns.country[rows])
    arrays: Arrays = {
        "edges": bins.edges,
        "x": points.x[columns.point[rows]],
        "y": points.y[columns.point[rows]],
        "start": columns.start[rows],
        "end": columns.end[rows],
        "radius": columns.radius_m[rows],
        "kind": categories.codes[rows],
        "place": columns.place_precision[rows],
        "country": country,
        "coarse": (snapshot.traits[rows] & COARSE).astype(np.bool_).astype(np.uint8),
        "ids": np.frombuffer("\n".join(snapshot.ids_of(rows)).encode("ascii"), np.uint8),
    }
    return pack_arrays(
        header | {"mode": "events", "unit": bins.unit, "places": PLACE_PRECISIONS, "codes": codes}, arrays
    )
