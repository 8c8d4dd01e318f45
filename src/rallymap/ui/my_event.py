"""Behind the private link: how one's own event stands, the talk with the moderators, changes, what happened."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from html import escape

import streamlit as st

from rallymap.errors import EventNotFoundError, RallymapError
from rallymap.events import MAX_NAME, EventStatus, ReviewStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.moderation import Account
from rallymap.store import OwnEvent
from rallymap.ui.add_event import render_form, start_form
from rallymap.ui.picture_field import take_picture
from rallymap.ui.public_preview import render_public_preview
from rallymap.ui.signed_in import signed_in_account
from rallymap.views.cards import event_card, talk
from rallymap.weblinks import MAX_URL
from rallymap.wording import ago_in_words
from rallymap.workflows.accounts import list_own_events
from rallymap.workflows.owning import answer_moderators, change_own, is_over_and_open, open_own
from rallymap.workflows.picturing import change_own_picture, own_picture_url
from rallymap.workflows.services import Services

_EDITING, _SAID, _PROBLEM = "own_editing", "own_said", "own_problem"
_STANDS = {
    ReviewStatus.DRAFT: "is a draft",
    ReviewStatus.PENDING: "waits for a moderator",
    ReviewStatus.SENT_BACK: "was sent back to you: please answer or change it",
    ReviewStatus.PUBLISHED: "is published",
    ReviewStatus.REJECTED: "was not accepted",
    ReviewStatus.WITHDRAWN: "was withdrawn",
}
_OPEN = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK, ReviewStatus.PUBLISHED)


def render(services: Services) -> None:
    """Draw the page that the key in the address opens."""
    key = st.query_params.get("key", "")
    with st.container(key="page"):
        account = None if key else signed_in_account(services)
        if account is not None:
            _render_own_list(services, account)
            return
        try:
            own = open_own(services.store, key)
        except EventNotFoundError as err:
            _render_nothing(err)
            return
        if st.session_state.get(_EDITING) == own.event.id:
            _render_editing(services, own, key)
        else:
            _render_event(services, own, key)


def _render_own_list(services: Services, account: Account) -> None:
    """Draw what was sent while signed in; each event is changed by the private link on its receipt."""
    st.html(
        '<div class="rm-lead"><h1>Your events</h1><p>What you sent while signed in. To change an event, open the '
        "private link on its receipt.</p></div>"
    )
    events = list_own_events(services.store, account)
    if not events:
        st.html('<p class="rm-empty"><b>Nothing yet.</b>Events that you send while signed in appear here.</p>')
    for event in events:
        st.html(event_card(event, note=f"It {_STANDS[event.review]}."))


def _render_nothing(err: EventNotFoundError) -> None:
    more = "It was merged with another event or taken down." if err.event_id else "Please check that the link is whole."
    st.html(f'<p class="rm-empty"><b>This link opens nothing.</b>{more}</p>')


def _render_event(services: Services, own: OwnEvent, key: str) -> None:
    now = services.now()
    st.html(
        f'<div class="rm-lead"><h1>Your event</h1><p>It {_STANDS[own.event.review]}. Sent '
        f"{ago_in_words(own.submitted_at, now)}, receipt {escape(own.code)}.</p></div>"
    )
    for name, kind in ((_SAID, "rm-receipt"), (_PROBLEM, "rm-error")):
        sentence = st.session_state.pop(name, None)
        if sentence:
            st.html(f'<p class="{kind}" role="status">{escape(sentence)}</p>')
    if own.reason and own.event.review is not ReviewStatus.PUBLISHED:
        st.html(f'<p class="rm-note-box">A moderator writes: {escape(own.reason)}</p>')
    if is_over_and_open(own.event, now):
        _render_follow_up(services, own, key)
    own_url = own_picture_url(services.store, own.event)
    st.html(event_card(own.event, note="You and the moderators see all of this.", picture_url=own_url))
    if own.event.review in _OPEN:
        render_public_preview(own.event, now, picture_url=own_url)
    if own.proposed is not None:
        st.html('<p class="rm-found">You proposed a change; a moderator looks at it. The event would then be:</p>')
        st.html(event_card(own.proposed, picture_url=own_picture_url(services.store, own.proposed)))
    if own.event.review in _OPEN:
        with st.container(key="own_moves", horizontal=True):
            st.button("Change it", key="own_change", on_click=_begin_editing, args=(own,))
            if (own.proposed or own.event).picture is not None:
                st.button(
                    "Take the picture away", key="own_bare", on_click=_take_picture_away, args=(services, own, key)
                )
    _render_talk(services, own, key, now)


def _begin_editing(own: OwnEvent) -> None:
    start_form(fields_of_event(own.proposed or own.event))
    st.session_state[_EDITING] = own.event.id


def _take_picture_away(services: Services, own: OwnEvent, key: str) -> None:
    picture = (own.proposed or own.event).picture
    assert picture is not None  # noqa: S101 - the button is drawn for a picture alone
    try:
        change_own_picture(services.store, key, None, nonce=f"away-{picture.id}")
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message
        return
    st.session_state[_SAID] = (
        "A moderator has to agree that the picture goes."
        if own.event.review is ReviewStatus.PUBLISHED
        else "The picture is deleted."
    )


def _end_editing() -> None:
    start_form({})
    st.session_state.pop(_EDITING, None)


def _render_editing(services: Services, own: OwnEvent, key: str) -> None:
    st.html('<div class="rm-lead"><h1>Change your event</h1><p>A moderator sees what you changed.</p></div>')
    revision = own.event.revision

    def send(fields: Mapping[str, str], chosen: int | None, nonce: str) -> Mapping[str, str]:
        event, draft = change_own(
            services.store, services.resolver, key, fields, chosen=chosen, expected_revision=revision, nonce=nonce
        )
        picture = take_picture()
        if event is not None and picture:
            change_own_picture(services.store, key, picture, nonce=nonce)
        if event is not None:
            st.session_state[_SAID] = "Your change is with the moderators."
            _end_editing()
        return draft.errors

    render_form(services, send, button="Send the change", before=own.proposed or own.event)
    st.button("Leave it as it was", key="own_leave", on_click=_end_editing, type="tertiary")


def _render_follow_up(services: Services, own: OwnEvent, key: str) -> None:
    with st.container(key="follow_up"):
        st.html('<p class="rm-section">The day has passed. What happened?</p>')
        st.radio("It", ["was held", "was cancelled"], key="follow_status", horizontal=True)
        low, high, by = st.columns(3)
        low.text_input("Crowd: at least", key="follow_low", max_chars=12)
        high.text_input("Crowd: at most", key="follow_high", max_chars=12)
        by.text_input("Who says so", key="follow_by", max_chars=MAX_NAME)
        st.text_input("Link to a report", key="follow_url", max_chars=MAX_URL, placeholder="https://")
        st.button("Say so", key="follow_send", type="primary", on_click=_follow_up, args=(services, own, key))


def _follow_up(services: Services, own: OwnEvent, key: str) -> None:
    state = st.session_state
    fields = fields_of_event(own.event)
    fields["status"] = EventStatus.HELD if state["follow_status"] == "was held" else EventStatus.CANCELLED
    crowd, source = (len(own.event.crowd) + 1, len(own.event.sources) + 1)
    number = "" if crowd == 1 else str(crowd)
    for part in ("low", "high", "by"):
        fields[f"crowd{number}_{part}"] = state[f"follow_{part}"].strip()
    if not (fields[f"crowd{number}_low"] or fields[f"crowd{number}_high"]):
        fields[f"crowd{number}_by"] = ""
    fields[f"source{'' if source == 1 else source}_url"] = state["follow_url"].strip()
    try:
        event, draft = change_own(
            services.store,
            services.resolver,
            key,
            fields,
            expected_revision=own.event.revision,
            nonce=state.setdefault(f"follow_nonce_{own.event.revision}", secrets.token_urlsafe(18)),
        )
    except RallymapError as err:
        state[_PROBLEM] = err.user_message
        return
    if event is None:
        state[_PROBLEM] = " ".join(draft.errors.values())
    else:
        state[_SAID] = "Thank you. A moderator looks at it."


def _render_talk(services: Services, own: OwnEvent, key: str, now: datetime) -> None:
    st.html('<p class="rm-section">You and the moderators</p>')
    if own.notes:
        st.html(talk([(note.author, ago_in_words(note.at, now), note.words) for note in own.notes]))
    st.text_area("Write to the moderators", key="own_words", max_chars=2000, height=90)
    st.button("Send", key="own_send", on_click=_answer, args=(services, key))


def _answer(services: Services, key: str) -> None:
    words = st.session_state["own_words"]
    nonces = st.session_state.setdefault("own_nonces", {})
    try:
        answer_moderators(services.store, key, words, nonce=nonces.setdefault(words, secrets.token_urlsafe(18)))
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message
        return
    st.session_state["own_words"] = ""
    st.session_state[_SAID] = "Your words are with the moderators."
