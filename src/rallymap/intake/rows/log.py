"""Tables that are logs: later rows update earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.date_columns import could_be_date
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE, fields_of_heading
from rallymap.intake.tables.layout import Table
from rallymap.language import phrase

_LEAST_ROWS = 5


def drop_superseded(table: Table, columns: Sequence[Column], results: list[RowResult]) -> list[RowResult]:
    """Mark rows of a log that a later row for the same event replaces.

    A table is a log if it has a status column and a column for the time of the record, which never decreases. A later
    row replaces an earlier one with the same title and day, unless both give different times, locations or organisers.
    """
    if len(results) < _LEAST_ROWS or not any(column.field == "status" for column in columns):
        return results
    if not any(_is_record_time(table, column) for column in columns):
        return results
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
        others = later.setdefault((event.title, str(event.when.start)), [])
        newer = next((other for other in others if _replaces(other, result, positions)), None)
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


def _is_record_time(table: Table, column: Column) -> bool:
    if column.field != NOTE or dict(fields_of_heading(column.heading)).get(NOTE) is None:
        return False
    values = [cells[column.position] for _, cells in table.rows if column.position < len(cells)]
    return (
        len(values) == len(table.rows)
        and values == sorted(values)
        and len(set(values)) > 1
        and could_be_date(values[0][:19])
    )


def _replaces(newer: RowResult, older: RowResult, positions: Sequence[int]) -> bool:
    """Return whether a newer row repeats the older one's time, place and organiser, or adds to them."""

    def cell(row: RowResult, position: int) -> str:
        return " ".join(row.cells[position].split()) if position < len(row.cells) else ""

    return all(not cell(older, position) or cell(older, position) == cell(newer, position) for position in positions)
