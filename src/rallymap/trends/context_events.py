"""Events in the days before and after a context event. Counts only: no cause is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.trends.filtered_rows import FilteredRows

DAYS: Final = 30
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Around:
    """Events around a context event, by the day on which they began; a weekend or week counts by its first day.

    Attributes
    ----------
    before, during, after
        Number of events in the `DAYS` days before its first day, from its first to its last day, and in the `DAYS` days
        after.
    by_day
        Number of events by relative day, for days with events: -30 to -1 before its first day, 0 for the context event
        itself, however long it is, 1 to 30 after its last day.
    coarse
        Number of excluded events in these days: only their month or year is known, or a weekend or week that crosses
        a border of the three spans.
    """

    before: int
    during: int
    after: int
    by_day: tuple[tuple[int, int], ...]
    coarse: int


def count_around(snapshot: Snapshot, event_filter: EventFilter, first_day: int, last_day: int) -> Around:
    """Count the events around a context event.

    Parameters
    ----------
    event_filter
        Its period is ignored.
    first_day, last_day
        First and last day of the context event, both inclusive, in days since 1970-01-01.
    """
    chosen = FilteredRows.of(snapshot, event_filter.changed(period=None))
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
