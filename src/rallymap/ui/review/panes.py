"""The two panes of every list: the rows, and the open event next to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st

from rallymap.event_wording import where_in_words
from rallymap.events import Event
from rallymap.language import separator, tr
from rallymap.moderation import Account
from rallymap.ui.paragraphs import empty_list, list_head
from rallymap.ui.plain import plain_label
from rallymap.ui.review import state
from rallymap.ui.review.case import render_case
from rallymap.wording import date_in_words
from rallymap.workflows.services import Services


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list.

    Attributes
    ----------
    note
        Short text at the end of the row: the age, or the reason why it is listed.
    key
        Distinguishes rows of the same event; starts with two underscores. "" if there is only one row per event.
    marks
        Labels to see before opening it: "no place", "may be a duplicate".
    is_done
        Whether it needs no more work; the next event to open is then another one.
    event_count
        How many events it adds to the list's count: all of a campaign, or 0 if another row counts it already.
    """

    event: Event
    note: str
    key: str = ""
    marks: tuple[str, ...] = ()
    is_done: bool = False
    event_count: int = 1


def render_panes(
    services: Services,
    account: Account,
    rows: Sequence[Row],
    *,
    heading: str,
    note: str,
    nothing: tuple[str, str],
    opened: str = "",
    above: Callable[[], None] | None = None,
    in_front: Callable[[Event], None] | None = None,
    more: Callable[[], None] | None = None,
) -> None:
    """Render a list and the open event.

    Parameters
    ----------
    heading, note
        Texts of the list's header, left and right.
    nothing
        Texts of an empty list: a short sentence, and a longer one.
    opened
        The section of the event that this list is about; "" for none.
    above
        Renders what is above the list.
    in_front
        Renders what is in front of each row; None for nothing.
    more
        Callback of "Show more"; None if the list is complete.
    """
    state.note_shown([row.event.id for row in rows if not row.is_done or row.event.id == state.chosen()])
    left, right = st.columns([1, 2.1], gap="medium")
    with left, st.container(key="review_list"):
        if above is not None:
            above()
        if rows:
            _render_rows(rows, heading, note, in_front, more)
        else:
            empty_list(nothing[0], nothing[1])
    with right, st.container(key="review_event"):
        event_id = state.chosen()
        if event_id is not None:
            render_case(services, account, event_id, opened=opened)
        elif rows:
            empty_list(tr("Choose an event."), tr("It opens here, with what you can do about it."))


def _render_rows(
    rows: Sequence[Row],
    heading: str,
    note: str,
    in_front: Callable[[Event], None] | None,
    more: Callable[[], None] | None,
) -> None:
    with st.container(key="list-review"):
        list_head(heading, note)
        for row in rows:
            key = f"row-{row.event.kind}--{row.event.id}{row.key}"
            if row.event.id == state.chosen():
                # Ids contain only lower-case letters, digits and hyphens, so they are safe in a CSS selector.
                row_style = f".st-key-{key} button, .st-key-line-{row.event.id}"
                st.html(f"<style>{row_style} {{ background: var(--tint) !important; }}</style>")
            with nullcontext() if in_front is None else st.container(key=f"line-{row.event.id}", horizontal=True):
                if in_front is not None:
                    in_front(row.event)
                st.button(_label(row), key=key, width="stretch", on_click=state.choose, args=(row.event.id,))
        if more is not None:
            st.button(tr("Show more"), key="list-review-more", width="stretch", on_click=more)


def _label(row: Row) -> str:
    event = row.event
    where = plain_label(where_in_words(event), max_length=60)
    when = plain_label(date_in_words(event.when, short=True))
    marks = "".join(f"{separator()}:orange[{plain_label(mark)}]" for mark in row.marks)
    title = plain_label(event.title, max_length=120)
    return f"**{title}** *{where}{separator()}{when}{marks}* :small[{plain_label(row.note)}]"
