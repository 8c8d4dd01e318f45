"""Estimates of missed events for each host city whose sources overlap enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rallymap.trends.chosen import Chosen
from rallymap.trends.missed import Missed, NotEstimated, estimate_missed
from rallymap.trends.rankings import rank

MAX_CITIES: Final = 60
"""Cities that are looked at, those with most events."""


@dataclass(frozen=True, slots=True)
class MissedByCity:
    """What can be said about missed events.

    Attributes
    ----------
    cities
        City and estimate, in order of their events, for cities whose sources overlap enough.
    looked_at
        How many cities were looked at.
    most_events
        The city with most events; "" if no event has a known city.
    reason
        Why nothing is said of that city; "" if it has an estimate.
    """

    cities: tuple[tuple[str, Missed], ...]
    looked_at: int
    most_events: str
    reason: str


def estimate_by_city(chosen: Chosen) -> MissedByCity:
    """Estimate the missed events of each of the `MAX_CITIES` cities with most of the chosen events."""
    city, publishers = chosen.column("city"), chosen.column("publishers")
    numbers = {some[0]: code for code, some in enumerate(chosen.names_of("cities")) if some}
    lists = chosen.names_of("publishers")
    names = [name for name, _ in rank(chosen, "cities", MAX_CITIES).counts]
    found: list[tuple[str, Missed | NotEstimated]] = []
    for name in names:
        codes, counts = np.unique(publishers[city == numbers[name]], return_counts=True)
        events = {lists[code]: count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}
        found.append((name, estimate_missed(events)))
    first = found[0][1] if found else None
    return MissedByCity(
        tuple((name, one) for name, one in found if isinstance(one, Missed)),
        len(found),
        names[0] if names else "",
        first.reason if isinstance(first, NotEstimated) else "",
    )
