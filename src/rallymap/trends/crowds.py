"""Crowd sizes: sums of the lowest and of the highest estimates, and the number of events with an estimate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rallymap.query.snapshot.columns import NO_CROWD
from rallymap.query.time_bins import bins_of_unit
from rallymap.trends.filtered_rows import COUNTED_FACETS, FilteredRows
from rallymap.trends.rankings import rank


@dataclass(frozen=True, slots=True)
class CrowdSum:
    """Total crowd of several events; estimates of one event are never averaged.

    Attributes
    ----------
    name
        What the events share: a year, or a value of a facet; "" for all events.
    events
        Number of events.
    with_numbers
        Number of events with a numeric estimate.
    low, high
        Sums of the lowest and of the highest numbers that estimates give.
    open_below, open_above
        Number of events with an estimate without a lower limit, so that `low` may be too high, and without an upper
        limit, so that `high` may be too low.
    """

    name: str
    events: int
    with_numbers: int
    low: int
    high: int
    open_below: int
    open_above: int


@dataclass(frozen=True, slots=True)
class Crowds:
    """Crowds of the selected events.

    Attributes
    ----------
    total
        Of all events, including undated ones.
    by_year
        By the year in which events began, oldest first; years without events are skipped.
    """

    total: CrowdSum
    by_year: tuple[CrowdSum, ...]


def sum_crowds(chosen: FilteredRows) -> Crowds:
    """Sum the crowds of all selected events, and by year."""
    per_event = _per_event(chosen)
    total = CrowdSum("", *(int(values.sum()) for values in per_event))
    if not len(chosen.start):
        return Crowds(total, ())
    bins = bins_of_unit("year", (int(chosen.start[0]), int(chosen.start[-1])))
    begins = np.searchsorted(chosen.start, bins.edges)
    used = np.flatnonzero(np.diff(begins))
    sums = [np.add.reduceat(values[chosen.undated :], begins[used]) for values in per_event]
    years = bins.edges[used].astype("datetime64[D]").astype("datetime64[Y]")
    return Crowds(total, tuple(_rows([str(year) for year in years], sums)))


def sum_crowds_by(chosen: FilteredRows, facet: str, limit: int) -> tuple[CrowdSum, ...]:
    """Sum the crowds for the `limit` values of a facet with most events; an event counts for each of its values."""
    codes, lists = chosen.column(COUNTED_FACETS[facet]), chosen.names_of(facet)
    names = [value for value, _ in rank(chosen, facet, limit).counts]
    per_list = [np.bincount(codes, values, minlength=len(lists)) for values in _per_event(chosen)]
    of_name = [np.fromiter((name in some for some in lists), np.bool_, len(lists)) for name in names]
    return tuple(_rows(names, [np.array([sums[has].sum() for has in of_name]) for sums in per_list]))


def _per_event(chosen: FilteredRows) -> list[npt.NDArray[np.int64]]:
    """Return for each selected event its contribution to the numbers of a :class:`CrowdSum`, in their order."""
    low, high = (chosen.column(name).astype(np.int64) for name in ("crowd_low", "crowd_high"))
    known = low != NO_CROWD
    return [
        np.ones(len(low), np.int64),
        known.astype(np.int64),
        np.where(known, low, 0),
        np.where(known, high, 0),
        chosen.column("crowd_open_below").astype(np.int64),
        chosen.column("crowd_open_above").astype(np.int64),
    ]


def _rows(names: Sequence[str], sums: Sequence[npt.NDArray[Any]]) -> Iterator[CrowdSum]:
    for at, name in enumerate(names):
        yield CrowdSum(name, *(int(values[at]) for values in sums))
