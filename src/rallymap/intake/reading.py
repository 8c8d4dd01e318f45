"""Read a file of events: open it, find its tables and columns, parse its values, and report on each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from rallymap.events import ID_PATTERN, Event, ReviewStatus
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.fields import TownCountry, TownFinder, ZoneFinder
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.inspection import TableReading, inspect_tables, is_country
from rallymap.intake.options import ImportOptions
from rallymap.intake.readers import Opened, open_tables
from rallymap.intake.rows.builder import RowBuilder
from rallymap.intake.rows.log import drop_superseded
from rallymap.intake.rows.setup import set_up_rows
from rallymap.intake.table_remarks import remarks_on
from rallymap.intake.tables.columns import find_columns
from rallymap.intake.tables.cross_tables import without_columns_of_towns
from rallymap.intake.tables.headings import count_known
from rallymap.intake.tables.status_sheets import status_of_sheet, without_called_off
from rallymap.intake.tables.titled_towns import OF_TITLE, main_town, with_titled_town
from rallymap.intake.tables.towns import (
    find_town_headings,
    places_of_sheets,
    town_by_zone,
    with_town_column,
    with_town_sections,
    with_venue_column,
    without_foreign_country,
)
from rallymap.intake.tables.towns_in_titles import OF_TITLES, with_towns_in_titles
from rallymap.language import phrase

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Result of reading a file.

    Attributes
    ----------
    format
        Display name of the format.
    tables
        All tables in the file.
    rows
        Rows of the tables that were read, in order: every row below a header.
    remarks
        Remarks about the whole file.
    """

    format: str
    tables: tuple[TableReading, ...]
    rows: tuple[RowResult, ...]
    remarks: tuple[str, ...] = field(default=())

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order of the file."""
        return tuple(row.event for row in self.rows if row.event is not None)


def open_file(source: Path | bytes) -> Opened:
    """Open a file of any supported format (see :func:`rallymap.intake.readers.open_tables`)."""
    opened = open_tables(source, count_known)
    return replace(opened, file_name=source.name) if isinstance(source, Path) else opened


def read_events(
    source: Path | bytes | Opened,
    options: ImportOptions | None = None,
    *,
    review: ReviewStatus = ReviewStatus.DRAFT,
    find_zone: ZoneFinder | None = None,
    find_country: TownCountry | None = None,
    find_town: TownFinder | None = None,
    today: date | None = None,
    inspected: Sequence[TableReading] | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Reading:
    """Read the events of a file.

    Parameters
    ----------
    source
        A path, the content of a file, or an opened file.
    options
        Mapping and defaults.
    review
        Review status of the events.
    find_zone
        Returns the time zone of a place.
    find_country
        Returns the country of ambiguous towns; called once per table.
    find_town
        Returns the population of a town. None recognises towns by their time zone only.
    today
        Events after this day without a status are announced.
    inspected
        The tables of the opened file as :func:`inspect_tables` returned them for these options, if the caller has them.
    progress
        Called with the number of rows read and their total.

    Raises
    ------
    IntakeError
        If the whole file cannot be read.
    """
    options = options or ImportOptions()
    opened = source if isinstance(source, Opened) else open_file(source)
    find_town = find_town or (None if find_zone is None else town_by_zone(find_zone))
    looked = tuple(inspected) if inspected is not None else inspect_tables(opened, options, find_town)
    total = sum(len(reading.table.rows) for reading in looked if reading.is_read)
    rows: list[RowResult] = []
    on_orders: list[str] = []
    done = 0
    tables: list[TableReading] = []
    unique = _unique_ids(looked)
    seen: dict[str, int] = {}
    first_of: dict[tuple[object, ...], tuple[str, int]] = {}
    if find_zone is not None:
        of_file = main_town(opened.file_name, find_town)
        looked = tuple(
            _with_towns(one, options, find_zone, find_town, of_file) if one.is_read else one for one in looked
        )
    of_events = [(one.table, one.columns) for one in looked if one.is_read]
    statuses: dict[str, str] = {}
    by_sheet = places_of_sheets(of_events, is_country, find_zone, find_town)
    for reading in looked:
        if not reading.is_read:
            tables.append(reading)
            continue
        stated = by_sheet.get(reading.table.name)
        own = options if stated is None or options.default(stated[0]) else options.with_default(*stated)
        status = "" if options.default("status") else status_of_sheet(reading.table, reading.columns)
        if status:
            own, statuses[reading.table.name] = own.with_default("status", status), status
        builder, order, on_order = set_up_rows(
            reading.table, reading.columns, own, has_own_ids=unique, review=review, find_zone=find_zone, today=today
        )
        builder.where.find_town = find_town if find_zone is not None else None
        if find_country is not None and not own.default("country"):
            where = builder.where
            where.town_country, where.towns = find_country(builder.places_of(reading.table.rows))
        on_orders += [on_order] if on_order else []
        tables.append(TableReading(reading.table, reading.columns, True, order))
        rows += _read_rows(reading, builder, options, (seen, first_of), done, total, progress)
        done += len(reading.table.rows)
    remarks = [*opened.remarks, *remarks_on(tables), *dict.fromkeys(on_orders)]
    from_names = [*by_sheet.items(), *((name, ("status", status)) for name, status in statuses.items())]
    for name, (field_name, text) in from_names:
        remarks.append(
            phrase(
                "The name of sheet “{name}” was read as “{field_name}” of its rows: {text}.",
                name=name,
                field_name=field_name,
                text=text,
            )
        )
    return Reading(opened.format, tuple(tables), tuple(without_called_off(rows, statuses)), tuple(remarks))


def _with_towns(
    reading: TableReading,
    options: ImportOptions,
    find_zone: ZoneFinder,
    find_town: TownFinder | None,
    town_of_file: str,
) -> TableReading:
    """Find towns without a heading: in one column per town, or in a column without a known meaning."""
    columns = reading.columns
    if not options.default("place"):  # otherwise no other column contains towns
        if towns := find_town_headings(reading.table, columns, find_zone):
            table = without_columns_of_towns(reading.table, towns)
            reading = replace(reading, table=table, columns=find_columns(table, options.columns, is_country, find_town))
        if (in_towns := with_town_sections(reading.table, reading.columns, find_zone)) is not None:
            columns = with_venue_column(in_towns, find_columns(in_towns, options.columns, is_country, find_town))
            reading = replace(reading, table=in_towns, columns=columns)
        in_town = with_titled_town(reading.table, reading.columns, find_zone, town_of_file, find_town)
        if in_town is not None:
            town = replace(find_columns(in_town, options.columns, is_country)[-1], field="city", reason=OF_TITLE)
            reading = replace(reading, table=in_town, columns=(*reading.columns, town))
        elif (with_towns := with_towns_in_titles(reading.table, reading.columns, find_town)) is not None:
            town = replace(find_columns(with_towns, options.columns, is_country)[-1], field="city", reason=OF_TITLES)
            reading = replace(reading, table=with_towns, columns=(*reading.columns, town))
        columns = with_town_column(reading.table, reading.columns, find_zone)
    columns = with_venue_column(reading.table, columns)
    return replace(reading, columns=without_foreign_country(reading.table, columns, find_zone))


def _read_rows(
    reading: TableReading,
    builder: RowBuilder,
    options: ImportOptions,
    earlier: tuple[dict[str, int], dict[tuple[object, ...], tuple[str, int]]],
    before: int,
    total: int,
    progress: Progress,
) -> list[RowResult]:
    results: list[RowResult] = []
    seen, first_of = earlier
    table = reading.table
    for done, (number, cells) in enumerate(reading.table.rows, 1):
        for result in builder.build(number, cells):
            if result.event is not None:
                when, place = result.event.when, result.event.place
                is_whole = when.start is not None and bool(place.text or place.venue)
                # The name of a sheet can say what its rows lack.
                same = (table.header, cells, when, place, result.event.status, "" if is_whole else table.name)
                sheet, first = first_of.setdefault(same, (table.name, number))
                shown = str(first) if sheet == table.name else f"{first} ({sheet})"
                if (sheet, first) != (table.name, number) and options.skip_repeated and reading.table.header_row:
                    result = RowResult(
                        result.sheet, number, cells, RowFate.REPEATED, result.event,
                        phrase("This row is the same as row {first} and is left out.", first=shown), result.notes,
                    )  # fmt: skip
                result = _with_own_id(result, seen)
            results.append(result)
        if done % 1000 == 0:
            progress(before + done, total)
    progress(before + len(reading.table.rows), total)
    return drop_superseded(reading.table, reading.columns, results)


def _with_own_id(result: RowResult, seen: dict[str, int]) -> RowResult:
    """Distinguish rows with equal title, day and place but other differences: they are different events."""
    event = result.event
    assert event is not None  # noqa: S101 - the caller checked
    if result.fate is not RowFate.EVENT:
        return result
    times = seen[event.id] = seen.get(event.id, 0) + 1
    if times == 1:
        return result
    changed = event.changed(id=f"{event.id[:60].rstrip('-')}-{times}")
    seen[changed.id] = 1
    return replace(result, event=changed)


def _unique_ids(looked: Sequence[TableReading]) -> bool:
    """Return whether an id column can provide event ids: valid ids, present and distinct in all rows."""
    values: list[str] = []
    for reading in looked:
        for column in reading.columns:
            if reading.is_read and column.field == "id":
                values += [
                    cells[column.position].strip()
                    for _, cells in reading.table.rows
                    if column.position < len(cells) and any(cells)
                ]
    filled = [value for value in values if not is_missing(value)]
    good = sum(bool(ID_PATTERN.fullmatch(value)) and not value.isdecimal() for value in filled)
    return bool(filled) and good == len(filled) and len(set(filled)) == len(filled)
