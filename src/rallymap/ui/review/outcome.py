"""Follow-up of a past event: was it held, how many people came, and who reports it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from rallymap.events import Event, EventStatus, ReviewStatus
from rallymap.language import mark, tr, trc
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.edits import change_event
from rallymap.ui.review.opened_form import further_item, opened_event, unsaved_fields
from rallymap.workflows.edit_links import is_over_and_open
from rallymap.workflows.services import Services

_OUTCOMES = {
    EventStatus.HELD: mark("it was held"),
    EventStatus.CANCELLED: mark("it was cancelled"),
    EventStatus.POSTPONED: mark("it was postponed"),
    EventStatus.MOVED_ONLINE: mark("it was moved online"),
}
_CROWD = ("low", "high", "words", "by")
_SOURCE = ("url", "title", "publisher", "published")


def needs_outcome(event: Event, now: datetime) -> bool:
    """Return whether an event is public and over, but still marked as upcoming."""
    return event.review is ReviewStatus.PUBLISHED and is_over_and_open(event, now)


def render_outcome(services: Services, event: Event) -> None:
    """Render the fields about the outcome of an event."""
    event = opened_event(services, event)
    prefix = f"outcome/{event.id}/{event.revision}/"
    crowd, source = further_item(event, "crowd"), further_item(event, "source")
    for name, text in unsaved_fields(event).items():
        if name.startswith((f"crowd{crowd}_", f"source{source}_")) or (name == "status" and text in _OUTCOMES):
            st.session_state.setdefault(f"{prefix}{name}", text)
    paragraph(event.title, "rm-section-first", is_written=True)
    with st.form(f"outcome-form-{event.id}-{event.revision}", border=False):
        st.radio(
            tr("What happened?"),
            list(_OUTCOMES),
            key=f"{prefix}status",
            format_func=lambda status: tr(_OUTCOMES[EventStatus(status)]),
            horizontal=True,
        )
        low, high, words, by = st.columns(4)
        with low:
            st.text_input(tr("Crowd from"), key=f"{prefix}crowd{crowd}_low")
        with high:
            st.text_input(trc("the largest number of people", "to"), key=f"{prefix}crowd{crowd}_high")
        with words:
            st.text_input(trc("the size of a crowd", "or in words"), key=f"{prefix}crowd{crowd}_words")
        with by:
            st.text_input(tr("According to"), key=f"{prefix}crowd{crowd}_by")
        state.show_error(*(f"crowd{crowd}_{part}" for part in _CROWD), "crowd")
        url, title, publisher, day = st.columns([2, 2, 1.3, 1.1])
        with url:
            # Translators: the address of a press report about an event.
            st.text_input(tr("Report: link"), key=f"{prefix}source{source}_url")
        with title:
            st.text_input(tr("Its title"), key=f"{prefix}source{source}_title")
        with publisher:
            st.text_input(tr("Publisher"), key=f"{prefix}source{source}_publisher")
        with day:
            st.text_input(tr("Published on"), key=f"{prefix}source{source}_published")
        state.show_error(*(f"source{source}_{part}" for part in _SOURCE), "source_url")
        st.form_submit_button(
            tr("Save what happened"), key=f"outcome-{event.id}-{event.revision}", type="primary", on_click=_save,
            args=(services, event, prefix),
        )  # fmt: skip


def _save(services: Services, event: Event, prefix: str) -> None:
    held = {
        str(key).removeprefix(prefix): str(value or "").strip()
        for key, value in st.session_state.items()
        if str(key).startswith(prefix)
    }
    change_event(services, event, {name: text for name, text in held.items() if text})
