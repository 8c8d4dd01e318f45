"""Read one workbook in a separate process: ``python -m rallymap.intake.readers.workbook_worker``.

The library for workbooks allocates as much memory as a file declares; a few kilobytes can declare gigabytes and kill
the process. So it runs in this process, with limits on memory and time, and the app only sees the failure.

Standard input is the workbook. Standard output contains, serialised with `marshal`, for each sheet ``(name, spans,
hidden)`` with spans ``(row, column, last row, last column)`` from 0, then lists of rows ``(number, cells)`` of texts; a
single text is an error code. A final number counts the cells with a link whose address and value are both missing, and
a final dictionary gives the name of the first cell with a formula without a value, and how many there are.
Web addresses of cells are appended to their texts (see ``cells.linked_text``).
"""

from __future__ import annotations

import io
import marshal
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from rallymap.intake.cells.linked_text import with_link
from rallymap.intake.readers.formula_links import Link, Links
from rallymap.intake.readers.ods_links import SheetParts
from rallymap.intake.readers.workbook_formats import as_shown, exact_columns
from rallymap.intake.readers.workbook_links import parts_of_sheets

MEMORY = 560 * 1024 * 1024
SECONDS = 60
Part = tuple[str, list[Any], bool] | list[Any] | str | int | dict[str, int]
_NO_DAY = date(1900, 1, 2)
_AT_ONCE = 1000
_MAX_SPANS = 20_000
_MISSING = "#N/A"


def main() -> None:
    """Read standard input and write the sheets to standard output."""
    limit_memory()
    max_rows, max_columns = int(sys.argv[1]), int(sys.argv[2])
    content = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        for part in read_sheets(content, max_rows, max_columns):
            marshal.dump(part, out)
    except PasswordError:
        marshal.dump("password", out)
    except (CalamineError, ValueError, OverflowError, OSError) as err:
        marshal.dump(f"damaged: {err}", out)
    except MemoryError:
        marshal.dump("too large", out)


def limit_memory() -> None:
    """Limit the address space of this process, if the system supports it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def read_sheets(content: bytes, max_rows: int, max_columns: int) -> Iterator[Part]:
    """Yield for each sheet its name, spans and hidden state, then its non-empty rows in lists.

    The last items are the number of cells with a link whose address and value are both missing, and a dictionary with
    the name of the first cell with a formula without a value and their number; it is empty if there are none.
    """
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    hidden = {one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
    parts = parts_of_sheets(content)
    total = unread = 0
    formulas: list[str] = []
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except CalamineError:
            continue  # a chart sheet
        if sheet.start is None or sheet.end is None:
            yield name, [], name in hidden
            continue
        width = sheet.end[1] + 1
        if width > max_columns:
            yield f"columns {width}"
            return
        try:
            spans = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
        except (CalamineError, AttributeError):
            spans = []
        sheet_parts = parts.get(name, SheetParts())
        spans = spans or sheet_parts.spans
        yield name, spans[:_MAX_SPANS], name in hidden
        formulas += [f"{_column_name(column)}{row + 1}" for row, column in sorted(sheet_parts.without_value)]
        formatted: dict[int, list[int]] = {}
        for row, column in sheet_parts.formats:
            formatted.setdefault(row + 1, []).append(column)
        shows_months = any(one.shows in ("month", "year") for one in sheet_parts.formats.values())
        exact = exact_columns(list(chain(*_in_lists(sheet))), sheet_parts.formats) if shows_months else frozenset()
        for rows in _in_lists(sheet):
            total += len(rows)
            if total > max_rows:
                yield f"rows {total}"
                return
            rows = _with_missing(rows, sheet_parts.without_value) if sheet_parts.without_value else rows
            if sheet_parts.formats or sheet_parts.marked:
                rows = _with_formats(rows, sheet_parts, formatted, exact)
            yield _with_links(rows, sheet_parts.links) if sheet_parts.links else rows
            unread += _count_unread(rows, sheet_parts.links) if sheet_parts.links else 0
    yield unread
    yield {formulas[0]: len(formulas)} if formulas else {}


def _in_lists(sheet: CalamineSheet) -> Iterator[list[Any]]:
    rows: list[Any] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):  # from A1, even if the used range starts later
        texts = tuple(cell if type(cell) is str else _text(cell) for cell in cells)
        if any(texts):
            rows.append((number, texts))
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    yield rows


def _with_links(rows: list[Any], links: Links) -> list[Any]:
    by_row: dict[int, dict[int, Link]] = {}
    for (row, column), link in links.items():
        by_row.setdefault(row + 1, {})[column] = link
    return [
        (
            number,
            tuple(
                with_link(text or behind.shown, behind.address, behind.more)
                if (behind := by_row[number].get(at))
                else text
                for at, text in enumerate(texts)
            ),
        )
        if number in by_row
        else (number, texts)
        for number, texts in rows
    ]


def _with_missing(rows: list[Any], without_value: frozenset[tuple[int, int]]) -> list[Any]:
    """Write the usual mark of a missing value into cells with a formula without a value."""
    return [
        (
            number,
            tuple(text or (_MISSING if (number - 1, at) in without_value else "") for at, text in enumerate(texts)),
        )
        for number, texts in rows
    ]


def _with_formats(
    rows: list[Any], parts: SheetParts, formatted: dict[int, list[int]], exact: frozenset[int]
) -> list[Any]:
    """Write percent, currency, months, errors, footnote marks and struck-through words as the cells show them."""
    shown = []
    for number, texts in rows:
        cells = [parts.marked.get(text, text) for text in texts] if parts.marked else list(texts)
        for column in formatted.get(number, ()):
            if column < len(cells):
                cells[column] = as_shown(cells[column], parts.formats[number - 1, column], is_exact=column in exact)
        shown.append((number, tuple(cells)))
    return shown


def _column_name(at: int) -> str:
    """Return the letters of a column: 0 is "A", 26 "AA"."""
    name = ""
    while at >= 0:
        name, at = chr(65 + at % 26) + name, at // 26 - 1
    return name


def _count_unread(rows: list[Any], links: Links) -> int:
    by_number = dict(rows)
    wanting = [at for at, link in links.items() if not link.address and at[0] + 1 in by_number]
    return sum(column < len(by_number[row + 1]) and not by_number[row + 1][column] for row, column in wanting)


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            if cell.date() <= _NO_DAY:
                return f"{cell:%H:%M}"
            return cell.date().isoformat() if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return str(cell)


if __name__ == "__main__":
    main()
