"""Create XLSX workbooks from lists, for several tests."""

from __future__ import annotations

import io

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
