"""Reasons and notes that a moderator types; they are kept when another event, list or page is opened."""

from __future__ import annotations

import streamlit as st

from rallymap.ui.review import state
from rallymap.ui.text_limit import show_limit

_TYPED = "review_typed"


def note_typed() -> None:
    """Store the text of the fields before the page is rendered; a click that opens another event delivers text, too."""
    typed = _typed()
    for key in typed:
        if key in st.session_state:
            typed[key] = str(st.session_state[key] or "")


def typed_field(label: str, key: str, *, max_length: int, height: int | None = None, otherwise: str = "") -> None:
    """Render a field and its error; its text is kept, although Streamlit discards that of widgets it does not render.

    Parameters
    ----------
    max_length
        Maximum number of characters.
    height
        Height of a multi-line field in pixels; None for one line.
    otherwise
        The initial text.
    """
    st.session_state.setdefault(key, _typed().get(key, otherwise))
    text = st.text_input(label, key=key) if height is None else st.text_area(label, key=key, height=height)
    _typed()[key] = text or ""
    show_limit(text or "", max_length)
    state.show_error(key)


def forget_typed(key: str) -> None:
    """Clear a field after its text was stored in the database."""
    _typed().pop(key, None)
    st.session_state.pop(key, None)


def _typed() -> dict[str, str]:
    typed: dict[str, str] = st.session_state.setdefault(_TYPED, {})
    return typed
