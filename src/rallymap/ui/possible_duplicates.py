"""Beside the form: events that may be the one that is being typed."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.ui.form_fields import fields
from rallymap.views.cards import event_line
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import sketch_event

_DISMISSED = "not_duplicates"


def render_duplicates(services: Services, chosen: int | None) -> None:
    """Draw what is alike, with what can be done about it; nothing while nothing is alike."""
    sketch = sketch_event(services.resolver, fields(), chosen=chosen)
    if sketch is None:
        return
    dismissed: set[str] = st.session_state.setdefault(_DISMISSED, set())
    found = services.store.possible_duplicates(sketch, limit=3 + len(dismissed), public_at=services.now())
    alike = [duplicate for duplicate in found if duplicate.event.id not in dismissed][:3]
    if not alike:
        return
    with st.container(key="duplicates"):
        st.html('<p class="rm-section">Is it one of these?</p>')
        for duplicate in alike:
            event = duplicate.event
            st.html(event_line(event, note=", ".join(duplicate.reasons), link=f"./?event={event.id}"))
            with st.container(key=f"same-{event.id}", horizontal=True):
                st.button("It is another event", key=f"other-{event.id}", on_click=dismissed.add, args=(event.id,))
        st.html(
            f'<p class="rm-found">{escape("If it is the same one, it is already here: nothing needs to be sent.")}</p>'
        )
