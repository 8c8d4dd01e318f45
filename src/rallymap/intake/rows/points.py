"""Whether the columns for latitude and longitude of a table hold each other's values; decided by all of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.borders import countries_around
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_SAMPLE = 200
_MOST_AS_GIVEN = 0.5
_LEAST_SWAPPED = 0.8
_COAST_KM = 10.0
_NOBODY_THERE = frozenset({"AQ"})


def columns_look_swapped(table: Table, columns: Sequence[Column]) -> bool:
    """Return whether most points of a table are at sea or no points at all as given, and on land when swapped."""
    at = {column.field: column.position for column in columns if column.field in ("lat", "lon")}
    if len(at) < 2:
        return False
    pairs = dict.fromkeys(
        pair for _, cells in table.rows if (pair := _pair(cells, at["lat"], at["lon"])) is not None and any(pair)
    )
    step = max(1, len(pairs) // _SAMPLE)
    points = list(pairs)[::step]
    if not points or all(abs(lat) <= 90 and _is_on_land(lat, lon) for lat, lon in points[:3]):
        return False
    as_given = sum(_is_on_land(lat, lon) for lat, lon in points)
    swapped = sum(_is_on_land(lon, lat) for lat, lon in points)
    return as_given <= _MOST_AS_GIVEN * len(points) and swapped >= _LEAST_SWAPPED * len(points)


def _pair(cells: tuple[str, ...], lat_at: int, lon_at: int) -> tuple[float, float] | None:
    try:
        lat, lon = (float(fold_cell(cells[at]).replace(",", ".")) for at in (lat_at, lon_at))
    except (ValueError, IndexError):
        return None
    return (lat, lon) if -180 <= lat <= 180 and -180 <= lon <= 180 else None


def _is_on_land(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and bool(countries_around(lat, lon, within_km=_COAST_KM) - _NOBODY_THERE)
