"""Routes of events in numbered fields, ``route_text``, ``route2_text`` ...: parse and format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rallymap.errors import InvalidEventError
from rallymap.events import Location, LocationPrecision, Waypoint
from rallymap.intake.coordinates import parse_coordinates
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.groups import items_of
from rallymap.intake.where import RADIUS_M

_FIGURES = re.compile(r"[\d\s.,;:°º'′’\"″”NSEWnsew+−-]+")
_JOINTS = re.compile(r"\s*(?:→|⇒|➔|⟶|->|=>|>)\s*|\s+[-–—]+\s+")


def read_route(fields: Mapping[str, str], errors: FieldErrors, *, method: str) -> tuple[Waypoint, ...]:
    """Build the points of a route, by number.

    If the text is coordinates, it is a point; otherwise it is a place to be geocoded later, unless the fields contain
    its location, as in our own exports. `method` is recorded for coordinates.
    """
    parts = {item.number: item.texts for item in items_of(fields, "route")}
    read = (
        errors.attempt(lambda of=of: _waypoint(of, method), None, field_for=lambda _, n=number: field_of_point(n))  # type: ignore[misc]
        for number, of in parts.items()
        if of.get("text") or of.get("lat")
    )
    return tuple(point for point in read if point is not None)


def field_of_point(number: int) -> str:
    """Return the name of the field for a point of a route, counted from 1."""
    return f"route{number if number > 1 else ''}_text"


def point_text(point: Waypoint) -> str:
    """Return the value of a point's field: its place text, or its coordinates."""
    if point.text or point.location is None:
        return point.text
    return f"{point.location.lat:.5f}, {point.location.lon:.5f}"


def split_route(text: str) -> Sequence[str]:
    """Split "Stortinget – Youngstorget" or "A -> B -> C" into points; a single place is one part."""
    return [part for part in (piece.strip(" ,;") for piece in _JOINTS.split(text)) if part]


def is_point(text: str) -> bool:
    """Return whether a part of a route is coordinates and no place name."""
    return bool(_FIGURES.fullmatch(text))


def _waypoint(of: Mapping[str, str], method: str) -> Waypoint:
    text = of.get("text", "").strip()
    if location := _as_exported(of):
        return Waypoint(text, location)
    if is_point(text):
        lat, lon = parse_coordinates(text)
        return Waypoint("", Location(lat, lon, LocationPrecision.VENUE, RADIUS_M[LocationPrecision.VENUE], 1.0, method))
    return Waypoint(text)


def _as_exported(of: Mapping[str, str]) -> Location | None:
    """Return the location of a point in our own export; None if a value is missing or not a number."""
    try:
        numbers = [float(of.get(name, "")) for name in ("lat", "lon", "radius_m", "confidence")]
        lat, lon, radius_m, confidence = numbers
        precision = LocationPrecision(of.get("precision", ""))
        names = (of.get(name, "") for name in ("method", "name", "region", "country"))
        return Location(lat, lon, precision, radius_m, confidence, *names)
    except (ValueError, InvalidEventError):
        return None
