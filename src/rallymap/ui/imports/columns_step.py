"""Step 2: the meaning of each column, and default values for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from rallymap.errors import IntakeError, StoreError
from rallymap.events import ReviewStatus
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.coordinates import PointOrder
from rallymap.intake.inspection import TableReading
from rallymap.intake.options import ImportOptions
from rallymap.intake.rows.points import columns_look_swapped
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.meanings import meaning_label
from rallymap.language import mark, tr
from rallymap.moderation import Account
from rallymap.templates import bdi, bold, fill, one_line
from rallymap.ui.imports.labels import CHOICES, words_alone
from rallymap.ui.imports.layout_step import layout_options, render_layout
from rallymap.ui.imports.running import count_stop, progress_with_cancel
from rallymap.ui.imports.state import DEFAULT, DONE, FIELD, FILE, PLAN, REPORT, forget, forget_key
from rallymap.ui.paragraphs import paragraph
from rallymap.workflows.import_files import OpenedFile, complete_options
from rallymap.workflows.import_plan import plan_import
from rallymap.workflows.services import Services
from rallymap.workflows.town_names import town_finder

_SAMPLES = 3
_DEFAULTS = (
    # Translators: the labels of values that hold for all rows of a table, each with an example.
    ("place", mark("Town of all rows"), mark("Kiel, Germany")),
    ("country", mark("Country of rows that name none"), "DE"),
    ("kind", mark("Kind of rows that name none"), "rally"),
    ("communities", mark("Community of rows that name none"), "Iran"),
    ("date", mark("Date of rows that have none"), "2022-03"),
    ("year", mark("Year of dates that name none"), "2022"),
    ("source_title", mark("Title of the source"), mark("City of Kiel, register of assemblies")),
    ("source_url", mark("Address of the source"), "https://"),
)
_PRESETS = {
    # Translators: kinds of tables, as in “Read as: ACLED export.”; keep the names.
    "ACLED export": mark("ACLED export"),
    "Gancio events": mark("Gancio events"),
    "Mobilizon events": mark("Mobilizon events"),
    "answers to a form": mark("answers to a form"),
}
"""Names of presets that contain words."""
_ORDERS = {
    # Translators: rallymap finds out by itself whether the day or the month comes first in dates of a table.
    Order.UNKNOWN: mark("find out"),
    Order.DAY_FIRST: mark("day first (5 March)"),
    Order.MONTH_FIRST: mark("month first (3 May)"),
}

_POINTS = {
    # Translators: what to do with latitude and longitude of a table: the answers to “Latitude and longitude”.
    PointOrder.FIND_OUT: mark("find out"),
    PointOrder.AS_GIVEN: mark("take as given"),
    PointOrder.SWAPPED: mark("swap in all rows"),
    PointOrder.LEAVE_OUT: mark("leave coordinates out"),
}
_COORDINATES = frozenset({"lat", "coordinates"})


def render_columns(services: Services, account: Account) -> None:
    """Render the columns of each sheet with three sample values each, the default values, and the button to check."""
    file: OpenedFile = st.session_state[FILE]
    render_layout(file)
    paragraph(tr("2. Columns"), "rm-section rm-step-columns")
    try:
        _, preset, tables = complete_options(services.db, file, layout_options(file), town_finder(services.resolver))
    except (IntakeError, StoreError) as err:
        paragraph(err.user_message, "rm-error", role="alert")
        return
    if preset:
        name = tr(_PRESETS.get(preset, preset))
        # Translators: {name} says what kind of table a file is, such as “ACLED export”.
        paragraph(tr("Read as: {name}.", name=name), "rm-found")
    seen: set[str] = set()
    shown = [one for one in tables if one.is_read]
    if not shown:
        said = tr(
            "No column of this file says when or where something takes place. If it holds events, say below what its "
            "columns mean."
        )
        paragraph(said, "rm-error", role="alert")
        shown = list(tables)
    for one in tables:
        if one in shown:
            _render_table(one, seen, len(tables) > 1)
        else:
            said = (
                fill(tr("“{name}” is not read as a list of events."), name=bdi(one.table.name))
                if one.table.name
                else tr("A table of this file is not read as a list of events.")
            )
            paragraph(said, "rm-found")
    paragraph(tr("3. Values for all rows (optional)"), "rm-section")
    left, right = st.columns(2)
    for position, (name, label, example) in enumerate(_DEFAULTS):
        with (left, right)[position % 2]:
            st.text_input(
                tr(label),
                key=DEFAULT.format(name),
                placeholder=tr(example),
                max_chars=300,
                on_change=forget,
                args=(PLAN,),
            )
    st.radio(
        tr("Order of dates such as 5/3/2022"),
        list(_ORDERS),
        key="import_order",
        format_func=lambda order: tr(_ORDERS[order]),
        horizontal=True,
        on_change=forget,
        args=(PLAN,),
    )
    _render_points(shown)
    st.button(tr("Check the rows"), key="import_check", type="primary", on_click=forget, args=(PLAN, DONE, REPORT))
    if st.session_state.get("import_check"):
        _check(services, file, shown, account)


def _render_points(tables: Sequence[TableReading]) -> None:
    """Render the choice of what to do with coordinates, if a table has any."""
    fields = {
        st.session_state.get(FIELD.format(column.heading), column.field) for one in tables for column in one.columns
    }
    if not fields & _COORDINATES:
        return
    if any(columns_look_swapped(one.table, one.columns) for one in tables):
        paragraph(tr("Latitude and longitude look swapped in these columns."), "rm-error", role="status")
    st.radio(
        tr("Latitude and longitude"),
        list(_POINTS),
        key="import_points",
        format_func=lambda points: tr(_POINTS[points]),
        horizontal=True,
        on_change=forget,
        args=(PLAN,),
    )


def _render_table(one: TableReading, seen: set[str], several: bool) -> None:
    is_new = any(column.heading not in seen for column in one.columns)
    if several and one.table.name:
        said = tr("{start}Sheet “{name}”{end}") if is_new else tr("{start}Sheet “{name}”{end}: columns as above")
        said = fill(said, name=bdi(one.table.name), start=Markup("<b>"), end=Markup("</b>"))
        paragraph(said, "rm-found")
    for column in one.columns:
        if column.heading in seen:
            continue
        seen.add(column.heading)
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            values = one_line(bdi(value[:60]) for value in _samples(one, column))
            # Translators: a column of a table without any value.
            said = values or tr("(empty)")
            paragraph(Markup("{}<br>{}").format(bold(column.heading, is_written=True), said), "rm-found")
        with right:
            options = CHOICES if column.field in CHOICES else (column.field, *CHOICES)
            st.selectbox(
                # Translators: {heading} is the name of a column of a table.
                tr("Meaning of “{heading}”", heading=words_alone(column.heading)),
                options,
                index=options.index(column.field),
                format_func=meaning_label,
                label_visibility="collapsed",
                key=FIELD.format(column.heading),
                on_change=forget,
                args=(PLAN,),
                filter_mode="contains",
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
    order = Order(st.session_state.get("import_order", Order.UNKNOWN))
    points = PointOrder(st.session_state.get("import_points", PointOrder.FIND_OUT))
    return replace(layout, defaults=defaults, columns=columns, order=order, points=points)


def _check(services: Services, file: OpenedFile, tables: Sequence[TableReading], account: Account) -> None:
    with progress_with_cancel(tr("Reading rows and looking up places"), "import_cancel", count_stop) as show:
        try:
            forget_key("import")
            st.session_state[PLAN] = plan_import(
                services.db,
                services.resolver,
                file,
                _chosen_options(file, tables),
                review=ReviewStatus.PUBLISHED,
                account=account,
                progress=show,
            )
        except (IntakeError, StoreError) as err:
            paragraph(err.user_message, "rm-error", role="alert")
