"""Rows of an exported table, spooled to a temporary file until the number of columns is known."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import orjson

from rallymap.exports.table_columns import GROUPS, Cell, Column, EventCells, columns_for

IN_MEMORY = 4_000_000
"""Size of the rows in bytes above which they are moved to a file."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, and an iterator over its rows."""

    columns: list[Column]
    rows: Iterator[list[Cell]]


@contextmanager
def opened_table(events: Iterable[EventCells]) -> Iterator[Table]:
    """Read all events, then yield the rows of their table; memory does not grow with their number.

    A row has all sources, claims and estimates of its event, so the widest row determines the columns.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        sizes = [0] * len(GROUPS)
        for event in events:
            sizes = [max(size, len(group)) for size, group in zip(sizes, event.groups, strict=True)]
            spool.write(orjson.dumps([event.fixed, *event.groups]) + b"\n")
        spool.seek(0)
        yield Table(columns_for(sizes), _rows(spool, sizes))


def _rows(spool: IO[bytes], sizes: list[int]) -> Iterator[list[Cell]]:
    widths = [len(parts) for parts in GROUPS.values()]
    for line in spool:
        fixed, *groups = orjson.loads(line)
        row: list[Cell] = fixed
        for group, size, width in zip(groups, sizes, widths, strict=True):
            for cells in group:
                row.extend(cells)
            row.extend([None] * ((size - len(group)) * width))
        yield row
