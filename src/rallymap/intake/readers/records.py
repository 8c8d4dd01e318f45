"""Convert lists of nested records to tables: each path to a value is a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, check_size
from rallymap.intake.readers.raw_table import RawTable
from rallymap.name_lists import SEPARATOR, join_at_semicolons

NAMED_VALUE = re.compile(r"\W*([^\W\d_][^:：|\t]{0,39}?)\s*[:：]\s*(?!//)(\S.*)")
"""A line such as "Date: 5 May 2022": name and value. Full-width colons count, colons of links do not."""

_MAX_DEPTH = 8
_MAX_ITEMS = 40
_NAMES = frozenset({"organisers", "communities", "topics"})
"""Keys of name lists in files of `rallymap export`; lists under other keys may not be names."""


def table_of(name: str, records: Sequence[Any], facts: Mapping[str, str] | None = None) -> RawTable:
    """Convert records to a table; items that are not mappings are left out, but still numbered.

    Raises
    ------
    IntakeError
        If there are too many records or different paths.
    """
    columns: dict[str, int] = {}
    flat: list[tuple[int, dict[str, str]]] = []
    for number, record in enumerate(records, 1):
        if not isinstance(record, Mapping):
            continue
        cells: dict[str, str] = {}
        _flatten("", record, cells, 0)
        for path in cells:
            columns.setdefault(path, len(columns))
        flat.append((number, cells))
        check_size(len(flat), len(columns))
    header = tuple(columns)
    rows = [(number, tuple(cells.get(path, "") for path in header)) for number, cells in flat]
    return RawTable(name, rows, header, facts or {})


def text_of(value: object) -> str:
    """Convert a single value to text; dates and times in ISO 8601, whole numbers without a fraction."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)[: MAX_CELL + 1]


def _flatten(path: str, value: object, cells: dict[str, str], depth: int) -> None:
    if len(cells) > MAX_COLUMNS or depth > _MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _flatten(f"{path}.{key}" if path else str(key), inner, cells, depth + 1)
    elif isinstance(value, (list, tuple)):
        items = list(value[: _MAX_ITEMS + 1])
        if items and items[0] == "L" and len(items) > 1:
            items = items[1:]  # Grist writes a list as ["L", ...]
        if any(isinstance(item, (Mapping, list, tuple)) for item in items):
            for number, inner in enumerate(items, 1):
                _flatten(f"{path}.{number}", inner, cells, depth + 1)
        else:
            texts = [text for text in map(text_of, items) if text]
            is_names = path.rpartition(".")[2] in _NAMES
            cells[path] = join_at_semicolons(texts) if is_names else SEPARATOR.join(texts)
    else:
        cells[path] = text_of(value)
