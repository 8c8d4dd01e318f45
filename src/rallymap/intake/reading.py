"""Read a file of events: open it, find its tables and columns, read its values, and say what became of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rallymap.countries import read_country_code
from rallymap.errors import IntakeError
from rallymap.events import ID_PATTERN, Event, ReviewStatus
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.fields import ZoneFinder
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.options import ImportOptions
from rallymap.intake.readers import Opened, RawTable, open_tables
from rallymap.intake.rows.builder import RowBuilder
from rallymap.intake.rows.log import drop_superseded
from rallymap.intake.rows.neighbours import days_filled_down
from rallymap.intake.rows.setup import set_up_rows
from rallymap.intake.tables.columns import NOTE, Column, find_columns
from rallymap.intake.tables.headings import count_known
from rallymap.intake.tables.layout import Table, find_table

_EVENT_FIELDS = frozenset(
    {"date", "start", "day", "place", "city", "venue", "route_start", "lat", "coordinates", "time"}
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table was read.

    Attributes
    ----------
    table, columns
        With the meaning of each column.
    is_read
        Whether its rows are in the result; tables without a date and a place are not, beside one that has them.
    order
        Of day and month in its figures; UNKNOWN where it matters and nothing tells.
    """

    table: Table
    columns: tuple[Column, ...]
    is_read: bool = True
    order: Order = Order.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave.

    Attributes
    ----------
    format
        Its name for people.
    tables
        All of the file.
    rows
        Of the tables that were read, in their order: every row below a header.
    remarks
        Sentences about the file as a whole.
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
    """Open a file of any format that is read here (see :func:`rallymap.intake.readers.open_tables`)."""
    return open_tables(source, count_known)


def look_at(opened: Opened, options: ImportOptions) -> tuple[TableReading, ...]:
    """Find the header and the meaning of the columns of each table, without reading its rows.

    Raises
    ------
    IntakeError
        If the options name a sheet or a field that there is not.
    """
    names = [raw.name for raw in opened.tables]
    if unknown := [name for name in options.sheets if name not in names]:
        raise IntakeError(1, "", f"The file has no sheet “{unknown[0]}”; it has: {', '.join(names)}.")
    found = []
    for raw in opened.tables:
        table = find_table(raw, options.header_row)
        columns = find_columns(table, options.columns, lambda text: read_country_code(text) is not None)
        is_read = _may_hold_events(columns, options) and (not options.sheets or raw.name in options.sheets)
        found.append(TableReading(days_filled_down(table, columns) or table, columns, is_read))
    return tuple(_without_other_lists(opened.tables, found, options))


