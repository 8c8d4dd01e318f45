"""Whose numbers of people: the estimates of the chosen events by who made them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rallymap.language import number, tr
from rallymap.query.snapshot.columns import NO_CROWD
from rallymap.store.events import get_public_events
from rallymap.trends.chosen import Chosen
from rallymap.trends.crowd_claims import MAX_EVENTS, figure_of_claims, sum_claims
from rallymap.trends.figures import Figure
from rallymap.ui.trends.figure_card import render_figure
from rallymap.workflows.services import Services


def render_crowd_claims(services: Services, chosen: Chosen) -> None:
    """Draw the figure where any chosen event has a number of people; its events are read once for each filter."""
    rows = chosen.rows[chosen.column("crowd_low") != NO_CROWD]
    if not len(rows):
        return
    if len(rows) > MAX_EVENTS:
        sentence = tr("Choose fewer than {n} events with numbers to see whose they are.", n=number(MAX_EVENTS))
        figure = Figure((), (), sentence)
    else:
        key = (chosen.snapshot.version, chosen.event_filter)
        known = st.session_state.get("trends_claims")
        if known is None or known[0] != key:
            ids = chosen.snapshot.ids_of(np.asarray(rows).tolist())
            known = (key, sum_claims(services.db.read(get_public_events, ids, services.now())))
            st.session_state["trends_claims"] = known
        figure = figure_of_claims(known[1], len(rows))
    render_figure("claims", tr("Whose numbers"), figure, None)
