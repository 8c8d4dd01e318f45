"""Check whether a point is at a place: used by the form and by imports."""

from __future__ import annotations

from rallymap.borders import countries_around
from rallymap.countries import is_within
from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.language import number
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Answer, Candidate, Located, candidates_of

Point = tuple[float, float]
"""Latitude and longitude, decimal degrees."""
NEAR_KM = 50.0
"""A point may lie this far outside the place it belongs to: suburbs, and the centres of large regions."""
_AT_BORDER_KM = 10.0
_ONE_OF_THEM = 0.85
"""Confidence that one of several candidates is meant; less is a venue that is called like a part of a town's name."""
_REGION_FACTOR = 2.0
"""Regions are not circles: parts of them lie farther out than their radius."""


def sure_places(answer: Answer | None) -> tuple[Candidate, ...]:
    """Return places of which an answer surely means one; () where it is not sure, and so contradicts nothing."""
    match answer:
        case Located(candidate=found) if found.confidence >= SURE_CONFIDENCE:
            return candidates_of(answer)
        case Ambiguous(candidates=candidates) if sum(one.confidence for one in candidates) >= _ONE_OF_THEM:
            return candidates
        case _:
            return ()


def km_outside(point: Point, place: Candidate) -> float:
    """Return how many kilometres a point is outside a place and its surroundings; 0 or less within them.

    A country is compared by its borders: a circle says too little about where one ends.
    """
    away = measure_km(*point, place.lat, place.lon)
    if place.precision is LocationPrecision.COUNTRY:
        return 0.0 if may_lie_in(point, place.country) else away
    radius_km = place.radius_m / 1000 * (_REGION_FACTOR if place.precision is LocationPrecision.REGION else 1.0)
    return away - max(NEAR_KM, radius_km)


def may_lie_in(point: Point, country: str) -> bool:
    """Return whether a point may lie in a country (alpha-2) or its territories; at sea it may lie in any."""
    there = countries_around(*point, within_km=_AT_BORDER_KM)
    return not there or any(code == country or is_within(code, country) for code in there)


def rounded_km(km: float) -> str:
    """Write a distance for people: to ten kilometres from a hundred on."""
    # In English a narrow no-break space groups digits, as in crowd sizes.
    return number(int(round(km, -1 if km >= 100 else 0))).replace(",", "\u202f")
