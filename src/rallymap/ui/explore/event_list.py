"""The list of events: rows are real buttons, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from rallymap.event_wording import where_in_words, words_of
from rallymap.events import MAX_TITLE, Event
from rallymap.language import number, trn
from rallymap.ui.explore.row_languages import mark_row_languages
from rallymap.ui.plain import plain_label
from rallymap.wording import date_in_words


def render_list(
    part: str,
    heading: str,
    events: Sequence[Event],
    *,
    total: int,
    chosen: str | None,
    choose: Callable[[str], None],
    more: Callable[[], None],
) -> None:
    """Draw one row per event, within the card that the caller opened; nothing where there is none.

    Parameters
    ----------
    part
        Names this part of the list within the page.
    heading
        Words above the rows, followed by `total`; "" leaves them out.
    events
        As the public may see them, in the order of the rows.
    total
        How many there are in all; if more than the rows, a button offers the others.
    chosen
        Id of the open event, whose row is tinted; or None.
    choose
        Called with the id of a row that was pressed.
    more
        Called by "Show more".
    """
    if not events:
        return
    if heading:
        st.html(Markup('<h3 class="rm-list-part">{}<span>{}</span></h3>').format(heading, number(total)))
    for event in events:
        name = f"row-{event.kind}--{event.id}"
        if event.id == chosen:
            # An id holds only small letters, digits and hyphens, so it can be part of a selector.
            st.html(f"<style>.st-key-{name} button {{ background: var(--tint) !important; }}</style>")
        st.button(row_label(event), key=name, width="stretch", on_click=choose, args=(event.id,))
    mark_row_languages(part, events)
    if total > len(events):
        label = trn("Show more ({n} left)", "Show more ({n} left)", total - len(events))
        st.button(label, key=f"more-{part}", width="stretch", on_click=more)


def row_label(event: Event) -> str:
    """Write one row: title, place and date, each marked up so that the style sheet can set them apart."""
    return (
        f"**{plain_label(words_of(event).title, most=MAX_TITLE)}** *{plain_label(where_in_words(event))}* "
        f":small[{plain_label(date_in_words(event.when, short=True))}]"
    )
