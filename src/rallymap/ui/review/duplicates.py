"""Events that may be the same as the open one, each as a card with the way to make one of two."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account
from rallymap.ui.review import state
from rallymap.views.cards import event_card
from rallymap.workflows.cases import Case
from rallymap.workflows.merges import merge_events
from rallymap.workflows.services import Services


def render_duplicates(services: Services, case: Case) -> None:
    """Draw the possible duplicates, most likely first."""
    if not case.duplicates:
        st.html('<p class="rm-found">No other event looks the same.</p>')
        return
    st.html('<p class="rm-found"><b>May be the same event</b></p>')
    for duplicate in case.duplicates:
        other = duplicate.event
        st.html(event_card(other, note=f"{', '.join(duplicate.reasons).capitalize()}; {_stands(other)}."))
        with st.container(key=f"merge-{other.id}", horizontal=True):
            render_merge(services, case.event, other)


def render_merge(services: Services, event: Event, other: Event) -> None:
    """Draw the ways to join the open event and another one; a public event is never lost in one that is not."""
    for label, kept, gone in (
        ("Merge into this one", other, event),
        ("Merge this into the open one", event, other),
    ):
        if gone.review is ReviewStatus.PUBLISHED and kept.review is not ReviewStatus.PUBLISHED:
            continue
        with st.popover(label):
            st.html(
                f'<p class="rm-found">“{escape(kept.title)}” stays and gets the sources, claims and estimates of both. '
                f"The address of “{escape(gone.title)}” leads there from then on.</p>"
            )
            st.button(
                "Yes, make them one",
                key=f"merge-{kept.id}@{kept.revision}-{gone.id}@{gone.revision}",
                type="primary",
                on_click=_merge,
                args=(services, kept, gone),
            )


def _merge(services: Services, kept: Event, gone: Event) -> None:
    def act(account: Account, idempotency_key: str) -> str:
        after = merge_events(services.db, kept, gone, account=account, idempotency_key=idempotency_key)
        return f"Both are one event now: “{after.title}”."

    if state.attempt(services, f"merge:{kept.id}@{kept.revision}:{gone.id}@{gone.revision}", act):
        state.show_event(kept.id)


def _stands(event: Event) -> str:
    words = {ReviewStatus.PUBLISHED: "published", ReviewStatus.PENDING: "waits for review"}
    return words.get(event.review, str(event.review).replace("_", " "))
