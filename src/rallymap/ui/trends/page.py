"""Trends: the filters of Explore, then charts of the matching events."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr, trn
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.ui.explore import state as explore_state
from rallymap.ui.explore.filter_line import render_filters
from rallymap.ui.explore.search_spelling import render_spelling
from rallymap.ui.explore.share import render_share_button, write_share_sheet
from rallymap.ui.paragraphs import empty_list, headline
from rallymap.ui.theme import theme_name
from rallymap.ui.trends import state
from rallymap.ui.trends.charts import render_charts
from rallymap.ui.trends.context_event import render_context_event
from rallymap.ui.trends.crowd_claims import render_crowd_claims
from rallymap.ui.trends.missed import render_missed
from rallymap.views.charts.theme import palette
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services


def render(services: Services) -> None:
    """Render the page."""
    state.read_state()
    snapshot = services.keeper.current()
    explore_state.use_known_names(snapshot)
    event_filter = explore_state.chosen_filter()
    with st.container(key="trends_page"):
        with st.container(key="headline", horizontal=True, vertical_alignment="center"):
            about = tr("Counts of the recorded events. They are not a sample: see what each figure leaves out.")
            headline(tr("Trends"), about)
            sheet = render_share_button(has_map=False)
        render_filters(services, snapshot, snapshot.select(event_filter))
        for sentence in explore_state.complaints():
            st.text(sentence)
        render_spelling(services)
        _render_figures(services, snapshot)
    if sheet is not None:
        listing = Listing(event_filter)
        provenance = describe_export(services.settings, "", snapshot, listing, services.now())
        total = trn("{n} event", "{n} events", len(listing.rows(snapshot)))
        write_share_sheet(sheet, state.link_parameters(), provenance, total=total, page="trends")
    state.write_state()


def _render_figures(services: Services, snapshot: Snapshot) -> None:
    chosen = FilteredRows.of(snapshot, explore_state.chosen_filter())
    if len(chosen):
        colours = palette(dark=theme_name() == "dark")
        render_charts(chosen, colours)
        render_crowd_claims(services, chosen)
        render_context_event(services.context, snapshot, colours)
        render_missed(chosen)
    else:
        empty_list(tr("No event fits these filters."), tr("Remove a filter to see more."))
