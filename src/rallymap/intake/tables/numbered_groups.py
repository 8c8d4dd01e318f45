"""Tables with numbered groups of columns: "Date 1, Size 1, Date 2, Size 2" gives two events per row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.intake.cells.folding import is_missing
from rallymap.intake.readers.raw_table import RawTable, Row
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import find_header

_NUMBER = re.compile(r"(?<![\d.,])#?(\d{1,2})\.?(?![\d.,])|(?<=[^\W\d_])(\d{1,2})$")
_DATED = frozenset({"date", "start", "day"})
_SEVERAL = 2


def without_numbered_groups(raw: RawTable) -> RawTable:
    """Convert groups of columns that differ only in their number, and contain a date, to one row per group."""
    rows = list(raw.rows)
    at = find_header(rows) if raw.header is None else None
    if at is None:
        return raw
    header = [" ".join(cell.split()) for cell in rows[at][1]]
    groups: dict[int, dict[str, int]] = {}
    for position, heading in enumerate(header):
        found = _NUMBER.findall(heading)
        if len(found) == 1:
            name = " ".join(_NUMBER.sub(" ", heading).split()).strip(" .:)(#_-")
            groups.setdefault(int("".join(found[0])), {}).setdefault(name, position)
    names = list(next(iter(groups.values()), {}))
    are_alike = all(group.keys() == set(names) for group in groups.values())
    if len(groups) < _SEVERAL or not are_alike or len(names) < _SEVERAL or not _is_dated(names):
        return raw
    taken = {position for group in groups.values() for position in group.values()}
    others = [position for position in range(len(header)) if position not in taken]
    below: list[Row] = []
    for number, cells in rows[at + 1 :]:
        before = _cells(cells, others)
        own = [_cells(cells, [group[name] for name in names]) for _, group in sorted(groups.items())]
        filled = [values for values in own if any(value.strip() and not is_missing(value) for value in values)]
        below += [(number, (*before, *values)) for values in filled or own[:1]]
    named = (*(header[position] for position in others), *names)
    return RawTable(raw.name, [*rows[:at], (rows[at][0], named), *below], None, raw.facts)


def _is_dated(names: Sequence[str]) -> bool:
    return any(field in _DATED for name in names for field, _ in fields_of_heading(name)[:1])


def _cells(cells: Sequence[str], positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[position] if position < len(cells) else "" for position in positions)
