"""Possible duplicates of the event being typed, next to the form."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit as st

from rallymap.errors import RallymapError, RateLimitError
from rallymap.events import Event, Source
from rallymap.language import list_in_words, mark, tr
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.submit.fields import fields
from rallymap.ui.submit.form_state import form
from rallymap.views.cards import event_line
from rallymap.workflows.form_events import sketch_event
from rallymap.workflows.proposals import offer_source
from rallymap.workflows.services import Services
from rallymap.workflows.similar_events import similar_events

_DISMISSED, _SAID, _PROBLEM = "not_duplicates", "duplicates_said", "duplicates_problem"
_KEYS, _ASKED = "offer_keys", "duplicates_asked"
MINE = mark(
    "Then it is here already, and nothing needs to be sent. To change it, use the edit link that you were given; "
    "without it, open the event and report what is wrong."
)


def render_duplicates(services: Services) -> None:
    """Render similar events and what the organiser can do about them; skip if there are none."""
    sketch = sketch_event(services.resolver, fields())
    if sketch is None:
        return
    # The key names the form: the next form in this browser is about another event.
    dismissed: set[str] = _of_form(_DISMISSED).setdefault("ids", set())
    try:
        found, st.session_state[_ASKED] = similar_events(
            services.db,
            sketch,
            st.session_state.get(_ASKED),
            address=st.context.ip_address or "",
            now=services.now(),
            limit=3 + len(dismissed),
        )
    except RateLimitError as err:
        sentence = tr("{reason} You can still send the event.", reason=err.user_message)
        paragraph(sentence, "rm-found", role="status")
        return
    alike = [duplicate for duplicate in found if duplicate.event.id not in dismissed][:3]
    if not alike:
        return
    source = sketch.sources[0] if sketch.sources else None
    with st.container(key="duplicates"):
        paragraph(tr("Already listed?"), "rm-section")
        for duplicate in alike:
            event = duplicate.event
            st.html(event_line(event, note=list_in_words(duplicate.reasons), link=f"./?event={event.id}"))
            _render_choices(services, event, dismissed, source)


def _render_choices(services: Services, event: Event, dismissed: set[str], source: Source | None) -> None:
    said = _of_form(_SAID).get(event.id)
    if said:
        paragraph(said, "rm-found", role="status")
        return
    if problem := _of_form(_PROBLEM).pop(event.id, None):
        paragraph(problem, "rm-error", role="alert")
    with st.container(key=f"same-{event.id}", horizontal=True):
        st.button(
            row_label(tr("That is my event"), event.title),
            key=f"mine-{event.id}",
            on_click=_say,
            args=(event.id, tr(MINE)),
        )
        if source is not None:
            st.button(
                row_label(tr("Add my source to that one"), event.title),
                key=f"offer-{event.id}",
                on_click=_offer,
                args=(services, event.id, source),
            )
        another = row_label(tr("It is another event"), event.title)
        st.button(another, key=f"other-{event.id}", on_click=dismissed.add, args=(event.id,))


def _offer(services: Services, event_id: str, source: Source) -> None:
    idempotency_key = _of_form(_KEYS).setdefault((event_id, source.url, source.title), secrets.token_urlsafe(18))
    try:
        offer_source(
            services.db,
            event_id,
            source,
            address=st.context.ip_address or "",
            now=services.now(),
            idempotency_key=idempotency_key,
        )
    except RallymapError as err:
        _of_form(_PROBLEM)[event_id] = err.user_message
        return
    _say(event_id, tr("Thank you. A moderator looks at your source. Nothing more needs to be sent."))


def _say(event_id: str, sentence: str) -> None:
    _of_form(_SAID)[event_id] = sentence


def _of_form(name: str) -> dict[Any, Any]:
    kept: dict[Any, Any] = st.session_state.setdefault(name, {}).setdefault(form().token, {})
    return kept
