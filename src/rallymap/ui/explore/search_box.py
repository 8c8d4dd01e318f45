"""The search box: list and map update as the visitor types."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr
from rallymap.query.filter_links import MAX_QUERY
from rallymap.ui.explore.state import change_filter, chosen_filter

_KEY = "search_text"


def render_search() -> None:
    """Render the box; the text is added to the filter after a short pause."""
    # Keep the typed text while it means the same as the filter: a trailing space does not change the query.
    if " ".join(str(st.session_state.get(_KEY) or "").split()) != chosen_filter().text:
        st.session_state[_KEY] = chosen_filter().text
    st.text_input(
        tr("Search events"),
        key=_KEY,
        type="search",
        live="300ms",
        max_chars=MAX_QUERY,
        placeholder=tr("Titles, texts, places, organisers"),
        label_visibility="collapsed",
        on_change=_take,
    )


def _take() -> None:
    change_filter(chosen_filter().changed(text=str(st.session_state[_KEY] or "")))
