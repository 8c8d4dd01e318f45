"""Events in the days before and after something that happened in a homeland. Counts only: no cause is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.trends.chosen import Chosen

DAYS: Final = 30
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Around:
    """Events around a happening, by the day on which they began; those of a weekend or week by its first day.

    Attributes
    ----------
    before, during, after
        In the `DAYS` days before its first day, from its first to its last day, in the `DAYS` days after its last.
    by_day
        Day relative to the happening and number of events, for days that have any: -30 to -1 before its first day, 0
        for the happening itself however long it is, 1 to 30 after its last day.
    coarse
        Events in these days that are left out: only their month or year is known, or a weekend or week that is on
        both sides of a border between them.
    """

    before: int
    during: int
    after: int
    by_day: tuple[tuple[int, int], ...]
    coarse: int


def count_around(snapshot: Snapshot, event_filter: EventFilter, first_day: int, last_day: int) -> Around:
    """Count the events around a happening.

    Parameters
    ----------
    event_filter
        Its period is ignored.
    first_day, last_day
        Of the happening, both inclusive, in days since 1970-01-01.
    """
    chosen = Chosen.of(snapshot, event_filter.changed(period=None))
    within = (chosen.end >= first_day - DAYS) & (chosen.start <= last_day + DAYS)
    start, end = chosen.start[within], chosen.end[within]
    known = chosen.knows_day[within]
    end = np.where(known, start, end)
    counted = (start >= first_day - DAYS) & (end <= last_day + DAYS) & (end - start < WEEK)
    for border in (first_day, last_day + 1):
        counted &= (start >= border) | (end < border)
    coarse = int(np.count_nonzero(~counted & ~known))
    relative = np.minimum(start[counted] - first_day, 0) + np.maximum(start[counted] - last_day, 0)
    days, counts = np.unique(relative, return_counts=True)
    return Around(
        int(np.count_nonzero(relative < 0)),
        int(np.count_nonzero(relative == 0)),
        int(np.count_nonzero(relative > 0)),
        tuple(zip(days.tolist(), counts.tolist(), strict=True)),
        coarse,
    )
