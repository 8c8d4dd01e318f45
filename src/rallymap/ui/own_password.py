"""The form that changes the password of the signed-in account."""

from __future__ import annotations

import streamlit as st

from rallymap.errors import WeakPasswordError
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.ui.paragraphs import paragraph, section
from rallymap.ui.signed_in import run_as_signed_in
from rallymap.workflows.accounts import change_password
from rallymap.workflows.services import Services

_CURRENT, _NEW, _AGAIN, _PROBLEM = "password_current", "password_new", "password_again", "password_problem"


def render_password(services: Services) -> None:
    """Render the form; a change ends all sessions of the account, and the page asks to sign in again."""
    said = tr(
        "At least 12 characters, not easy to guess: several unrelated words are good. You sign in again "
        "afterwards, on every device."
    )
    section(tr("Change your password"), said)
    problem = st.session_state.pop(_PROBLEM, None)
    with st.form("change_password", border=False, clear_on_submit=True):
        st.text_input(tr("Current password"), key=_CURRENT, type="password", autocomplete="current-password")
        st.text_input(tr("New password"), key=_NEW, type="password", autocomplete="new-password")
        st.text_input(tr("New password again"), key=_AGAIN, type="password", autocomplete="new-password")
        if problem:
            paragraph(problem, "rm-error", role="alert")
        st.form_submit_button(
            tr("Change the password"), key="change_password_submit", on_click=_change, args=(services,)
        )


def _change(services: Services) -> None:
    state = st.session_state

    def change(services: Services, account: Account) -> None:
        if state[_NEW] != state[_AGAIN]:
            raise WeakPasswordError(tr("The two new passwords differ; type the same one twice."))
        change_password(services.db, current=state[_CURRENT], new=state[_NEW], account=account)

    run_as_signed_in(services, _PROBLEM, change)
