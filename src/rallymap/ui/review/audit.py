"""What happened to the open event, what it said before, and the way back."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.events import Event
from rallymap.moderation import VISITOR, Account
from rallymap.store import HistoryEntry
from rallymap.store.case_values import ORGANISER
from rallymap.ui.review import state
from rallymap.views.differences import differences, differences_table
from rallymap.wording import ago_in_words
from rallymap.workflows.audit import Change, read_history, restore_revision
from rallymap.workflows.services import Services

_FIRST = ("submitted", "imported", "split off")


def render_history(services: Services, account: Account, event: Event) -> None:
    """Draw all changes, newest first, each with what it changed and a way back to what was said then."""
    for change in read_history(services.db, event.id, account=account):
        st.html(change_line(change, services))
        revision = change.entry.revision
        if revision == event.revision or not (_said_something_new(change) or change.entry.action in _FIRST):
            continue
        st.button(
            f"Go back to revision {revision}",
            key=f"restore-{event.id}-{event.revision}-{revision}",
            type="tertiary",
            on_click=_restore,
            args=(services, event, revision),
        )


def _said_something_new(change: Change) -> bool:
    return change.before is not None and change.after is not None and bool(differences(change.before, change.after))


def change_line(change: Change, services: Services) -> str:
    """Write one entry: what was done, by whom, when, why, and the differences to open."""
    entry = change.entry
    reason = f'<p dir="auto">{escape(entry.reason)}</p>' if entry.reason else ""
    exactly = f"{entry.at:%Y-%m-%d %H:%M} UTC"
    return (
        f'<div class="rm-change"><p><b>{escape(entry.action.capitalize())}</b> by <bdi>{escape(_actor(entry))}</bdi> · '
        f'<span title="{exactly}">{ago_in_words(entry.at, services.now())}</span> · revision {entry.revision} · '
        f"{entry.review.replace('_', ' ')}</p>{reason}{_differences(change)}</div>"
    )


def _actor(entry: HistoryEntry) -> str:
    """Return who did it; who sent or changed an event without an account is its organiser."""
    sent_in = entry.actor == VISITOR.name and entry.action == _FIRST[0]
    return "organiser" if sent_in or entry.actor == ORGANISER else entry.actor


def _differences(change: Change) -> str:
    if change.before is None or change.after is None:
        return ""
    labels = [label for label, _, _ in differences(change.before, change.after)]
    if not labels:
        return ""
    names = escape(", ".join(labels).lower())
    table = differences_table(change.before, change.after)
    return f"<details><summary>Changed: {names}</summary>{table}</details>"


def _restore(services: Services, event: Event, revision: int) -> None:
    def act(account: Account, idempotency_key: str) -> str:
        after = restore_revision(
            services.db,
            event.id,
            revision,
            account=account,
            expected_revision=event.revision,
            idempotency_key=idempotency_key,
        )
        return f"“{after.title}” is restored to revision {revision}."

    state.attempt(services, f"restore:{event.id}@{event.revision}:{revision}", act)
