"""The history of the open event: its changes, its earlier revisions, and a button to restore one."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import list_in_words, mark, number, tr
from rallymap.moderation import Account
from rallymap.templates import bdi, bold, fill, render
from rallymap.ui.review import state
from rallymap.ui.review.words import (
    action_in_words,
    actor_in_words,
    ago_with_time,
    reason_in_words,
    review_in_words,
    waiting_in_words,
)
from rallymap.views.differences import differences, differences_table
from rallymap.workflows.audit import Change, read_history, restore_revision
from rallymap.workflows.second_moderator import is_waiting
from rallymap.workflows.services import Services

_FIRST = ("submitted", "imported", "split off")


def render_history(services: Services, account: Account, event: Event) -> None:
    """Render all changes, newest first, each with its differences and a button to restore the earlier content."""
    for change in read_history(services.db, event.id, account=account):
        st.html(change_line(change, services))
        revision = change.entry.revision
        if revision == event.revision or not (_has_differences(change) or change.entry.action in _FIRST):
            continue
        st.button(
            tr("Go back to revision {revision}", revision=number(revision)),
            key=f"restore-{event.id}-{event.revision}-{revision}",
            type="tertiary",
            on_click=_restore,
            args=(services, event, revision),
        )


def _has_differences(change: Change) -> bool:
    return change.before is not None and change.after is not None and bool(differences(change.before, change.after))


def change_line(change: Change, services: Services) -> Markup:
    """Render one entry: action, account, time, reason, and the differences in an expander."""
    entry = change.entry
    # Translators: an entry of the audit log: what was done (“Published”), by whom, how long ago, and the event's
    # review status then (“waits for review”).
    line = fill(
        tr("{action} by {name} · {ago} · revision {revision} · {status}"),
        action=bold(action_in_words(entry.action)),
        name=bdi(actor_in_words(entry)),
        ago=ago_with_time(entry.at, services.now()),
        revision=number(entry.revision),
        status=review_in_words(entry.review),
    )
    details = []
    if change.before is not None and change.after is not None:
        details.append((mark("Changed: {fields}"), change.before, change.after))
    if change.refused is not None:
        details.append((mark("Proposed and not accepted: {fields}"), *change.refused))
    tables = [
        (tr(heading, fields=list_in_words(labels)), differences_table(before, after))
        for heading, before, after in details
        if (labels := [label for label, _, _ in differences(before, after)])
    ]
    return render("change.html", line=line, reason=reason_in_words(entry), tables=tables)


def _restore(services: Services, event: Event, revision: int) -> None:
    def action(account: Account, idempotency_key: str) -> str:
        after = restore_revision(
            services.db,
            event.id,
            revision,
            account=account,
            expected_revision=event.revision,
            idempotency_key=idempotency_key,
        )
        if is_waiting(services.db, after):
            return waiting_in_words(after)
        return tr("“{title}” is restored to revision {revision}.", title=after.title, revision=number(revision))

    form = f"restore:{event.id}@{event.revision}:{revision}"
    state.attempt(services, form, action, seen={event.id: event.revision})
