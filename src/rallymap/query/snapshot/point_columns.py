"""Numbers about the events at each point, computed once per snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rallymap.query.snapshot.columns import WORLD, Columns
from rallymap.query.snapshot.dictionaries import Points


@dataclass(frozen=True, eq=False)
class PointColumns:
    """Arrays with one entry for each point."""

    columns: Columns
    points: Points

    @cached_property
    def events(self) -> npt.NDArray[np.int64]:
        """Number of events."""
        return np.bincount(self.columns.point[self.columns.point >= 0], minlength=len(self.points.x))

    @cached_property
    def coarsest(self) -> npt.NDArray[np.uint8]:
        """Coarsest place precision of the events, coded as in the columns."""
        placed, coarsest = self.columns.point >= 0, np.zeros(len(self.points.x), np.uint8)
        np.maximum.at(coarsest, self.columns.point[placed], self.columns.place_precision[placed])
        return coarsest

    @cached_property
    def country(self) -> npt.NDArray[np.int32]:
        """Country of the events, coded as in the columns; -1 if they are in several."""
        placed = self.columns.point >= 0
        return common_value(
            self.columns.country[placed].astype(np.int32), self.columns.point[placed], len(self.points.x)
        )

    @cached_property
    def degrees(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Latitudes and longitudes in decimal degrees, exact to some centimetres."""
        x, y = self.points.x.astype(np.float64), self.points.y.astype(np.float64)
        return np.degrees(np.arctan(np.sinh((0.5 - y / WORLD) * 2 * np.pi))), (x / WORLD - 0.5) * 360


def common_value(values: npt.NDArray[np.int32], group: npt.NDArray[np.int32], groups: int) -> npt.NDArray[np.int32]:
    """Return the value that all members of each group share, or -1 if they differ or the group is empty."""
    found = np.full(groups, -1, np.int32)
    found[group] = values
    found[group[found[group] != values]] = -1
    return found
