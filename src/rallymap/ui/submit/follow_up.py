"""The organiser's report on what happened at a past event, through the edit link."""

from __future__ import annotations

import json

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.events import EventStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.language import mark_c, sentences, tr, trc
from rallymap.store import OwnEvent
from rallymap.store.drafts import form_key
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.messages import PROBLEM, SAID
from rallymap.workflows.edit_links import change_own
from rallymap.workflows.services import Services

_OUTCOMES = {
    EventStatus.HELD: mark_c("did it take place?", "Yes"),
    EventStatus.CANCELLED: mark_c("did it take place?", "No, it was cancelled"),
}


def render_follow_up(services: Services, own: OwnEvent, key: str) -> None:
    """Render the questions."""
    with st.container(key="follow_up"):
        paragraph(tr("The day has passed"), "rm-section")
        st.radio(
            tr("Did it take place?"),
            list(_OUTCOMES),
            index=None,
            key="follow_status",
            horizontal=True,
            format_func=lambda status: trc("did it take place?", _OUTCOMES[EventStatus(status)]),
        )
        low, high, by = st.columns(3)
        low.text_input(tr("Crowd from"), key="follow_low")
        high.text_input(trc("crowd", "to"), key="follow_high")
        by.text_input(tr("According to"), key="follow_by")
        st.text_input(tr("Link to a report"), key="follow_url", placeholder="https://")
        st.button(
            tr("Send what happened"), key="follow_send", type="primary", on_click=_follow_up, args=(services, own, key)
        )


def _follow_up(services: Services, own: OwnEvent, key: str) -> None:
    state = st.session_state
    before = own.proposed or own.event
    fields = fields_of_event(before)
    if state["follow_status"] is None:
        state[PROBLEM] = tr("Choose whether it took place.")
        return
    fields["status"] = EventStatus(state["follow_status"])
    crowd, source = (len(before.crowd) + 1, len(before.sources) + 1)
    number = "" if crowd == 1 else str(crowd)
    for part in ("low", "high", "by"):
        fields[f"crowd{number}_{part}"] = state[f"follow_{part}"].strip()
    if not (fields[f"crowd{number}_low"] or fields[f"crowd{number}_high"]):
        fields[f"crowd{number}_by"] = ""
    fields[f"source{'' if source == 1 else source}_url"] = state["follow_url"].strip()
    try:
        event, draft = change_own(
            services.db,
            services.resolver,
            key,
            fields,
            expected_revision=own.event.revision,
            filled=fields_of_event(before),
            idempotency_key=own_action_key(services, own, "follow-up", json.dumps(fields, sort_keys=True)),
        )
    except RallymapError as err:
        state[PROBLEM] = err.user_message
        return
    if event is None:
        state[PROBLEM] = sentences(draft.errors.values())
    else:
        state[SAID] = tr("Thank you. A moderator will look at it.")


def own_action_key(services: Services, own: OwnEvent, action: str, what: str) -> str:
    """Return the idempotency key of an action on the event as shown: the same click twice has the same key.

    A refused proposal creates no revision, so the key also depends on refusals: the same request may be sent again.
    """
    refused_at = own.refused.at.isoformat() if own.refused is not None else ""
    return form_key(services.db.secret, f"{action}:{own.event.id}@{own.event.revision}:{refused_at}:{what}")
