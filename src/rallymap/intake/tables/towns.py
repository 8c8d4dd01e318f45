"""Towns that no heading names: a sheet for each town or country, a column of towns without a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rallymap.events import Place
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.tables.columns import NOTE, Column
from rallymap.intake.tables.layout import Table

_PLACES = frozenset({"place", "city", "venue", "route_start", "lat", "coordinates"})
_MOST = 0.8
_SOME = 0.5
_SAMPLE = 40
_LONGEST = 50
_NUMBER = re.compile(r"[\W\d_]+")


def has_places(columns: Sequence[Column]) -> bool:
    """Return whether a table has a column that says where."""
    return any(column.field in _PLACES for column in columns)


def with_town_column(table: Table, columns: tuple[Column, ...], find_zone: ZoneFinder) -> tuple[Column, ...]:
    """Give the first column that means nothing, and whose values are towns, the meaning of a town."""
    if has_places(columns):
        return columns
    for column in columns:
        looks = column.profile
        if column.field != NOTE or column.reason or not looks.filled or looks.numbers > 0.1 or looks.length > _LONGEST:
            continue
        values = {cells[column.position].strip() for _, cells in table.rows if column.position < len(cells)} - {""}
        some = sorted(values)[:_SAMPLE]
        # Some towns are ambiguous without their country; a heading that means nothing has to be outweighed.
        least = _SOME if column.position in table.unnamed else _MOST
        if len(some) > 1 and sum(_is_town(text, find_zone) for text in some) >= least * len(some):
            return tuple(replace(one, field="city", reason="values") if one is column else one for one in columns)
    return columns


def places_of_sheets(
    tables: Sequence[tuple[Table, Sequence[Column]]], is_country: Callable[[str], bool], find_zone: ZoneFinder | None
) -> dict[str, tuple[str, str]]:
    """Return default field and value by sheet, where every sheet is named after a country or every one after a town."""
    names = {table.name: _NUMBER.sub(" ", table.name).strip() for table, _ in tables}
    if len(names) < 2 or not all(names.values()):
        return {}
    if all(map(is_country, names.values())):
        if any(column.field == "country" for _, columns in tables for column in columns):
            return {}
        return {name: ("country", text) for name, text in names.items()}
    if any(has_places(columns) for _, columns in tables) or find_zone is None:
        return {}
    if all(_is_town(text, find_zone) for text in names.values()):
        return {name: ("place", text) for name, text in names.items()}
    return {}


def _is_town(text: str, find_zone: ZoneFinder) -> bool:
    return len(text) <= _LONGEST and any(map(str.isalpha, text)) and bool(find_zone(Place(text), None))
