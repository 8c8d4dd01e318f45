"""The town nearest to a point."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from rallymap.distances import KM_PER_DEGREE, measure_many_km
from rallymap.places.codes import CITY
from rallymap.places.gazetteer import Gazetteer

_BAND_DEGREES: Final = 0.5
"""Towns up to this far north and south are measured first; a nearest one within that distance is the nearest of all."""


class _Towns(NamedTuple):
    """Rows of all towns, sorted by latitude, with their points in degrees and the numbers of their countries."""

    rows: npt.NDArray[np.int64]
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]
    countries: npt.NDArray[np.uint8]


def nearest_town(gazetteer: Gazetteer, lat: float, lon: float, country: str = "") -> int | None:
    """Return the row of the town nearest to a point in degrees, optionally within `country`; None if there is none."""
    towns = _towns_of(gazetteer)
    low, high = np.searchsorted(towns.lats, (lat - _BAND_DEGREES, lat + _BAND_DEGREES)).tolist()
    for some, is_enough_km in ((slice(low, high), _BAND_DEGREES * KM_PER_DEGREE), (slice(None), np.inf)):
        rows, lats, lons = towns.rows[some], towns.lats[some], towns.lons[some]
        if country:
            own = towns.countries[some] == gazetteer.number_of_country(country)
            rows, lats, lons = rows[own], lats[own], lons[own]
        if not len(rows):
            continue
        away_km = measure_many_km(lats, lons, lat, lon)
        nearest = int(np.argmin(away_km))
        if away_km[nearest] <= is_enough_km:
            return int(rows[nearest])
    return None


@lru_cache(maxsize=2)
def _towns_of(gazetteer: Gazetteer) -> _Towns:
    columns = gazetteer.columns
    rows = np.flatnonzero(columns["kind"] == CITY)
    rows = rows[np.argsort(columns["lat"][rows], kind="stable")]
    return _Towns(rows, columns["lat"][rows] / 1e5, columns["lon"][rows] / 1e5, columns["country"][rows])
