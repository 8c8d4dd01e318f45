"""Step 2: what each column means, and values for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from rallymap.errors import IntakeError, StoreError
from rallymap.events import ReviewStatus
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.looking import TableReading
from rallymap.intake.options import ImportOptions
from rallymap.intake.tables.columns import Column
from rallymap.ui.imports.labels import CHOICES, meaning_label, words_alone
from rallymap.ui.imports.layout_step import layout_options, render_layout
from rallymap.ui.imports.running import progress_with_cancel
from rallymap.ui.imports.state import DEFAULT, DONE, FIELD, FILE, PLAN, REPORT, forget, forget_key
from rallymap.workflows.import_files import OpenedFile, complete_options
from rallymap.workflows.import_plan import plan_import
from rallymap.workflows.services import Services

_SAMPLES = 3
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
_ORDERS = {
    "find out": Order.UNKNOWN,
    "day first (5 March)": Order.DAY_FIRST,
    "month first (3 May)": Order.MONTH_FIRST,
}


def render_columns(services: Services) -> None:
    """Draw the columns of each sheet with three values each, the values for all rows, and the button to check."""
    file: OpenedFile = st.session_state[FILE]
    render_layout(file)
    st.html('<p class="rm-section rm-step-columns">2. Columns</p>')
    try:
        _, preset, tables = complete_options(services.db, file, layout_options(file))
    except (IntakeError, StoreError) as err:
        st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
        return
    if preset:
        st.html(f'<p class="rm-found">Read as: {escape(preset)}.</p>')
    seen: set[str] = set()
    shown = [one for one in tables if one.is_read]
    if not shown:
        st.html(
            '<p class="rm-error" role="alert">No column of this file says when or where something takes place. If it '
            "holds events, say below what its columns mean.</p>"
        )
        shown = list(tables)
    for one in tables:
        if one in shown:
            _render_table(one, seen, len(tables) > 1)
        else:
            name = f"“{one.table.name}”" if one.table.name else "A table of this file"
            st.html(f'<p class="rm-found">{escape(name)} is not read as a list of events.</p>')
    st.html('<p class="rm-section">3. Values for all rows (optional)</p>')
    left, right = st.columns(2)
    for position, (name, label, example) in enumerate(_DEFAULTS):
        with (left, right)[position % 2]:
            st.text_input(
                label, key=DEFAULT.format(name), placeholder=example, max_chars=300, on_change=forget, args=(PLAN,)
            )
    st.radio(
        "Order of dates such as 5/3/2022",
        list(_ORDERS),
        key="import_order",
        horizontal=True,
        on_change=forget,
        args=(PLAN,),
    )
    st.button("Check the rows", key="import_check", type="primary", on_click=forget, args=(PLAN, DONE, REPORT))
    if st.session_state.get("import_check"):
        _check(services, file, shown)


def _render_table(one: TableReading, seen: set[str], several: bool) -> None:
    is_new = any(column.heading not in seen for column in one.columns)
    if several and one.table.name:
        same = "" if is_new else ": columns as above"
        st.html(f'<p class="rm-found"><b>Sheet “{escape(one.table.name)}”</b>{same}</p>')
    for column in one.columns:
        if column.heading in seen:
            continue
        seen.add(column.heading)
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            values = " · ".join(escape(value[:60]) for value in _samples(one, column))
            st.html(f'<p class="rm-found"><b>{escape(column.heading)}</b><br>{values or "(empty)"}</p>')
        with right:
            options = CHOICES if column.field in CHOICES else (column.field, *CHOICES)
            st.selectbox(
                f"Meaning of “{words_alone(column.heading)}”",
                options,
                index=options.index(column.field),
                format_func=meaning_label,
                label_visibility="collapsed",
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


def _chosen_options(file: OpenedFile, tables: Sequence[TableReading]) -> ImportOptions:
    columns = {}
    for column in (column for one in tables for column in one.columns):
        chosen = st.session_state.get(FIELD.format(column.heading))
        if chosen is not None and chosen != column.field:
            columns[column.heading] = chosen
    defaults = {
        name: value
        for name, _, _ in _DEFAULTS
        if (value := str(st.session_state.get(DEFAULT.format(name)) or "").strip())
    }
    layout = layout_options(file)
    return replace(
        layout, defaults=defaults, columns=columns, order=_ORDERS[st.session_state.get("import_order", "find out")]
    )


def _check(services: Services, file: OpenedFile, tables: Sequence[TableReading]) -> None:
    with progress_with_cancel("Reading rows and looking up places", "import_cancel") as show:
        try:
            forget_key("import")
            st.session_state[PLAN] = plan_import(
                services.db,
                services.resolver,
                file,
                _chosen_options(file, tables),
                review=ReviewStatus.PUBLISHED,
                progress=show,
            )
        except (IntakeError, StoreError) as err:
            st.html(f'<p class="rm-error" role="alert">{escape(err.user_message)}</p>')
