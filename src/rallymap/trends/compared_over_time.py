"""Two sides over time: by the calendar, or by the days since each began where their periods differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.query.time_bins import TimeBins, bins_of_unit
from rallymap.trends.chosen import Chosen
from rallymap.trends.comparing import PER_DAYS, span_of
from rallymap.trends.over_time import OverTime, count_in_bins, usual_unit

STEPS: Final = ((62, 1), (434, 7), (1830, 30))
"""Days that a period has at most, and the days of one bar then."""
LONG_STEP: Final = 365


@dataclass(frozen=True, slots=True)
class SideOverTime:
    """One side by bar of time.

    Attributes
    ----------
    counts
        Events that began in each bar.
    days
        Days of each bar that are within the side's span; 0 where the span is over.
    left_out
        Events of no bar: undated, or not dated closely enough for one.
    """

    counts: npt.NDArray[np.int64]
    days: npt.NDArray[np.int64]
    left_out: int

    @property
    def rates(self) -> tuple[float | None, ...]:
        """Events in `PER_DAYS` days of each bar; None where the span has no day in it."""
        pairs = zip(self.counts.tolist(), self.days.tolist(), strict=True)
        return tuple(count * PER_DAYS / days if days else None for count, days in pairs)


@dataclass(frozen=True, slots=True)
class ComparedOverTime:
    """Two sides by the same bars.

    Attributes
    ----------
    unit
        Of the calendar, one of :data:`~rallymap.trends.over_time.UNITS`; "" where the bars count from each side's
        first day.
    edges
        Where the bars begin and the last one ends: days since 1970-01-01, or since each side's first day.
    """

    unit: str
    edges: tuple[int, ...]
    left: SideOverTime
    right: SideOverTime

    @property
    def counted(self) -> int:
        """Events that are in a bar, of both sides together."""
        return int(self.left.counts.sum() + self.right.counts.sum())

    def widest(self) -> int:
        """Return the bar in which the rates of both sides differ most; one that a span cuts only if there is no other.

        A span that ends with the newest event cuts the last bar, so that its rate is too high.
        """
        gaps = self._gaps()
        return max(range(len(gaps)), key=gaps.__getitem__)

    def cut_and_wider(self) -> list[tuple[int, int]]:
        """Return the bars that a span cuts and that differ more than the widest one, with the days counted in them."""
        gaps = self._gaps()
        widest = max(gaps)
        days = np.minimum(self.left.days, self.right.days).tolist()
        return [(at, days[at]) for at, (whole, gap) in enumerate(gaps) if widest[0] and not whole and gap > widest[1]]

    def _gaps(self) -> list[tuple[bool, float]]:
        """Return for each bar whether both sides have all of its days, and how far their rates are apart."""
        lengths = np.diff(self.edges)
        is_whole = ((self.left.days == lengths) & (self.right.days == lengths)).tolist()
        return [
            (whole, -1.0 if left is None or right is None else abs(left - right))
            for whole, left, right in zip(is_whole, self.left.rates, self.right.rates, strict=True)
        ]


def compare_over_time(snapshot: Snapshot, left: EventFilter, right: EventFilter) -> ComparedOverTime | None:
    """Count two filters by the same bars of time; None where no event of either has a date.

    Filters of one period have bars of the calendar, from the first to the last event of both. Others have bars of so
    many days since the first day of each.
    """
    chosen = (Chosen.of(snapshot, left), Chosen.of(snapshot, right))
    bounds = [found for one in chosen if (found := one.bounds()) is not None]
    if not bounds:
        return None
    if left.period == right.period:
        joint = min(first for first, _ in bounds), max(last for _, last in bounds)
        bins = bins_of_unit(usual_unit(joint), joint)
        one, other = (_side(side, bins) for side in chosen)
        return ComparedOverTime(bins.unit, tuple(bins.edges.tolist()), one, other)
    spans = [span_of(side) for side in chosen]
    length = max(last - first + 1 for first, last in spans)
    step = next((days for most, days in STEPS if length <= most), LONG_STEP)
    edges = np.arange(0, length + step, step, dtype=np.int32)
    edges[-1] = length
    one, other = (
        _side(side, TimeBins("", edges + np.int32(first))) for side, (first, _) in zip(chosen, spans, strict=True)
    )
    return ComparedOverTime("", tuple(edges.tolist()), one, other)


def _side(chosen: Chosen, bins: TimeBins) -> SideOverTime:
    first, last = span_of(chosen)
    counted: OverTime = count_in_bins(chosen, bins)
    edges = bins.edges.astype(np.int64)
    days = np.clip(edges[1:], first, last + 1) - np.clip(edges[:-1], first, last + 1)
    return SideOverTime(counted.counts[:, 0], days, counted.coarse + counted.undated)
