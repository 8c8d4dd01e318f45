"""The lists next to the map: dated events, undated events, online events, events without a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from rallymap.events.day_order import in_order_of_time
from rallymap.language import mark, tr, trc, trn
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.ui.explore import state
from rallymap.ui.explore.event_list import render_list
from rallymap.ui.explore.list_rows import ListRow, read_rows
from rallymap.ui.paragraphs import empty_list, subheading
from rallymap.wording import day_from_epoch, day_in_words, year_in_words
from rallymap.workflows.services import Services

_ORDER_LABELS = {
    # Translators: in which order events are listed.
    state.BEST: mark("Best match"),
    state.NEWEST: mark("Newest first"),
    state.OLDEST: mark("Oldest first"),
}


def render_lists(services: Services, snapshot: Snapshot) -> None:
    """Render the matching events; with the switch on, only those in the map's view."""
    box = state.map_box() if state.follows_map() else None
    selection = snapshot.select(state.chosen_filter(), box)
    # A period contains no undated events; they are listed separately and are not part of its total.
    total = selection.total - (0 if state.chosen_filter().shows_undated else selection.undated)
    with st.container(key="list"):
        _render_head(total, in_view=box is not None)
        if not total:
            _render_nothing(snapshot, in_view=box is not None)
        _render_rows(services, snapshot, selection)


def _render_head(total: int, *, in_view: bool) -> None:
    # Translators: the first is a number of events that the map shows now.
    words = trn("{n} in view", "{n} in view", total) if in_view else trn("{n} event", "{n} events", total)
    with st.container(key="list_head", horizontal=True, vertical_alignment="center"):
        subheading(2, words, "rm-list-title")
        st.button(
            tr(_ORDER_LABELS[state.order()]),
            key="turn_list",
            type="tertiary",
            help=tr("Change the order"),
            on_click=state.next_order,
        )
        st.session_state["follow_map"] = state.follows_map()
        st.toggle(
            # Translators: a switch: the list shows only events that the map shows now.
            tr("Only in view"),
            key="follow_map",
            on_change=lambda: state.follow_map(follow=st.session_state["follow_map"]),
        )


def _render_rows(services: Services, snapshot: Snapshot, selection: Selection) -> None:
    limit, oldest_first = state.rows_shown(), state.order() == state.OLDEST
    if state.order() == state.BEST:
        wanted = state.chosen_filter()
        best = selection.best(wanted.text, limit, undated=wanted.shows_undated)
        total = selection.total - (0 if wanted.shows_undated else selection.undated)
        _render_part("dated", "", read_rows(services, snapshot, best), total)
        return
    undated = ("date", tr("Date not known"), selection.undated, selection.undated_page(0, limit))
    parts = (
        *([undated] if state.chosen_filter().undated else []),
        ("online", trc("events", "Online"), selection.online, selection.online_page(0, limit)),
        ("place", tr("Place not known"), selection.without_place, selection.without_place_page(0, limit)),
    )
    days = selection.whole_days(limit, oldest_first=oldest_first)
    ids = [*days, *(event_id for *_, page in parts for event_id in page)]
    rows = {row.id: row for row in read_rows(services, snapshot, ids)}
    dated = [rows[event_id] for event_id in days if event_id in rows]
    _render_part("dated", "", in_order_of_time(dated, oldest_first=oldest_first)[:limit], selection.dated)
    for part, heading, total, page in parts:
        _render_part(part, heading, [rows[event_id] for event_id in page if event_id in rows], total)


def _render_part(part: str, heading: str, rows: Sequence[ListRow], total: int) -> None:
    render_list(
        part,
        heading,
        rows,
        total=total,
        chosen=state.chosen_event(),
        choose=state.choose_event,
        more=state.show_more_rows,
    )


def _render_nothing(snapshot: Snapshot, *, in_view: bool) -> None:
    if in_view:
        empty_list(tr("No event in view."), tr("Zoom out, or list all events."))
        st.button(tr("List all events"), key="widen", on_click=lambda: state.follow_map(follow=False))
        return
    nearest = snapshot.nearest_day(state.chosen_filter())
    if nearest is None:
        empty_list(tr("No event fits these filters."), tr("Remove a filter to see more."))
        st.button(tr("Show everything"), key="widen", on_click=state.change_filter, args=(EventFilter(),))
        return
    day = day_from_epoch(nearest)
    # Translators: the event nearest in time to the chosen period.
    more = tr("The nearest is {date}.", date=day_in_words(day))
    empty_list(tr("No event in this period."), more)
    st.button(
        tr("Go to {year}", year=year_in_words(day.year)),
        key="widen",
        on_click=state.change_period,
        args=((date(day.year, 1, 1), date(day.year, 12, 31)),),
    )
