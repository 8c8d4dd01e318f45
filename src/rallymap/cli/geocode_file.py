"""Tables of any format for ``rallymap geocode``."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rallymap.errors import IntakeError
from rallymap.formulas import guard_cell
from rallymap.intake.inspection import inspect_tables, is_country
from rallymap.intake.limits import read_bytes
from rallymap.intake.options import ImportOptions
from rallymap.intake.readers.charset import decode
from rallymap.intake.reading import open_file
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table
from rallymap.places.batch import BatchSummary, geocode_rows, name_added_columns

if TYPE_CHECKING:
    from rallymap.places import Resolver

_PLACES = ("place", "city", "venue", "route_start")
_SURE_HEADING = 1.0


def is_plain_csv(path: Path, text_column: str) -> bool:
    """Return whether a file is UTF-8 CSV with the place column in its first line, so that it can be streamed."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            first = file.readline(64 * 1024).decode("utf-8-sig")
            for block in iter(lambda: file.read(1 << 20), b""):
                decoder.decode(block)
    except (OSError, UnicodeDecodeError):
        return False
    separator = max(",;\t", key=first.count)
    return text_column in [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]


def geocode_file(
    path: Path,
    target: TextIO,
    resolver: Resolver,
    *,
    text_column: str | None,
    country_column: str | None,
    likeliest: bool,
    progress: Callable[[int], None],
) -> BatchSummary:
    """Geocode the tables of a file that have a place column, and write them to one CSV.

    Raises
    ------
    IntakeError
        If the file cannot be read, or has no place column.
    """
    chosen = _choose(path, text_column, country_column)
    columns = list(dict.fromkeys(name for table, _, _ in chosen for name in table.header))
    summary = BatchSummary()
    names = name_added_columns(columns)
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(map(guard_cell, [*columns, *names.values()]))
    for table, place, country in chosen:
        # In a workbook, a text can begin like a formula and be none; in a CSV it would be one.
        writer.writerows(
            map(guard_cell, row.values())
            for row in geocode_rows(
                _rows(table, columns), columns, resolver,
                text_column=place, country_column=country, likeliest=likeliest, summary=summary, progress=progress,
            )
        )  # fmt: skip
    return summary


def _choose(path: Path, text_column: str | None, country_column: str | None) -> list[tuple[Table, str, str | None]]:
    """Return the tables with a place column, and the names of their columns for place and country."""
    lines = _list_of_places(path) if text_column is None else None
    if lines is not None:
        return [(lines, "place", "country" if "country" in lines.header else None)]
    looked = inspect_tables(open_file(path), ImportOptions())
    chosen = []
    for one in looked:
        place = text_column or _named(one.columns, _PLACES)
        if place is not None and place in one.table.header:
            country = country_column or (_named(one.columns, ("country",)) if not text_column else None)
            chosen.append((one.table, place, country if country in one.table.header else None))
    if chosen:
        return chosen
    headings = ", ".join(dict.fromkeys(repr(name) for one in looked for name in one.table.header))
    if text_column:
        raise IntakeError(1, text_column, f"The table has no column {text_column!r}; it has: {headings[:300]}.")
    raise IntakeError(
        1, "", f"Name the column that holds the place with --text-column; the table has: {headings[:300]}."
    )


def _list_of_places(path: Path) -> Table | None:
    """Return a text file without headings as a table: each line is a place, or a place, "|" and its country."""
    if path.suffix.casefold() != ".txt":
        return None
    lines = [(number, line.strip()) for number, line in enumerate(decode(read_bytes(path))[0].splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line]
    first = re.split(r"[,;|\t]", lines[0][1])[0] if lines else ""
    if not lines or "\t" in lines[0][1] or any(sure >= _SURE_HEADING for _, sure in fields_of_heading(first.strip())):
        return None
    rows = [(number, _with_country(line)) for number, line in lines]
    if not any(country for _, (_, country) in rows):
        return Table(path.stem, ("place",), [(number, (place,)) for number, (place, _) in rows])
    return Table(path.stem, ("place", "country"), rows)


def _with_country(line: str) -> tuple[str, str]:
    """Split "Hamilton|NZ" into the place and its country; a line without a country stays whole."""
    place, _, country = (part.strip() for part in line.rpartition("|"))
    return (place, country) if place and is_country(country) else (line, "")


def _named(columns: Sequence[Column], fields: Sequence[str]) -> str | None:
    return next((column.heading for name in fields for column in columns if column.field == name), None)


def _rows(table: Table, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    for _, cells in table.rows:
        yield dict.fromkeys(columns, "") | dict(zip(table.header, cells, strict=False))
