"""The organiser's button to cancel or postpone an event; visitors see the change at once."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.events import EventStatus
from rallymap.language import mark, tr
from rallymap.store import OwnEvent
from rallymap.store.drafts import form_key
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.messages import PROBLEM, SAID
from rallymap.workflows.calling_off import call_off, may_call_off
from rallymap.workflows.services import Services

_LABELS = {
    EventStatus.CANCELLED: mark("It is cancelled"),
    EventStatus.POSTPONED: mark("It is postponed"),
}
_DONE = {
    EventStatus.CANCELLED: mark("Your event is marked as cancelled now."),
    EventStatus.POSTPONED: mark("Your event is marked as postponed now."),
}


def render_calling_off(services: Services, own: OwnEvent, key: str) -> None:
    """Render the button; skip it if the event is over or already called off."""
    if not may_call_off(own.event, services.now()):
        return
    # Translators: the button of an organiser whose event does not take place as announced.
    # With another key Streamlit makes another popover, which is closed: the event was changed in it.
    with st.popover(tr("Cancel or postpone"), key=f"own_call_off_{own.event.revision}"):
        said = tr("This needs no moderator: visitors see it at once. The event stays listed, marked as such.")
        paragraph(said, "rm-found")
        with st.container(key="own_call_off", horizontal=True):
            for status, label in _LABELS.items():
                if status is not own.event.status:
                    st.button(tr(label), key=f"own_{status}", on_click=_call_off, args=(services, own, key, status))


def _call_off(services: Services, own: OwnEvent, key: str, status: EventStatus) -> None:
    # The same click twice has the same key.
    idempotency_key = form_key(services.db.secret, f"call-off:{own.event.id}@{own.event.revision}:{status}")
    try:
        call_off(services.db, key, status, expected_revision=own.event.revision, idempotency_key=idempotency_key)
    except RallymapError as err:
        st.session_state[PROBLEM] = err.user_message
    else:
        st.session_state[SAID] = tr(_DONE[status])
