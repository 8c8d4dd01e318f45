"""The private feed of the signed-in moderator: create it, show its URL once, revoke it."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from rallymap.language import current_language, tr
from rallymap.moderation import Account, Permission, has_permission
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.reader_language import PARAMETER
from rallymap.ui.signed_in import run_as_signed_in
from rallymap.wording import day_in_words
from rallymap.workflows.services import Services
from rallymap.workflows.waiting import end_feed, feed_made_at, make_feed

_TOKEN, _PROBLEM = "feed_token", "feed_problem"


def render_own_feed(services: Services, account: Account) -> None:
    """Render the section; skip it for accounts that do not review events."""
    if not has_permission(account, Permission.SEE_QUEUE):
        return
    paragraph(tr("Your feed of the queue"), "rm-section")
    about = tr(
        "A private address for your feed reader (Atom). It says how much waits and of what kind, with links: "
        "no title, no place, no contact. Anyone who has the address can read it, so keep it to yourself."
    )
    paragraph(about, "rm-found")
    if problem := st.session_state.pop(_PROBLEM, None):
        paragraph(problem, "rm-error", role="alert")
    made_at = feed_made_at(services.db, account)
    if token := st.session_state.pop(_TOKEN, None):
        address = urljoin(st.context.url or "", f"feeds/review/{token}?{PARAMETER}={current_language().code}")
        paragraph(tr("Copy the address now; it is not shown again."), "rm-found", role="status")
        st.code(address, language=None, wrap_lines=True)
    elif made_at is not None:
        since = tr("You have a feed since {day}.", day=day_in_words(made_at.date()))
        paragraph(since, "rm-found")
    with st.container(key="own_feed", horizontal=True):
        label = tr("Make a feed") if made_at is None else tr("Replace the address")
        st.button(label, key="feed_make", on_click=_make, args=(services,))
        if made_at is not None:
            st.button(tr("End the feed"), key="feed_end", on_click=_end, args=(services,))


def _make(services: Services) -> None:
    def make(services: Services, account: Account) -> None:
        st.session_state[_TOKEN] = make_feed(services.db, account)

    run_as_signed_in(services, _PROBLEM, make)


def _end(services: Services) -> None:
    run_as_signed_in(services, _PROBLEM, lambda services, account: end_feed(services.db, account))
