"""Form fields: each is a widget with its error.

A widget gets its text as its default value, not through the session state: after a server restart, text that is still
on the visitor's page overrides what was saved last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from rallymap.intake.names import join_names, split_names
from rallymap.language import digits, tr
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import plain_label
from rallymap.ui.submit.form_state import form
from rallymap.ui.text_limit import show_limit

_PAUSE = "600ms"
"""Pause in typing after which the text is saved."""
_MOST_SUGGESTIONS = 5


def fields() -> dict[str, str]:
    """Return every field of the form as text, by field name; the caller may change it."""
    return form().fields


def text_field(
    name: str,
    label: str,
    *,
    max_length: int,
    help_text: str = "",
    placeholder: str = "",
    tall: bool = False,
    live: bool = False,
) -> str:
    """Render a text field and return its text.

    Parameters
    ----------
    max_length
        Maximum number of characters. A longer text is kept, and the limit is shown at the field.
    tall
        Whether the field has several lines.
    live
        Whether the page updates while the visitor types.
    """
    key = _key(name)
    _apply_forced_text(name, key, str)
    help_or_none, shown, kept = help_text or None, placeholder or None, fields().get(name, "")
    if tall:
        text = st.text_area(
            label,
            kept,
            key=key,
            help=help_or_none,
            placeholder=shown,
            height=110,
            on_change=_store_text,
            args=(name,),
        )
    else:
        text = st.text_input(
            label,
            kept,
            key=key,
            help=help_or_none,
            placeholder=shown,
            live=live or _PAUSE,
            on_change=_store_text,
            args=(name,),
        )
    fields()[name] = str(text or "").strip()
    if not show_limit(fields()[name], max_length):
        show_error(name)
    return fields()[name]


def choice_field(
    name: str, label: str, options: Sequence[str], say: Callable[[str], str], *, help_text: str = ""
) -> str:
    """Render a selector and return the chosen value; the first one is the default.

    A value that is not in the list, as in some imported events, is added: it stays until another is chosen.
    """
    options = _with_kept(name, options)
    key = _key(name)
    _apply_forced_text(name, key, lambda text: text if text in options else options[0])
    picked = st.selectbox(
        label,
        options,
        options.index(fields().get(name) or options[0]),
        key=key,
        format_func=say,
        placeholder=tr("Choose an option"),
        help=help_text or None,
        on_change=_store_text,
        args=(name,),
        filter_mode="contains",
    )
    return _keep_choice(name, str(picked), options)


def radio_field(name: str, label: str, options: Sequence[str], say: Callable[[str], str]) -> str:
    """Render a field as radio buttons; the first is the default."""
    options = _with_kept(name, options)
    key = _key(name)
    _apply_forced_text(name, key, lambda text: text if text in options else options[0])
    picked = st.radio(
        label,
        options,
        options.index(fields().get(name) or options[0]),
        key=key,
        format_func=say,
        on_change=_store_text,
        args=(name,),
    )
    return _keep_choice(name, str(picked), options)


def names_field(
    name: str, label: str, known: Sequence[str], *, more: str, max_length: int, help_text: str = ""
) -> tuple[str, ...]:
    """Render a field for each of several names, with autocompletion from `known`, and return the names.

    Typed text counts without Enter. `more` is the label of the button that adds a field.
    """
    kept = split_names(fields().get(name, ""))
    count = max(1, len(kept), form().counts.get(name, 1))
    if name in form().forced:
        form().forced |= {f"{name}_{index}": _at(kept, index) for index in range(count)}
        del form().forced[name]
    names = []
    for index in range(count):
        key = _key(f"{name}_{index}")
        _apply_forced_text(f"{name}_{index}", key, str)
        text = st.text_input(
            # Translators: the label of a field with its number: “Organiser 2”.
            label if index == 0 else tr("{label} {n}", label=label, n=digits(index + 1)),
            _at(kept, index),
            key=key,
            help=(help_text or None) if index == 0 else None,
            live=True,
            on_change=_store_names,
            args=(name, count),
        )
        names.append(str(text or "").replace("\n", " ").strip())
        show_limit(names[-1], max_length)
        _render_suggestions(name, index, count, names[-1], [one for one in known if one not in kept])
    fields()[name] = join_names(names)
    show_error(name)

    def add() -> None:
        form().counts[name] = count + 1

    st.button(more, key=f"more_{name}", on_click=add, type="tertiary")
    return tuple(one for one in names if one)


def show_error(name: str) -> None:
    """Show the error of a field at the field."""
    sentence = shown_errors().get(name)
    if sentence:
        paragraph(sentence, "rm-error", role="alert", anchor=f"error-{name}")


def shown_errors() -> Mapping[str, str]:
    """Return the current errors by field."""
    return form().errors


def set_errors(errors: Mapping[str, str]) -> None:
    """Store errors for the next rerun."""
    form().errors = dict(errors)


def set_field(name: str, text: str) -> None:
    """Set a field from outside its widget, even if the widget is already rendered."""
    fields()[name] = text
    form().forced[name] = text


def _render_suggestions(name: str, index: int, count: int, typed: str, known: Sequence[str]) -> None:
    folded = typed.casefold()
    alike = [one for one in known if folded and folded in one.casefold() and one.casefold() != folded]
    if not alike:
        return
    with st.container(key=f"suggested_{name}_{index}", horizontal=True):
        for number, one in enumerate(alike[:_MOST_SUGGESTIONS]):
            st.button(
                plain_label(one, max_length=60),
                key=f"suggest_{name}_{index}_{number}",
                on_click=_put_name,
                args=(name, index, count, one),
            )


def _put_name(name: str, index: int, count: int, chosen: str) -> None:
    form().forced[f"{name}_{index}"] = st.session_state[_key(f"{name}_{index}")] = chosen
    _store_names(name, count)


def _key(name: str) -> str:
    return f"field_{name}"


def _apply_forced_text(name: str, key: str, read: Callable[[str], str]) -> None:
    """Pass a text that was set from outside to the widget that is rendered next."""
    if name in form().forced:
        st.session_state[key] = read(form().forced.pop(name))


def _with_kept(name: str, options: Sequence[str]) -> list[str]:
    kept = fields().get(name) or options[0]
    return [*options] if kept in options else [*options, kept]


def _at(names: Sequence[str], index: int) -> str:
    return names[index] if index < len(names) else ""


def _store_text(name: str) -> None:
    """Store a change before the script runs: a click right after it may stop the run or open another step."""
    fields()[name] = str(st.session_state[_key(name)] or "").strip()


def _store_names(name: str, count: int) -> None:
    typed = (str(st.session_state.get(_key(f"{name}_{index}")) or "") for index in range(count))
    fields()[name] = join_names(text.replace("\n", " ").strip() for text in typed)


def _keep_choice(name: str, picked: str, options: Sequence[str]) -> str:
    form().defaults[name] = options[0]
    fields()[name] = picked
    show_error(name)
    return picked
