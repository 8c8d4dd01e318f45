"""Explore: the filter bar, the map and timeline as one card, the open event and the list next to it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from rallymap.intake.context import marks_for
from rallymap.language import trn
from rallymap.query.guided_views import views_with_events
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.ui.explore import state
from rallymap.ui.explore.download import render_download
from rallymap.ui.explore.filter_line import render_filters
from rallymap.ui.explore.head import render_headline
from rallymap.ui.explore.lists import render_lists
from rallymap.ui.explore.map_panel import render_map
from rallymap.ui.explore.panel import render_panel
from rallymap.ui.explore.search_spelling import render_spelling
from rallymap.ui.explore.share import ShareSheet, render_share_button, write_share_sheet
from rallymap.ui.theme import theme_name
from rallymap.views.map_messages import (
    AreaDrawn,
    BoxShown,
    DataChanged,
    EventChosen,
    PeriodChosen,
    PeriodCleared,
    RingDrawn,
    ViewChanged,
)
from rallymap.wording import day_from_epoch
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services


def render(services: Services) -> None:
    """Render the page."""
    state.read_state()
    snapshot = services.keeper.current()
    state.use_known_names(snapshot)
    event_filter = state.chosen_filter()
    selection = snapshot.select(event_filter)
    with st.container(key="explore_page"):
        main, side = st.columns([2.55, 1], gap="small")
    with main:
        with st.container(key="headline", horizontal=True, vertical_alignment="center"):
            render_headline(snapshot)
            sheet = render_share_button()
            box = state.map_box() if state.follows_map() else None
            render_download(snapshot, event_filter, box, services.settings.licence)
        render_filters(services, snapshot, selection, views_with_events(services.guided, snapshot))
        for sentence in state.complaints():
            st.text(sentence)
        render_spelling(services)
        with st.container(key="map_card"):
            _render_map(
                services,
                sheet,
                version=snapshot.version,
                bounds=snapshot.bounds(),
                context=_context_query(services, snapshot),
                on_map=selection.on_map,
            )
    with side, st.container(key="side"):
        render_panel(services, snapshot)
        with st.container(key="lists"):
            render_lists(services, snapshot)
    state.write_state()


def _context_query(services: Services, snapshot: Snapshot) -> str | None:
    """Return the query for context events of the chosen communities, or of the only community in the record."""
    communities = state.chosen_filter().communities or (snapshot.communities if len(snapshot.communities) == 1 else ())
    if not marks_for(services.context, communities):
        return None
    return urlencode([("community", name) for name in communities or ("",)])


@st.fragment
def _render_map(
    services: Services,
    sheet: ShareSheet | None,
    *,
    version: str,
    bounds: tuple[int, int] | None,
    context: str | None,
    on_map: int,
) -> None:
    """Render the map; a move of the map reruns only this fragment, any other message the whole page.

    Streamlit keeps a fragment's arguments for as long as the page is open. The snapshot is not one of them: each open
    page would keep another copy in memory.
    """
    message = render_map(
        key="explore",
        snapshot_version=version,
        event_filter=state.chosen_filter(),
        selected_event=state.chosen_event(),
        view=state.map_view(),
        theme=theme_name(),
        bounds=bounds,
        context=context,
        shown=on_map,
        follow=state.follows_map(),
    )
    match message:
        case None | ViewChanged():
            if message:
                state.change_map_view(message.view)
                state.write_state()
            if sheet is None:
                return
            listing, snapshot = Listing(state.chosen_filter()), services.keeper.current()
            provenance = describe_export(services.settings, "", snapshot, listing, services.now())
            total = trn("{n} event", "{n} events", len(listing.rows(snapshot)))
            write_share_sheet(sheet, state.link_parameters(), provenance, total=total)
            return
        case BoxShown(box=box):
            state.change_map_box(box)
        case AreaDrawn(box=box):
            state.change_filter(state.chosen_filter().changed(bbox=box, area=()))
        case RingDrawn(ring=ring):
            state.change_filter(state.chosen_filter().changed(bbox=None, area=ring))
        case EventChosen(event_id=event_id):
            state.choose_event(event_id)
        case PeriodChosen(start_day=start, end_day=end):
            state.change_period((day_from_epoch(start), day_from_epoch(end)))
        case PeriodCleared():
            state.change_period(None)
        case DataChanged():
            pass  # The rerun below is all that is needed.
    st.rerun()
