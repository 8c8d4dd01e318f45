"""Fields of the Add-an-event form: a widget, its mistake beside it, and text that survives leaving the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

PREFIX = "add_"
_ERRORS = "add_form_errors"


def text_field(
    name: str,
    label: str,
    *,
    most: int,
    help_text: str = "",
    placeholder: str = "",
    tall: bool = False,
    live: bool = False,
) -> str:
    """Draw one text field and return what stands in it."""
    options = {
        "key": PREFIX + name,
        "max_chars": most,
        "help": help_text or None,
        "placeholder": placeholder or None,
        "persist_state": "session",
    }
    text = st.text_area(label, height=110, **options) if tall else st.text_input(label, live=live, **options)
    show_mistake(name)
    return str(text or "")


def choice_field(
    name: str, label: str, options: Sequence[str], say: Callable[[str], str], *, help_text: str = ""
) -> str:
    """Draw one field with a list to choose from and return the chosen value, "" for none."""
    picked = st.selectbox(
        label, options, key=PREFIX + name, format_func=say, help=help_text or None, persist_state="session"
    )
    show_mistake(name)
    return str(picked or "")


def show_mistake(name: str) -> None:
    """Say beside the field what is wrong with it, after the form was sent."""
    sentence = mistakes().get(name)
    if sentence:
        st.html(f'<p class="rm-error" role="alert" id="mistake-{escape(name)}">{escape(sentence)}</p>')


def mistakes() -> Mapping[str, str]:
    """Return the mistakes of the last sending, by field."""
    found: Mapping[str, str] = st.session_state.get(_ERRORS, {})
    return found


def set_mistakes(errors: Mapping[str, str]) -> None:
    """Keep the mistakes of this sending, for the next drawing."""
    st.session_state[_ERRORS] = dict(errors)


def typed_fields() -> dict[str, str]:
    """Return every field of the form as text, by field name."""
    return {
        key.removeprefix(PREFIX): value.strip()
        for key, value in st.session_state.items()
        if isinstance(key, str) and key.startswith(PREFIX) and isinstance(value, str)
    }


def clear_fields() -> None:
    """Empty the form."""
    for key in list(st.session_state):
        if isinstance(key, str) and key.startswith(PREFIX):
            del st.session_state[key]
