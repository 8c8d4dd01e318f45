"""Fields of the Add-an-event form: a widget, its mistake beside it, and text that survives steps and other pages.

Streamlit forgets the state of a widget that is not drawn, so what was typed is kept in a dictionary of our own and
given back to each widget when its step is drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import streamlit as st

from rallymap.intake.filled_form import join_names, split_names

_FIELDS = "form_fields"
_MISTAKES = "form_mistakes"
_WIDGET = "field_"


def fields() -> dict[str, str]:
    """Return every field of the form as text, by field name; changes to it are kept."""
    kept: dict[str, str] = st.session_state.setdefault(_FIELDS, {})
    return kept


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
    """Draw one text field and return what stands in it.

    Parameters
    ----------
    most
        Characters that fit.
    tall
        For several lines.
    live
        Answer while typing, not only on leaving the field.
    """
    key = _prepare(name, fields().get(name, ""))
    help_or_none, shown = help_text or None, placeholder or None
    if tall:
        text = st.text_area(
            label,
            key=key,
            max_chars=most,
            help=help_or_none,
            placeholder=shown,
            height=110,
            on_change=_take,
            args=(name,),
        )
    else:
        text = st.text_input(
            label,
            key=key,
            max_chars=most,
            help=help_or_none,
            placeholder=shown,
            live=live,
            on_change=_take,
            args=(name,),
        )
    return _keep(name, str(text or ""))


def choice_field(
    name: str, label: str, options: Sequence[str], say: Callable[[str], str], *, help_text: str = ""
) -> str:
    """Draw one field with a list to choose from and return the chosen value; the first one at first."""
    kept = fields().get(name, options[0])
    key = _prepare(name, kept if kept in options else options[0])
    picked = st.selectbox(
        label, options, key=key, format_func=say, help=help_text or None, on_change=_take, args=(name,)
    )
    return _keep(name, str(picked))


def radio_field(name: str, label: str, options: Sequence[str], say: Callable[[str], str]) -> str:
    """Draw one field as a few options, all seen at once; the first one at first."""
    kept = fields().get(name, options[0])
    key = _prepare(name, kept if kept in options else options[0])
    picked = st.radio(label, options, key=key, format_func=say, on_change=_take, args=(name,))
    return _keep(name, str(picked))


def names_field(name: str, label: str, known: Sequence[str], *, most: int, help_text: str = "") -> tuple[str, ...]:
    """Draw a field for several names, completed from those that are known, and return them."""
    kept = split_names(fields().get(name, ""))
    key = _prepare(name, kept)
    picked = st.multiselect(
        label,
        list(dict.fromkeys((*known, *kept))),
        key=key,
        accept_new_options=True,
        help=help_text or None,
        placeholder="Type a name",
        on_change=_take,
        args=(name,),
    )
    names = tuple(str(part)[:most].replace("\n", " ").strip() for part in picked)
    _keep(name, join_names(names))
    return names


def show_mistake(name: str) -> None:
    """Say beside the field what is wrong with it."""
    sentence = mistakes().get(name)
    if sentence:
        st.html(f'<p class="rm-error" role="alert" id="mistake-{escape(name)}">{escape(sentence)}</p>')


def mistakes() -> Mapping[str, str]:
    """Return the mistakes that were found last, by field."""
    found: Mapping[str, str] = st.session_state.get(_MISTAKES, {})
    return found


def set_mistakes(errors: Mapping[str, str]) -> None:
    """Keep the mistakes that were found, for the next drawing."""
    st.session_state[_MISTAKES] = dict(errors)


def fill_form(texts: Mapping[str, str]) -> None:
    """Put other texts into the form, and forget its mistakes."""
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith(_WIDGET)]:
        del st.session_state[key]
    st.session_state[_FIELDS] = dict(texts)
    st.session_state[_MISTAKES] = {}


def set_field(name: str, text: str) -> None:
    """Change one field from outside its widget, before it is drawn."""
    fields()[name] = text
    st.session_state.pop(_WIDGET + name, None)


def _prepare(name: str, value: object) -> str:
    key = _WIDGET + name
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def _take(name: str) -> None:
    """Note a change before the script runs: a click right after it may cut the run short or draw another step."""
    value = st.session_state[_WIDGET + name]
    fields()[name] = join_names(map(str, value)) if isinstance(value, list) else str(value or "").strip()


def _keep(name: str, text: str) -> str:
    fields()[name] = text.strip()
    show_mistake(name)
    return fields()[name]
