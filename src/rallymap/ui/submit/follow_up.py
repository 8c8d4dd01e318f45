"""The organiser's report on what happened at a past event, through the edit link."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.events import EventStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.language import mark_c, sentences, tr, trc
from rallymap.store import OwnEvent
from rallymap.store.drafts import form_key
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.fields import set_errors, show_error
from rallymap.ui.submit.form_access import move_focus, render_form_access
from rallymap.ui.submit.form_state import use_form
from rallymap.ui.submit.messages import PROBLEM, SAID
from rallymap.workflows.edit_links import change_own
from rallymap.workflows.services import Services

_OUTCOMES = {
    EventStatus.HELD: mark_c("did it take place?", "Yes"),
    EventStatus.CANCELLED: mark_c("did it take place?", "No, it was cancelled"),
}


def render_follow_up(services: Services, own: OwnEvent, key: str) -> None:
    """Render the questions, each with its error."""
    use_form(f"follow-up-{own.event.id}")
    with st.container(key="follow_up"):
        paragraph(tr("The day has passed"), "rm-section")
        st.radio(
            tr("Did it take place?"),
            list(_OUTCOMES),
            index=None,
            key="field_follow_status",
            horizontal=True,
            format_func=lambda status: trc("did it take place?", _OUTCOMES[EventStatus(status)]),
        )
        show_error("follow_status")
        low, high, words, by = st.columns([1, 1, 1.3, 1.3])
        with low:
            _text("low", tr("Crowd from"))
        with high:
            _text("high", trc("crowd", "to"))
        with words:
            _text("words", trc("the size of a crowd", "or in words"))
        with by:
            _text("by", tr("According to"))
        _text("url", tr("Link to a report"), placeholder="https://")
        st.button(
            tr("Send what happened"), key="follow_send", type="primary", on_click=_follow_up, args=(services, own, key)
        )
    render_form_access()


def _text(part: str, label: str, *, placeholder: str | None = None) -> None:
    st.text_input(label, key=f"field_follow_{part}", placeholder=placeholder)
    show_error(f"follow_{part}")


def _follow_up(services: Services, own: OwnEvent, key: str) -> None:
    state = st.session_state
    before = own.proposed or own.event
    fields = fields_of_event(before)
    status = state["field_follow_status"]
    if status is None:
        _show_errors({"follow_status": tr("Choose whether it took place.")})
        return
    fields["status"] = EventStatus(status)
    crowd, source = (len(before.crowd) + 1, len(before.sources) + 1)
    number = "" if crowd == 1 else str(crowd)
    asked = {f"crowd{number}_{part}": f"follow_{part}" for part in ("low", "high", "words", "by")}
    asked[f"source{'' if source == 1 else source}_url"] = "follow_url"
    for name, shown in asked.items():
        fields[name] = state[f"field_{shown}"].strip()
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
    errors = {name: sentence for name, sentence in draft.errors.items() if event is None}
    _show_errors({asked[name]: sentence for name, sentence in errors.items() if name in asked})
    if event is not None:
        state[SAID] = tr("Thank you. A moderator will look at it.")
    elif elsewhere := [sentence for name, sentence in errors.items() if name not in asked]:
        state[PROBLEM] = sentences(elsewhere)


def _show_errors(errors: Mapping[str, str]) -> None:
    set_errors(errors)
    if errors:
        move_focus(f"field:{next(iter(errors))}")


def own_action_key(services: Services, own: OwnEvent, action: str, what: str) -> str:
    """Return the idempotency key of an action on the event as shown: the same click twice has the same key.

    A refused proposal creates no revision, so the key also depends on refusals: the same request may be sent again.
    """
    refused_at = own.refused.at.isoformat() if own.refused is not None else ""
    return form_key(services.db.secret, f"{action}:{own.event.id}@{own.event.revision}:{refused_at}:{what}")
