"""The year of dates without one, from the column that says when each row was sent."""

from __future__ import annotations

from collections.abc import Sequence

from rallymap.intake.cells.date_columns import DateColumn, decide_dates, names_year
from rallymap.intake.cells.date_stamps import DateRules
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.heading_sides import is_about_record
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.layout import Table

_MOST = 0.8
_LAST_MONTH = 10
"""Rows sent later can be about events of the next year."""


def year_of_stamps(table: Table, columns: Sequence[Column]) -> int:
    """Return the year in which all rows of a form were sent, 0 if there is none or it does not decide."""
    for column in columns:
        is_stamp = column.field == NOTE and column.profile.dates >= _MOST and is_about_record(column.heading)
        values = [cells[column.position] for _, cells in table.rows if column.position < len(cells)]
        filled = [value for value in values if value.strip()]
        if not is_stamp or not filled or not all(map(names_year, filled)):
            continue
        decided: DateColumn = decide_dates(filled, DateRules())
        days = [read.start for read in map(decided.read, filled) if read.start is not None]
        if len(days) == len(filled) and len({day.year for day in days}) == 1 and max(days).month <= _LAST_MONTH:
            return days[0].year
    return 0
