"""Areas that a filter names (a circle, a box between degrees, a drawn ring), and the points inside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from rallymap.distances import EARTH_RADIUS_KM, measure_many_km

Circle = tuple[float, float, float]
"""Latitude and longitude in decimal degrees, radius in km."""
Box = tuple[float, float, float, float]
"""South, west, north, east in decimal degrees; west above east crosses the antimeridian."""
Ring = tuple[tuple[float, float], ...]
"""Corners, latitude and longitude in decimal degrees; the last is joined to the first."""

MAX_RADIUS_KM: Final = 20_040.0
MAX_CORNERS: Final = 100
DIGITS: Final = 5
"""Of degrees in links: about a metre."""
_ROUNDING_DEGREES: Final = 1e-9

Degrees = npt.NDArray[np.float64]
Inside = npt.NDArray[np.bool_]


def rounded_circle(circle: Circle) -> Circle:
    """Return a circle as a link can say it."""
    return round(circle[0], DIGITS), round(circle[1], DIGITS), round(circle[2], DIGITS)


def rounded_box(box: Box) -> Box:
    """Return a box as a link can say it."""
    south, west, north, east = (round(edge, DIGITS) for edge in box)
    return south, west, north, east


def rounded_ring(ring: Sequence[tuple[float, float]]) -> Ring:
    """Return a ring as a link can say it, without a last corner that repeats the first."""
    corners = tuple((round(lat, DIGITS), round(lon, DIGITS)) for lat, lon in ring)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def is_ring(ring: Sequence[tuple[float, float]]) -> bool:
    """Return whether corners make an area that can be asked for; longitudes may go to 360 either way."""
    return 3 <= len(ring) <= MAX_CORNERS and all(-90 <= lat <= 90 and -360 <= lon <= 360 for lat, lon in ring)


def within_circle(circle: Circle, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are at most the radius away, along great circles."""
    # No way is shorter than the difference in latitude, so that most points need no trigonometry.
    reach = math.degrees(circle[2] / EARTH_RADIUS_KM) + _ROUNDING_DEGREES
    inside: Inside = np.abs(lat - circle[0]) <= reach
    near = np.flatnonzero(inside)
    inside[near] = measure_many_km(lat[near], lon[near], circle[0], circle[1]) <= circle[2]
    return inside


def within_box(box: Box, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are in a box, its borders included."""
    south, west, north, east = box
    inside: Inside = (lat >= south) & (lat <= north)
    inside &= (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return inside


def within_ring(ring: Ring, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are in a ring whose sides are straight in latitude and longitude, as those of GeoJSON.

    Counts the sides that a ray from the point crosses (W. R. Franklin's PNPOLY): where a ring overlaps itself, points
    that lie in it twice are outside, as the even-odd rule of SVG fills it.
    """
    inside: Inside = np.zeros(len(lat), np.bool_)
    lats, lons = (np.array([corner[axis] for corner in ring]) for axis in (0, 1))
    for turn in (-360.0, 0.0, 360.0):
        near = (lat >= lats.min()) & (lat <= lats.max()) & (lon + turn >= lons.min()) & (lon + turn <= lons.max())
        at = np.flatnonzero(near)
        # In the order of latitude, the points that a side passes are one slice: many corners cost little more than few.
        at = at[np.argsort(lat[at])]
        inside[at] ^= _crossings_are_odd(lats, lons, lat[at], lon[at] + turn)
    return inside


def _crossings_are_odd(lats: Degrees, lons: Degrees, lat: Degrees, lon: Degrees) -> Inside:
    """Return for points, sorted by latitude, whether an odd number of sides is east of them."""
    odd: Inside = np.zeros(len(lat), np.bool_)
    for one in range(len(lats)):
        lat1, lon1, lat2, lon2 = lats[one - 1], lons[one - 1], lats[one], lons[one]
        if lat1 != lat2:
            passed = slice(*np.searchsorted(lat, (min(lat1, lat2), max(lat1, lat2))))
            odd[passed] ^= lon[passed] < (lon2 - lon1) * (lat[passed] - lat1) / (lat2 - lat1) + lon1
    return odd
