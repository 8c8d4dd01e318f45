"""Decide for a whole column of coordinates whether the longitude comes first: "[13.4, 52.52]" next to Berlin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rallymap.borders import countries_around
from rallymap.countries import read_country_code
from rallymap.events import MAX_NAME, Place
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.coordinates import PointOrder, plain_pair
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.rows.points import is_on_land
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table
from rallymap.intake.where import country_of_zone

_SAMPLE = 60
_NEAR_KM = 50.0
_POLE = 90.0
_MUCH_MORE = 4
_LEAST_SWAPPED = 0.8
_MOST_AS_GIVEN = 0.5


def order_of_pairs(table: Table, columns: Sequence[Column], find_zone: ZoneFinder | None) -> PointOrder:
    """Return the order of plain pairs in the coordinates column of a table.

    Pairs out of range and the countries of the rows decide; without them, which order gives points on land.

    Returns
    -------
    order
        AS_GIVEN (latitude first), also if nothing contradicts it; SWAPPED; or FIND_OUT if the rows disagree.
    """
    column = next((one for one in columns if one.field == "coordinates"), None)
    if column is None:
        return PointOrder.AS_GIVEN
    rows = [(pair, cells) for _, cells in table.rows if (pair := _pair(cells, column.position)) is not None]
    rows = rows[:: max(1, len(rows) // _SAMPLE)]
    votes = [vote for pair, cells in rows for vote in _votes(pair, cells, columns, find_zone)]
    swapped, given = votes.count(PointOrder.SWAPPED), votes.count(PointOrder.AS_GIVEN)
    if not votes:
        on_land = sum(is_on_land(*pair) for pair, _ in rows)
        if on_land > _MOST_AS_GIVEN * len(rows):
            return PointOrder.AS_GIVEN
        swapped = sum(is_on_land(lon, lat) for (lat, lon), _ in rows)
        return PointOrder.SWAPPED if rows and swapped >= _LEAST_SWAPPED * len(rows) else PointOrder.AS_GIVEN
    if given * _MUCH_MORE <= swapped:
        return PointOrder.SWAPPED
    return PointOrder.AS_GIVEN if swapped * _MUCH_MORE <= given else PointOrder.FIND_OUT


def _pair(cells: Sequence[str], position: int) -> tuple[float, float] | None:
    return plain_pair(fold_cell(cells[position])) if position < len(cells) else None


def _votes(
    pair: tuple[float, float], cells: Sequence[str], columns: Sequence[Column], find_zone: ZoneFinder | None
) -> Iterator[PointOrder]:
    """Yield the only order of a pair that is possible for its row, if any."""
    first, second = pair
    if abs(first) > _POLE or abs(second) > _POLE:
        yield PointOrder.SWAPPED if abs(first) > abs(second) else PointOrder.AS_GIVEN
        return
    country = _country_of(cells, columns, find_zone)
    if not country:
        return
    fits = [country in countries_around(lat, lon, within_km=_NEAR_KM) for lat, lon in (pair, (second, first))]
    if fits[0] != fits[1]:
        yield PointOrder.AS_GIVEN if fits[0] else PointOrder.SWAPPED


def _country_of(cells: Sequence[str], columns: Sequence[Column], find_zone: ZoneFinder | None) -> str:
    texts = {
        column.field: cells[column.position].strip()
        for column in reversed(columns)
        if column.field in ("country", "city", "place") and column.position < len(cells)
    }
    if code := read_country_code(texts.get("country", "")):
        return code
    town = texts.get("city") or texts.get("place") or ""
    return country_of_zone(find_zone(Place(town), None)) if find_zone and 0 < len(town) <= MAX_NAME else ""
