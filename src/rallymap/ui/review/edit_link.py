"""Create a new edit link for an organiser whose link is lost or leaked."""

from __future__ import annotations

from urllib.parse import urljoin

import streamlit as st

from rallymap.events import Event
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.workflows.link_renewal import renew_link
from rallymap.workflows.services import Services

_TOKEN = "review_new_edit_link"  # noqa: S105 - a name in the session


def render_new_edit_link(services: Services, event: Event) -> None:
    """Render the section, and the link once it is created."""
    said = tr(
        "For an organiser who lost the edit link, or whose link somebody else has: the old one stops working at once, "
        "and its recovery phrase is deleted. Make sure that you speak with the person who sent the event."
    )
    paragraph(tr("New edit link"), "rm-section")
    paragraph(said, "rm-found")

    def renew() -> None:
        def action(account: Account, _key: str) -> str:
            st.session_state[_TOKEN] = (event.id, renew_link(services.db, event.id, account=account))
            return tr("The link is made. It is shown only now; copy it and send it by a way you trust.")

        state.attempt(services, f"renew:{event.id}@{event.revision}", action)

    st.button(tr("Make a new edit link"), key=f"renew-{event.id}-{event.revision}", on_click=renew)
    made = st.session_state.pop(_TOKEN, None)
    if made is not None and made[0] == event.id:
        st.code(urljoin(st.context.url or "", f"mine?key={made[1]}"), language=None, wrap_lines=True)
