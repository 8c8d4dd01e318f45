"""Events selected by a filter and optionally the map's view: counts, and pages of ids."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rallymap.query.snapshot.columns import WORLD
from rallymap.query.snapshot.masks import Mask

if TYPE_CHECKING:
    from rallymap.query.snapshot.state import Snapshot

Rows = npt.NDArray[np.int64]
MAX_OF_LAST_DAY = 100
MAX_RANKED = 5_000


@dataclass(frozen=True, slots=True)
class ViewBox:
    """Visible part of the map on the unit square of Web Mercator: x to the east, y to the south, both from 0 to 1.

    The map wraps around: `west` can be below 0 and `east` above 1. A box at least 1 wide contains all longitudes.
    """

    west: float
    north: float
    east: float
    south: float

    @classmethod
    def from_numbers(cls, numbers: Sequence[object]) -> ViewBox | None:
        """Parse ``[west, north, east, south]`` from a client; None if it is not a valid box."""
        if len(numbers) != 4 or not all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers):
            return None
        west, north, east, south = (float(n) for n in numbers)  # type: ignore[arg-type]
        if not all(map(math.isfinite, (west, north, east, south))) or not (west < east and north < south):
            return None
        return cls(west, north, east, south) if max(map(abs, (west, north, east, south))) < 100 else None

    def points_within(self, x: npt.NDArray[np.int32], y: npt.NDArray[np.int32]) -> Mask:
        """Return which points (in the units of a snapshot) are in the box, including its borders."""
        u, v = x / WORLD, y / WORLD
        within: Mask = (v >= self.north) & (v <= self.south)
        if self.east - self.west < 1:
            within &= (u - self.west) % 1 <= self.east - self.west
        return within


@dataclass(frozen=True, slots=True)
class Selection:
    """Events selected by a filter, in four disjoint parts.

    Attributes
    ----------
    dated
        Number of events with a place and a day within the period: the main list.
    undated
        Number of events without a day; a period does not exclude them from this count.
    without_place
        Number of events with a day within the period and no place, although they are not online.
    online
        Number of events with a day within the period and no place, because they are online.
    undated_online
        Number of events in `undated` without a place because they are online.
    on_map
        Number of events drawn: `dated` and, if no period is chosen, undated events with a place.
    """

    dated: int
    undated: int
    without_place: int
    online: int
    undated_online: int
    on_map: int
    _snapshot: Snapshot
    _parts: tuple[Rows, Rows, Rows, Rows] = field(repr=False)

    @property
    def total(self) -> int:
        """Number of all selected events."""
        return self.dated + self.undated + self.without_place + self.online

    def page(self, offset: int, limit: int, *, oldest_first: bool = False) -> list[str]:
        """Return a page of ids of dated events, newest first by default."""
        rows = self._parts[0] if oldest_first else self._parts[0][::-1]
        return self._snapshot.ids_of(rows[offset : offset + limit])

    def whole_days(self, limit: int, *, oldest_first: bool = False) -> list[str]:
        """Return ids of dated events: the first `limit`, and up to `MAX_OF_LAST_DAY` more of the last day.

        This allows the caller to sort the events of each day by time.
        """
        rows = self._parts[0] if oldest_first else self._parts[0][::-1]
        if 0 < limit < len(rows):
            start = self._snapshot.columns.start
            more = start[rows[limit : limit + MAX_OF_LAST_DAY]] == start[rows[limit - 1]]
            limit += int(np.argmin(more)) if not more.all() else len(more)
        return self._snapshot.ids_of(rows[:limit])

    def best(self, text: str, limit: int, *, undated: bool) -> list[str]:
        """Return ids of all selected events, best matches of a text first, then the newest.

        Parameters
        ----------
        text
            Search text; only its `MAX_RANKED` best matches among all events are ranked.
        undated
            Whether to include undated events.
        """
        dated, without_day, placeless, online = self._parts
        left = np.concatenate((dated, placeless, online, without_day) if undated else (dated, placeless, online))
        ranked = self._snapshot.search.best(text, MAX_RANKED)
        ranked = ranked[np.isin(ranked, left)][:limit]
        if len(ranked) < limit:
            ranked = np.concatenate((ranked, np.setdiff1d(left, ranked)[::-1][: limit - len(ranked)]))
        return self._snapshot.ids_of(ranked)

    def undated_page(self, offset: int, limit: int) -> list[str]:
        """Return a page of ids of undated events, in a stable order."""
        return self._ids(1, offset, limit)

    def without_place_page(self, offset: int, limit: int) -> list[str]:
        """Return a page of ids of dated events without a place that are not online, newest first."""
        return self._ids(2, offset, limit)

    def online_page(self, offset: int, limit: int) -> list[str]:
        """Return a page of ids of dated events that are online and have no place, newest first."""
        return self._ids(3, offset, limit)

    def _ids(self, part: int, offset: int, limit: int) -> list[str]:
        rows = self._parts[part][::-1][offset : offset + limit]
        return self._snapshot.ids_of(rows)
