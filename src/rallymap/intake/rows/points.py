"""Coordinates in a table: detect swapped columns from all rows, and write the point of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.borders import countries_around
from rallymap.errors import InvalidEventError
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.coordinates import PointOrder, parse_coordinates, plain_pair, swap_pair
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.language import phrase

_SAMPLE = 200
_MOST_AS_GIVEN = 0.5
_LEAST_SWAPPED = 0.8
_COAST_KM = 10.0
_NOBODY_THERE = frozenset({"AQ"})
_LETTER = re.compile(r"[°NSEWnsew]")
_HEMISPHERE = re.compile(r"[NSEWnsew]")
_OWN = (
    "location_name", "location_admin1", "location_country", "location_confidence", "location_method", "radius_m",
)  # fmt: skip
_SWAPPED = phrase("Latitude and longitude are swapped, as you chose.")
_LON_FIRST = phrase("This is read with the longitude first. In this order the points fit the places.")


def columns_look_swapped(table: Table, columns: Sequence[Column]) -> bool:
    """Return whether most points of a table are at sea or invalid as given, but on land when swapped."""
    at = {column.field: column.position for column in columns if column.field in ("lat", "lon")}
    if len(at) < 2:
        return False
    pairs = dict.fromkeys(
        pair for _, cells in table.rows if (pair := _pair(cells, at["lat"], at["lon"])) is not None and any(pair)
    )
    step = max(1, len(pairs) // _SAMPLE)
    points = list(pairs)[::step]
    if not points or all(abs(lat) <= 90 and is_on_land(lat, lon) for lat, lon in points[:3]):
        return False
    as_given = sum(is_on_land(lat, lon) for lat, lon in points)
    swapped = sum(is_on_land(lon, lat) for lat, lon in points)
    return as_given <= _MOST_AS_GIVEN * len(points) and swapped >= _LEAST_SWAPPED * len(points)


def _pair(cells: tuple[str, ...], lat_at: int, lon_at: int) -> tuple[float, float] | None:
    try:
        lat, lon = (float(fold_cell(cells[at]).replace(",", ".")) for at in (lat_at, lon_at))
    except (ValueError, IndexError):
        return None
    return (lat, lon) if -180 <= lat <= 180 and -180 <= lon <= 180 else None


def is_on_land(lat: float, lon: float) -> bool:
    """Return whether a point is in a country or close to its coast."""
    return -90 <= lat <= 90 and bool(countries_around(lat, lon, within_km=_COAST_KM) - _NOBODY_THERE)


def write_point(row: Row, points: PointOrder, *, are_doubted: bool, pairs: PointOrder) -> None:
    """Write the coordinates of a row and the details of its location.

    Parameters
    ----------
    row
        Row whose place is already written.
    points
        The user's choice for the coordinate columns.
    are_doubted
        Whether the columns look swapped; a person must then decide about the point.
    pairs
        Order of plain pairs in one column, from :func:`rallymap.intake.rows.pair_order.order_of_pairs`.
    """
    lat, lon, pair = row.first("lat"), row.first("lon"), row.first("coordinates")
    if points is PointOrder.LEAVE_OUT:
        for cell in (lat, lon, pair):
            if cell is not None:
                row.leave_out(cell, phrase("Coordinates are left out, as you chose."))
        return
    if lat is not None and lon is not None:
        figures = fold_cell(lat.text), fold_cell(lon.text)
        if are_doubted:
            for half in (lat, lon):
                row.leave_out(half, phrase("Latitude and longitude look swapped in these columns."))
            row.doubted_point = _numbers(*figures)
        elif any(_LETTER.search(text) for text in figures):
            _write_angles(row, lat, lon)
        elif points is PointOrder.SWAPPED:
            row.texts["lon"], row.texts["lat"] = figures
            row.read_as(lat, _SWAPPED)
            row.read_as(lon, _SWAPPED)
        else:
            row.texts["lat"], row.texts["lon"] = figures
    elif pair is not None:
        order = pairs if points is PointOrder.FIND_OUT else points
        plain = plain_pair(fold_cell(pair.text))
        if order is PointOrder.FIND_OUT and plain is not None:
            row.leave_out(pair, phrase("Latitude and longitude look swapped in these columns."))
            row.doubted_point = plain
        elif order is PointOrder.SWAPPED and plain is not None:
            row.texts["coordinates"] = swap_pair(fold_cell(pair.text)) or pair.text
            row.read_as(pair, _SWAPPED if points is PointOrder.SWAPPED else _LON_FIRST)
        else:
            row.texts["coordinates"] = pair.text
    for cell in (lat, lon):
        if cell is not None and (lat is None or lon is None):
            row.leave_out(cell, phrase("The other coordinate is missing."))
    for name in ("location_precision", *_OWN):
        if text := row.text(name):
            row.texts[name] = text


def _write_angles(row: Row, lat: Cell, lon: Cell) -> None:
    """Write "59.9139° N" and "10.7522° E".

    If one of the letters is missing, the only possible point on land is used, or the one in the country of the row.
    """
    ways = [_angles(fold_cell(cell.text), letters) for cell, letters in ((lat, "NS"), (lon, "EW"))]
    has_letter = [_HEMISPHERE.search(cell.text) is not None for cell in (lat, lon)]
    pairs = [f"{north}, {east}" for north in ways[0] for east in ways[1]]
    if has_letter[0] == has_letter[1] or len(pairs) == 1:
        row.texts["coordinates"] = pairs[0]
        return
    country = row.texts.get("country", "")
    fitting = [pair for pair in pairs if (around := _countries_at(pair)) and (not country or country in around)]
    half = lon if has_letter[0] else lat
    if len(fitting) == 1:
        row.texts["coordinates"] = fitting[0]
        row.read_as(half, phrase("This is recorded as “{text}”.", text=fitting[0]))
        return
    for cell in (lat, lon):
        row.leave_out(cell, phrase("The letter of the hemisphere is missing in “{text}”.", text=half.text[:60]))


def _angles(text: str, letters: str) -> list[str]:
    """Return a number with the letter of its hemisphere; with each of the two if it has neither letter nor sign."""
    if _HEMISPHERE.search(text):
        return [text]
    if text[:1] in ("+", "-"):
        return [f"{text[1:]}{letters[text[0] == '-']}"]
    return [f"{text}{letter}" for letter in letters]


def _countries_at(pair: str) -> frozenset[str]:
    try:
        return frozenset(countries_around(*parse_coordinates(pair), within_km=_COAST_KM) - _NOBODY_THERE)
    except InvalidEventError:
        return frozenset()


def _numbers(lat: str, lon: str) -> tuple[float, float] | None:
    try:
        return float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
