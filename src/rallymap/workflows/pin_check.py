"""Check whether a point set by a person agrees with the place text."""

from __future__ import annotations

from rallymap.countries import country_name
from rallymap.distances import measure_km
from rallymap.language import tr
from rallymap.places import Answer, Candidate
from rallymap.workflows.point_agreement import Point, km_outside, may_be_in_country, rounded_km, sure_places


def contradiction_of_pin(
    point: Point, answer: Answer | None, picked: Candidate | None = None, *, country: str = ""
) -> str:
    """Return how a point contradicts the place text or the country; "" if it agrees or is not sure.

    Parameters
    ----------
    point
        The point that was dragged or typed.
    answer
        The resolver's answer to the place text; if it is ambiguous, the point may be at any of the places.
    picked
        The place that the organiser chose, which overrides the answer; None for none.
    country
        Alpha-2 code of the chosen country, "" for none.
    """
    if country and not may_be_in_country(point, country):
        return tr(
            "This point is not in {country}. Move the pin or clear the coordinates, or correct the country.",
            country=country_name(country),
        )
    places = sure_places(answer) if picked is None else (picked,)
    if not places:
        return ""
    km, nearest = min(((km_outside(point, place), place) for place in places), key=lambda pair: pair[0])
    if km <= 0:
        return ""
    away = measure_km(*point, nearest.lat, nearest.lon)
    return tr(
        "This point is {distance} km from {place}. Move the pin or clear the coordinates, or correct the place.",
        distance=rounded_km(away),
        place=nearest.label,
    )
