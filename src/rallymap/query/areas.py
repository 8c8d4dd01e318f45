"""Areas of a filter (a circle, a box, a drawn ring), and which points are inside them."""

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
"""South, west, north, east in decimal degrees; if west is greater than east, the box crosses the antimeridian."""
Ring = tuple[tuple[float, float], ...]
"""Corners, latitude and longitude in decimal degrees; the last is connected to the first."""

MAX_RADIUS_KM: Final = 20_040.0
MAX_CORNERS: Final = 100
DIGITS: Final = 5
"""Decimal places of degrees in links: about one metre."""
_ROUNDING_DEGREES: Final = 1e-9

Degrees = npt.NDArray[np.float64]
Inside = npt.NDArray[np.bool_]


def rounded_circle(circle: Circle) -> Circle:
    """Round a circle to the precision of links."""
    return round(circle[0], DIGITS), round(circle[1], DIGITS), round(circle[2], DIGITS)


def rounded_box(box: Box) -> Box:
    """Round a box to the precision of links."""
    south, west, north, east = (round(edge, DIGITS) for edge in box)
    return south, west, north, east


def rounded_ring(ring: Sequence[tuple[float, float]]) -> Ring:
    """Round a ring to the precision of links, and drop a last corner that repeats the first."""
    corners = tuple((round(lat, DIGITS), round(lon, DIGITS)) for lat, lon in ring)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def is_ring(ring: Sequence[tuple[float, float]]) -> bool:
    """Return whether corners form a valid area; longitudes can range from -360 to 360."""
    return 3 <= len(ring) <= MAX_CORNERS and all(-90 <= lat <= 90 and -360 <= lon <= 360 for lat, lon in ring)


def within_circle(circle: Circle, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are within the radius along great circles."""
    # Distances are never shorter than the difference in latitude, so most points need no trigonometry.
    reach = math.degrees(circle[2] / EARTH_RADIUS_KM) + _ROUNDING_DEGREES
    inside: Inside = np.abs(lat - circle[0]) <= reach
    near = np.flatnonzero(inside)
    inside[near] = measure_many_km(lat[near], lon[near], circle[0], circle[1]) <= circle[2]
    return inside


def within_box(box: Box, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are in a box, including its borders."""
    south, west, north, east = box
    inside: Inside = (lat >= south) & (lat <= north)
    inside &= (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return inside


def within_ring(ring: Ring, lat: Degrees, lon: Degrees) -> Inside:
    """Return which points are in a ring with sides that are straight in latitude and longitude, as in GeoJSON.

    Counts the sides that a ray from the point crosses (W. R. Franklin's PNPOLY). Points that a self-overlapping ring
    covers twice are outside, as in SVG's even-odd rule.
    """
    inside: Inside = np.zeros(len(lat), np.bool_)
    lats, lons = (np.array([corner[axis] for corner in ring]) for axis in (0, 1))
    for turn in (-360.0, 0.0, 360.0):
        near = (lat >= lats.min()) & (lat <= lats.max()) & (lon + turn >= lons.min()) & (lon + turn <= lons.max())
        at = np.flatnonzero(near)
        # The points are sorted by latitude, so those that a side can cross are one slice: many corners cost little.
        at = at[np.argsort(lat[at])]
        inside[at] ^= _crossings_are_odd(lats, lons, lat[at], lon[at] + turn)
    return inside


def _crossings_are_odd(lats: Degrees, lons: Degrees, lat: Degrees, lon: Degrees) -> Inside:
    """Return for points sorted by latitude whether an odd number of sides is east of them."""
    odd: Inside = np.zeros(len(lat), np.bool_)
    for one in range(len(lats)):
        lat1, lon1, lat2, lon2 = lats[one - 1], lons[one - 1], lats[one], lons[one]
        if lat1 != lat2:
            passed = slice(*np.searchsorted(lat, (min(lat1, lat2), max(lat1, lat2))))
            odd[passed] ^= lon[passed] < (lon2 - lon1) * (lat[passed] - lat1) / (lat2 - lat1) + lon1
    return odd
