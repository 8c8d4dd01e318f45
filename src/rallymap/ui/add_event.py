"""The form for events, in steps: what, when, where, who, sources, send; for new events and for changing one's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.events import Event
from rallymap.query.filters import EventFilter
from rallymap.ui.add_place import chosen_candidate, render_where
from rallymap.ui.add_steps import render_sources, render_what, render_when, render_who
from rallymap.ui.form_fields import fields, fill_form, mistakes, set_mistakes, show_mistake
from rallymap.ui.picture_field import forget_picture, picture_mistakes, render_picture_field, with_picture
from rallymap.ui.possible_duplicates import render_duplicates
from rallymap.views.public_preview import public_card, public_summary
from rallymap.workflows.fair_use import TRAP_FIELD
from rallymap.workflows.services import Services
from rallymap.workflows.submitting import draft_event

STEPS = ("What", "When", "Where", "Who", "Sources", "Send")
_FIELDS_OF_STEP = {
    "What": ("title", "kind", "status", "about"),
    "When": ("precision", "date", "start", "end", "start_time", "end_time", "zone", "repeat", "repeat_until"),
    "Where": ("place_text", "country", "venue", "coordinates", "lat", "disclosure", "disclosed_from"),
    "Who": ("organisers", "communities", "crowd"),
    "Sources": ("source", "claim", "contact", "picture", "picture_description"),
}
_STEP, _AT, _NONCE, _OPENED = "add_step", "add_at", "submission_nonce", "form_opened"
Send = Callable[[Mapping[str, str], int | None, str], Mapping[str, str]]
"""Takes the fields, the chosen candidate and the nonce; returns the mistakes, none where it was sent."""


def render_form(
    services: Services,
    send: Send,
    *,
    button: str,
    before: Event | None = None,
    save: Callable[[Mapping[str, str]], None] | None = None,
) -> None:
    """Draw the form.

    Parameters
    ----------
    send
        Called once the last step's button is pressed; the form says the mistakes that it returns, and the sentence of
        a ``RallymapError`` that it raises. Nothing typed is lost by either.
    button
        What the last step's button says.
    before
        The event that is changed, whose picture stays where no other one is chosen. None for a new event: it may
        repeat, and others like it are shown beside it.
    save
        Called with the fields on each move to another step; None where nothing is kept before it is sent.
    """
    st.session_state.setdefault(_OPENED, services.now())
    st.session_state.setdefault(_NONCE, secrets.token_urlsafe(18))

    def leave(passed: str) -> None:
        # What is wrong in the steps seen so far is said at once, but only the last step holds the door.
        errors = _draft(services, before)[1]
        seen = {name for step in STEPS[: STEPS.index(passed) + 1] for name in _names_in(step, errors)}
        set_mistakes({name: sentence for name, sentence in errors.items() if name in seen})
        if save is not None:
            save({name: text for name, text in fields().items() if name != TRAP_FIELD})

    step = _render_steps(leave)
    match step:
        case "What":
            render_what()
        case "When":
            render_when(is_new=before is None)
        case "Where":
            render_where(services)
        case "Who":
            render_who(services.keeper.current().facets(EventFilter()))
        case "Sources":
            render_sources()
            render_picture_field(services, has_one=before is not None and before.picture is not None)
        case _:
            # Above the button that sends: afterwards it is too late.
            if before is None:
                render_duplicates(services, chosen_candidate())
            _render_send(services, send, button, before)
    _render_moves(step, leave)
    _render_trap()
    if before is None and step != STEPS[-1]:
        render_duplicates(services, chosen_candidate())


def form_opened() -> datetime | None:
    """Return when the form was first drawn for this visitor."""
    opened: datetime | None = st.session_state.get(_OPENED)
    return opened


def start_form(texts: Mapping[str, str]) -> None:
    """Begin the form anew with these texts, as a form of its own."""
    fill_form(texts)
    forget_picture()
    for key in (_STEP, _AT, _NONCE, _OPENED):
        st.session_state.pop(key, None)


def _render_steps(leave: Callable[[str], None]) -> str:
    # The widget forgets where it stood when another page is drawn; what we note beside it does not.
    st.session_state.setdefault(_STEP, st.session_state.get(_AT, STEPS[0]))
    wrong = {step for step in _FIELDS_OF_STEP if _names_in(step, mistakes())}
    step = st.pills(
        "Steps",
        STEPS,
        key=_STEP,
        required=True,
        on_change=lambda: leave(st.session_state.get(_AT, STEPS[0])),
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


def _render_moves(step: str, leave: Callable[[str], None]) -> None:
    position = STEPS.index(step)

    def go(to: int) -> None:
        leave(step)
        st.session_state[_STEP] = STEPS[to]

    with st.container(key="moves", horizontal=True):
        if position > 0:
            st.button("Back", key="step_back", on_click=go, args=(position - 1,))
        if position + 1 < len(STEPS):
            st.button("Next", key="step_next", type="primary", on_click=go, args=(position + 1,))


def _render_send(services: Services, send: Send, button: str, before: Event | None) -> None:
    event, errors = _draft(services, before)
    if event is None or errors:
        st.html('<p class="rm-empty"><b>Not quite ready.</b>These need a look before the event can be sent:</p>')
        for sentence in dict.fromkeys(errors.values()):
            st.text(f"– {sentence}")
    else:
        event, picture_url = with_picture(event)
        st.html(public_summary(event, services.now()))
        note = "This is how visitors will see it, once a moderator has published it."
        st.html(public_card(event, services.now(), note=note, picture_url=picture_url))

    def press() -> None:
        try:
            wrong = picture_mistakes()
            set_mistakes(wrong or send(fields(), chosen_candidate(), st.session_state[_NONCE]))
        except RallymapError as err:
            set_mistakes({"form": f"{err.user_message} Nothing you typed is lost."})

    show_mistake("form")
    st.button(button, key="submit_event", type="primary", on_click=press)


def _draft(services: Services, before: Event | None) -> tuple[Event | None, Mapping[str, str]]:
    """Return the event that the fields make, and everything that is wrong with them and with the picture."""
    draft = draft_event(services.resolver, fields(), chosen=chosen_candidate(), now=services.now(), before=before)
    return draft.event, {**draft.errors, **picture_mistakes()}


def _render_trap() -> None:
    """Draw a field that people do not see; what fills it is a robot."""
    with st.container(key="trap"):
        st.text_input("Leave this empty", key=f"field_{TRAP_FIELD}", max_chars=200)
    fields()[TRAP_FIELD] = str(st.session_state.get(f"field_{TRAP_FIELD}") or "")
