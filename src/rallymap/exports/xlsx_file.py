"""XLSX with sheets for the events, for the meaning of columns, and for the file's provenance."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from rallymap.errors import ExportError
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import Cell, EventCells
from rallymap.exports.table_rows import opened_table
from rallymap.exports.unwritable import without_unwritable
from rallymap.language import tr

MOST_ROWS = 1_048_575
"""Maximum number of rows below the header of a sheet."""
MOST_CHARACTERS = 32_767
_READ_AT_ONCE = 65_536
# ECMA-376, part 1, section 22.9.2.19: "_x0041_" in a cell is read as "A".
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"[^<>]*</dcterms:modified>")


def write_xlsx(events: Iterable[EventCells], provenance: Provenance) -> Iterator[bytes]:
    """Write events as XLSX, in chunks; texts are never formulas, dates are dates.

    Raises
    ------
    ExportError
        If there are more events than rows in a sheet.
    """
    book = Workbook(write_only=True)
    moment = datetime.combine(provenance.made_on, time.min)
    book.properties.created = book.properties.modified = moment
    # The selection quotes a reader's search.
    book.properties.creator, book.properties.title = map(without_unwritable, (provenance.site, provenance.selection))
    with opened_table(events) as table:
        sheet = book.create_sheet("events")
        sheet.freeze_panes = "C2"
        sheet.append([column.name for column in table.columns])
        are_dates = [column.type == "date" for column in table.columns]
        for at, row in enumerate(table.rows, 1):
            if at > MOST_ROWS:
                raise ExportError(tr("A sheet holds {n} events and these are more; choose CSV.", n=f"{MOST_ROWS:,}"))
            sheet.append([_cell(sheet, *pair) for pair in zip(row, are_dates, strict=True)])
        meanings = book.create_sheet("columns")
        for line in (("column", "type", "meaning"), *((c.name, c.type, c.meaning) for c in table.columns)):
            meanings.append([_cell(meanings, text, False) for text in line])
    about = book.create_sheet("about")
    for name, value in provenance.as_json().items():
        about.append([name, _cell(about, value, False)])
    with tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as file:
        book.save(made)
        _copy_without_clock(made, file, moment)
        file.seek(0)
        while piece := file.read(_READ_AT_ONCE):
            yield piece


def _copy_without_clock(made: IO[bytes], file: IO[bytes], moment: datetime) -> None:
    """Copy a workbook with a fixed time in place of the writing time, so that equal events produce equal bytes."""
    with ZipFile(made) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            entry = ZipInfo(part.filename, (max(moment.year, 1980), moment.month, moment.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            with old.open(part) as source, new.open(entry, "w", force_zip64=True) as target:
                if part.filename == "docProps/core.xml":
                    target.write(_MODIFIED.sub(f"{moment.isoformat()}Z</dcterms:modified>".encode(), source.read()))
                else:
                    shutil.copyfileobj(source, target)


def _cell(sheet: WriteOnlyWorksheet, value: Cell, is_date: bool) -> object:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    if is_date and value >= "1900-03-01":
        return date.fromisoformat(value)  # Excel has no day before 1900, and a wrong one in February 1900
    cell = WriteOnlyCell(sheet, _LIKE_AN_ESCAPE.sub("_x005F_", without_unwritable(value)[:MOST_CHARACTERS]))
    cell.data_type = "s"  # openpyxl interprets a text that starts with "=" as a formula
    return cell
