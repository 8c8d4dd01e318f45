"""A figure's table as CSV."""

from __future__ import annotations

import csv
import io

from rallymap.formulas import guard_cell
from rallymap.language import unisolated
from rallymap.trends.figures import Figure


def figure_as_csv(figure: Figure) -> str:
    """Return a figure's table as CSV (RFC 4180); cells that a spreadsheet would run are escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (figure.columns, *figure.rows):
        writer.writerow([guard_cell(unisolated(cell)) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()
