"""The coverage record as CSV: which places and periods were searched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from rallymap.events import CoverageEntry
from rallymap.formulas import guard_cell

COLUMNS: Final = ("country", "city", "first_day", "last_day", "looked_on", "by", "sources")


def coverage_table(entries: Iterable[CoverageEntry]) -> bytes:
    """Return the entries as CSV, sorted by place and day, so that equal entries produce equal bytes."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    rows = sorted(
        (entry.country, entry.city, entry.first, entry.last, entry.looked_on, entry.by, entry.sources)
        for entry in entries
    )
    for row in rows:
        writer.writerow([guard_cell(cell) if isinstance(cell, str) else cell.isoformat() for cell in row])
    return file.getvalue().encode()
