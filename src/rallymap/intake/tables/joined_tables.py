"""Tables of one file that belong together: events with the number of their place, and a list of places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table

_DATES = frozenset({"date", "start", "day", "year"})
_PLACES = frozenset({"place", "city", "venue", "route_start", "lat", "coordinates"})
_KEYS = frozenset({"place", "city", "venue", "county", "region"})
_NUMBER = re.compile(r"[\W_]*(?:id|nr|no|num|number|nummer|code|key|ref|编号|編號|番号|번호|номер|رقم|شماره)\.?$")
_LEAST_STEM = 3
_MOST = 0.8
_LEAST = 2
PLACES_OF = "places of"
"""Name of the fact that the places of a table are from another table."""


def with_places_of(
    table: Table, columns: Sequence[Column], others: Sequence[tuple[Table, Sequence[Column]]]
) -> tuple[int, Table] | None:
    """Add to the events of a table the columns of the list that has their places.

    Parameters
    ----------
    table, columns
        The events: a table with dates and without places.
    others
        The other tables of the file.

    Returns
    -------
    joined
        The index of the list, and the events with its columns; None if no list has the numbers of the events' places in
        a column with the same heading, each once. The heading must name a place: "id" and "No." also number the rows of
        tables that have nothing to do with each other.
    """
    fields = {column.field for column in columns}
    if not fields & _DATES or fields & _PLACES:
        return None
    for index, (places, meanings) in enumerate(others):
        named = {column.field for column in meanings}
        if named & _DATES or not named & _PLACES:
            continue
        for at, heading in enumerate(table.header):
            if not _names_place(heading, places.name):
                continue
            key = next((key for key, name in enumerate(places.header) if _are_alike(heading, name)), None)
            if key is not None and (rows := _rows_by_key(table, at, places, key)):
                return index, _joined(table, at, _with_venue(places, meanings), key, rows)
    return None


def _names_place(heading: str, list_name: str) -> bool:
    """Return whether a heading is that of numbers of places: "venue_id", or "loc_id" for a list called "Locations"."""
    stem, name = _NUMBER.sub("", fold_cell(heading).casefold()).strip(" _-."), fold_cell(list_name).casefold()
    is_short = len(stem) >= _LEAST_STEM and name.startswith(stem)
    texts = (heading, stem, list_name) if is_short else (heading, stem)
    return any(field in _KEYS for text in texts for field, _ in fields_of_heading(text))


def _are_alike(heading: str, name: str) -> bool:
    """Return whether two headings name one key: "venue_id" and "Venue ID", or "id" in the list of places."""
    one, two = ("".join(filter(str.isalnum, fold_cell(text).casefold())) for text in (heading, name))
    return one == two or (two == "id" and one.endswith("id") and one != "eventid")


def _rows_by_key(table: Table, at: int, places: Table, key: int) -> dict[str, Sequence[str]]:
    """Return the rows of a list of places by their key; empty if they are not unique, or the events name others."""
    rows = {_text(cells, key): cells for _, cells in places.rows if _text(cells, key)}
    wanted = [text for _, cells in table.rows if (text := _text(cells, at))]
    found = sum(text in rows for text in wanted)
    is_unique = len(rows) == sum(bool(_text(cells, key)) for _, cells in places.rows)
    return dict(rows) if is_unique and len(rows) >= _LEAST and found and found >= _MOST * len(wanted) else {}


def _with_venue(places: Table, columns: Sequence[Column]) -> Table:
    """Call the names in a list of places venues: next to the titles of events, "nombre" has no other meaning."""
    if {"venue", "place"} & {column.field for column in columns}:
        return places
    named = {column.position for column in columns if column.field == "title"}
    return replace(places, header=tuple("venue" if at in named else name for at, name in enumerate(places.header)))


def _joined(table: Table, at: int, places: Table, key: int, found: dict[str, Sequence[str]]) -> Table:
    own = {fold_cell(name).casefold() for name in table.header}
    added = [
        position
        for position, name in enumerate(places.header)
        if position != key and fold_cell(name).casefold() not in own and position not in places.unnamed
    ]
    width = len(table.header)
    rows: list[Row] = []
    for number, cells in table.rows:
        of_place = found.get(_text(cells, at), ())
        rows.append((number, (*cells, *[""] * (width - len(cells)), *(_text(of_place, one) for one in added))))
    return replace(
        table,
        header=(*table.header, *(places.header[position] for position in added)),
        rows=rows,
        facts={**table.facts, PLACES_OF: places.name, f"{PLACES_OF} by": table.header[at]},
    )


def _text(cells: Sequence[str], position: int) -> str:
    return cells[position].strip() if position < len(cells) else ""
