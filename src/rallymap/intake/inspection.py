"""Inspect the tables of a file: headers, meaning of columns, and which tables contain events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rallymap.countries import read_country_code
from rallymap.errors import IntakeError
from rallymap.intake.cells.date_columns import names_year
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.fields import TownFinder
from rallymap.intake.options import ImportOptions
from rallymap.intake.readers import Opened, RawTable
from rallymap.intake.readers.chats import refuse_chat_header
from rallymap.intake.rows.neighbours import days_filled_down
from rallymap.intake.tables.code_books import find_code_book, with_labels
from rallymap.intake.tables.columns import Column, find_columns
from rallymap.intake.tables.day_columns import with_days
from rallymap.intake.tables.dittos import with_dittos_filled
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.hours_and_minutes import JOINED_HOURS, with_joined_hours
from rallymap.intake.tables.labelled_lines import with_labelled_lines
from rallymap.intake.tables.layout import Table, find_table
from rallymap.intake.tables.meanings import meaning_label
from rallymap.intake.tables.month_columns import counts_by_period, counts_events
from rallymap.intake.tables.other_calendars import with_months_of_other_calendars
from rallymap.intake.tables.outlines import with_outline_filled
from rallymap.intake.tables.paired_columns import split_paired_columns
from rallymap.intake.tables.people import lists_people
from rallymap.intake.tables.second_dates import with_exact_dates
from rallymap.intake.tables.sections import with_sections
from rallymap.intake.tables.shapes import plain_tables
from rallymap.intake.tables.titled_towns import OF_TITLE
from rallymap.intake.tables.titles import with_title
from rallymap.intake.tables.weeks import with_weeks
from rallymap.language import phrase, tr

_EVENT_FIELDS = frozenset(
    {"date", "start", "day", "place", "city", "venue", "route_start", "lat", "coordinates", "time"}
)
_DATES = frozenset({"date", "start", "day", "year", "month"})
_TIMES = frozenset({"time", "start_time"})
_YEAR_OF_FILE = re.compile(r"(?<!\d)((?:19|20)\d{2})(?![\d]|[-_.]\d{2}(?!\d))")
"""A year in the name of a file that is not part of a day: "rallies_2023.csv", not "export-2024-05-01.csv"."""
YEAR_OF_FILE = "year of file"
"""Name of the fact that a table's year is from the name of its file."""
_SAMPLE = 300
_GUESSED = frozenset({"city", "title", "crowd", "date", "time", "day"})
"""Fields that values show, but not with certainty."""
_BESIDE_A_TITLE = frozenset(
    "title kind status country region crowd crowd_actual crowd_low crowd_words organisers communities topics "
    "source_url source_title year flag id".split()
) - {"title"}


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table was interpreted.

    Attributes
    ----------
    table, columns
        The table, and the meaning of each column.
    is_read
        Whether its rows are read; tables without date and place are not read if another table has them.
    order
        Order of day and month in numeric dates; UNKNOWN if it matters and nothing decides it.
    """

    table: Table
    columns: tuple[Column, ...]
    is_read: bool = True
    order: Order = Order.UNKNOWN


def inspect_tables(
    opened: Opened, options: ImportOptions, find_town: TownFinder | None = None
) -> tuple[TableReading, ...]:
    """Find the header and the meaning of columns of each table, without reading the rows.

    Parameters
    ----------
    opened
        The file.
    options
        Mapping and defaults.
    find_town
        Returns the population of a town; None if towns are not to be recognised.

    Raises
    ------
    IntakeError
        If the options name an unknown sheet or field, or the file is a chat export.
    """
    names = [raw.name for raw in opened.tables]
    if unknown := [name for name in options.sheets if name not in names]:
        raise IntakeError(
            1, "", tr("The file has no sheet “{unknown}”; it has: {names}.", unknown=unknown[0], names=", ".join(names))
        )
    find_town = None if options.default("place") else find_town
    found = []
    for raw in opened.tables:
        refuse_chat_header(raw.header if raw.header is not None else next((cells for _, cells in raw.rows), ()))
    book = find_code_book(opened.tables)
    raws = [part for raw in opened.tables for part in (plain_tables(raw) if options.header_row is None else [raw])]
    for raw in raws:
        table = with_labels(find_table(raw, options.header_row), book)
        table = with_outline_filled(table) or table
        table = with_labelled_lines(table) or table
        table = with_joined_hours(table) or table
        table = split_paired_columns(table) or table
        columns = find_columns(table, options.columns, is_country, find_town)
        if (in_sections := with_sections(table, columns, is_country)) is not None:
            table, columns = in_sections, find_columns(in_sections, options.columns, is_country, find_town)
        if (in_weeks := with_weeks(table, columns)) is not None:
            table, columns = in_weeks, find_columns(in_weeks, options.columns, is_country, find_town)
        table = _with_year_of_file(table, columns, opened.file_name)
        columns = with_days(table, columns)
        table, columns = with_months_of_other_calendars(table, columns)
        columns = with_title(table, columns)
        table, columns = with_dittos_filled(table, columns), with_exact_dates(table, columns)
        is_read = _may_hold_events(table, columns, options, find_town) and (
            not options.sheets or raw.name in options.sheets
        )
        found.append(TableReading(days_filled_down(table, columns) or table, columns, is_read))
    return tuple(_without_other_lists(raws, found, options))


def _with_year_of_file(table: Table, columns: Sequence[Column], file_name: str) -> Table:
    """Return a table whose dates have no year with the only year in the name of its file."""
    years = {int(found) for found in _YEAR_OF_FILE.findall(file_name)}
    if table.year or len(years) != 1:
        return table
    days = [column.position for column in columns if column.field in ("date", "start", "day", "month")]
    texts = [cells[at] for _, cells in table.rows[:_SAMPLE] for at in days if at < len(cells) and cells[at].strip()]
    if any(column.field == "year" for column in columns) or not texts or any(map(names_year, texts)):
        return table
    (year,) = years
    return replace(table, year=year, facts={**table.facts, YEAR_OF_FILE: str(year)})


def is_country(text: str) -> bool:
    """Return whether a text names a country."""
    return read_country_code(text) is not None


def _may_hold_events(
    table: Table, columns: Sequence[Column], options: ImportOptions, find_town: TownFinder | None
) -> bool:
    """Return whether a table has a column for a date or a place, or a title and another field.

    A list of addresses (names with e-mail or telephone, and no date) is a list of people, which is never read.
    """
    if options.default("date") and options.default("title"):
        return True
    fields = {column.field for column in columns if column.reason}
    is_dated = bool(fields & (_DATES | _TIMES)) or any(map(options.default, ("date", "year")))
    if not any(column.reason == "mapping" for column in columns):
        if ("contact" in fields and not is_dated) or lists_people(table, columns):
            return False
        if not is_dated and counts_events(table, columns):
            return False
        if (
            find_town is not None
            and counts_by_period(columns, find_town)
            and not any(map(options.default, ("place", "title")))
        ):
            return False
    if fields & _EVENT_FIELDS:
        return True
    named = {column.field for column in columns if column.reason in ("heading", "mapping")}
    return bool(named & {"title", "about"}) and (bool(named & _BESIDE_A_TITLE) or bool(options.default("date")))


def _without_other_lists(
    raws: Sequence[RawTable], found: list[TableReading], options: ImportOptions
) -> list[TableReading]:
    """Skip lists of records other than events, such as organisers next to the list of events."""
    if options.sheets or len(found) < 2:
        return found
    if not any(raw.header is not None for raw in raws):
        return _without_summaries(found, options)
    scores = [len({column.field for column in reading.columns} & _EVENT_FIELDS) for reading in found]
    best = max(scores)
    if best == 1:  # a list of cards with one day each, and a list of actions on them
        scores = [score + any(c.field == "title" for c in r.columns) for r, score in zip(found, scores, strict=True)]
        best = max(scores)
    return [
        TableReading(reading.table, reading.columns, reading.is_read and score * 2 >= best and (score > 1 or best < 2))
        for reading, score in zip(found, scores, strict=True)
    ]


def _without_summaries(found: list[TableReading], options: ImportOptions) -> list[TableReading]:
    """Skip sheets without dates if another sheet has dates: counts by town, lists of choices."""
    if options.default("date"):
        return found

    def parts(reading: TableReading) -> int:
        fields = {column.field for column in reading.columns if column.reason}
        is_dated = bool(fields & _DATES) or bool(reading.table.month)
        return 2 * is_dated + bool(fields & _EVENT_FIELDS - _DATES) + bool(fields & {"title", "about", "kind"})

    most = max((parts(reading) for reading in found if reading.is_read), default=0)
    if most < 3:
        return found
    return [replace(reading, is_read=reading.is_read and parts(reading) >= 3) for reading in found]


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
        elif column.reason == "values" and column.field in _GUESSED and column.position not in reading.table.unnamed:
            yield phrase(
                "The heading “{heading}” is not known. By its values the column was read as “{field_name}”.",
                heading=column.heading,
                field_name=meaning_label(column.field),
            )


def _not_read(reading: TableReading) -> str:
    fields = {column.field for column in reading.columns if column.reason}
    if "contact" in fields and (not fields & _DATES or lists_people(reading.table, reading.columns)):
        why = phrase("This looks like a list of people.")
    elif counts_by_period(reading.columns, lambda _: 0) or (
        not fields & _DATES and counts_events(reading.table, reading.columns)
    ):
        why = phrase("This counts events by month or year. Give a table with a row for each event.")
    elif fields & _EVENT_FIELDS:
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
