"""Codes as other collections of protest events use them, derived from what is known: for analysts who join tables."""

from __future__ import annotations

from typing import Final

from rallymap.dates import DatePrecision
from rallymap.events import CrowdClaim, Event, LocationPrecision

_TIME: Final = {
    DatePrecision.MINUTE: 1,
    DatePrecision.DAY: 1,
    DatePrecision.WEEKEND: 2,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
}
_GEO: Final = {
    LocationPrecision.VENUE: 1,
    LocationPrecision.DISTRICT: 1,
    LocationPrecision.CITY: 1,
    LocationPrecision.REGION: 3,
}
_SIZES: Final = (1, 100, 1_000, 10_000)
"""The smallest crowd of each category from 1 on."""


def acled_time_precision(event: Event) -> int | None:
    """Return 1 for a known day, 2 for a week or weekend, 3 for a month; None for what has no such code."""
    return None if event.when.approximate else _TIME.get(event.when.precision)


def acled_geo_precision(event: Event) -> int | None:
    """Return 1 for a town or part of it, 3 for a region; None for a country or no place, which have no such code."""
    return None if event.location is None else _GEO.get(event.location.precision)


def ccc_size_category(event: Event) -> int:
    """Return the category of the mean of all estimates in numbers, 1 to 4; 0 where there is none."""
    means = [_middle(claim) for claim in event.crowd if claim.low is not None or claim.high is not None]
    if not means:
        return 0
    mean = sum(means) / len(means)
    return sum(mean >= smallest for smallest in _SIZES)


def _middle(claim: CrowdClaim) -> float:
    """Return the middle of an interval, or the one end that is known."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return sum(ends) / len(ends)