def read_events(
    source: Path | bytes | Opened,
    options: ImportOptions | None = None,
    *,
    review: ReviewStatus = ReviewStatus.DRAFT,
    find_zone: ZoneFinder | None = None,
    today: date | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Reading:
    """Read the events of a file.

    Parameters
    ----------
    source
        A path, the content of a file, or a file that was opened already.
    options
        Mapping and defaults.
    review
        The review status of the events.
    find_zone
        Asked for the zone of a place.
    today
        Events after this day that give no status are announced.
    progress
        Told how many rows are read, and of how many.

    Raises
    ------
    IntakeError
        If the file as a whole cannot be read.
    """
    options = options or ImportOptions()
    opened = source if isinstance(source, Opened) else open_file(source)
    looked = look_at(opened, options)
    total = sum(len(reading.table.rows) for reading in looked if reading.is_read)
    rows: list[RowResult] = []
    tables: list[TableReading] = []
    unique = _unique_ids(looked)
    seen: dict[str, int] = {}
    for reading in looked:
        if not reading.is_read:
            tables.append(reading)
            continue
        builder, order = set_up_rows(
            reading.table, reading.columns, options, has_own_ids=unique, review=review, find_zone=find_zone, today=today
        )
        tables.append(TableReading(reading.table, reading.columns, True, order))
        rows += _read_rows(reading, builder, options, seen, len(rows), total, progress)
    remarks = [*opened.remarks, *_remarks(tables)]
    return Reading(opened.format, tuple(tables), tuple(rows), tuple(remarks))


def _read_rows(
    reading: TableReading,
    builder: RowBuilder,
    options: ImportOptions,
    seen: dict[str, int],
    before: int,
    total: int,
    progress: Progress,
) -> list[RowResult]:
    results: list[RowResult] = []
    first_of: dict[tuple[str, ...], int] = {}
    for number, cells in reading.table.rows:
        result = builder.build(number, cells)
        if result.event is not None:
            first = first_of.setdefault(cells, number)
            if first != number and options.skip_repeated and reading.table.header_row:
                result = RowResult(
                    result.sheet, number, cells, RowFate.REPEATED, result.event,
                    f"is equal to row {first} in every cell", result.notes,
                )  # fmt: skip
            result = _with_own_id(result, seen)
        results.append(result)
        if len(results) % 1000 == 0:
            progress(before + len(results), total)
    progress(before + len(results), total)
    return drop_superseded(reading.table, reading.columns, results)


def _with_own_id(result: RowResult, seen: dict[str, int]) -> RowResult:
    """Tell rows apart that have the same title, day and place but are not equal: they are different events."""
    event = result.event
    assert event is not None  # noqa: S101 - the caller checked
    if result.fate is not RowFate.EVENT:
        return result
    times = seen[event.id] = seen.get(event.id, 0) + 1
    if times == 1:
        return result
    changed = event.changed(id=f"{event.id[:60].rstrip('-')}-{times}")
    seen[changed.id] = 1
    return RowResult(result.sheet, result.number, result.cells, result.fate, changed, notes=result.notes)


def _unique_ids(looked: Sequence[TableReading]) -> bool:
    """Tell whether an id column may give the ids of the events: ours in form, filled and different in all rows."""
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


def _may_hold_events(columns: Sequence[Column], options: ImportOptions) -> bool:
    """Tell whether a table has a column for a date, a place or a title; running text has none."""
    if options.default("date") and options.default("title"):
        return True
    for column in columns:
        if column.field in _EVENT_FIELDS and column.reason and column.field != "title":
            return True
        if column.field in ("title", "about") and column.reason in ("heading", "mapping"):
            return True
    return False


def _without_other_lists(
    raws: Sequence[RawTable], found: list[TableReading], options: ImportOptions
) -> list[TableReading]:
    """Leave out lists of records that are no events, such as a list of organisers beside the list of events."""
    if options.sheets or len(found) < 2 or not any(raw.header is not None for raw in raws):
        return found
    scores = [len({column.field for column in reading.columns} & _EVENT_FIELDS) for reading in found]
    best = max(scores)
    return [
        TableReading(reading.table, reading.columns, reading.is_read and score * 2 >= best and (score > 1 or best < 2))
        for reading, score in zip(found, scores, strict=True)
    ]


def _remarks(tables: Sequence[TableReading]) -> list[str]:
    remarks = []
    for reading in tables:
        where = f"Sheet “{reading.table.name}”: " if reading.table.name and len(tables) > 1 else ""
        if not reading.is_read:
            name = f"“{reading.table.name}”" if reading.table.name else "The table"
            remarks.append(f"{name} was not read: it has no column for a date, a place or a title.")
            continue
        unnamed = reading.table.unnamed
        kept = [
            column.heading
            for column in reading.columns
            if not column.reason and column.profile.filled and column.position not in unnamed
        ]
        if kept:
            remarks.append(f"{where}kept as notes: {', '.join(kept)}.")
        for position in sorted(reading.table.unnamed):
            if reading.columns[position].profile.filled:
                field_name = reading.columns[position].field
                how = "it is kept as a note" if field_name == NOTE else f"it was read as {field_name}"
                remarks.append(f"{where}column {position + 1} has no name; {how}.")
    return remarks
