"""Geocode the points of a route."""

from __future__ import annotations

from dataclasses import replace

from rallymap.distances import measure_km
from rallymap.events import Event, Kind, Location, LocationPrecision, Waypoint
from rallymap.intake.routes import point_text
from rallymap.places import SURE_CONFIDENCE, Answer, Candidate, Located, Resolver

REACH_KM = 150.0
"""Maximum distance of a route point from the event; a match farther away is another place with that name."""
_SPOTS = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)


def with_route(resolver: Resolver, event: Event, before: tuple[Waypoint, ...] = ()) -> Event:
    """Geocode the points of a route whose text clearly names a place; the others stay unlocated.

    Parameters
    ----------
    resolver
        An offline resolver.
    event
        The event with its location, which determines the town of the route.
    before
        The route before a change: points with unchanged text keep their location.
    """
    if all(point.location is not None for point in event.route) and not before:
        return event
    known = {point_text(point): point for point in before}
    points = tuple(known.get(point_text(point)) or _located(resolver, event, point) for point in event.route)
    return event if points == event.route else event.changed(route=points)


def route_of_place(resolver: Resolver, event: Event) -> tuple[Waypoint, ...]:
    """Return the route in a march's place text, "from Cologne to Bonn"; () if there is none for sure."""
    if event.kind is not Kind.MARCH or event.route:
        return ()
    towns = resolver.towns_of_route(event.place.text)
    country = event.place.country_hint or None
    found = [_sure(resolver.resolve(town, country=country)) for town in towns]
    # "From Cologne to Bonn": resolve an ambiguous name to the country of the other end.
    there = next((location.country for location in found if location is not None), "")
    found = [
        location or (_sure(resolver.resolve(town, country=there)) if there else None)
        for town, location in zip(towns, found, strict=True)
    ]
    return tuple(Waypoint(town, location) for town, location in zip(towns, found, strict=True)) if all(found) else ()


def _located(resolver: Resolver, event: Event, point: Waypoint) -> Waypoint:
    if point.location is not None:
        return point
    country = event.place.country_hint or (event.location.country if event.location is not None else "") or None
    town = (event.location.name if event.location is not None else "") or event.place.text
    if town:
        spot = _sure(resolver.resolve(f"{point.text}, {town}", country=country))
        if spot is not None and spot.precision in _SPOTS and _is_near(event, spot):
            return replace(point, location=spot)
    alone = _sure(resolver.resolve(point.text, country=country))
    return replace(point, location=alone) if alone is not None and _is_near(event, alone) else point


def _is_near(event: Event, location: Location) -> bool:
    at = event.location
    return at is None or measure_km(at.lat, at.lon, location.lat, location.lon) <= REACH_KM + at.radius_m / 1000


def _sure(answer: Answer) -> Location | None:
    if not isinstance(answer, Located) or answer.candidate.confidence < SURE_CONFIDENCE:
        return None
    found: Candidate = answer.candidate
    return Location(
        found.lat, found.lon, found.precision, found.radius_m, found.confidence, found.method, found.name,
        found.admin1 or "", found.country,
    )  # fmt: skip
