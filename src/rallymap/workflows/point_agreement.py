"""Check whether a point is at a place; for the form and for imports."""

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
"""How far a point may be outside the place it belongs to: suburbs, and the centres of large regions."""
_AT_BORDER_KM = 10.0
_ONE_OF_THEM = 0.85
"""Minimum confidence that one of the candidates is meant; a venue named like a part of a town's name has less."""
_REGION_FACTOR = 2.0
"""Regions are not circles: parts of them are outside their radius."""


def sure_places(answer: Answer | None) -> tuple[Candidate, ...]:
    """Return the places of which a sure answer means one; () if it is not sure and so contradicts nothing."""
    match answer:
        case Located(candidate=found) if found.confidence >= SURE_CONFIDENCE:
            return candidates_of(answer)
        case Ambiguous(candidates=candidates) if sum(one.confidence for one in candidates) >= _ONE_OF_THEM:
            return candidates
        case _:
            return ()


def km_outside(point: Point, place: Candidate) -> float:
    """Return how many kilometres a point is outside a place and its surroundings; 0 or less if it is inside.

    A country is compared by its borders, because a circle is too imprecise.
    """
    away = measure_km(*point, place.lat, place.lon)
    if place.precision is LocationPrecision.COUNTRY:
        return 0.0 if may_be_in_country(point, place.country) else away
    radius_km = place.radius_m / 1000 * (_REGION_FACTOR if place.precision is LocationPrecision.REGION else 1.0)
    return away - max(NEAR_KM, radius_km)


def may_be_in_country(point: Point, country: str) -> bool:
    """Return whether a point may be in a country (alpha-2) or its territories; at sea it may be in any."""
    there = countries_around(*point, within_km=_AT_BORDER_KM)
    return not there or any(code == country or is_within(code, country) for code in there)


def rounded_km(km: float) -> str:
    """Format a distance, rounded to 10 km from 100 km on."""
    # A narrow no-break space groups digits in English, as in crowd sizes.
    return number(int(round(km, -1 if km >= 100 else 0))).replace(",", "\u202f")
