"""Explore: filters in one line, map and timeline as one card, the open event and the list beside it."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rallymap.errors import EventNotFoundError
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.ui import explore_state as state
from rallymap.ui.event_history import render_history
from rallymap.ui.event_list import render_list
from rallymap.ui.facet_filters import render_facets
from rallymap.ui.look import theme_name
from rallymap.ui.map_panel import render_map
from rallymap.ui.period import render_exact_dates, render_presets, render_slider
from rallymap.ui.report_event import render_report
from rallymap.ui.share import render_share_button, write_shared_link
from rallymap.views.cards import event_card, public_picture_url
from rallymap.views.map_messages import DataChanged, EventChosen, PeriodChosen, PeriodCleared, ViewChanged
from rallymap.wording import day_from_epoch, day_in_words
from rallymap.workflows.services import Services


def render(services: Services) -> None:
    """Draw the page."""
    state.read_state()
    snapshot = services.keeper.current()
    selection = snapshot.select(state.chosen_filter())
    main, side = st.columns([2.55, 1], gap="small")
    with main:
        bounds = _bounds(services, snapshot)
        with st.container(key="filters", horizontal=True):
            render_presets(snapshot.years_with_events(), services.now().date())
            render_exact_dates(bounds)
            render_facets(snapshot.facets(state.chosen_filter()))
        with st.container(key="period_row", horizontal=True, vertical_alignment="center"):
            render_slider(bounds)
            st.html(_counts(selection))
            link = render_share_button()
        for sentence in state.complaints():
            st.text(sentence)
        with st.container(key="map_card"):
            _render_map(services, snapshot, link)
    with side, st.container(key="side"):
        _render_event(services)
        with st.container(key="lists"):
            _render_lists(services, snapshot, selection)
    state.write_state()


def _bounds(services: Services, snapshot: Snapshot) -> tuple[date, date]:
    bounds = snapshot.bounds()
    if bounds is None:
        today = services.now().date()
        return today.replace(month=1, day=1), today
    return day_from_epoch(bounds[0]), day_from_epoch(bounds[1])


def _counts(selection: Selection) -> str:
    shown = selection.on_map
    undated = "of them undated" if state.chosen_filter().shows_undated else "undated, listed apart"
    return (
        f'<p class="rm-count" role="status"><b>{shown:,} {"event" if shown == 1 else "events"}</b> on the map'
        f" · {selection.undated:,} {undated} · {selection.without_place:,} without a place</p>"
    )


@st.fragment
def _render_map(services: Services, snapshot: Snapshot, link: DeltaGenerator) -> None:
    """Draw the map; where it came to rest reruns this part alone, anything else the whole page."""
    message = render_map(
        key="explore",
        snapshot_version=snapshot.version,
        event_filter=state.chosen_filter(),
        selected_event=state.chosen_event(),
        view=state.map_view(),
        theme=theme_name(),
        bounds=snapshot.bounds(),
        context_marks=services.context,
    )
    match message:
        case None | ViewChanged():
            if message:
                state.change_map_view(message.view)
                state.write_state()
            write_shared_link(link, state.link_parameters())
            return
        case EventChosen(event_id=event_id):
            state.choose_event(event_id)
        case PeriodChosen(start_day=start, end_day=end):
            state.change_period((day_from_epoch(start), day_from_epoch(end)))
        case PeriodCleared():
            state.change_period(None)
        case DataChanged():
            pass  # Drawing the page again is all there is to do.
    st.rerun()


def _render_event(services: Services) -> None:
    event_id = state.chosen_event()
    if event_id is None:
        return
    try:
        event = services.store.get_public(event_id, services.now())
    except EventNotFoundError as err:
        st.html(
            f'<p class="rm-empty"><b>{escape(err.user_message)}</b>It may have been withdrawn, or the link is cut.</p>'
        )
        return
    # A merged event answers with the one it was merged into; the address follows.
    state.follow_event(event.id)
    with st.container(key="event_panel"):
        st.html(event_card(event, link=f"?event={event.id}", picture_url=public_picture_url(event)))
        st.button("Close", key="close_event", on_click=state.choose_event, args=(None,), type="tertiary")
        with st.container(key="event_more", horizontal=True):
            render_history(services, event)
            render_report(services, event)


def _render_lists(services: Services, snapshot: Snapshot, selection: Selection) -> None:
    now, chosen = services.now(), state.chosen_event()
    limit = state.rows_shown()
    events = services.store.get_many_public(selection.page(0, limit), now)
    if events:
        render_list(
            f"{selection.dated:,} {'event' if selection.dated == 1 else 'events'}",
            "newest first",
            events,
            key="list",
            chosen=chosen,
            choose=state.choose_event,
            more=state.show_more_rows if selection.dated > limit else None,
        )
    else:
        _render_nothing(snapshot)
    undated = services.store.get_many_public(selection.undated_page(0, limit), now)
    if undated:
        render_list(
            "Date not known",
            f"{selection.undated:,}",
            undated,
            key="list-undated",
            chosen=chosen,
            choose=state.choose_event,
        )
    placeless = services.store.get_many_public(selection.without_place_page(0, limit), now)
    if placeless:
        render_list(
            "Place not known",
            f"{selection.without_place:,}",
            placeless,
            key="list-placeless",
            chosen=chosen,
            choose=state.choose_event,
        )


def _render_nothing(snapshot: Snapshot) -> None:
    nearest = snapshot.nearest_day(state.chosen_filter())
    if nearest is None:
        st.html('<p class="rm-empty"><b>No event fits these filters.</b>Take one away to see more.</p>')
        st.button("Show everything", key="widen", on_click=state.change_filter, args=(type(state.chosen_filter())(),))
        return
    day = day_from_epoch(nearest)
    st.html(f'<p class="rm-empty"><b>No event in this period.</b>The nearest is {day_in_words(day)}.</p>')
    st.button(
        f"Go to {day.year}",
        key="widen",
        on_click=state.change_period,
        args=((date(day.year, 1, 1), date(day.year, 12, 31)),),
    )
