"""Review: what waits for moderators, each event as visitors would see it, and the decisions on it."""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from rallymap.errors import ModerationError, RightsError, StaleEventError
from rallymap.events import ReviewStatus
from rallymap.moderation import MAX_REASON, NEEDS_REASON, Account, Decision, possible_decisions
from rallymap.store import QueueItem
from rallymap.ui.event_list import render_list
from rallymap.views.cards import event_card
from rallymap.wording import ago_in_words
from rallymap.workflows.reviewing import decide, list_queue
from rallymap.workflows.services import Services
from rallymap.workflows.sessions import account_from_cookies

_CHOSEN, _NONCES, _DONE = "review_chosen", "review_nonces", "review_done"
_LABELS = {
    Decision.PUBLISH: "Publish",
    Decision.SEND_BACK: "Send back",
    Decision.REJECT: "Reject",
    Decision.WITHDRAW: "Withdraw",
}
_SHOWN = {
    "waiting": (ReviewStatus.PENDING,),
    "sent back": (ReviewStatus.SENT_BACK,),
    "rejected": (ReviewStatus.REJECTED,),
    "withdrawn": (ReviewStatus.WITHDRAWN,),
}


def render(services: Services) -> None:
    """Draw the page."""
    account = account_from_cookies(st.context.cookies, services.store, services.now())
    if account is None:
        _render_door()
        return
    _render_bar(account)
    shown = st.session_state.get("review_shown") or "waiting"
    queue = list_queue(services.store, account, _SHOWN[shown])
    left, right = st.columns([1, 1.6], gap="medium")
    with left:
        _render_queue(services, queue, shown)
    with right:
        _render_chosen(services, account, queue)


def _render_door() -> None:
    with st.container(key="page"):
        st.html(
            '<div class="rm-lead"><h1>Review</h1><p>Moderators sign in here to read what organisers sent and to decide '
            'about it.</p><p><a class="rm-button" href="sign-in" target="_self">Sign in</a></p></div>'
        )


def _render_bar(account: Account) -> None:
    limit = f", for {', '.join(account.countries)}" if account.countries else ""
    with st.container(key="review_bar", horizontal=True, vertical_alignment="center"):
        st.pills(
            "Show", list(_SHOWN), default="waiting", required=True, key="review_shown", label_visibility="collapsed"
        )
        st.html(
            f'<p class="rm-count">Signed in as <b>{escape(account.name)}</b>, {account.role}{escape(limit)} · '
            '<a href="sign-out" target="_self">Sign out</a></p>'
        )


def _render_queue(services: Services, queue: list[QueueItem], shown: str) -> None:
    done = st.session_state.pop(_DONE, None)
    if done:
        st.html(f'<p class="rm-receipt" role="status">{escape(done)}</p>')
    if not queue:
        st.html(f'<p class="rm-empty"><b>Nothing is {escape(shown)}.</b>New events from organisers appear here.</p>')
        return
    chosen = st.session_state.get(_CHOSEN)
    events = [item.event for item in queue]
    render_list(f"{len(queue)} {shown}", "oldest first", events, key="list-review", chosen=chosen, choose=_choose)


def _choose(event_id: str) -> None:
    st.session_state[_CHOSEN] = event_id


def _render_chosen(services: Services, account: Account, queue: list[QueueItem]) -> None:
    item = next((item for item in queue if item.event.id == st.session_state.get(_CHOSEN)), None)
    if item is None:
        if queue:
            st.html('<p class="rm-empty"><b>Choose an event.</b>It opens here, with what you can decide about it.</p>')
        return
    event = item.event
    note = f"Sent {ago_in_words(item.submitted_at, services.now())}. Seen by moderators only until it is published."
    st.html(event_card(event, note=note))
    if item.contact:
        st.html('<p class="rm-found">Contact, for moderators only:</p>')
        st.text(item.contact)
    possible = possible_decisions(event.review)
    reason = st.text_area(
        "Reason (needed to send back, reject or withdraw; the organiser may read it)",
        key=f"reason_{event.id}_{event.revision}",
        max_chars=MAX_REASON,
        height=80,
    )
    with st.container(key="decisions", horizontal=True):
        for decision in possible:
            st.button(
                _LABELS[decision],
                key=f"decide_{decision}",
                type="primary" if decision is Decision.PUBLISH else "secondary",
                on_click=_decide,
                args=(services, account, item, decision, reason),
            )
    problem = st.session_state.pop("review_problem", None)
    if problem:
        st.html(f'<p class="rm-error" role="alert">{escape(problem)}</p>')


def _decide(services: Services, account: Account, item: QueueItem, decision: Decision, reason: str) -> None:
    # The text area's newest words may have come with this very click.
    reason = st.session_state.get(f"reason_{item.event.id}_{item.event.revision}", reason)
    nonces = st.session_state.setdefault(_NONCES, {})
    nonce = nonces.setdefault((item.event.id, item.event.revision, decision), secrets.token_urlsafe(18))
    try:
        event = decide(
            services.store,
            item.event.id,
            decision,
            account=account,
            expected_revision=item.event.revision,
            reason=reason if decision in NEEDS_REASON else "",
            nonce=nonce,
        )
    except (ModerationError, RightsError, StaleEventError) as err:
        st.session_state["review_problem"] = err.user_message
        return
    st.session_state[_CHOSEN] = None
    st.session_state[_DONE] = f"“{event.title}” is {_NOW[decision]}."


_NOW = {
    Decision.PUBLISH: "published and on the map now",
    Decision.SEND_BACK: "sent back to its organiser",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}
