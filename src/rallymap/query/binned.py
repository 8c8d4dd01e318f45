"""Counts of the events of one view by cluster and time bin."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.query.colouring import Categories
from rallymap.query.packing import smallest
from rallymap.query.snapshot.selection import Rows
from rallymap.query.snapshot.state import COARSE, MANY_DAYS, Snapshot
from rallymap.query.time_bins import TimeBins
from rallymap.query.viewed import Groups

MOST_KIND_COUNTS = 24_000
"""Maximum number of nonzero counts by group, bin and kind; beyond it, kinds are not counted per bin."""
MOST_COARSE_SPANS = 3_000
WHOLE_VIEW = -1

Arrays = dict[str, npt.NDArray[Any]]


class Binned:
    """Events of a view, each with its group, first bin and last bin.

    Parameters
    ----------
    rows, group
        Ascending rows and the group of each, from 0 to `groups` - 1.
    categories
        Categories that the counts are split by: kinds or communities.
    """

    def __init__(
        self, snapshot: Snapshot, rows: Rows, group: Groups, groups: int, bins: TimeBins, categories: Categories
    ) -> None:
        columns = snapshot.columns
        undated = int(np.searchsorted(rows, columns.undated))
        self._categories = categories
        self._groups, self._bins = groups, len(bins)
        self._undated_group = group[:undated]
        self._rows, self._group = rows[undated:], group[undated:]
        self._first = bins.of_sorted(columns.start[self._rows])
        traits = snapshot.traits[self._rows]
        many = np.flatnonzero(traits & MANY_DAYS)
        last = bins.of(columns.end[self._rows[many]])
        moved = last != self._first[many]
        self._moved, self._last_of_moved = many[moved], last[moved]
        self._coarse = np.flatnonzero(traits & COARSE)

    def counts(self) -> Arrays:
        """Return ``starts`` and, if any event spans several bins, ``shift``: ends minus starts.

        The shape is `(groups, bins)`, or `(groups, kinds, bins)` if the counts by kind are few.
        """
        series, length = self._series()
        at = series * np.int64(self._bins)
        arrays = {"starts": smallest(np.bincount(at + self._first, minlength=length))}
        if len(self._moved):
            base = at[self._moved]
            shift = np.bincount(base + self._last_of_moved, minlength=length)
            shift -= np.bincount(base + self._first[self._moved], minlength=length)
            arrays["shift"] = smallest(shift)
        return arrays

    def _series(self) -> tuple[Groups, int]:
        width = len(self._categories.names)
        if len(self._rows) <= 4 * MOST_KIND_COUNTS:
            series = self._group * np.int32(width) + self._categories.codes[self._rows]
            if len(np.unique(series * np.int64(self._bins) + self._first)) <= MOST_KIND_COUNTS:
                return series, self._groups * width * self._bins
        return self._group, self._groups * self._bins

    def coarse_spans(self) -> Arrays:
        """Return group (or `WHOLE_VIEW` for all), first bin, last bin and count of coarsely dated events."""
        last = self._first.copy()
        last[self._moved] = self._last_of_moved
        first, last = self._first[self._coarse], last[self._coarse]
        for group in (self._group[self._coarse].astype(np.int64), np.full(len(first), WHOLE_VIEW)):
            keys, counts = np.unique((group * self._bins + first) * self._bins + last, return_counts=True)
            if len(keys) <= MOST_COARSE_SPANS:
                break
        bars, last = np.divmod(keys, self._bins)
        group, first = np.divmod(bars, self._bins)
        return {"coarse": smallest(np.column_stack([group, first, last, counts]).reshape(-1))}

    def undated(self) -> Arrays:
        """Return the number of undated events per group."""
        return {"undated": smallest(np.bincount(self._undated_group, minlength=self._groups))}
