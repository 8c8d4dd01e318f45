"""An event whose content cannot be read: go back to the newest revision that can be read, or take it down."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import EventNotFoundError, RightsError, StaleEventError
from rallymap.events import Event
from rallymap.language import number, tr
from rallymap.moderation import Account
from rallymap.ui.paragraphs import section
from rallymap.ui.review import state
from rallymap.ui.review.more import render_takedown
from rallymap.views.cards import event_card
from rallymap.workflows.damaged_events import find_readable, restore_damaged
from rallymap.workflows.services import Services
from rallymap.workflows.takedown import event_to_take_down


def render_damaged(services: Services, account: Account, event_id: str) -> None:
    """Render what the account may do; skip what it may not."""
    try:
        found = find_readable(services.db, event_id, account=account)
    except (EventNotFoundError, RightsError, StaleEventError):
        found = None
    if found is not None:
        with st.container(key="damaged_event"):
            _render_earlier(services, *found)
    try:
        event = services.db.read(event_to_take_down, event_id, account)
    except (EventNotFoundError, RightsError):
        return
    with st.container(key="section_more"):
        render_takedown(services, event)


def _render_earlier(services: Services, remains: Event, earlier: Event) -> None:
    revision = number(earlier.revision)
    said = tr(
        "Revision {revision} is the newest one that can be read. Later changes are lost. If you go back to it, the "
        "event is not public until a moderator publishes it: look whether its place should be withheld.",
        revision=revision,
    )
    label = tr("Go back to revision {revision}", revision=revision)
    section(label, said)
    st.html(event_card(earlier, in_all_languages=True))

    def restore() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            after = restore_damaged(
                services.db,
                remains.id,
                account=account,
                expected_revision=remains.revision,
                idempotency_key=idempotency_key,
            )
            return tr("“{title}” is restored to revision {revision}.", title=after.title, revision=revision)

        state.attempt(services, f"restore-damaged:{remains.id}@{remains.revision}", action)

    st.button(
        label,
        key=f"restore-damaged-{remains.id}-{remains.revision}",
        on_click=restore,
    )
