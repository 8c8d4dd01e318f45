"""Possible duplicates of the open event, each as a card with a button to merge."""

from __future__ import annotations

import streamlit as st

from rallymap.events import Event, ReviewStatus
from rallymap.language import list_in_words, tr
from rallymap.moderation import Account
from rallymap.templates import bdi, bold, fill
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.review import state
from rallymap.ui.review.words import review_in_words
from rallymap.views.cards import event_card
from rallymap.workflows.cases import Case
from rallymap.workflows.merges import merge_events
from rallymap.workflows.services import Services


def render_duplicates(services: Services, case: Case) -> None:
    """Render the possible duplicates, most likely first."""
    if not case.duplicates:
        paragraph(tr("No other event looks the same."), "rm-found")
        return
    paragraph(bold(tr("May be the same event")), "rm-found")
    for duplicate in case.duplicates:
        other = duplicate.event
        # Translators: why two events may be one, and the state of the other: “Why: same source; published.”
        note = tr(
            "Why: {reasons}; {status}.", reasons=list_in_words(duplicate.reasons), status=review_in_words(other.review)
        )
        st.html(event_card(other, note=note))
        with st.container(key=f"merge-{other.id}", horizontal=True):
            render_merge(services, case.event, other)


def render_merge(services: Services, event: Event, other: Event) -> None:
    """Render the ways to merge the open event with another; a public event is never merged into one that is not."""
    for label, kept, gone in (
        (tr("Merge into this one"), other, event),
        (tr("Merge this into the open one"), event, other),
    ):
        if gone.review is ReviewStatus.PUBLISHED and kept.review is not ReviewStatus.PUBLISHED:
            continue
        with st.popover(row_label(label, other.title)):
            said = tr(
                "“{kept}” stays and gets the sources, claims and estimates of both. The address of “{gone}” leads "
                "there from then on."
            )
            paragraph(fill(said, kept=bdi(kept.title), gone=bdi(gone.title)), "rm-found")
            st.button(
                tr("Yes, make them one"),
                key=f"merge-{kept.id}@{kept.revision}-{gone.id}@{gone.revision}",
                type="primary",
                on_click=_merge,
                args=(services, kept, gone),
            )


def _merge(services: Services, kept: Event, gone: Event) -> None:
    def action(account: Account, idempotency_key: str) -> str:
        after = merge_events(services.db, kept, gone, account=account, idempotency_key=idempotency_key)
        return tr("Both are one event now: “{title}”.", title=after.title)

    form = f"merge:{kept.id}@{kept.revision}:{gone.id}@{gone.revision}"
    if state.attempt(services, form, action, seen={event.id: event.revision for event in (kept, gone)}):
        state.show_event(kept.id)
