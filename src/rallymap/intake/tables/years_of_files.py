"""The year in the name of a file, for dates without one: "rallies_2023.csv"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rallymap.intake.cells.date_columns import names_year
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.layout import Table

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?![\d]|[-_.]\d{2}(?!\d))")
"""A year that is not part of a day, as in "export-2024-05-01.csv"."""
YEAR_OF_FILE = "year of file"
"""Name of the fact that a table's year is from the name of its file."""
_SAMPLE = 300


def with_year_of_file(table: Table, columns: Sequence[Column], file_name: str) -> Table:
    """Return a table whose dates have no year with the only year in the name of its file."""
    years = {int(found) for found in _YEAR.findall(file_name)}
    if table.year or len(years) != 1:
        return table
    days = [column.position for column in columns if column.field in ("date", "start", "day", "month")]
    texts = [cells[at] for _, cells in table.rows[:_SAMPLE] for at in days if at < len(cells) and cells[at].strip()]
    if any(column.field == "year" for column in columns) or not texts or any(map(names_year, texts)):
        return table
    (year,) = years
    return replace(table, year=year, facts={**table.facts, YEAR_OF_FILE: str(year)})
