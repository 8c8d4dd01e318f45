"""The list of events: each row is a button."""

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
    """Render a button per event inside the caller's card; skip the part if it has no events.

    Parameters
    ----------
    part
        Name of this part of the list, unique on the page.
    heading
        Heading above the rows, followed by `total`; "" omits both.
    events
        Public views of the events, in display order.
    total
        Number of all events; if it is larger than the number of rows, a button offers the others.
    chosen
        Id of the open event, whose row is highlighted, or None.
    choose
        Called with the event's id when its row is clicked.
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
            # Ids contain only lower-case letters, digits and hyphens, so they are safe in a CSS selector.
            st.html(f"<style>.st-key-{name} button {{ background: var(--tint) !important; }}</style>")
        st.button(row_label(event), key=name, width="stretch", on_click=choose, args=(event.id,))
    mark_row_languages(part, events)
    if total > len(events):
        label = trn("Show more ({n} left)", "Show more ({n} left)", total - len(events))
        st.button(label, key=f"more-{part}", width="stretch", on_click=more)


def row_label(event: Event) -> str:
    """Return the label of a row: title, place and date, each marked up for the style sheet."""
    return (
        f"**{plain_label(words_of(event).title, max_length=MAX_TITLE)}** *{plain_label(where_in_words(event))}* "
        f":small[{plain_label(date_in_words(event.when, short=True))}]"
    )
