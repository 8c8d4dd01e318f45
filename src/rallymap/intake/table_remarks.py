"""Remarks on the tables of a file: what is not read, kept as notes, or found without a heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rallymap.intake.inspection import DATES, EVENT_FIELDS, TableReading
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.hours_and_minutes import JOINED_HOURS
from rallymap.intake.tables.joined_tables import PLACES_OF
from rallymap.intake.tables.meanings import meaning_label
from rallymap.intake.tables.month_columns import counts_by_period, counts_events
from rallymap.intake.tables.people import lists_people
from rallymap.intake.tables.titled_towns import OF_TITLE
from rallymap.intake.tables.towns_in_titles import OF_TITLES
from rallymap.intake.tables.years_of_files import YEAR_OF_FILE
from rallymap.language import phrase

_GUESSED = frozenset({"city", "title", "crowd", "date", "time", "day", "venue"})
"""Fields that values show, but not with certainty."""


def remarks_on(tables: Sequence[TableReading]) -> list[str]:
    """Report skipped tables, columns kept as notes, and the interpretation of columns without headings."""
    remarks: list[str] = []
    for reading in tables:
        if not reading.is_read:
            remarks.append(_not_read(reading))
            continue
        sheet = reading.table.name if len(tables) > 1 else ""
        unnamed = reading.table.unnamed
        kept = [
            column.heading
            for column in reading.columns
            if not column.reason and column.profile.filled and column.position not in unnamed
        ]
        columns = ", ".join(kept)
        if kept and sheet:
            remarks.append(phrase("Kept as notes from sheet “{sheet}”: {columns}.", sheet=sheet, columns=columns))
        elif kept:
            remarks.append(phrase("Kept as notes: {columns}.", columns=columns))
        remarks += _found_by_values(reading)
        if places := reading.table.facts.get(PLACES_OF):
            remarks.append(
                phrase(
                    "The places of the rows were read from the table “{name}”, by “{heading}”.",
                    name=places,
                    heading=reading.table.facts[f"{PLACES_OF} by"],
                )
            )
        if year := reading.table.facts.get(YEAR_OF_FILE):
            remarks.append(
                phrase("The year of the dates was read from the name of the file: {year}.", year=year),
            )
        if joined := reading.table.facts.get(JOINED_HOURS):
            remarks.append(
                phrase("The hours and minutes of these columns are read as one time: {columns}.", columns=joined)
            )
        remarks += [
            _without_heading(sheet, position + 1, reading.columns[position].field)
            for position in sorted(unnamed)
            if reading.columns[position].profile.filled
        ]
    return list(dict.fromkeys(remarks))


def _found_by_values(reading: TableReading) -> Iterator[str]:
    """Report towns of titles, and columns with an unknown heading whose meaning is a guess from their values."""
    for column in reading.columns:
        cells = (cells[column.position] for _, cells in reading.table.rows if column.position < len(cells))
        if column.reason == OF_TITLE:
            yield phrase(
                "The town of the rows was read from the title or the name of the file: {text}.",
                text=next(filter(None, cells), ""),
            )
        elif column.reason == OF_TITLES:
            yield phrase(
                "The towns of the rows were read from their titles, such as {text}.", text=next(filter(None, cells), "")
            )
        elif column.reason == "values" and column.field in _GUESSED and column.position not in reading.table.unnamed:
            yield phrase(
                "The heading “{heading}” is not known. By its values the column was read as “{field_name}”.",
                heading=column.heading,
                field_name=meaning_label(column.field),
            )


def _not_read(reading: TableReading) -> str:
    fields = {column.field for column in reading.columns if column.reason}
    if "contact" in fields and (not fields & DATES or lists_people(reading.table, reading.columns)):
        why = phrase("This looks like a list of people.")
    elif counts_by_period(reading.columns, lambda _: 0) or (
        not fields & DATES and counts_events(reading.table, reading.columns)
    ):
        why = phrase("This counts events by month or year. Give a table with a row for each event.")
    elif fields & EVENT_FIELDS:
        why = phrase("Other sheets have more of what an event needs. Choose this sheet to read it.")
    else:
        why = phrase("There is no column for a date, a place or a title.")
    # Translators: {why} is a whole sentence, such as “This looks like a list of people.”
    if reading.table.name:
        return phrase("Sheet “{sheet}” was not read. {why}", sheet=reading.table.name, why=why)
    # Translators: {why} is a whole sentence, such as “This looks like a list of people.”
    return phrase("The table was not read. {why}", why=why)


def _without_heading(sheet: str, position: int, field_name: str) -> str:
    where: dict[str, object] = {"position": position, "sheet": sheet} if sheet else {"position": position}
    if field_name == NOTE and sheet:
        return phrase("Column {position} of sheet “{sheet}” has no heading. It is kept as a note.", **where)
    if field_name == NOTE:
        return phrase("Column {position} has no heading. It is kept as a note.", **where)
    if sheet:
        return phrase(
            "Column {position} of sheet “{sheet}” has no heading. It was read as “{field_name}”.",
            **where,
            field_name=meaning_label(field_name),
        )
    return phrase(
        "Column {position} has no heading. It was read as “{field_name}”.",
        **where,
        field_name=meaning_label(field_name),
    )
