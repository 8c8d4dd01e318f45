"""Towns that are only in the titles of the rows: "Rally Melbourne", at the "State Library"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.fields import TownFinder
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

OF_TITLES = "titles"
"""Reason of a column for the towns in the titles of the rows."""
_SPOTS = frozenset({"place", "venue", "route_start"})
_NEAR = frozenset({"city", "country", "region", "county", "lat", "coordinates"})
_LARGE = 20_000
"""Minimum population; many villages are called like a common word."""
_MOST = 0.5
_LEAST = 2
_MAX_WORDS = 5
_JOINT = re.compile(r"^(?:in|à|en|a|em|i|w|we|v|ve|у|в|på|te|[-–—:,])\s+|^[:,]\s*", re.IGNORECASE)
"""Between the kind and the town: "Rally in Perth", "Demo – Wien"."""


def with_towns_in_titles(table: Table, columns: Sequence[Column], find_town: TownFinder | None) -> Table | None:
    """Add the towns in titles as a column to a table whose places name none; None for other tables.

    At least half of the titles, and two of them, are a kind of event and a large town, and the towns differ.
    """
    fields = {column.field: column.position for column in columns}
    spots = [column.position for column in columns if column.field in _SPOTS]
    if find_town is None or "title" not in fields or not spots or fields.keys() & _NEAR or not table.header_row:
        return None
    filled = [(number, cells) for number, cells in table.rows if number not in table.sections]
    towns = {number: town_behind_kind(_cell(cells, fields["title"]), find_town) for number, cells in filled}
    named = [town for town in towns.values() if town]
    of_places = sum(any(find_town(_cell(cells, at).rpartition(",")[2]) for at in spots) for _, cells in filled)
    few = max(_LEAST, _MOST * len(filled))
    if len(named) < few or len(set(named)) < _LEAST or of_places >= few:
        return None
    at = len(table.header)
    rows = [(number, (*cells, *[""] * (at - len(cells)), towns.get(number, ""))) for number, cells in table.rows]
    return replace(table, header=(*table.header, "city"), rows=rows)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def town_behind_kind(title: str, find_town: TownFinder) -> str:
    """Return the large town after the words for a kind in a title, "" if the title says anything else."""
    if any(map(str.isdecimal, title)):
        return ""
    for name in _names(title.split()):
        if name[:1].isupper() and find_town(name) >= _LARGE:
            return name
    return ""


def _names(words: Sequence[str]) -> Iterator[str]:
    """Yield what is left of a title after one, two ... words that are a kind of event."""
    for length in range(1, min(len(words), _MAX_WORDS)):
        if kind_in_title(" ".join(words[:length])) is not None:
            yield _JOINT.sub("", " ".join(words[length:]))
