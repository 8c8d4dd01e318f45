"""Add an event: what, when, where, who, sources; it waits for a moderator, and its organiser gets a receipt."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from html import escape

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.query.filters import EventFilter
from rallymap.store import Receipt
from rallymap.ui.add_place import chosen_candidate, render_where
from rallymap.ui.add_steps import render_sources, render_what, render_when, render_who
from rallymap.ui.form_fields import fields, fill_form, mistakes, set_mistakes, show_mistake
from rallymap.views.cards import event_card
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import draft_event, submit_event

STEPS = ("What", "When", "Where", "Who", "Sources", "Send")
_FIELDS_OF_STEP = {
    "What": ("title", "kind", "status", "about"),
    "When": ("precision", "date", "start", "end", "start_time", "end_time", "zone"),
    "Where": ("place_text", "country", "venue", "coordinates", "lat", "disclosure", "disclosed_from"),
    "Who": ("organisers", "communities", "crowd"),
    "Sources": ("source", "claim", "contact"),
}
_STEP, _AT, _NONCE, _RECEIPT = "add_step", "add_at", "submission_nonce", "submission_receipt"


def render(services: Services) -> None:
    """Draw the page."""
    with st.container(key="page"):
        receipt: Receipt | None = st.session_state.get(_RECEIPT)
        if receipt is not None:
            _render_receipt(receipt)
            return
        st.html(
            '<div class="rm-lead"><h1>Add an event</h1><p>A moderator reads it before it is published. Nobody has to '
            "sign in, and what you type stays here until you send it.</p></div>"
        )
        step = _render_steps()
        match step:
            case "What":
                render_what()
            case "When":
                render_when()
            case "Where":
                render_where(services)
            case "Who":
                render_who(services.keeper.current().facets(EventFilter()))
            case "Sources":
                render_sources()
            case _:
                _render_send(services)
        _render_moves(services, step)


def _render_steps() -> str:
    # The widget forgets where it stood when another page is drawn; what we note beside it does not.
    st.session_state.setdefault(_STEP, st.session_state.get(_AT, STEPS[0]))
    wrong = {step for step in _FIELDS_OF_STEP if _names_in(step, mistakes())}
    step = st.pills(
        "Steps",
        STEPS,
        key=_STEP,
        required=True,
        format_func=lambda name: f"{name} – look again" if name in wrong else name,
        label_visibility="collapsed",
    )
    st.session_state[_AT] = step
    return str(step)


def _names_in(step: str, errors: Mapping[str, str]) -> list[str]:
    """Return the mistakes that belong to the fields of a step; numbered groups by how their names begin."""
    names = _FIELDS_OF_STEP.get(step, ())
    groups = tuple(name for name in names if name in ("crowd", "source", "claim"))
    return [name for name in errors if name in names or (groups and name.startswith(groups))]


def _render_moves(services: Services, step: str) -> None:
    position = STEPS.index(step)

    def go(to: int) -> None:
        if to > position:
            # What is wrong in this step is said at once, but does not hold anyone up: the last step holds the door.
            draft = draft_event(services.resolver, fields(), chosen=chosen_candidate())
            seen = {name for passed in STEPS[: position + 1] for name in _names_in(passed, draft.errors)}
            set_mistakes({name: sentence for name, sentence in draft.errors.items() if name in seen})
        st.session_state[_STEP] = STEPS[to]

    with st.container(key="moves", horizontal=True):
        if position > 0:
            st.button("Back", key="step_back", on_click=go, args=(position - 1,))
        if position + 1 < len(STEPS):
            st.button("Next", key="step_next", type="primary", on_click=go, args=(position + 1,))


def _render_send(services: Services) -> None:
    draft = draft_event(services.resolver, fields(), chosen=chosen_candidate())
    if draft.event is None:
        st.html('<p class="rm-empty"><b>Not quite ready.</b>These need a look before the event can be sent:</p>')
        for sentence in dict.fromkeys(draft.errors.values()):
            st.text(f"– {sentence}")
    else:
        st.html(event_card(draft.event, note="This is how visitors will see it, once a moderator has published it."))
    st.session_state.setdefault(_NONCE, secrets.token_urlsafe(18))

    def send() -> None:
        try:
            receipt, sent = submit_event(
                services.store,
                services.resolver,
                fields(),
                chosen=chosen_candidate(),
                nonce=st.session_state[_NONCE],
            )
        except RallymapError as err:
            set_mistakes({"form": f"{err.user_message} Nothing you typed is lost; please try again in a while."})
            return
        set_mistakes(sent.errors)
        if receipt is not None:
            st.session_state[_RECEIPT] = receipt

    show_mistake("form")
    st.button("Submit for review", key="submit_event", type="primary", on_click=send)


def _render_receipt(receipt: Receipt) -> None:
    st.html(
        '<div class="rm-receipt" role="status"><b>Thank you. Your event waits for a moderator.</b><br>'
        f"Its receipt is <code>{escape(receipt.code)}</code>. Keep it if you want to ask about the event later.</div>"
    )
    st.button("Add another event", key="add_another", on_click=_start_again)


def _start_again() -> None:
    fill_form({})
    for key in (_RECEIPT, _NONCE, _STEP, _AT):
        st.session_state.pop(key, None)
