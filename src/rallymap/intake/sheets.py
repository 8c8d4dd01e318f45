"""Read files into rows of texts: CSV here, XLSX in `xlsx`; limits are checked before parsing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rallymap.errors import IntakeError
from rallymap.intake.limits import MAX_COLUMNS, MAX_ROWS
from rallymap.intake.readers.delimited import find_delimiter

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts.

    Attributes
    ----------
    header
        Column names from the first row that is not empty.
    rows
        Number (1-based, as in a spreadsheet) and cells of each non-empty row below it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(content: bytes, columns_known: Callable[[Iterable[str]], int]) -> Sheet:
    """Read CSV or XLSX, detected by content.

    Parameters
    ----------
    content
        The file's bytes.
    columns_known
        Counts the known column names; decides which separator is used.

    Raises
    ------
    IntakeError
        If the whole file cannot be read; the sentence says what to do.
    """
    if content.startswith(_ZIP_MAGIC):
        # Imported lazily: openpyxl takes a quarter of a second, and most tables are CSV.
        from rallymap.intake.xlsx import xlsx_rows

        return collect(xlsx_rows(content))
    if content.startswith(_OLD_EXCEL_MAGIC):
        raise IntakeError(1, "", "This is an old or encrypted Excel file; save it as .xlsx or CSV without a password.")
    text = _decode(content)
    return collect(_csv_rows(text, find_delimiter(text, columns_known)))


def collect(rows: Iterable[tuple[int, tuple[str, ...]]]) -> Sheet:
    """Split rows into the header and the others, without empty rows.

    Raises
    ------
    IntakeError
        If there are too many rows or columns.
    """
    header: tuple[str, ...] | None = None
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if header is None:
            if len(cells) > MAX_COLUMNS:
                raise IntakeError(number, "", f"This table has {len(cells)} columns; at most {MAX_COLUMNS} are read.")
            header = tuple(cell.strip() for cell in cells)
            continue
        if len(kept) == MAX_ROWS:
            raise IntakeError(number, "", f"This table has more than {MAX_ROWS} rows; please split it.")
        kept.append((number, cells))
    if header is None:
        raise IntakeError(1, "", "This file is empty.")
    return Sheet(header, tuple(kept))


def _decode(content: bytes) -> str:
    # Excel's "Unicode text" is UTF-16 with a byte order mark.
    utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as err:
        line = 1 if utf_16 else content.count(b"\n", 0, err.start) + 1
        raise IntakeError(
            line,
            "",
            f"Line {line} is not UTF-8 text; save the table as “CSV UTF-8” and try again.",
            value=repr(content[err.start : err.start + 20]),
        ) from err
    if "\x00" in text:
        raise IntakeError(1, "", "This is not a text file; give a CSV or XLSX table.")
    return text


def _csv_rows(text: str, delimiter: str) -> Iterable[tuple[int, tuple[str, ...]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield number, tuple(row)
    except csv.Error as err:
        raise IntakeError(
            number + 1,
            "",
            f"The quotation marks of row {number + 1} do not match; close them, and double those inside a text.",
            value=str(err),
        ) from err
