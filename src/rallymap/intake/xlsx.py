"""Read the first sheet of an XLSX file as texts; formulas are kept as text."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from rallymap.errors import IntakeError
from rallymap.intake.limits import MAX_COLUMNS

MAX_UNPACKED = 24 * 1024 * 1024
MAX_PARTS = 1_000
MAX_ROW_NUMBER = 1_048_576
"""The maximum row number in spreadsheet programs."""
# Exceptions of openpyxl and zipfile for damaged files; openpyxl has no specific one.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
    NotImplementedError,
    OSError,
    RuntimeError,
)


def xlsx_rows(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Read the first sheet row by row: row number and cell texts.

    The unpacked size is checked in the archive's index before unpacking: a file of 146 kB can contain hundreds of
    megabytes, and a part never unpacks to more than its index states.

    Raises
    ------
    IntakeError
        If the file is damaged, unpacks to more than 24 MiB, or exceeds the maximum row number.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
            raise IntakeError(
                1,
                "",
                f"This file unpacks to {unpacked // 2**20} MiB; at most {MAX_UNPACKED // 2**20} MiB of XLSX are read. "
                "Save it as CSV, or split it.",
            )
        yield from _rows(content)
    except IntakeError:
        raise
    except _DAMAGED as err:
        raise IntakeError(
            1, "", "This XLSX file is damaged or has a password; save it again, or as CSV.", value=repr(err)
        ) from err


def _rows(content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    with warnings.catch_warnings():
        # openpyxl warns about charts, styles and validations that it ignores; they are not needed for texts.
        warnings.simplefilter("ignore", UserWarning)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # the dimensions stated in the file may be wrong
            width = _header_width(sheet)
            # One column more than there are names, to find texts without a name.
            for number, row in enumerate(sheet.iter_rows(max_col=width + 1, values_only=True), 1):
                _check_number(number)
                yield number, tuple(_text(cell) for cell in (row if row[-1] is not None else row[:-1]))
        finally:
            workbook.close()


def _header_width(sheet: ReadOnlyWorksheet) -> int:
    """Return the number of columns up to the last name in the first non-empty row."""
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), 1):
        _check_number(number)
        if any(cell is not None for cell in row):
            return max(position for position, cell in enumerate(row, 1) if cell is not None)
    return 0


def _check_number(number: int) -> None:
    if number > MAX_ROW_NUMBER:
        raise IntakeError(number, "", f"This sheet has rows beyond {MAX_ROW_NUMBER}; leave out the empty ones.")


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)
