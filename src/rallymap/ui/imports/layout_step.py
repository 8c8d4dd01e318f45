"""Choose the sheets to read and the header row."""

from __future__ import annotations

import streamlit as st

from rallymap.intake.options import ImportOptions
from rallymap.intake.readers import RawTable
from rallymap.language import number, tr, trc
from rallymap.ui.imports.state import HEADER, PLAN, SHEETS, forget
from rallymap.workflows.import_files import OpenedFile

_FIND, _NONE = -1, 0
"""Options for the header row besides row numbers."""
_ROWS = 12
_LONGEST = 70


def layout_options(file: OpenedFile) -> ImportOptions:
    """Return the chosen sheets and header row."""
    row = int(st.session_state.get(HEADER, _FIND))
    sheets = tuple(st.session_state.get(SHEETS, ()))
    names = [table.name for table in file.content.tables]
    return ImportOptions(
        sheets=() if set(sheets) == set(names) else tuple(name for name in names if name in sheets),
        header_row=None if row == _FIND else row,
    )


def render_layout(file: OpenedFile) -> None:
    """Render the choice of sheets if there are several, and of the header row if the file does not define it."""
    names = list(dict.fromkeys(table.name for table in file.content.tables))
    if len(names) > 1:
        st.multiselect(
            tr("Sheets to read"),
            names,
            key=SHEETS,
            placeholder=tr("All sheets that hold events"),
            on_change=forget,
            args=(PLAN, HEADER),
            filter_mode="contains",
        )
    chosen = st.session_state.get(SHEETS) or names
    tables = [table for table in file.content.tables if table.name in chosen and table.header is None]
    if tables:
        rows = {_FIND: trc("the row with the headings", "Find it"), _NONE: trc("headings of a table", "There are none")}
        rows |= _rows(tables[0])
        st.selectbox(
            tr("Row with the headings"),
            list(rows),
            key=HEADER,
            format_func=rows.__getitem__,
            on_change=forget,
            args=(PLAN,),
            filter_mode="contains",
        )


def _rows(table: RawTable) -> dict[int, str]:
    found = {}
    for at, cells in list(table.rows)[:_ROWS]:
        text = " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        found[at] = tr("Row {number}: {text}", number=number(at), text=shown)
    return found
