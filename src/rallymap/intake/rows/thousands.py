"""Numbers of people under headings that count in thousands."""

from __future__ import annotations

from rallymap.intake.cells.thousands import counts_thousands, may_be_myriads, times_thousand, unit_of_myriads
from rallymap.intake.rows.row import Cell, Row
from rallymap.language import phrase

_COUNTED = frozenset(
    "crowd crowd_actual crowd_registered crowd_low crowd_high crowd_police crowd_organisers crowd_words".split()
)


def write_thousands(row: Row) -> None:
    """Multiply the numbers in columns that count in thousands ("Attendance (000s)"), with a note.

    Numbers under "人數(萬)" get their unit of ten thousand, so that the words of the crowd contain it.
    """
    for name in _COUNTED & row.cells.keys():
        cells = row.cells[name]
        for at, cell in enumerate(cells):
            if counts_thousands(cell.column.heading) and (written := times_thousand(cell.text)):
                row.read_as(cell, phrase("The heading counts in thousands."))
                cells[at] = Cell(cell.column, written)
            elif (unit := unit_of_myriads(cell.column.heading)) and may_be_myriads(cell.text):
                cells[at] = Cell(cell.column, f"{cell.text.strip()}{unit}")
