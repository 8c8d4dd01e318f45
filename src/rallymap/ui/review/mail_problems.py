"""Report failed mails on every list of Review until a moderator has confirmed the notice."""

from __future__ import annotations

import streamlit as st

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.own_command import own_command
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.workflows.mail_problems import count_given_up, forget_given_up
from rallymap.workflows.services import Services


def render_mail_problems(services: Services, account: Account) -> None:
    """Render the notice; skip it if every mail was sent or may still be sent."""
    given_up = count_given_up(services.db, account)
    if not given_up:
        return
    head = trn("{n} mail could not be sent.", "{n} mails could not be sent.", given_up)
    more = tr(
        "Recipients have not been informed yet. The operator finds the reason with “{command}”; the pages behind the "
        "edit links show what was decided all the same.",
        command=own_command("mail status"),
    )
    paragraph(more, "rm-said rm-said-problem", role="status", head=head)

    def forget() -> None:
        def action(account: Account, _key: str) -> str:
            forget_given_up(services.db, account=account)
            return tr("The notice is gone.")

        state.attempt(services, "forget-mails", action)

    st.button(tr("I have read this"), key="mail_problems_read", on_click=forget)
