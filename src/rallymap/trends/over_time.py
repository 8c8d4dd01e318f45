"""Number of events per day, week, month or year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from rallymap.query.time_bins import TimeBins, bins_of_unit, choose_bins
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.rankings import Split, split

UNITS: Final = ("day", "week", "month", "year")
MAX_BARS: Final = 800
"""Maximum number of bars in a chart; longer periods do not offer finer units."""
USUAL_BARS: Final = 60
MAX_COARSE: Final = 1 / 3
"""Maximum share of dated events that the usual bars may leave out; above it, coarser ones are used."""
T = TypeVar("T")
MAX_GROUPS: Final = 6
"""Maximum number of coloured groups of a split, without the rest."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Number of events by time bin; each event counts once.

    Attributes
    ----------
    bins
        The time bins.
    groups
        Names of the groups of a split; one empty name without a split.
    counts
        Shape `(bins, groups)`.
    coarse
        Number of events excluded because only a weekend, week, month or year is known, which no single bin contains.
    undated
        Number of events excluded because no day is known.
    """

    bins: TimeBins
    groups: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    coarse: int
    undated: int

    @property
    def counted(self) -> int:
        """Number of events with a bin."""
        return int(self.counts.sum())

    @property
    def coarse_share(self) -> float:
        """Share of the dated events that have no bin, 0 to 1."""
        return self.coarse / max(1, self.counted + self.coarse)


def usual_unit(bounds: tuple[int, int]) -> str:
    """Return the unit that shows a span of days, both inclusive, in at most about `USUAL_BARS` bars."""
    unit = choose_bins(bounds, USUAL_BARS).unit
    return "month" if unit == "quarter" else unit


def fitting_unit(chosen: FilteredRows, bounds: tuple[int, int]) -> str:
    """Return the usual unit of a span of days, or a coarser one if it leaves out too many of the selected events.

    Where sources say "over the weekend", bars of a day are empty and hide most events.
    """
    return finest_that_fits(bins_to_try(bounds), lambda bins: count_in_bins(chosen, bins).coarse_share).unit


def bins_to_try(bounds: tuple[int, int]) -> Iterator[TimeBins]:
    """Yield the usual bins of a span of days, then coarser ones as long as there are at least two."""
    usual = UNITS.index(usual_unit(bounds))
    yield bins_of_unit(UNITS[usual], bounds)
    coarser = (bins_of_unit(unit, bounds) for unit in UNITS[usual + 1 :])
    yield from (bins for bins in coarser if len(bins) > 1)


def finest_that_fits(candidates: Iterable[T], left_out: Callable[[T], float]) -> T:
    """Return the first candidate whose share of excluded events is small, otherwise the first with the smallest share.

    Parameters
    ----------
    candidates
        At least one, finest first.
    left_out
        Returns the share of the dated events that a candidate excludes, 0 to 1.
    """
    tried: list[tuple[float, T]] = []
    for one in candidates:
        tried.append((left_out(one), one))
        if tried[-1][0] <= MAX_COARSE:
            break
    return min(tried, key=lambda pair: pair[0])[1]


def offered_units(bounds: tuple[int, int]) -> tuple[str, ...]:
    """Return the units that give at most `MAX_BARS` bars; years are always included."""
    return tuple(unit for unit in UNITS if unit == "year" or len(bins_of_unit(unit, bounds)) <= MAX_BARS)


def count_over_time(chosen: FilteredRows, unit: str, facet: str | None = None) -> OverTime | None:
    """Count the selected events by the time bin in which they began.

    An event with a known day counts on its first day within the period, even if it lasts longer. An event with only a
    known weekend, week, month or year counts if one bin contains all of it, and is excluded otherwise.

    Parameters
    ----------
    unit
        One of `UNITS`.
    facet
        The facet by which to split the bins, or None.

    Returns
    -------
    over_time
        None if no selected event has a date.
    """
    bounds = chosen.bounds()
    return None if bounds is None else count_in_bins(chosen, bins_of_unit(unit, bounds), facet)


def count_in_bins(chosen: FilteredRows, bins: TimeBins, facet: str | None = None) -> OverTime:
    """Count the selected events as in :func:`count_over_time`, by given bins.

    Parameters
    ----------
    bins
        Events that began before the first bin count in it; none may begin after the last one.
    """
    begins = np.searchsorted(chosen.start, bins.edges)
    begins[0], begins[-1] = 0, len(chosen.start)  # earlier events count in the first bin
    at = np.repeat(np.arange(len(bins)), np.diff(begins))
    unsure = np.flatnonzero(~chosen.knows_day)
    fits = np.ones(len(at), np.bool_)
    fits[unsure] = (chosen.start[unsure] >= bins.edges[at[unsure]]) & (chosen.end[unsure] < bins.edges[at[unsure] + 1])
    groups = split(chosen, facet, MAX_GROUPS) if facet else Split("", ("",), np.zeros(len(chosen), np.uint8))
    codes = groups.codes[chosen.undated :]
    width = len(groups.names)
    cell = at * width + codes
    counts = np.bincount(cell if fits.all() else cell[fits], minlength=len(bins) * width).reshape(len(bins), width)
    coarse = len(fits) - int(np.count_nonzero(fits))
    return OverTime(bins, groups.names, counts, coarse, chosen.undated + chosen.undated_left_out)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Events by day of the week.

    Attributes
    ----------
    counts
        Seven numbers, Monday first; an event of several days counts on its first day.
    coarse
        Number of events excluded because only a weekend, week, month or year is known.
    undated
        Number of events excluded because no day is known.
    """

    counts: tuple[int, ...]
    coarse: int
    undated: int


def count_weekdays(chosen: FilteredRows) -> Weekdays:
    """Count the selected events by the weekday on which they began."""
    known = chosen.start[chosen.knows_day]
    counts = np.bincount((known + 3) % 7, minlength=7)  # 1970-01-01 was a Thursday
    return Weekdays(tuple(counts.tolist()), len(chosen.start) - len(known), chosen.undated + chosen.undated_left_out)
