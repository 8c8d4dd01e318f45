"""The open event's picture: the picture of a proposal, and a button that removes the current one."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.events import Event
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.store import Proposal
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.views.cards import picture_html
from rallymap.workflows.pictures import reviewed_picture_url, set_picture
from rallymap.workflows.services import Services


def render_proposed_picture(services: Services, account: Account, proposal: Proposal) -> None:
    """Render the proposed picture; skip it if the proposal keeps or removes the picture."""
    proposed = proposal.proposed
    if proposed.picture is None or proposed.picture == proposal.event.picture:
        return
    url = reviewed_picture_url(services.db, account, proposed)
    if url:
        st.html(Markup('<div class="rm-card">{}</div>').format(picture_html(proposed.picture, url)))


def render_picture_removal(services: Services, event: Event) -> None:
    """Render the button that removes the picture; skip it if there is none."""
    if event.picture is None:
        return

    def remove() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            set_picture(services.db, event, None, account=account, idempotency_key=idempotency_key)
            return tr("The picture of “{title}” is deleted.", title=event.title)

        state.attempt(services, f"picture:{event.id}@{event.revision}", action, seen={event.id: event.revision})

    with st.popover(tr("Delete the picture")):
        paragraph(tr("The file is deleted at once and cannot be brought back; the event stays."), "rm-found")
        st.button(tr("Yes, delete the picture"), key="picture_delete", on_click=remove)
