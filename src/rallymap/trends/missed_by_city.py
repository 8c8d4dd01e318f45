"""Estimates of missed events for each host city whose sources overlap enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rallymap.trends.filtered_rows import FilteredRows
from rallymap.trends.missed import Missed, NotEstimated, estimate_missed
from rallymap.trends.rankings import rank

MAX_CITIES: Final = 60
"""Maximum number of cities to examine, those with most events."""


@dataclass(frozen=True, slots=True)
class MissedByCity:
    """Estimates of missed events.

    Attributes
    ----------
    cities
        City and estimate, by number of events, for cities whose sources overlap enough.
    cities_examined
        Number of examined cities.
    most_events
        The city with most events; "" if no event has a known city.
    reason
        Why there is no estimate for that city; "" if there is one.
    """

    cities: tuple[tuple[str, Missed], ...]
    cities_examined: int
    most_events: str
    reason: str


def estimate_by_city(chosen: FilteredRows) -> MissedByCity:
    """Estimate the missed events of the `MAX_CITIES` cities with most of the selected events."""
    city, publishers = chosen.column("city"), chosen.column("publishers")
    numbers = {some[0]: code for code, some in enumerate(chosen.names_of("cities")) if some}
    lists = chosen.names_of("publishers")
    names = [name for name, _ in rank(chosen, "cities", MAX_CITIES).counts]
    # Counted once for all these cities: searching all events for each city would double the total time.
    at_of_city = np.full(len(chosen.names_of("cities")), -1, np.int64)
    at_of_city[np.array([numbers[name] for name in names], np.int64)] = np.arange(len(names))
    at = at_of_city[city]
    is_here = at >= 0
    lists_of = np.bincount(at[is_here] * len(lists) + publishers[is_here], minlength=len(names) * len(lists))
    found: list[tuple[str, Missed | NotEstimated]] = []
    for name, counts in zip(names, lists_of.reshape(len(names), len(lists)), strict=True):
        events = {lists[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}
        found.append((name, estimate_missed(events)))
    first = found[0][1] if found else None
    return MissedByCity(
        tuple((name, one) for name, one in found if isinstance(one, Missed)),
        len(found),
        names[0] if names else "",
        first.reason if isinstance(first, NotEstimated) else "",
    )
