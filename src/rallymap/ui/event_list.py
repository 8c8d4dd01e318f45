"""The list of events: rows are real buttons, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from rallymap.events import Event
from rallymap.ui.plain import plain_label
from rallymap.wording import date_in_words, place_in_words


def render_list(
    heading: str,
    note: str,
    events: Sequence[Event],
    *,
    key: str,
    chosen: str | None,
    choose: Callable[[str], None],
    more: Callable[[], None] | None = None,
) -> None:
    """Draw a card with one row per event.

    Parameters
    ----------
    heading, note
        Words of the card's head, left and right.
    events
        As the public may see them, in the order of the rows.
    key
        Name of the card on the page; distinct per list.
    chosen
        Id of the open event, whose row is tinted; or None.
    choose
        Called with the id of a row that was pressed.
    more
        Called by "Show more"; None where the list is whole.
    """
    with st.container(key=key):
        st.html(f'<p class="rm-list-head"><b>{escape(heading)}</b><span>{escape(note)}</span></p>')
        for event in events:
            name = f"row-{event.kind}--{event.id}"
            if event.id == chosen:
                # An id holds only small letters, digits and hyphens, so it can stand in a selector.
                st.html(f"<style>.st-key-{name} button {{ background: var(--tint) !important; }}</style>")
            st.button(row_label(event), key=name, width="stretch", on_click=choose, args=(event.id,))
        if more is not None:
            st.button("Show more", key=f"{key}-more", width="stretch", on_click=more)


def row_label(event: Event) -> str:
    """Write one row: title, place and date, each marked up so that the style sheet can set them apart."""
    return (
        f"**{plain_label(event.title, most=120)}** *{plain_label(place_in_words(event.place, event.location))}* "
        f":small[{plain_label(date_in_words(event.when, short=True))}]"
    )
