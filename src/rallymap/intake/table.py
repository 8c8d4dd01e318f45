"""Parse a table of events into draft events; invalid rows are returned as a file with the reasons."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rallymap.errors import IntakeError
from rallymap.events import Event, ReviewStatus
from rallymap.formulas import guard_cell, unguard_cell
from rallymap.intake.columns import attributes_stated, count_known, match_columns
from rallymap.intake.fields import ZoneFinder, event_from_fields
from rallymap.intake.limits import MAX_CELL, read_bytes
from rallymap.intake.sheets import Sheet, read_sheet
from rallymap.name_lists import split_at_semicolons

ERROR_COLUMN = "error"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is not an event: its number, its cells as given, and a sentence for each error."""

    number: int
    cells: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableResult:
    """Result of reading a table.

    Attributes
    ----------
    events
        Events of the valid rows, in the order of the file.
    errors
        All errors of the other rows; a row can have several.
    rejected
        The invalid rows.
    header
        Column names as given.
    not_read
        Unknown columns.
    stated
        Attributes of an event for which the table has columns; the others have their defaults in `events`.
    made_ids
        Ids of events whose row has none. They are generated from title, date and place, and can be guessed.
    """

    events: tuple[Event, ...]
    errors: tuple[IntakeError, ...]
    rejected: tuple[RejectedRow, ...]
    header: tuple[str, ...]
    not_read: tuple[str, ...]
    stated: frozenset[str]
    made_ids: frozenset[str]

    @property
    def rows_read(self) -> int:
        """Number of non-empty rows below the header."""
        return len(self.events) + len(self.rejected)

    def rejected_csv(self) -> bytes:
        """Write the rejected rows as CSV with a last column ``error``, to be corrected and read again.

        UTF-8 with a byte order mark for spreadsheet programs; formulas are escaped, and unescaped when the file is read
        again.
        """
        columns = [i for i, name in enumerate(self.header) if name.casefold() != ERROR_COLUMN]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*(guard_cell(self.header[i]) for i in columns), ERROR_COLUMN])
        for row in self.rejected:
            cells = row.cells + ("",) * (len(self.header) - len(row.cells))
            extra = cells[len(self.header) :]
            writer.writerow(guard_cell(c) for c in (*(cells[i] for i in columns), " ".join(row.sentences), *extra))
        return out.getvalue().encode("utf-8-sig")


def read_table(
    source: Path | bytes,
    *,
    review: ReviewStatus = ReviewStatus.DRAFT,
    find_zone: ZoneFinder | None = None,
    today: date | None = None,
) -> TableResult:
    """Read events from a CSV or XLSX table.

    Parameters
    ----------
    source
        A path, or the content of a file. CSV is UTF-8, separated by commas, semicolons, tabs or pipes; of XLSX the
        first sheet is read. Columns: see ``data/README.md``; common other names are recognised.
    review
        Review status of the events.
    find_zone
        Returns the time zone for a time of day without one.
    today
        Events after this day without a status are announced.

    Returns
    -------
    result
        Events of the valid rows, and all errors of the others.

    Raises
    ------
    IntakeError
        If the whole file cannot be read: too big, damaged, not UTF-8, no column ``title``.
    """
    sheet = read_sheet(read_bytes(source), count_known)
    fields, not_read = match_columns(sheet.header)
    column_of = {field: name for field, name in zip(fields, sheet.header, strict=True) if field is not None}
    events: list[Event] = []
    errors: list[IntakeError] = []
    rejected: list[RejectedRow] = []
    row_of_id: dict[str, int] = {}
    made_ids: set[str] = set()
    for number, cells in sheet.rows:
        found = _check_cells(cells, sheet)
        if not found:
            texts = {
                field: unguard_cell(cell).strip() for field, cell in zip(fields, cells, strict=False) if field and cell
            }
            checked = event_from_fields(
                texts, review=review, split=split_at_semicolons, find_zone=find_zone, today=today
            )
            found = [(column_of.get(err.field, err.field), err.user_message, err.value) for err in checked.errors]
            if checked.event is not None:
                first = row_of_id.setdefault(checked.event.id, number)
                if first == number:
                    events.append(checked.event)
                    made_ids |= {checked.event.id} - {texts.get("id", "")}
                    continue
                found = [(column_of.get("id", "id"), _same_event(checked.event.id, first, "id" in texts), "")]
        errors += [_row_error(number, *mistake) for mistake in found]
        rejected.append(RejectedRow(number, cells, tuple(f"{name}: {text}" for name, text, _ in found)))
    return TableResult(
        events=tuple(events),
        errors=tuple(errors),
        rejected=tuple(rejected),
        header=sheet.header,
        not_read=not_read,
        stated=attributes_stated(fields),
        made_ids=frozenset(made_ids),
    )


def _check_cells(cells: tuple[str, ...], sheet: Sheet) -> list[tuple[str, str, str]]:
    """Return column, sentence and value of errors in the row that are found before parsing its cells."""
    width = len(sheet.header)
    if any(cells[width:]):
        return [
            ("", f"There are {len(cells)} cells for {width} columns; put texts that hold the separator in quotes.", "")
        ]
    return [
        (name, f"This text has {len(cell)} characters; at most {MAX_CELL} are read.", cell[:80])
        for name, cell in zip(sheet.header, cells, strict=False)
        if len(cell) > MAX_CELL
    ]


def _same_event(event_id: str, first_row: int, given: bool) -> str:
    if given:
        return f"Row {first_row} has the id “{event_id}” already; ids must differ."
    return f"Row {first_row} is the same event: title, place and date are equal. Leave one out, or give both an id."


def _row_error(number: int, column: str, sentence: str, value: str) -> IntakeError:
    where = f"Row {number}, column “{column}”" if column else f"Row {number}"
    return IntakeError(number, column, f"{where}: {sentence}", value=value)
