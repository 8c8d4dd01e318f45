"""Descriptions made of lines with name and value, as in Google's maps: "Date: 13 June 2022<br>Time: 10:00"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from rallymap.intake.cells.plain_text import LINE_BREAK
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.readers.records import NAMED_VALUE
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table

_TAG = re.compile(r"<[^<>]{1,200}>")
_MOST = 0.5
_LEAST_NAMES = 2
_MAX_NAMES = 20


def with_labelled_lines(table: Table) -> Table | None:
    """Add a column for each name in the lines of a table's descriptions; None if there are none.

    At least half of the descriptions must contain two or more known names that are not headings of the table. The
    descriptions are kept.
    """
    for at in range(len(table.header)):
        lines = [(_lines(cells[at]) if at < len(cells) else {}) for _, cells in table.rows]
        filled = sum(at < len(cells) and bool(cells[at].strip()) for _, cells in table.rows)
        counts = Counter(name for named in lines for name in named)
        own = {name.casefold() for name in table.header}
        names = [
            name for name, count in counts.most_common(_MAX_NAMES) if count * 2 >= filled and name.casefold() not in own
        ]
        known = [
            name
            for name in names
            if any(score >= 0.9 and field != "note" for field, score in fields_of_heading(name)[:1])
        ]
        if len(known) < _LEAST_NAMES or sum(len(set(known) & named.keys()) > 1 for named in lines) < _MOST * filled:
            continue
        width = len(table.header)
        rows: list[Row] = [
            (number, (*cells, *[""] * (width - len(cells)), *(named.get(name, "") for name in known)))
            for (number, cells), named in zip(table.rows, lines, strict=True)
        ]
        return replace(table, header=(*table.header, *known), rows=rows)
    return None


def _lines(text: str) -> dict[str, str]:
    if ":" not in text and "：" not in text:
        return {}
    found: dict[str, str] = {}
    for line in LINE_BREAK.split(text):
        match = NAMED_VALUE.fullmatch(" ".join(_TAG.sub(" ", line).split()))
        if match is not None:
            found.setdefault(match[1].strip(), match[2].strip())
    return found
