"""The search box: the list and map change while somebody types."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr
from rallymap.query.filter_links import MAX_QUERY
from rallymap.ui.explore.state import change_filter, chosen_filter

_KEY = "search_text"


def render_search() -> None:
    """Draw the box; what is typed becomes part of the filter after a short pause."""
    # What is typed is left alone while it means the same: a space at its end is not yet a word.
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
