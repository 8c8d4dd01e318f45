"""A comparison over time: by the calendar, or by days since the start of each period if the periods differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.time_bins import TimeBins
from rallymap.trends.comparing import PER_DAYS, span_of
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.over_time import OverTime, bins_to_try, count_in_bins, finest_that_fits

STEPS: Final = ((62, 1), (434, 7), (1830, 30))
"""Maximum days of a period, and the days per bar up to it."""
LONG_STEP: Final = 365


@dataclass(frozen=True, slots=True)
class SideOverTime:
    """One side of a comparison by time bin.

    Attributes
    ----------
    counts
        Number of events that began in each bin.
    days
        Days of each bin within the side's span; 0 after its end.
    left_out
        Number of events without a bin: undated, or with too imprecise a date.
    coarse_share
        Share of the dated events that have no bin, 0 to 1.
    """

    counts: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    left_out: int
    coarse_share: float

    @property
    def rates(self) -> tuple[float | None, ...]:
        """Events per `PER_DAYS` days in each bin; None for bins outside the span."""
        pairs = zip(self.counts.tolist(), self.days.tolist(), strict=True)
        return tuple(count * PER_DAYS / days if days else None for count, days in pairs)


@dataclass(frozen=True, slots=True)
class ComparedOverTime:
    """Two sides with the same bins.

    Attributes
    ----------
    unit
        Calendar unit, one of :data:`~rallymap.trends.over_time.UNITS`; "" if the bins count from each side's first day.
    edges
        Edges of the bins: days since 1970-01-01, or since each side's first day.
    """

    unit: str
    edges: tuple[int, ...]
    left: SideOverTime
    right: SideOverTime

    @property
    def counted(self) -> int:
        """Number of events with a bin, on both sides together."""
        return int(self.left.counts.sum() + self.right.counts.sum())

    def widest(self) -> int:
        """Return the bin with the largest difference between the rates; a partial bin only if there is no other.

        A span that ends with the newest event has a partial last bin, whose rate is too high.
        """
        gaps = self._gaps()
        return max(range(len(gaps)), key=gaps.__getitem__)

    def cut_and_wider(self) -> list[tuple[int, int]]:
        """Return the partial bins with a larger difference than the widest one, with their counted days."""
        gaps = self._gaps()
        widest = max(gaps)
        days = np.minimum(self.left.days, self.right.days).tolist()
        return [(at, days[at]) for at, (whole, gap) in enumerate(gaps) if widest[0] and not whole and gap > widest[1]]

    def _gaps(self) -> list[tuple[bool, float]]:
        """Return for each bin whether both sides cover it fully, and the difference of their rates."""
        lengths = np.diff(self.edges)
        is_whole = ((self.left.days == lengths) & (self.right.days == lengths)).tolist()
        return [
            (whole, -1.0 if left is None or right is None else abs(left - right))
            for whole, left, right in zip(is_whole, self.left.rates, self.right.rates, strict=True)
        ]


def compare_over_time(snapshot: Snapshot, left: EventFilter, right: EventFilter) -> ComparedOverTime | None:
    """Count two filters by the same time bins; None if no event of either has a date.

    Filters with the same period use calendar bins, from the first to the last event of both. Others use bins of a fixed
    number of days since the first day of each. Bins are coarser than usual if too many dated events would not fit.
    """
    chosen = (FilteredRows.of(snapshot, left), FilteredRows.of(snapshot, right))
    bounds = [found for one in chosen if (found := one.bounds()) is not None]
    if not bounds:
        return None
    if left.period == right.period:
        joint = min(first for first, _ in bounds), max(last for _, last in bounds)
        compared = (_compared(chosen, [bins] * 2) for bins in bins_to_try(joint))
    else:
        firsts = [first for first, _ in map(span_of, chosen)]
        length = max(last - first + 1 for first, last in map(span_of, chosen))
        steps = [days for most, days in STEPS if length <= most] or [LONG_STEP]
        all_edges = (_edges(length, step) for step in steps if step == steps[0] or 2 * step <= length)
        compared = (
            _compared(chosen, [TimeBins("", edges + np.int32(first)) for first in firsts]) for edges in all_edges
        )
    return finest_that_fits(compared, lambda one: max(one.left.coarse_share, one.right.coarse_share))


def _edges(length: int, step: int) -> npt.NDArray[np.int32]:
    edges = np.arange(0, length + step, step, dtype=np.int32)
    edges[-1] = length
    return edges


def _compared(chosen: Sequence[FilteredRows], bins: Sequence[TimeBins]) -> ComparedOverTime:
    one, other = map(_side, chosen, bins)
    unit = bins[0].unit
    edges = bins[0].edges if unit else bins[0].edges - bins[0].edges[0]
    return ComparedOverTime(unit, tuple(edges.tolist()), one, other)


def _side(chosen: FilteredRows, bins: TimeBins) -> SideOverTime:
    first, last = span_of(chosen)
    counted: OverTime = count_in_bins(chosen, bins)
    edges = bins.edges.astype(np.int64)
    days = np.clip(edges[1:], first, last + 1) - np.clip(edges[:-1], first, last + 1)
    return SideOverTime(counted.counts[:, 0], days, counted.coarse + counted.undated, counted.coarse_share)
