"""Inspect the tables of a file: headers, meaning of columns, and which tables contain events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rallymap.countries import read_country_code
from rallymap.errors import IntakeError
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
from rallymap.intake.tables.filled_groups import with_countries_filled, with_groups_filled
from rallymap.intake.tables.hours_and_minutes import with_joined_hours
from rallymap.intake.tables.joined_tables import with_places_of
from rallymap.intake.tables.labelled_lines import with_labelled_lines
from rallymap.intake.tables.layout import Table, find_table
from rallymap.intake.tables.month_columns import counts_by_period, counts_events
from rallymap.intake.tables.other_calendars import with_months_of_other_calendars
from rallymap.intake.tables.outlines import with_outline_filled
from rallymap.intake.tables.paired_columns import split_paired_columns
from rallymap.intake.tables.people import lists_people
from rallymap.intake.tables.second_dates import with_exact_dates
from rallymap.intake.tables.sections import with_sections
from rallymap.intake.tables.shapes import plain_tables
from rallymap.intake.tables.titles import with_title
from rallymap.intake.tables.weeks import with_weeks
from rallymap.intake.tables.years_of_files import with_year_of_file
from rallymap.language import tr

EVENT_FIELDS = frozenset(
    {"date", "start", "day", "place", "city", "venue", "route_start", "lat", "coordinates", "time"}
)
DATES = frozenset({"date", "start", "day", "year", "month"})
_TIMES = frozenset({"time", "start_time"})
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
        table = with_groups_filled(table, columns) or table
        if (in_sections := with_sections(table, columns, is_country)) is not None:
            table, columns = in_sections, find_columns(in_sections, options.columns, is_country, find_town)
        if (in_weeks := with_weeks(table, columns)) is not None:
            table, columns = in_weeks, find_columns(in_weeks, options.columns, is_country, find_town)
        table = with_year_of_file(table, columns, opened.file_name)
        columns = with_days(table, columns)
        table, columns = with_months_of_other_calendars(table, columns)
        columns = with_title(table, columns)
        table = with_countries_filled(with_dittos_filled(table, columns), columns, find_town)
        columns = with_exact_dates(table, columns)
        is_read = _may_hold_events(table, columns, options, find_town) and (
            not options.sheets or raw.name in options.sheets
        )
        found.append(TableReading(days_filled_down(table, columns) or table, columns, is_read))
    found = _with_joined(found, options, find_town)
    return tuple(_without_other_lists(raws, found, options))


def _with_joined(
    found: Sequence[TableReading], options: ImportOptions, find_town: TownFinder | None
) -> list[TableReading]:
    """Join events with the list of their places, which is then not read."""
    pairs = [(reading.table, reading.columns) for reading in found]
    readings = list(found)
    for at, reading in enumerate(found):
        joined = with_places_of(reading.table, reading.columns, pairs) if not options.sheets else None
        if joined is not None:
            index, table = joined
            readings[at] = replace(
                reading, table=table, columns=find_columns(table, options.columns, is_country, find_town)
            )
            readings[index] = replace(found[index], is_read=False)
    return readings


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
    is_dated = bool(fields & (DATES | _TIMES)) or any(map(options.default, ("date", "year")))
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
    if fields & EVENT_FIELDS:
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
    scores = [len({column.field for column in reading.columns} & EVENT_FIELDS) for reading in found]
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
        is_dated = bool(fields & DATES) or bool(reading.table.month)
        return 2 * is_dated + bool(fields & EVENT_FIELDS - DATES) + bool(fields & {"title", "about", "kind"})

    most = max((parts(reading) for reading in found if reading.is_read), default=0)
    if most < 3:
        return found
    return [replace(reading, is_read=reading.is_read and parts(reading) >= 3) for reading in found]
