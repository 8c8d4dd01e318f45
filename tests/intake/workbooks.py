"""Create XLSX workbooks from lists and ODS files from XML, for several tests."""

from __future__ import annotations

import io
import zipfile

import openpyxl


def workbook(*sheets: tuple[str, list[list[object]]], merge: str = "") -> bytes:
    """Return a workbook of sheets, given by name and rows; `merge` is a range of cells, such as "A1:C1"."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed_ods(content: str) -> bytes:
    """Return an OpenDocument spreadsheet with this content.xml."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<x/>")
    return packed.getvalue()
