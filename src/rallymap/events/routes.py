"""Route of a moving event: its start, the points it passes, its end."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events.places import Location
from rallymap.events.texts import MAX_NAME, clean_text
from rallymap.language import digits, tr

MAX_WAYPOINTS = 12


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One point of a route: a place text with its location if known, or a location only."""

    text: str = ""
    location: Location | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text("route_text", self.text, max_length=MAX_NAME))
        if not self.text and self.location is None:
            raise InvalidEventError("route_text", tr("A point of a route needs a place or coordinates."))


def checked_route(points: tuple[Waypoint, ...]) -> tuple[Waypoint, ...]:
    """Return the points of a route from start to end; raise ``InvalidEventError`` if there is one or too many."""
    if len(points) == 1:
        raise InvalidEventError("route_text", tr("A route needs a start and an end; give both, or neither."))
    if len(points) > MAX_WAYPOINTS:
        raise InvalidEventError("route_text", tr("At most {most} points of a route fit.", most=digits(MAX_WAYPOINTS)))
    return points


def line_of(points: tuple[Waypoint, ...]) -> list[tuple[float, float]]:
    """Return latitude and longitude of the located points, in order; [] if there are fewer than two."""
    line = [(point.location.lat, point.location.lon) for point in points if point.location is not None]
    return line if len(set(line)) > 1 else []
