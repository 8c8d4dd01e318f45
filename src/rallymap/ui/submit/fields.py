"""Fields of the form for events: a widget with its error.

A widget gets its text as its default, not through the session: where the server was restarted, the text that still
is on the visitor's page wins over the one that was saved last.
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
"""Of somebody who types; then the text is kept."""
_MOST_SUGGESTIONS = 5


def fields() -> dict[str, str]:
    """Return every field of the form as text, by field name; changes to it are kept."""
    return form().fields


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
    """Draw one text field and return its text.

    Parameters
    ----------
    most
        Characters that fit. A longer text is kept, and the limit is shown at the field.
    tall
        For several lines.
    live
        Answer at once while typing.
    """
    key = _key(name)
    _force(name, key, str)
    help_or_none, shown, kept = help_text or None, placeholder or None, fields().get(name, "")
    if tall:
        text = st.text_area(
            label,
            kept,
            key=key,
            help=help_or_none,
            placeholder=shown,
            height=110,
            on_change=_take,
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
            on_change=_take,
            args=(name,),
        )
    fields()[name] = str(text or "").strip()
    if not show_limit(fields()[name], most):
        show_error(name)
    return fields()[name]


def choice_field(
    name: str, label: str, options: Sequence[str], say: Callable[[str], str], *, help_text: str = ""
) -> str:
    """Draw one field with a list to choose from and return the chosen value; the first one at first.

    A value that is not on the list, as imported events may have it, is put there: it stays until another is chosen.
    """
    options = _with_kept(name, options)
    key = _key(name)
    _force(name, key, lambda text: text if text in options else options[0])
    picked = st.selectbox(
        label,
        options,
        options.index(fields().get(name) or options[0]),
        key=key,
        format_func=say,
        placeholder=tr("Choose an option"),
        help=help_text or None,
        on_change=_take,
        args=(name,),
    )
    return _keep_choice(name, str(picked), options)


def radio_field(name: str, label: str, options: Sequence[str], say: Callable[[str], str]) -> str:
    """Draw a field as a few options, all visible at once; the first is chosen by default."""
    options = _with_kept(name, options)
    key = _key(name)
    _force(name, key, lambda text: text if text in options else options[0])
    picked = st.radio(
        label,
        options,
        options.index(fields().get(name) or options[0]),
        key=key,
        format_func=say,
        on_change=_take,
        args=(name,),
    )
    return _keep_choice(name, str(picked), options)


def names_field(
    name: str, label: str, known: Sequence[str], *, more: str, most: int, help_text: str = ""
) -> tuple[str, ...]:
    """Draw a field for each of several names, completed from those that are known, and return the names.

    What is typed needs no Enter to count. `more` is the label of the button for another one.
    """
    kept = split_names(fields().get(name, ""))
    count = max(1, len(kept), form().counts.get(name, 1))
    if name in form().forced:
        form().forced |= {f"{name}_{index}": _at(kept, index) for index in range(count)}
        del form().forced[name]
    names = []
    for index in range(count):
        key = _key(f"{name}_{index}")
        _force(f"{name}_{index}", key, str)
        text = st.text_input(
            # Translators: the label of a field with its number: “Organiser 2”.
            label if index == 0 else tr("{label} {n}", label=label, n=digits(index + 1)),
            _at(kept, index),
            key=key,
            help=(help_text or None) if index == 0 else None,
            live=True,
            on_change=_take_names,
            args=(name, count),
        )
        names.append(str(text or "").replace("\n", " ").strip())
        show_limit(names[-1], most)
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
    """Return the errors that were found last, by field."""
    return form().errors


def set_errors(errors: Mapping[str, str]) -> None:
    """Keep the errors that were found, for the next drawing."""
    form().errors = dict(errors)


def set_field(name: str, text: str) -> None:
    """Change one field from outside its widget, also where that is drawn already."""
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
                plain_label(one, most=60),
                key=f"suggest_{name}_{index}_{number}",
                on_click=_put_name,
                args=(name, index, count, one),
            )


def _put_name(name: str, index: int, count: int, chosen: str) -> None:
    form().forced[f"{name}_{index}"] = st.session_state[_key(f"{name}_{index}")] = chosen
    _take_names(name, count)


def _key(name: str) -> str:
    return f"field_{name}"


def _force(name: str, key: str, read: Callable[[str], str]) -> None:
    """Hand a text that was set from outside to the widget that is drawn next."""
    if name in form().forced:
        st.session_state[key] = read(form().forced.pop(name))


def _with_kept(name: str, options: Sequence[str]) -> list[str]:
    kept = fields().get(name) or options[0]
    return [*options] if kept in options else [*options, kept]


def _at(names: Sequence[str], index: int) -> str:
    return names[index] if index < len(names) else ""


def _take(name: str) -> None:
    """Note a change before the script runs: a click right after it may cut the run short or draw another step."""
    fields()[name] = str(st.session_state[_key(name)] or "").strip()


def _take_names(name: str, count: int) -> None:
    typed = (str(st.session_state.get(_key(f"{name}_{index}")) or "") for index in range(count))
    fields()[name] = join_names(text.replace("\n", " ").strip() for text in typed)


def _keep_choice(name: str, picked: str, options: Sequence[str]) -> str:
    form().defaults[name] = options[0]
    fields()[name] = picked
    show_error(name)
    return picked
