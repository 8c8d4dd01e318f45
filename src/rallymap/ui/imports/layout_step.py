"""Which sheets are read, and which row holds the headings."""

from __future__ import annotations

import streamlit as st

from rallymap.intake.options import ImportOptions
from rallymap.intake.readers import RawTable
from rallymap.ui.imports.state import HEADER, PLAN, SHEETS, forget
from rallymap.workflows.import_files import OpenedFile

_FIND, _NONE = "Find it", "There are none"
_ROWS = 12
_LONGEST = 70


def layout_options(file: OpenedFile) -> ImportOptions:
    """Return the chosen sheets and header row."""
    row = st.session_state.get(HEADER, _FIND)
    sheets = tuple(st.session_state.get(SHEETS, ()))
    names = [table.name for table in file.content.tables]
    return ImportOptions(
        sheets=() if set(sheets) == set(names) else tuple(name for name in names if name in sheets),
        header_row=None
        if row == _FIND
        else 0
        if row == _NONE
        else int(str(row).partition(":")[0].removeprefix("Row ")),
    )


def render_layout(file: OpenedFile) -> None:
    """Draw the choice of sheets where there are several, and of the row with the headings where it is not given."""
    names = list(dict.fromkeys(table.name for table in file.content.tables))
    if len(names) > 1:
        st.multiselect(
            "Sheets to read",
            names,
            key=SHEETS,
            placeholder="All that hold events",
            on_change=forget,
            args=(PLAN, HEADER),
        )
    chosen = st.session_state.get(SHEETS) or names
    tables = [table for table in file.content.tables if table.name in chosen and table.header is None]
    if tables:
        rows = [_FIND, _NONE, *_rows(tables[0])]
        st.selectbox("Row with the headings", rows, key=HEADER, on_change=forget, args=(PLAN,))


def _rows(table: RawTable) -> list[str]:
    found = []
    for number, cells in list(table.rows)[:_ROWS]:
        text = " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        found.append(f"Row {number}: {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}")
    return found
