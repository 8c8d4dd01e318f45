"""Places with their names, as passed from the gazetteer's sources to its writer."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rallymap.distances import measure_km
from rallymap.places.codes import FROM_CLDR_CITIES, NameRank, PlaceKind
from rallymap.places.normalize import fold_variants


@dataclass(slots=True)
class DraftPlace:
    """A place before it is written.

    `admin1` and `admin2` are GeoNames codes such as ``US.CA`` and ``US.CA.037``; `iso_code` is that of ISO 3166-2.
    """

    kind: PlaceKind
    country: str
    name: str
    lat: float = math.nan
    lon: float = math.nan
    population: int = 0
    radius_km: float = 0.0
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    iso_code: str = ""
    keys: dict[str, int] = field(default_factory=dict)

    def add_name(self, name: str, rank: NameRank, *, from_cldr_cities: bool = False) -> None:
        """Add a name to the place, keeping the best rank for each key."""
        for number, key in enumerate(fold_variants(name)):
            if not key or len(key.encode()) > 200:
                continue
            value = int(max(rank, NameRank.SHORTENED) if number else rank)
            old = self.keys.get(key)
            if from_cldr_cities:
                # Only marked if no other source has the name, so that excluding the marked ones is a fair test.
                if old is None or old & FROM_CLDR_CITIES:
                    self.keys[key] = min(value, (old or value) & 0x7F) | FROM_CLDR_CITIES
                else:
                    # Another source has it as an alias; that CLDR has it shows that people write it ("Roma").
                    self.keys[key] = min(value, old)
            elif old is None or old & FROM_CLDR_CITIES or value < old:
                self.keys[key] = value


class Draft:
    """All places gathered so far, with the indexes that later sources need."""

    def __init__(self) -> None:
        self.places: list[DraftPlace] = []
        self.by_admin1_key: dict[tuple[str, str], list[DraftPlace]] = defaultdict(list)

    def add(self, place: DraftPlace) -> DraftPlace:
        """Add a place whose names are complete enough to be found by later sources."""
        self.places.append(place)
        for key, rank in place.keys.items():
            if rank & 0x7F <= NameRank.SHORTENED:
                self.by_admin1_key[place.admin1, key].append(place)
        return place

    def find_near(
        self, admin1: str, key: str, lat: float, lon: float, within_km: float, kinds: Iterable[PlaceKind]
    ) -> DraftPlace | None:
        """Find the place of one of these kinds that has this key within `within_km` in the division."""
        wanted = frozenset(kinds)
        near = [
            (measure_km(lat, lon, place.lat, place.lon), number, place)
            for number, place in enumerate(self.by_admin1_key.get((admin1, key), ()))
            if place.kind in wanted
        ]
        best = min(near, default=None, key=lambda item: item[:2])
        return best[2] if best and best[0] <= within_km else None


def centre_of(points: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Find centre and radius of weighted points `(lat, lon, weight)`.

    The centre is the mean of the unit vectors, so the antimeridian needs no special case; the radius in km covers 95 %
    of the points. Raises `ValueError` without points.
    """
    x = y = z = 0.0
    for lat, lon, weight in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x += weight * math.cos(phi) * math.cos(lam)
        y += weight * math.cos(phi) * math.sin(lam)
        z += weight * math.sin(phi)
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    distances = sorted(measure_km(lat, lon, point[0], point[1]) for point in points)
    return lat, lon, distances[min(len(distances) - 1, int(0.95 * len(distances)))]


def city_radius_km(population: int) -> float:
    """Estimate the radius of a town from its population: 3 000 per square kilometre, at least 1 km, at most 30."""
    return min(30.0, max(1.0, math.sqrt(population / 3000 / math.pi)))
