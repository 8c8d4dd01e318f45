"""Whether a point that somebody set agrees with the place in words beside it."""

from __future__ import annotations

from rallymap.events import Event, LocationPrecision
from rallymap.places import Ambiguous, Answer, Candidate, Located, candidates_of
from rallymap.places.distance import measure_km
from rallymap.workflows.geocoding import LOW_CONFIDENCE
from rallymap.workflows.given_points import NEAR_KM

Point = tuple[float, float]
"""Latitude and longitude, decimal degrees."""
_REGION_FACTOR = 2.0
"""Regions are no circles: parts of them lie farther out than their radius."""


def contradiction_of_pin(point: Point, answer: Answer | None, picked: Candidate | None = None) -> str:
    """Say how far a point lies from the place in words, or "" where the two agree or the place is not sure.

    Parameters
    ----------
    point
        As it was dragged or typed.
    answer
        What the place text means; of an ambiguous one the point may lie at any of the places.
    picked
        The place that the organiser chose among them, which goes before the answer; None for none.
    """
    places = _sure_places(answer, picked)
    if not places:
        return ""
    km, nearest = min(((_km_outside(point, place), place) for place in places), key=lambda pair: pair[0])
    if km <= 0:
        return ""
    away = measure_km(*point, nearest.lat, nearest.lon)
    return (
        f"This point is {_rounded(away)} km from {nearest.label}. Move the pin or clear the coordinates, or correct "
        "the place."
    )


def says_same_place(event: Event, before: Event) -> bool:
    """Return whether two states of an event have the same place in words and, to the form's digits, the same point."""
    here, there = event.location, before.location
    if here is None or there is None or event.place != before.place:
        return here is there and event.place == before.place
    return (round(here.lat, 5), round(here.lon, 5)) == (round(there.lat, 5), round(there.lon, 5))


def _sure_places(answer: Answer | None, picked: Candidate | None) -> tuple[Candidate, ...]:
    if picked is not None:
        return (picked,)
    match answer:
        case Located(candidate=found) if found.confidence >= LOW_CONFIDENCE:
            return candidates_of(answer)
        case Ambiguous(candidates=candidates):
            return candidates
        case _:
            return ()


def _km_outside(point: Point, place: Candidate) -> float:
    if place.precision is LocationPrecision.COUNTRY:
        return 0.0  # a circle says too little about where a country ends
    radius_km = place.radius_m / 1000 * (_REGION_FACTOR if place.precision is LocationPrecision.REGION else 1.0)
    return measure_km(*point, place.lat, place.lon) - max(NEAR_KM, radius_km)


def _rounded(km: float) -> str:
    # A narrow no-break space groups digits, as in crowd sizes.
    return f"{round(km, -1 if km >= 100 else 0):,.0f}".replace(",", "\u202f")
