"""Columns with two numbers of people in one cell, according to their heading: "TN (angem./tats.)" above "200/350"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.readers.raw_table import Row
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table

_PAIR = re.compile(r"(?P<base>[^()/]*?)\s*\(?(?P<left>[^()/]+?)\s*/\s*(?P<right>[^()/]+?)\s*\)?")
_SIDES = frozenset({"crowd_registered", "crowd_actual", "crowd_police", "crowd_organisers"})
_TWO = 2
_REGISTERED = {"anz": "angezeigt", "anm": "angemeldet", "ang": "angemeldet", "reg": "registered", "décl": "déclarés"}
"""Short words that mean registered people only before another side."""


def split_paired_columns(table: Table) -> Table | None:
    """Split two numbers of people into two columns; None for tables without such a heading.

    A cell without a slash stays in the column, whose number of people is then of unspecified kind.
    """
    for at, heading in enumerate(table.header):
        names = _names(fold_cell(heading)) if "/" in heading or "／" in heading else None
        if names is None or not any(fold_cell(row[at]).count("/") == 1 for _, row in table.rows if at < len(row)):
            continue
        base, left, right = names
        width = len(table.header)
        rows: list[Row] = []
        for number, row in table.rows:
            filled = [*row, *[""] * (width - len(row))]
            first, stroke, second = filled[at].replace("／", "/").partition("/")
            is_pair = bool(stroke) and "/" not in second
            filled[at] = "" if is_pair else filled[at]
            rows.append((number, (*filled, *((first.strip(), second.strip()) if is_pair else ("", "")))))
        header = [*table.header, left, right]
        header[at] = base
        return replace(table, header=tuple(header), rows=rows)
    return None


def _names(heading: str) -> tuple[str, str, str] | None:
    """Return the names of the column and its two parts, None unless these are two kinds of numbers of people."""
    match = _PAIR.fullmatch(heading.strip())
    if match is None:
        sides = tuple(side.strip() for side in heading.split("/"))
        if len(sides) != _TWO or not _are_two_sides(sides):
            return None
        return sides[0].split(" (")[0], sides[0], sides[1]
    base = match["base"].strip() or match["left"].split()[0]
    said = match["left"].removeprefix(base).strip() or match["left"]
    said = _REGISTERED.get(said.casefold().strip(" ."), said)
    left, right = f"{base} {said}", f"{base} {match['right']}"
    is_crowd = any(field.startswith("crowd") for field, _ in fields_of_heading(base)[:1])
    return (base, left, right) if is_crowd and _are_two_sides((left, right)) else None


def _are_two_sides(names: Sequence[str]) -> bool:
    fields = {next((field for field, _ in fields_of_heading(name)[:1]), "") for name in names}
    return fields <= _SIDES and len(fields) == _TWO
