"""Rare actions: merge with an event that was not found as a duplicate, split, create a new edit link, take down."""

from __future__ import annotations

import re

import streamlit as st

from rallymap.errors import DamagedEventError, EventNotFoundError, ModerationError, RightsError
from rallymap.events import Event, read_id
from rallymap.language import isolated, mark, tr, trc
from rallymap.moderation import Account, TakedownReason
from rallymap.store.events import get_event
from rallymap.ui.paragraphs import paragraph, section
from rallymap.ui.plain import row_label
from rallymap.ui.review import state
from rallymap.ui.review.duplicates import render_merge
from rallymap.ui.review.edit_link import render_new_edit_link
from rallymap.ui.review.words import TAKEDOWN_LABELS
from rallymap.views.cards import event_card
from rallymap.workflows.cases import open_case
from rallymap.workflows.merges import list_merged, split_event, undo_merge
from rallymap.workflows.services import Services
from rallymap.workflows.takedown import take_down

# Translators: a moderator types these words to confirm; any short words that say it.
CONFIRMATION = mark("take down")
_IN_LINK = re.compile(r"(?:[?&]event=|/events/)([a-z0-9-]+)")
"""Matches links to Explore and Review, and URLs of event pages."""


def render_more(services: Services, account: Account, event: Event) -> None:
    """Render all rare actions, each with an explanation."""
    _render_merge_by_link(services, account, event)
    _render_split(services, event)
    _render_undo_merge(services, account, event)
    render_new_edit_link(services, event)
    render_takedown(services, event)


def event_id_in(text: str) -> str:
    """Return the event id in a link or text; "" if it contains none."""
    found = _IN_LINK.search(text)
    return read_id(found[1] if found else text)


def _render_merge_by_link(services: Services, account: Account, event: Event) -> None:
    paragraph(tr("Merge with another event"), "rm-section")
    text = st.text_input(tr("Link to the other event, or its id"), key=f"merge-link-{event.id}", max_chars=500)
    if not text:
        return
    try:
        other = open_case(services.db, account, event_id_in(text)).event
    except (DamagedEventError, EventNotFoundError, RightsError) as err:
        paragraph(err.user_message, "rm-error", role="alert")
        return
    if other.id == event.id:
        paragraph(tr("This is the open event itself."), "rm-error", role="alert")
        return
    st.html(event_card(other))
    with st.container(key="merge_by_link", horizontal=True):
        render_merge(services, event, other)


def _render_split(services: Services, event: Event) -> None:
    said = tr("For an event that is in fact two: a copy waits in the queue, and both are then edited apart.")
    section(trc("make two events of one", "Split"), said)

    def split() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            copy = split_event(services.db, event, account=account, idempotency_key=idempotency_key)
            state.show_event(copy.id)
            return tr("A copy of “{title}” waits for review. Edit what is different in it.", title=event.title)

        state.attempt(services, f"split:{event.id}@{event.revision}", action, seen={event.id: event.revision})

    st.button(tr("Make a copy to edit apart"), key=f"split-{event.id}-{event.revision}", on_click=split)


def _render_undo_merge(services: Services, account: Account, event: Event) -> None:
    for gone in list_merged(services.db, event, account):
        said = tr(
            "“{title}” was merged into this event. Undo makes an event of its last content again: it waits for review, "
            "and its old address and its edit link lead there. Notes and reports stay here.",
            title=isolated(gone.title),
        )
        section(tr("Undo a merge"), said)
        st.button(
            row_label(tr("Make it an event of its own"), gone.title),
            key=f"unmerge-{gone.id}-{event.id}-{event.revision}",
            on_click=_undo_merge,
            args=(services, event, gone),
        )


def _undo_merge(services: Services, event: Event, gone: Event) -> None:
    def action(account: Account, idempotency_key: str) -> str:
        made = undo_merge(services.db, event, gone, account=account, idempotency_key=idempotency_key)
        state.show_event(made.id)
        done = tr("“{title}” is an event of its own again and waits for review.", title=gone.title)
        if services.db.read(get_event, event.id).revision > event.revision:
            return done
        kept = tr("“{title}” was changed since the merge, so it keeps what it got then; edit it.", title=event.title)
        return f"{done} {kept}"

    form = f"unmerge:{event.id}@{event.revision}:{gone.id}"
    state.attempt(services, form, action, seen={event.id: event.revision})


def render_takedown(services: Services, event: Event) -> None:
    """Render the permanent deletion of an event: its reason, the words that confirm it, and the button."""
    said = tr(
        "Everything about this event is deleted: its texts, sources, history, reports, notes and contact, and "
        "what was remembered of its place. What stays is its id, the reason below, and who took it down and when. "
        "This cannot be undone; to hide an event, withdraw it."
    )
    section(tr("Take down for good"), said)
    reason_key, words_key = f"takedown-reason-{event.id}", f"takedown-words-{event.id}"
    st.selectbox(
        trc("why", "Reason"),
        list(TakedownReason),
        key=reason_key,
        format_func=lambda reason: tr(TAKEDOWN_LABELS[TakedownReason(reason)]),
        filter_mode="contains",
    )
    confirmation = tr(CONFIRMATION)
    st.text_input(tr("To confirm, write: {words}", words=confirmation), key=words_key, max_chars=40)
    state.show_error(words_key)

    def go() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            typed = str(st.session_state.get(words_key, "")).strip().casefold()
            if typed != confirmation.casefold():
                raise ModerationError(
                    tr("Nothing was deleted. To confirm, write “{words}” in the field.", words=confirmation),
                    field="confirmation",
                )
            problem = take_down(
                services.db,
                services.resolver,
                event.id,
                TakedownReason(st.session_state[reason_key]),
                account=account,
                expected_revision=event.revision,
                idempotency_key=idempotency_key,
            )
            if problem:
                # Translators: {problem} is a sentence about what could not be deleted.
                return tr("The event is taken down. {problem}", problem=problem)
            return tr("The event is taken down; all its content is deleted.")

        form = f"takedown:{event.id}@{event.revision}"
        if state.attempt(services, form, action, fields={"confirmation": words_key}, seen={event.id: event.revision}):
            state.choose_next(event.id)

    st.button(tr("Delete permanently"), key=f"takedown-{event.id}-{event.revision}", on_click=go)
