"""Crowd estimates of the selected events, by who made them."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr
from rallymap.trends.crowd_claims import figure_of_claims, rows_with_numbers
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.ui.trends.figure_card import render_figure
from rallymap.workflows.crowd_claims import read_claims
from rallymap.workflows.services import Services


def render_crowd_claims(services: Services, chosen: FilteredRows) -> None:
    """Render the figure if any selected event has an estimate; its events are read once per filter."""
    total = len(rows_with_numbers(chosen))
    if not total:
        return
    key = (chosen.snapshot.version, chosen.event_filter)
    known = st.session_state.get("trends_claims")
    if known is None or known[0] != key:
        known = (key, read_claims(services.db, chosen, services.now()))
        st.session_state["trends_claims"] = known
    render_figure("claims", tr("Whose numbers"), figure_of_claims(known[1], total), None)
