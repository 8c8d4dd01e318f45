"""Tables that are logs: later rows update earlier ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table
from rallymap.language import phrase

_LEAST_ROWS = 5
_LONGEST = 20
_NUMBER = re.compile(r"(?:^|[\W_])(?:id|nr|no|num|number|nummer|aktenzeichen|az|key|ref)\.?$")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
"""A column of timestamps gives the time at which rows were recorded, whatever its heading."""


def drop_superseded(table: Table, columns: Sequence[Column], results: list[RowResult]) -> list[RowResult]:
    """Mark rows of a log that a later row for the same event replaces.

    A table is a log if it has a status column and a column for the time of the record, which never decreases. A later
    row replaces an earlier one with the same title and day, unless both give different times, locations or organisers.
    With numbers of events, it also replaces one of another day or of another place; if both differ, the number may
    only count the rows of a day or a town.
    """
    if len(results) < _LEAST_ROWS or not any(column.field == "status" for column in columns):
        return results
    if not any(_is_record_time(table, column) for column in columns):
        return results
    numbers = _numbers_of_events(table, columns)
    positions = [
        c.position for c in columns if c.field in ("time", "start_time", "place", "venue", "route_start", "organisers")
    ]
    later: dict[tuple[str, str], list[RowResult]] = {}
    kept: list[RowResult] = []
    for result in reversed(results):
        event = result.event
        if event is None:
            kept.append(result)
            continue
        own = result.cells[numbers].strip() if 0 <= numbers < len(result.cells) else ""
        others = later.setdefault((event.title, own or str(event.when.start)), [])
        newer = next((other for other in others if _updates(other, result, positions, has_number=bool(own))), None)
        if newer is not None:
            result = replace(
                result,
                fate=RowFate.NOT_AN_EVENT,
                event=None,
                reason=phrase("This row is an earlier state of the event in row {number}.", number=newer.number),
            )
        else:
            others.append(result)
        kept.append(result)
    return kept[::-1]


def _updates(newer: RowResult, older: RowResult, positions: Sequence[int], *, has_number: bool) -> bool:
    """Return whether a newer row with the same title is a later state of the event of an older row."""
    if not has_number:
        return _replaces(newer, older, positions)
    new, old = newer.event, older.event
    return new is not None and old is not None and (new.when.start == old.when.start or new.place == old.place)


def _numbers_of_events(table: Table, columns: Sequence[Column]) -> int:
    """Return the position of a column with short numbers of events, of which several rows have the same; else -1.

    Rows with one number have one title. A long id can be a hash of title and day, which different events share.
    """
    titles = next((column.position for column in columns if column.field == "title"), -1)
    for column in columns:
        if (
            column.field not in ("id", NOTE, "source_title")
            or not _NUMBER.search(column.heading.casefold())
            or titles < 0
        ):
            continue
        rows = [(cells[column.position].strip(), cells[titles].strip()) for _, cells in table.rows if len(cells) > max(
            column.position, titles
        )]  # fmt: skip
        distinct = {number for number, _ in rows}
        if all(0 < len(number) <= _LONGEST for number in distinct) and len(set(rows)) == len(distinct) < len(rows):
            return column.position
    return -1


def _is_record_time(table: Table, column: Column) -> bool:
    if column.field != NOTE:
        return False
    is_named = dict(fields_of_heading(column.heading)).get(NOTE) is not None
    values = [cells[column.position] for _, cells in table.rows if column.position < len(cells)]
    return (
        len(values) == len(table.rows)
        and values == sorted(values)
        and len(set(values)) > 1
        and could_be_date(values[0][:19])
        and (is_named or all(_STAMP.match(value) for value in values))
    )


def _replaces(newer: RowResult, older: RowResult, positions: Sequence[int]) -> bool:
    """Return whether a newer row repeats the older one's time, place and organiser, or adds to them."""

    def cell(row: RowResult, position: int) -> str:
        return " ".join(row.cells[position].split()) if position < len(row.cells) else ""

    return all(not cell(older, position) or cell(older, position) == cell(newer, position) for position in positions)
