"""The audit log, field by field."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.ui.review import state
from rallymap.ui.review.audit import change_line
from rallymap.ui.review.more import event_id_in
from rallymap.workflows.audit import read_log
from rallymap.workflows.services import Services


def render_audit_log(services: Services, account: Account) -> None:
    """Draw the log of one event; also of one that was merged or taken down."""
    key = "log_event"
    st.session_state.setdefault(key, state.chosen() or "")
    with st.container(key="page"):
        st.html(
            f'<div class="rm-lead"><h1>{tr("Log")}</h1><p>'
            + tr("Who did what to an event and when, field by field; also of events that were merged or taken down.")
            + "</p></div>"
        )
        text = st.text_input(tr("Link to an event, or its id"), key=key, max_chars=500)
        changes = read_log(services.db, event_id_in(text), account=account) if text else []
        if changes:
            st.html("".join(change_line(change, services) for change in changes))
        elif text:
            st.html(
                f'<p class="rm-empty"><b>{tr("Nothing is logged about this id.")}</b> '
                f"{tr('Copy the link of the event again.')}</p>"
            )
