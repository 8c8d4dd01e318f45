"""One answer per view of the map: counts by cell and bar of time, or the events themselves where they are few.

After it the browser scrubs and plays alone. How many events of a cell overlap a period is the number that started by
its end less the number that ended before its start, so a cell has two rows of numbers: starts per bar, and how far
ends per bar differ from them. The ideas are those of imMens (Liu, Jiang, Heer, 2013) and Nanocubes (Lins, Klosowski,
Scheidegger, 2013).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from rallymap.query.binned import Arrays, Binned
from rallymap.query.map_request import CubeRequest
from rallymap.query.packing import pack_arrays
from rallymap.query.snapshot.columns import KINDS, PLACE_PRECISIONS
from rallymap.query.snapshot.masks import matching_mask
from rallymap.query.snapshot.state import IS_COARSE, Rows, Snapshot
from rallymap.query.time_bins import choose_bins
from rallymap.query.viewed import View, view_cells, view_countries

FEW_EVENTS = 1_200
"""Up to so many events are sent one by one."""
MOST_COUNTS = 60_000
"""Cells times bars, above which bars become coarser: keeps an answer below 64 kB."""
FEWEST_BARS = 12


def answer_cube(snapshot: Snapshot, request: CubeRequest) -> bytes:
    """Answer one view of the map, packed as :func:`rallymap.query.packing.pack_arrays` says.

    The header's ``mode`` is ``events`` or ``cells``; ``whole`` tells that the answer holds for every view.
    """
    rows = _matching_rows(snapshot, request)
    total = len(snapshot) if rows is None else len(rows)
    whole = total <= FEW_EVENTS
    bounds = snapshot.bounds() or (0, 0)
    header: dict[str, Any] = {"version": snapshot.version, "bounds": bounds, "kinds": KINDS, "total": total}
    if request.grid is None:
        return _counts(snapshot, view_countries(snapshot, rows), request, bounds, header | {"whole": True})
    if not whole:
        view = view_cells(snapshot, rows, request.grid)
        if len(view.rows) > FEW_EVENTS:
            return _counts(snapshot, view, request, bounds, header | {"whole": False, "z": request.grid.z})
        rows = view.rows
    elif rows is None:
        rows = np.arange(total)
    bins = choose_bins(_with_margin(bounds), request.bins, period=request.event_filter.days)
    header |= {"mode": "events", "whole": whole, "unit": bins.unit, "places": PLACE_PRECISIONS}
    return pack_arrays(header, _events(snapshot, rows) | {"edges": bins.edges})


def _matching_rows(snapshot: Snapshot, request: CubeRequest) -> Rows | None:
    """Return the rows that have a place and fit the filter at any time; None for all there are."""
    event_filter = request.event_filter.with_period(None)
    mask = matching_mask(snapshot.columns, snapshot.books, event_filter)
    if not event_filter.undated:
        mask[: snapshot.columns.undated] = False
    mask &= snapshot.columns.spot >= 0
    return None if mask.all() else np.flatnonzero(mask)


def _events(snapshot: Snapshot, rows: Rows) -> Arrays:
    columns, spots = snapshot.columns, snapshot.spots
    return {
        "x": spots.x[columns.spot[rows]],
        "y": spots.y[columns.spot[rows]],
        "start": columns.start[rows],
        "end": columns.end[rows],
        "radius": columns.radius_m[rows],
        "kind": columns.kind[rows],
        "place": columns.place_precision[rows],
        "coarse": IS_COARSE[columns.date_precision[rows]].astype(np.uint8),
        "ids": np.frombuffer("\n".join(snapshot.ids_of(rows)).encode("ascii"), np.uint8),
    }


def _counts(
    snapshot: Snapshot, view: View, request: CubeRequest, bounds: tuple[int, int], header: dict[str, Any]
) -> bytes:
    most = min(request.bins, max(FEWEST_BARS, MOST_COUNTS // max(len(view), 1)))
    bins = choose_bins(_with_margin(bounds), most, period=request.event_filter.days)
    binned = Binned(snapshot, view, bins)
    arrays = {"edges": bins.edges, **binned.counts(), **binned.coarse_spans(), **binned.undated()}
    arrays["mix"] = binned.mix(request.event_filter.days)
    return pack_arrays(header | view.names | {"mode": "cells", "unit": bins.unit}, arrays | view.places)


def _with_margin(bounds: tuple[int, int]) -> tuple[int, int]:
    """Leave some room beside the first and the last bar, so that the brush's handles do not cover them."""
    margin = max(2, (bounds[1] - bounds[0]) // 60)
    return bounds[0] - margin, bounds[1] + margin
