"""Reasons and notes that a moderator types: they stay while another event, list or page is open."""

from __future__ import annotations

import streamlit as st

from rallymap.ui.review import state
from rallymap.ui.text_limit import show_limit

_TYPED = "review_typed"


def note_typed() -> None:
    """Take over what the fields say, before the page is drawn: the press that opens another event brings it, too."""
    typed = _typed()
    for key in typed:
        if key in st.session_state:
            typed[key] = str(st.session_state[key] or "")


def typed_field(label: str, key: str, *, most: int, height: int | None = None, otherwise: str = "") -> None:
    """Draw a field, and what is wrong with its text; Streamlit by itself forgets a field that is not drawn.

    Parameters
    ----------
    most
        Characters that fit.
    height
        Of a field of several lines, pixels; None for one line.
    otherwise
        What the field says before anything is typed.
    """
    st.session_state.setdefault(key, _typed().get(key, otherwise))
    text = st.text_input(label, key=key) if height is None else st.text_area(label, key=key, height=height)
    _typed()[key] = text or ""
    show_limit(text or "", most)
    state.show_error(key)


def forget_typed(key: str) -> None:
    """Empty a field, as what it said is stored now."""
    _typed().pop(key, None)
    st.session_state.pop(key, None)


def _typed() -> dict[str, str]:
    typed: dict[str, str] = st.session_state.setdefault(_TYPED, {})
    return typed
