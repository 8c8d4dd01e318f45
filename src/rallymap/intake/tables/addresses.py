"""Columns whose values end with a country: "Zürich, Switzerland", "Vienna, Wien, Austria"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rallymap.countries import read_country_code
from rallymap.intake.tables.layout import Table

_MOST = 0.8
_SOME = 0.5
_SAMPLE = 300
_CODE = 2
"""Length of a country code."""


def names_towns_of_countries(table: Table, position: int, is_country: Callable[[str], bool]) -> bool:
    """Return whether nearly all values end with a comma and a country."""
    values = {cells[position].strip() for _, cells in table.rows[:_SAMPLE] if position < len(cells)} - {""}
    ends = [last.strip() for _, comma, last in (value.rpartition(",") for value in values) if comma]
    return len(values) > 1 and len(set(ends)) > 1 and len(ends) >= _MOST * len(values) and all(map(is_country, ends))


def contradicts_addresses(table: Table, position: int, is_country: Callable[[str], bool]) -> bool:
    """Return whether a column of two-letter codes disagrees with the countries at the end of another column.

    Such codes are not those of ISO 3166: "AU" next to "Vienna, Austria" is a code of FIPS 10-4.
    """
    if any(len(cells[position].strip()) > _CODE for _, cells in table.rows[:_SAMPLE] if position < len(cells)):
        return False
    others = [at for at in range(len(table.header)) if at != position]
    addresses = next((at for at in others if names_towns_of_countries(table, at, is_country)), None)
    if addresses is None:
        return False
    pairs = list(_pairs(table, position, addresses))
    return bool(pairs) and sum(code != name for code, name in pairs) >= _SOME * len(pairs)


def _pairs(table: Table, codes: int, addresses: int) -> Iterator[tuple[str | None, str | None]]:
    """Return the country of each code and of the address next to it."""
    for _, cells in table.rows[:_SAMPLE]:
        if max(codes, addresses) < len(cells) and cells[codes].strip() and "," in cells[addresses]:
            yield (
                read_country_code(cells[codes].strip()),
                read_country_code(cells[addresses].rpartition(",")[2].strip()),
            )
