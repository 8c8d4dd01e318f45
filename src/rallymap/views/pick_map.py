"""The small map of a form: candidates to choose from, a pin to drag, and the points of a route."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rallymap.views.map_choice import THEMES


class PickCandidate(NamedTuple):
    """A candidate place: degrees, label, radius in metres, and a value of ``LocationPrecision``."""

    lat: float
    lon: float
    label: str
    radius_m: float
    precision: str


class RoutePoint(NamedTuple):
    """A point of a route: degrees, label, and its number among the points, from 1."""

    lat: float
    lon: float
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class PickMessage:
    """A visitor's action: clicked a candidate (its index) or a route point (its number), or dropped the pin."""

    lat: float
    lon: float
    candidate: int | None = None
    point: int | None = None


def pick_choice(
    candidates: Sequence[PickCandidate],
    *,
    chosen: int | None,
    pin: tuple[float, float] | None,
    draggable: bool,
    theme: str,
    view: tuple[float, float, float] | None = None,
    route: Sequence[RoutePoint] = (),
) -> dict[str, Any]:
    """Return the choice for ``PickMap.show`` in ``assets/map/pick.js``.

    Parameters
    ----------
    candidates
        In the order of their numbers on the map.
    chosen
        Index of the chosen candidate, or None.
    pin
        Latitude and longitude of a dragged pin, or None if it is at the chosen candidate.
    draggable
        Whether there is a pin, which can be dragged, or placed by a click on the map.
    view
        Latitude, longitude and radius in metres of the view if there is neither a candidate nor a pin; None for the
        world.
    theme
        ``light`` or ``dark``.
    route
        The located points, from start to end.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    if theme not in THEMES:
        raise ValueError(f"theme is one of {THEMES}, not {theme!r}")
    return {
        "candidates": [candidate._asdict() for candidate in candidates],
        "chosen": chosen,
        "pin": pin,
        "draggable": draggable,
        "view": view,
        "route": [point._asdict() for point in route],
        "theme": theme,
    }


def parse_pick_message(
    value: object, candidates: Sequence[PickCandidate], route: Sequence[RoutePoint] = ()
) -> PickMessage | None:
    """Parse a message of the small map; None if it names no known candidate or point, and no valid coordinates."""
    if not isinstance(value, Mapping):
        return None
    index: Any = value.get("candidate")
    if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < len(candidates):
        return PickMessage(candidates[index].lat, candidates[index].lon, candidate=index)
    number: Any = value.get("point")
    for point in route:
        if point.number == number and not isinstance(number, bool):
            return PickMessage(point.lat, point.lon, point=point.number)
    pin = value.get("pin")
    if not isinstance(pin, list) or len(pin) != 2:
        return None
    lat, lon = (float(part) if isinstance(part, (int, float)) else math.nan for part in pin)
    return PickMessage(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
