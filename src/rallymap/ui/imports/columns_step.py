"""Step 2: what each column means, and values for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from rallymap.errors import IntakeError, StoreError
from rallymap.events import ReviewStatus
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.looking import TableReading
from rallymap.intake.options import ImportOptions
from rallymap.intake.tables.columns import FIELDS, NOTE, Column
from rallymap.ui.imports.state import DEFAULT, DONE, FIELD, FILE, PLAN, forget
from rallymap.workflows.import_files import OpenedFile, complete_options
from rallymap.workflows.import_plan import plan_import
from rallymap.workflows.services import Services

_SAMPLES = 3
_LABELS = {"": "(leave out)", NOTE: "keep as a note", "place_text": "place", "mark": "mark (x) for a kind"}
_DEFAULTS = (
    ("place", "Town of all rows", "Kiel, Germany"),
    ("country", "Country of rows that name none", "DE"),
    ("kind", "Kind of rows that name none", "rally"),
    ("communities", "Community of rows that name none", "Iran"),
    ("date", "Date of rows that have none", "2022-03"),
    ("year", "Year of dates that name none", "2022"),
    ("source_title", "Title of the source", "City of Kiel, register of assemblies"),
    ("source_url", "Address of the source", "https://"),
)
_ORDERS = {"find out": Order.UNKNOWN, "day first (5/3 is 5 March)": Order.DAY_FIRST, "month first": Order.MONTH_FIRST}


def render_columns(services: Services) -> None:
    """Draw the columns of each sheet with three values each, the values for all rows, and the button to check."""
    file: OpenedFile = st.session_state[FILE]
    st.html('<p class="rm-section">2. Columns</p>')
    try:
        _, preset, tables = complete_options(services.store, file, ImportOptions())
    except (IntakeError, StoreError) as err:
        st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
        return
    if preset:
        st.html(f'<p class="rm-found">Read as: {escape(preset)}.</p>')
    seen: set[str] = set()
    for one in tables:
        if one.is_read:
            _render_table(one, seen, len(tables) > 1)
        else:
            st.html(f'<p class="rm-found">“{escape(one.table.name)}” holds no dates, places or titles.</p>')
    st.html('<p class="rm-section">3. Values for all rows (optional)</p>')
    left, right = st.columns(2)
    for position, (name, label, example) in enumerate(_DEFAULTS):
        with (left, right)[position % 2]:
            st.text_input(
                label, key=DEFAULT.format(name), placeholder=example, max_chars=300, on_change=forget, args=(PLAN,)
            )
    st.radio(
        "Dates such as 5/3/2022", list(_ORDERS), key="import_order", horizontal=True, on_change=forget, args=(PLAN,)
    )
    st.button("Check the rows", key="import_check", type="primary", on_click=forget, args=(PLAN, DONE))
    if st.session_state.get("import_check"):
        _check(services, file, tables)


def _render_table(one: TableReading, seen: set[str], several: bool) -> None:
    if several:
        st.html(f'<p class="rm-found"><b>{escape(one.table.name)}</b></p>')
    choices = ["", NOTE, *sorted(FIELDS - {NOTE})]
    for column in one.columns:
        if column.heading in seen:
            continue
        seen.add(column.heading)
        left, right = st.columns([3, 2])
        with left:
            values = " · ".join(escape(value[:60]) for value in _samples(one, column))
            st.html(f'<p class="rm-found"><b>{escape(column.heading)}</b><br>{values or "(empty)"}</p>')
        with right:
            options = choices if column.field in choices else [column.field, *choices]
            st.selectbox(
                f"Meaning of column {len(seen)}",
                options,
                index=options.index(column.field),
                format_func=lambda name: _LABELS.get(name, name.replace("_", " ")),
                key=FIELD.format(column.heading),
                on_change=forget,
                args=(PLAN,),
            )


def _samples(one: TableReading, column: Column) -> Sequence[str]:
    values = dict.fromkeys(
        " ".join(cells[column.position].split())
        for _, cells in one.table.rows[:200]
        if column.position < len(cells) and cells[column.position].strip()
    )
    return list(values)[:_SAMPLES]


def _chosen_options(tables: Sequence[TableReading]) -> ImportOptions:
    columns = {}
    for column in (column for one in tables if one.is_read for column in one.columns):
        chosen = st.session_state.get(FIELD.format(column.heading))
        if chosen is not None and chosen != column.field:
            columns[column.heading] = chosen
    defaults = {
        name: value
        for name, _, _ in _DEFAULTS
        if (value := str(st.session_state.get(DEFAULT.format(name)) or "").strip())
    }
    return ImportOptions(defaults, columns, order=_ORDERS[st.session_state.get("import_order", "find out")])


def _check(services: Services, file: OpenedFile, tables: Sequence[TableReading]) -> None:
    bar = st.progress(0.0, text="Reading the rows and looking up the places")

    def show(done: int, of: int) -> None:
        bar.progress(min(1.0, done / max(of, 1)), text=f"{done} of {of} steps")

    try:
        st.session_state[PLAN] = plan_import(
            services.store,
            services.resolver,
            file,
            _chosen_options(tables),
            review=ReviewStatus.PUBLISHED,
            progress=show,
        )
    except (IntakeError, StoreError) as err:
        st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
    bar.empty()
