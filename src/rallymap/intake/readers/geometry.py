"""What the geometry of a map file says about an event: a point, the route of a march, or the middle of a small area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from rallymap.distances import measure_km
from rallymap.events import MAX_WAYPOINTS

LAT: Final = "geometry latitude"
LON: Final = "geometry longitude"
ROUTE: Final = "geometry route"
REST: Final = "geometry"
"""Columns of a geometry: its point, its route, and what is neither, which moderators see."""
_MAX_DEPTH = 6
_LARGEST = 1e9
"""No coordinate of any system in metres or degrees is larger."""
_LONGEST_MARCH_KM = 50.0
"""A longer line joins two distant places, as maps of emigration do; nobody marches there in a day."""
_WIDEST_AREA_KM = 2.0
"""The middle of a wider area, such as a country, is not where people gathered."""

Point = tuple[float, float]
"""Latitude and longitude."""


def columns_of(geometry: Any) -> dict[str, Any]:
    """Return the columns for a geometry of GeoJSON (RFC 7946, 3.1); none if it has no coordinates.

    A point gives `LAT` and `LON`. A line that a march can take gives its start as the point, and `ROUTE`. A small area
    gives the middle of its bounds. `REST` has the further points of a collection, or the bounds of a long line or wide
    area, which give no point.
    """
    points = list(_points(geometry))
    if not points:
        return {}
    kind = _kind(geometry)
    width_km = _diagonal_km(points)
    if kind == "line" and width_km:
        if sum(measure_km(*a, *b) for a, b in pairwise(points)) > _LONGEST_MARCH_KM:
            return {REST: _bounds_in_words(points)}
        return _point_columns(points[0]) | {ROUTE: " → ".join(_in_words(point) for point in _thinned(points))}
    if kind == "area" and width_km:
        if width_km > _WIDEST_AREA_KM:
            return {REST: _bounds_in_words(points)}
        lats, lons = zip(*points, strict=True)
        return _point_columns((round((min(lats) + max(lats)) / 2, 6), round((min(lons) + max(lons)) / 2, 6)))
    others = [point for point in dict.fromkeys(points) if point != points[0]]
    return _point_columns(points[0]) | ({REST: "; ".join(map(_in_words, others))} if others else {})


def _kind(geometry: Any) -> str:
    """Return "line", "area" or "points"; the first geometry of a collection decides."""
    while isinstance(geometry, Mapping) and isinstance(inner := geometry.get("geometries"), list) and inner:
        geometry = inner[0]
    name = str(geometry.get("type", "")) if isinstance(geometry, Mapping) else ""
    if name.endswith("LineString"):
        return "line"
    return "area" if name.endswith("Polygon") else "points"


def _points(geometry: Any) -> Iterator[Point]:
    """Yield the points of a geometry in order; what is no pair of numbers is skipped."""
    if not isinstance(geometry, Mapping):
        return
    inner = geometry.get("geometries")
    if isinstance(inner, list):
        first = next((each for each in inner if any(True for _ in _points(each))), None)
        if first is not None:
            yield from _points(first)
        return
    yield from _pairs(geometry.get("coordinates"), _MAX_DEPTH)


def _pairs(value: Any, depth: int) -> Iterator[Point]:
    if not isinstance(value, list) or not value or not depth:
        return
    if len(value) >= 2 and all(_is_number(x) for x in value[:2]):
        yield float(value[1]), float(value[0])
        return
    for each in value:
        yield from _pairs(each, depth - 1)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _diagonal_km(points: Sequence[Point]) -> float:
    (south, west), (north, east) = _bounds(points)
    return measure_km(south, west, north, east)


def _bounds(points: Sequence[Point]) -> tuple[Point, Point]:
    lats, lons = zip(*points, strict=True)
    return (min(lats), min(lons)), (max(lats), max(lons))


def _thinned(points: Sequence[Point]) -> list[Point]:
    """Return at most `MAX_WAYPOINTS` points: the start, the end, and points at even steps between."""
    last = len(points) - 1
    count = min(MAX_WAYPOINTS, len(points))
    return [points[round(last * n / (count - 1))] for n in range(count)]


def _point_columns(point: Point) -> dict[str, Any]:
    return {LAT: point[0], LON: point[1]}


def _in_words(point: Point) -> str:
    return f"{point[0]:.5f}, {point[1]:.5f}"


def _bounds_in_words(points: Sequence[Point]) -> str:
    return " – ".join(map(_in_words, _bounds(points)))
