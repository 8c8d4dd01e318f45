"""Read XLSX, XLS and ODS: every sheet as texts, with merged cells filled and stored values of formulas."""

from __future__ import annotations

import io
import marshal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any

from rallymap.intake.limits import MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_TABLES, MAX_UNPACKED, check_size, refuse
from rallymap.intake.readers.raw_table import Opened, RawTable, Row
from rallymap.intake.readers.workbook_links import is_since_1904
from rallymap.language import phrase

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
SECONDS = 60
_DAMAGED = phrase("This spreadsheet is damaged; open it in a spreadsheet program and save it again, or as CSV.")
_PASSWORD = phrase("This workbook has a password; save it without one.")
_TOO_LARGE = phrase("This spreadsheet needs too much memory or time; save the sheet you need as CSV.")


def is_workbook(content: bytes) -> bool:
    """Return whether a file can be a workbook: a ZIP archive or an OLE file."""
    return content.startswith((ZIP_MAGIC, OLE_MAGIC))


def read_workbook(content: bytes) -> Opened:
    """Read all sheets.

    The unpacked size is checked in the archive's index before unpacking; a separate process reads the file (see
    ``workbook_worker``).

    Raises
    ------
    IntakeError
        If the file is damaged, password-protected, or too large.
    """
    name = _check_archive(content) if content.startswith(ZIP_MAGIC) else "XLS"
    try:
        # The arguments are constant; the file is passed through standard input.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "rallymap.intake.readers.workbook_worker", str(MAX_ROWS), str(MAX_COLUMNS)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        refuse(_TOO_LARGE)
    if done.returncode:
        refuse(_TOO_LARGE, value=done.stderr[-300:].decode("utf-8", "replace"))
    answer, unread_links, formulas = _sheets_of(done.stdout)
    facts = {"epoch": "1904" if is_since_1904(content) else "1900"}
    tables = tuple(
        RawTable(sheet, _fill_merged(rows, spans), facts=facts) for sheet, rows, spans, _ in answer[:MAX_TABLES] if rows
    )
    if not tables:
        refuse(phrase("This spreadsheet is empty."))
    remarks = []
    if empty := [sheet for sheet, rows, _, _ in answer if not rows]:
        remarks.append(phrase("Empty sheets: {names}.", names=", ".join(empty)))
    if hidden := [sheet for sheet, rows, _, is_hidden in answer if rows and is_hidden]:
        remarks.append(phrase("Sheets that are hidden in the file were read too: {names}.", names=", ".join(hidden)))
    if unread_links:
        remarks.append(
            phrase(
                "Cells with a HYPERLINK formula whose address cannot be read: {count}. Save the file again in a "
                "spreadsheet program to keep them.",
                count=unread_links,
            )
        )
    for cell, count in formulas.items():
        remarks.append(
            phrase(
                "Cells with a formula but no stored value: {count}, such as {cell}. Save the file again in a "
                "spreadsheet program to keep them.",
                count=count,
                cell=cell,
            )
        )
    return Opened(name, tables, tuple(remarks))


def _sheets_of(written: bytes) -> tuple[list[tuple[str, list[Row], list[Any], bool]], int, dict[str, int]]:
    """Return name, rows, merged areas and hidden state of each sheet that the worker wrote.

    Also returns the number of cells with a link whose address and value are both missing, and the name of the first
    cell with a formula without a value, with their number.
    """
    stream = io.BytesIO(written)
    unread, formulas = 0, {}
    sheets: list[tuple[str, list[Row], list[Any], bool]] = []
    while stream.tell() < len(written):
        part = marshal.load(stream)  # noqa: S302 - written by our own worker
        if isinstance(part, str):
            what, _, count = part.partition(" ")
            if what in ("rows", "columns"):
                check_size(int(count) if what == "rows" else 0, int(count) if what == "columns" else 0)
            refuse({"too large": _TOO_LARGE, "password": _PASSWORD}.get(part, _DAMAGED))
        if isinstance(part, int):
            unread = part
        elif isinstance(part, dict):
            formulas = part
        elif isinstance(part, tuple):
            name, spans, is_hidden = part
            sheets.append((name, [], spans, is_hidden))
        else:
            sheets[-1][1].extend(part)
    return sheets, unread, formulas


def _check_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError) as err:
        refuse(_DAMAGED, value=repr(err))
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".bin", ".rels")))
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        refuse(
            phrase(
                "This file unpacks to {unpacked} MiB in {count} parts; at most {max_unpacked} MiB in {max_parts} parts "
                "are read. Save it as CSV, or split it.",
                unpacked=unpacked // 2**20,
                count=len(parts),
                max_unpacked=MAX_UNPACKED // 2**20,
                max_parts=MAX_PARTS,
            )
        )
    if "content.xml" in names:
        return "ODS"
    if not any(name.startswith("xl/") for name in names):
        refuse(phrase("This archive is not a spreadsheet; unpack it and give the table inside."))
    return "XLSX"


def _fill_merged(rows: list[Row], spans: Iterable[Any]) -> list[Row]:
    """Copy the value of the first cell to all cells of a merged area, but only in rows that are not empty."""
    position = {number: index for index, (number, _) in enumerate(rows)}
    filled = [list(cells) for _, cells in rows]
    for row, column, last_row, last_column in spans:
        index = position.get(row + 1)
        if index is None or column >= len(filled[index]) or not (value := filled[index][column]):
            continue
        for number in range(row + 1, min(last_row + 2, rows[-1][0] + 1)):
            at = position.get(number)
            if at is None:
                if number - row > 2:
                    continue
                position[number] = at = len(filled)
                filled.append([])
                rows = [*rows, (number, ())]
            cells = filled[at]
            cells.extend([""] * (min(last_column, MAX_COLUMNS) + 1 - len(cells)))
            for other in range(column, min(last_column, MAX_COLUMNS - 1) + 1):
                cells[other] = cells[other] or value
    return sorted((number, tuple(cells)) for (number, _), cells in zip(rows, filled, strict=True))
