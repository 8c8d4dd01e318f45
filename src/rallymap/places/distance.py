"""Distances on the Earth."""

from __future__ import annotations

import math
from typing import Final

_EARTH_RADIUS_KM: Final = 6371.0088
#: Kilometres of one degree of latitude, a little less than anywhere on Earth.
KM_PER_DEGREE: Final = 110.5


def measure_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Measure the great-circle distance in km by the haversine formula (R. W. Sinnott, 1984)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = math.sin((phi_b - phi_a) / 2) ** 2
    half += math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
