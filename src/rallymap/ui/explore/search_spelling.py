"""A sentence about a search that found similar words instead of misspelt ones."""

from __future__ import annotations

import streamlit as st

from rallymap.language import list_in_words, tr
from rallymap.store.search import find_similar_words
from rallymap.ui.explore import state
from rallymap.workflows.services import Services


def render_spelling(services: Services) -> None:
    """Render a sentence if the search has no match as typed, and shows events with a similar word."""
    text = state.chosen_filter().text
    if text and (words := services.db.read(find_similar_words, text)):
        st.text(
            # Translators: about a search. {words} is one word or a list of words.
            tr(
                "No event has your words as typed. These events have a similar word: {words}.",
                words=list_in_words(words),
            )
        )
