"""Bins of a timeline: from days to years, as fine as the width allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

UNITS: Final = ("day", "week", "month", "quarter", "year")
_MONTHS_PER = {"month": 1, "quarter": 3, "year": 12}
_MONDAY = -3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True)
class TimeBins:
    """Adjacent half-open time bins.

    Attributes
    ----------
    unit
        One of `UNITS`.
    edges
        Days since 1970-01-01, ascending, one more than there are bins.
    """

    unit: str
    edges: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.edges) - 1

    def of_sorted(self, days: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """Return the bin of each day; the days must be ascending and within the bins."""
        return np.repeat(np.arange(len(self)), np.diff(np.searchsorted(days, self.edges)))

    def of(self, days: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """Return the bin of each day; the days must be within the bins."""
        bar_of_day = np.repeat(np.arange(len(self)), np.diff(self.edges))
        bars: npt.NDArray[np.int64] = bar_of_day[days - self.edges[0]]
        return bars


def choose_bins(bounds: tuple[int, int], max_bins: int) -> TimeBins:
    """Return bins of the finest unit that covers `bounds` with at most `max_bins` bins.

    Parameters
    ----------
    bounds
        First and last day, inclusive.
    max_bins
        Maximum number of bins; exceeded only if years are still too fine.
    """
    for unit in UNITS:
        bins = bins_of_unit(unit, bounds)
        if len(bins) <= max_bins:
            break
    return bins


def bins_of_unit(unit: str, bounds: tuple[int, int]) -> TimeBins:
    """Return bins of one of `UNITS` that cover `bounds`: first and last day, inclusive."""
    return TimeBins(unit, _edges(unit, *bounds).astype(np.int32))


def with_margin(bounds: tuple[int, int]) -> tuple[int, int]:
    """Extend the bounds by a margin on both sides, so that the brush's handles do not cover bars."""
    margin = max(2, (bounds[1] - bounds[0]) // 60)
    return bounds[0] - margin, bounds[1] + margin


def _edges(unit: str, first: int, last: int) -> npt.NDArray[np.int64]:
    if unit == "day":
        return np.arange(first, last + 2)
    if unit == "week":
        start = first - (first - _MONDAY) % 7
        return np.arange(start, last + 8, 7)[: (last - start) // 7 + 2]
    step = _MONTHS_PER[unit]
    begin, end = (int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64)) for day in (first, last))
    begin -= begin % step
    months = np.arange(begin, end + step + 1, step)
    months = months[: (end - begin) // step + 2]
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
