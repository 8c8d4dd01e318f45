"""The e-mail address that an organiser may leave to get messages about their events."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.language import digits, tr
from rallymap.mail_server import MAX_ADDRESS
from rallymap.templates import bdi, bold, fill
from rallymap.ui.paragraphs import paragraph
from rallymap.workflows.event_mail import read_own_mail, subscribe_own_mail, unsubscribe_own_mail
from rallymap.workflows.services import Services

_ADDRESS, _WORDS, _ONCE = "wish_address", "wish_words", "wish_once"
_SAID, _PROBLEM = "wish_said", "wish_problem"


def render_mail_wish(services: Services, edit_tokens: Sequence[str]) -> None:
    """Render the section for the events of these edit links; skip it if the site sends no mail."""
    if not (services.settings.mail.is_set and edit_tokens):
        return
    days = services.settings.retention.mail_addresses
    said = tr(
        "Leave an e-mail address to get a message about a decision, about a question, and after the day of the event. "
        "It is used for nothing else, encrypted, never public, and deleted {days} days after you leave it or after the "
        "event, whichever is later. Mails name this site, so choose a mailbox that only you read.",
        days=digits(days),
    )
    paragraph(tr("Get messages by e-mail"), "rm-section")
    paragraph(said, "rm-found")
    if done := st.session_state.pop(_SAID, None):
        paragraph(done, "rm-found", role="status")
    if problem := st.session_state.pop(_PROBLEM, None):
        paragraph(problem, "rm-error", role="alert")
    wish = read_own_mail(services.db, edit_tokens[0])
    if wish is not None:
        paragraph(fill(tr("Mails go to {address}."), address=bold(bdi(wish.address))), "rm-found")
        st.button(tr("Delete the address"), key="wish_end", on_click=_end, args=(services, tuple(edit_tokens)))
        return
    with st.form("mail_wish", border=False):
        st.text_input(tr("E-mail address"), key=_ADDRESS, max_chars=MAX_ADDRESS, autocomplete="email")
        st.checkbox(tr("Delete it after the decision"), key=_ONCE)
        st.checkbox(tr("Put the title, the decision and the moderators' words into the mails"), key=_WORDS)
        st.form_submit_button(
            tr("Send me mails"), key="wish_ask", on_click=_subscribe, args=(services, tuple(edit_tokens))
        )


def _subscribe(services: Services, edit_tokens: Sequence[str]) -> None:
    state = st.session_state

    def subscribe() -> str:
        subscribe_own_mail(
            services.db, edit_tokens, state[_ADDRESS], with_words=state[_WORDS], only_decision=state[_ONCE]
        )
        return tr("You will get messages by e-mail.")

    _attempt(subscribe)


def _end(services: Services, edit_tokens: Sequence[str]) -> None:
    def end() -> str:
        for token in edit_tokens:
            unsubscribe_own_mail(services.db, token)
        return tr("The address is deleted.")

    _attempt(end)


def _attempt(action: Callable[[], str]) -> None:
    try:
        st.session_state[_SAID] = action()
    except RallymapError as err:
        st.session_state[_PROBLEM] = err.user_message
