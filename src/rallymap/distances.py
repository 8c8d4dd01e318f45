"""Great-circle distances by the haversine formula (R. W. Sinnott, 1984)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Degrees = npt.NDArray[np.float64]

EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius (IUGG)."""
EQUATOR_M: Final = 40_075_016.686
"""Length of the equator (WGS 84), which is the width of Web Mercator's square."""
KM_PER_DEGREE: Final = 110.5
"""Kilometres per degree of latitude, slightly less than the true value anywhere on Earth."""


def measure_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Measure the distance in km between two points in decimal degrees.

    Same formula as :func:`measure_many_km`, in plain floats: numpy takes ten times as long for one point.
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def measure_many_km(lats: Degrees, lons: Degrees, lat: float, lon: float) -> Degrees:
    """Measure the distances in km of n points, arrays of shape (n,), from one point; all in decimal degrees."""
    import numpy as np  # loads slowly, and most commands measure single points only

    phis, phi = np.radians(lats), math.radians(lat)
    half = np.sin((phis - phi) / 2) ** 2
    half += np.cos(phis) * math.cos(phi) * np.sin(np.radians(lons - lon) / 2) ** 2
    distances: Degrees = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return distances
