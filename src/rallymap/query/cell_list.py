"""Events of a marker or cluster on the map, for the list that a click opens."""

from __future__ import annotations

import numpy as np

from rallymap.query.map_request import PAGE, ListRequest
from rallymap.query.snapshot.columns import WORLD_BITS
from rallymap.query.snapshot.state import Snapshot


def list_cells(snapshot: Snapshot, request: ListRequest) -> tuple[list[str], int]:
    """Return one page of ids of the events in some cells, newest first, and the total number of events.

    Undated events come last; they are included only if the filter shows them.
    """
    shift = WORLD_BITS - request.z
    wanted = np.array(request.cells, np.int64)
    codes = (snapshot.points.x >> shift).astype(np.int64) << request.z | (snapshot.points.y >> shift)
    point_is_in = np.append(np.isin(codes, wanted[:, 0] << request.z | wanted[:, 1]), False)  # last: point -1
    mask = snapshot.counted_mask(request.event_filter) & point_is_in[snapshot.columns.point]
    rows = np.flatnonzero(mask)[::-1]
    return snapshot.ids_of(rows[request.offset : request.offset + PAGE]), len(rows)
