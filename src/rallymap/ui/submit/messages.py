"""Moderators' messages and decisions for an organiser; at the top of an edit link's page."""

from __future__ import annotations

import secrets
from datetime import datetime

import streamlit as st

from rallymap.errors import (
    EventMergedError,
    EventNotFoundError,
    EventTakenDownError,
    InvalidEventError,
    RallymapError,
)
from rallymap.events import ReviewStatus
from rallymap.language import mark, tr, trc
from rallymap.moderation import Role, TakedownReason
from rallymap.store import Note, OwnEvent
from rallymap.store.case_values import ORGANISER
from rallymap.store.events import get_public_event
from rallymap.store.transaction import moment
from rallymap.templates import link
from rallymap.ui.note_words import note_in_words
from rallymap.ui.paragraphs import empty_list, page_lead, paragraph
from rallymap.ui.text_limit import show_limit
from rallymap.views.cards import event_card, message_list, public_picture_url
from rallymap.wording import ago_in_words, day_in_words
from rallymap.workflows.edit_links import answer_moderators
from rallymap.workflows.messages import MAX_NOTE
from rallymap.workflows.services import Services

SAID, PROBLEM = "own_said", "own_problem"
_ERROR, _KEYS = "own_words_error", "own_keys"
_DECIDED = {
    ReviewStatus.REJECTED: mark("Your event was rejected."),
    ReviewStatus.WITHDRAWN: mark("Your event was withdrawn."),
}


_PROTECTS = mark("to protect people")
_TOLD = {
    TakedownReason.RISK: _PROTECTS,
    TakedownReason.REQUEST: _PROTECTS,
    TakedownReason.LEGAL: mark("the law asks for it"),
    TakedownReason.UNTRUE: mark("it is not true"),
    TakedownReason.SPAM: mark("it is spam"),
}
"""Reasons that the organiser reads. Risk and request have the same words: who asked may be afraid of the organiser."""


def render_first(services: Services, own: OwnEvent, key: str, now: datetime) -> bool:
    """Render what the organiser must know or answer first.

    Returns
    -------
    asks
        Whether there is a question, with a field for the answer.
    """
    if own.hidden_at is not None:
        # Translators: {ago} is such as “5 minutes ago”.
        hidden = tr(
            "Your event was published, and hidden {ago} because a visitor reported it. A moderator will look at it "
            "and decide.",
            ago=ago_in_words(own.hidden_at, now),
        )
        _box(hidden)
    if own.refused is not None:
        # Translators: {ago} is such as “5 minutes ago”.
        ago = ago_in_words(own.refused.at, now)
        if own.refused.is_in_part:
            refused = tr("Only a part of the change that you proposed was accepted, {ago}.", ago=ago)
        else:
            refused = tr("The change that you proposed was refused {ago}; your event stays as it was.", ago=ago)
        _box(f"{refused}\n{_because(own.refused.reason)}")
    review = own.event.review
    if own.reason and review in _DECIDED:
        _box(f"{tr(_DECIDED[review])}\n{_because(own.reason)}")
    questions = [own.reason] if own.reason and review is ReviewStatus.SENT_BACK else []
    questions += [note.words for note in own.open_questions]
    if not questions:
        return False
    with st.container(key="own_question"):
        paragraph(tr("A moderator asks"), "rm-section-first")
        for question in questions:
            _box(question)
        _render_field(services, own, key, tr("Your answer"))
    return True


def render_messages(services: Services, own: OwnEvent, key: str, now: datetime, *, has_field: bool) -> None:
    """Render all messages, and the field for a new one unless it is already above."""
    paragraph(tr("Messages with the moderators"), "rm-section")
    if own.notes:
        st.html(message_list([(_author(note), ago_in_words(note.at, now), note_in_words(note)) for note in own.notes]))
    elif has_field:
        paragraph(tr("No messages yet."), "rm-found")
    if not has_field:
        _render_field(services, own, key, tr("Write to the moderators"))


def render_no_event(services: Services, err: EventNotFoundError) -> None:
    """Show why an edit link opens no event, and link to the replacing event if there is one."""
    if isinstance(err, EventTakenDownError):
        _render_taken_down(err)
        return
    if not isinstance(err, EventMergedError):
        empty_list(tr("This link does not work."), tr("Check that you copied the whole link."))
        return
    merged = tr("It was merged with another entry of the same event, which has an edit link of its own.")
    page_lead(tr("Your event"), merged)
    try:
        kept = services.db.read(get_public_event, err.merged_into, services.now())
    except EventNotFoundError:
        paragraph(tr("That event is not published at the moment."), "rm-found")
        return
    st.html(event_card(kept, link=f"./?event={kept.id}", picture_url=public_picture_url(kept)))
    report = tr("Report this event")
    wrong = tr("If something in it is wrong, open it and choose “{option}”.", option=report)
    paragraph(wrong, "rm-found")


def _render_taken_down(err: EventTakenDownError) -> None:
    day = day_in_words(moment(err.at).date())
    if err.role == Role.ADMINISTRATOR:
        said = tr("An administrator of this site took it down for good on {day}.", day=day)
    else:
        said = tr("A moderator of this site took it down for good on {day}.", day=day)
    page_lead(tr("Your event was taken down."), said)
    _box(_because(tr(_TOLD[TakedownReason(err.reason_code)])))
    deleted = tr(
        "Its text and pictures are deleted, so nobody can show or restore them. If you think that this is a mistake, "
        "write to the people who run this site."
    )
    paragraph(deleted, "rm-found")
    paragraph(link("about", tr("Who runs this site")), "rm-found")


def _because(reason: str) -> str:
    return tr("Reason: {reason}", reason=reason) if reason else tr("No reason was given.")


def _author(note: Note) -> str:
    return trc("author of a message", "you") if note.is_from_organiser else note.author


def _box(text: str) -> None:
    paragraph(text, "rm-note-box", is_written=True)


def _render_field(services: Services, own: OwnEvent, key: str, label: str) -> None:
    # Each message has its own field and idempotency key: a double click sends one message and clears the field.
    number = sum(note.author == ORGANISER for note in own.notes)
    words_key = f"own_words_{number}"
    show_limit(st.text_area(label, key=words_key, height=90), MAX_NOTE)
    error = st.session_state.pop(_ERROR, None)
    if error:
        paragraph(error, "rm-error", role="alert")
    st.button(tr("Send message"), key="own_send", on_click=_answer, args=(services, key, words_key))


def _answer(services: Services, key: str, words_key: str) -> None:
    keys = st.session_state.setdefault(_KEYS, {})
    try:
        answer_moderators(
            services.db,
            key,
            st.session_state[words_key],
            idempotency_key=keys.setdefault(words_key, secrets.token_urlsafe(18)),
        )
    except InvalidEventError as err:
        st.session_state[_ERROR] = err.user_message
        return
    except RallymapError as err:
        st.session_state[PROBLEM] = err.user_message
        return
    st.session_state[SAID] = tr("Message sent.")
