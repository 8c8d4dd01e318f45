"""How many events took place in each day, week, month or year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.query.time_bins import TimeBins, bins_of_unit, choose_bins
from rallymap.trends.chosen import Chosen
from rallymap.trends.rankings import Split, split

UNITS: Final = ("day", "week", "month", "year")
MAX_BARS: Final = 800
"""Bars in one chart; finer units are not offered for longer periods."""
USUAL_BARS: Final = 60
MAX_GROUPS: Final = 6
"""Groups of a split that have a colour of their own, without the rest."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Events by bar of time, each once.

    Attributes
    ----------
    bins
        The bars.
    groups
        Names of the groups of a split; one empty name without a split.
    counts
        Shape `(bars, groups)`.
    coarse
        Events left out because only their weekend, week, month or year is known, which no single bar holds.
    undated
        Events left out because no day is known.
    """

    bins: TimeBins
    groups: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    coarse: int
    undated: int

    @property
    def counted(self) -> int:
        """Events that are in a bar."""
        return int(self.counts.sum())


def usual_unit(bounds: tuple[int, int]) -> str:
    """Return the unit that shows a span of days, both inclusive, in at most about `USUAL_BARS` bars."""
    unit = choose_bins(bounds, USUAL_BARS).unit
    return "month" if unit == "quarter" else unit


def offered_units(bounds: tuple[int, int]) -> tuple[str, ...]:
    """Return the units that give at most `MAX_BARS` bars; years are always among them."""
    return tuple(unit for unit in UNITS if unit == "year" or len(bins_of_unit(unit, bounds)) <= MAX_BARS)


def count_over_time(chosen: Chosen, unit: str, facet: str | None = None) -> OverTime | None:
    """Count the chosen events by the bar in which they began.

    An event whose day is known counts on its first day within the period, also if it lasts longer. One of which only
    a weekend, week, month or year is known counts where one bar holds all of that span, and is left out otherwise.

    Parameters
    ----------
    unit
        One of `UNITS`.
    facet
        What to split the bars by, or None.

    Returns
    -------
    over_time
        None where no chosen event has a date.
    """
    bounds = chosen.bounds()
    return None if bounds is None else count_in_bins(chosen, bins_of_unit(unit, bounds), facet)


def count_in_bins(chosen: Chosen, bins: TimeBins, facet: str | None = None) -> OverTime:
    """Count the chosen events as :func:`count_over_time` does, by bars that are given.

    Parameters
    ----------
    bins
        Those that began before the first bar count in it, and none may begin after the last one.
    """
    begins = np.searchsorted(chosen.start, bins.edges)
    begins[0], begins[-1] = 0, len(chosen.start)  # events that began before the first bar count in it
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
        Monday first, seven numbers; an event of several days counts on its first one.
    coarse
        Events left out because only their weekend, week, month or year is known.
    undated
        Events left out because no day is known.
    """

    counts: tuple[int, ...]
    coarse: int
    undated: int


def count_weekdays(chosen: Chosen) -> Weekdays:
    """Count the chosen events by the weekday on which they began."""
    known = chosen.start[chosen.knows_day]
    counts = np.bincount((known + 3) % 7, minlength=7)  # 1970-01-01 was a Thursday
    return Weekdays(tuple(counts.tolist()), len(chosen.start) - len(known), chosen.undated + chosen.undated_left_out)
