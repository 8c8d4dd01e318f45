"""Step 1: the file, or a table pasted from a spreadsheet."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import IntakeError
from rallymap.language import say, tr, trn
from rallymap.templates import bold, one_line
from rallymap.ui.imports.state import FILE, ROUND, start_again
from rallymap.ui.paragraphs import paragraph
from rallymap.workflows.import_files import OpenedFile, open_for_import

TYPES = [
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "xls",
    "ods",
    "docx",
    "odt",
    "json",
    "geojson",
    "jsonl",
    "ndjson",
    "umap",
    "ics",
    "kml",
    "kmz",
    "gpx",
    "yaml",
    "yml",
    "md",
    "html",
    "htm",
]
_PROBLEM = "import_problem"


def render_file() -> None:
    """Render the file choice, or the chosen file."""
    paragraph(tr("1. File"), "rm-section rm-step-file")
    file: OpenedFile | None = st.session_state.get(FILE)
    if file is not None:
        tables = file.content.tables
        lines = sum(len(table.rows) for table in tables)
        what = [say(file.content.format), trn("{n} line", "{n} lines", lines)]
        if len(tables) > 1:
            what.insert(1, trn("{n} sheet", "{n} sheets", len(tables)))
        paragraph(one_line((bold(file.name, is_written=True), *what)), "rm-found")
        for remark in file.content.remarks:
            paragraph(say(remark), "rm-found")
        st.button(tr("Choose another file"), key="import_other", type="tertiary", on_click=start_again)
        return
    number = st.session_state.get(ROUND, 0)
    chosen = st.file_uploader(tr("File (at most 10 MB)"), type=TYPES, key=f"import_upload_{number}")
    pasted = st.text_area(
        tr("Or paste a table from a spreadsheet"), key=f"import_pasted_{number}", max_chars=2_000_000, height=120
    )
    st.button(tr("Read the table"), key="import_read", on_click=_take_pasted, args=(number,), disabled=not pasted)
    if chosen is not None:
        _take(chosen.getvalue(), chosen.name)
        if FILE in st.session_state:
            st.rerun()
    problem = st.session_state.pop(_PROBLEM, "")
    if problem:
        paragraph(problem, "rm-error", role="alert")


def _take_pasted(number: int) -> None:
    _take(str(st.session_state.get(f"import_pasted_{number}", "")).encode(), tr("pasted table"))


def _take(content: bytes, name: str) -> None:
    try:
        st.session_state[FILE] = open_for_import(content, name)
    except IntakeError as err:
        st.session_state[_PROBLEM] = err.user_message
