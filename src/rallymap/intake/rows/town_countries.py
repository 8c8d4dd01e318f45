"""Decide the order of day and month by the countries of a table's places, if nothing else does."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.countries import read_country_code
from rallymap.events import MAX_NAME, Place
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.cells.day_order import MONTH_FIRST_COUNTRIES, find_order
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.layout import Table, sampled_rows
from rallymap.intake.where import country_of_zone
from rallymap.language import phrase

_SAMPLE = 60
_SOME = 0.5
_MIXED = frozenset({"CA", "ZA", "KE", "GH", "PR", "GU", "MX", "PA"})
"""Countries in which people write dates in both orders."""


def country_of_places(table: Table, columns: Sequence[Column], find_zone: ZoneFinder | None) -> str:
    """Return a country with the order of dates of all places of a table; "" if they differ or most are unknown."""
    texts = _texts(table, columns, ("country",))
    known = [code for text in texts if (code := read_country_code(text))]
    if not texts and find_zone is not None:
        texts = _texts(table, columns, ("city", "place", "venue"))
        zones = [find_zone(Place(text), None) for text in texts if len(text) <= MAX_NAME]
        known = [code for zone in zones if zone and (code := country_of_zone(zone))]
    if not known or len(known) < _SOME * len(texts) or not _MIXED.isdisjoint(known):
        return ""
    month_first = {code in MONTH_FIRST_COUNTRIES for code in known}
    return known[0] if len(month_first) == 1 else ""


def order_of_records(table: Table, columns: Sequence[Column]) -> Order:
    """Return the order of dates in other columns, such as the time stamps of a form, if all that decide agree."""
    orders = set[Order]()
    for column in columns:
        if column.field == NOTE and column.profile.dates >= _SOME:
            cells = [cells[column.position] for _, cells in sampled_rows(table) if column.position < len(cells)]
            orders.add(find_order([fold_cell(cell) for cell in cells], "", 0))
    orders.discard(Order.UNKNOWN)
    return orders.pop() if len(orders) == 1 else Order.UNKNOWN


def _texts(table: Table, columns: Sequence[Column], names: Sequence[str]) -> list[str]:
    """Return distinct values of the first column with one of some fields."""
    position = next((one.position for name in names for one in columns if one.field == name), None)
    if position is None:
        return []
    rows = sampled_rows(table)
    return sorted({cells[position].strip() for _, cells in rows if position < len(cells)} - {""})[:_SAMPLE]


def remark_on_order(heading: str, order: Order) -> str:
    """Return a remark that says how the dates of a column were read, "" if they are not read."""
    if order is Order.UNKNOWN:
        return ""
    if order is Order.MONTH_FIRST:
        return phrase(
            "The dates of “{heading}” were read with the month first, as in the country of the places.",
            heading=heading,
        )
    return phrase(
        "The dates of “{heading}” were read with the day first, as in the countries of the places.", heading=heading
    )
