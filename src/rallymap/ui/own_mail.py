"""E-mail notifications of the signed-in moderator, switched on and off on the account page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr
from rallymap.mail_server import MAX_ADDRESS
from rallymap.moderation import Account, Permission, has_permission
from rallymap.store.account_mail import PACE_LABELS, MailPace
from rallymap.templates import bdi, bold, fill
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.signed_in import run_as_signed_in
from rallymap.workflows.account_mail import read_mail_wish, subscribe_to_mail, unsubscribe
from rallymap.workflows.services import Services

_ADDRESS, _PACE, _TITLES, _PROBLEM = "mail_address", "mail_pace", "mail_titles", "mail_problem"


def render_own_mail(services: Services, account: Account) -> None:
    """Render the section; skip it if the site sends no mail or the account does not review events."""
    if not (services.settings.mail.is_set and has_permission(account, Permission.SEE_QUEUE)):
        return
    said = tr(
        "A mail when something new waits for review: counts and a link. The address is encrypted, and deleted when you "
        "end the mails or the account is closed."
    )
    paragraph(tr("Mail about the queue"), "rm-section")
    paragraph(said, "rm-found")
    if problem := st.session_state.pop(_PROBLEM, None):
        paragraph(problem, "rm-error", role="alert")
    wish = read_mail_wish(services.db, account)
    if wish is not None:
        goes = fill(tr("Mails go to {address}."), address=bold(bdi(wish.address)))
        said = Markup("{} {}.").format(goes, tr(PACE_LABELS[wish.pace]))
        paragraph(said, "rm-found", role="status")
        st.button(tr("End the mails"), key="mail_end", on_click=_end, args=(services,))
        return
    with st.form("own_mail", border=False):
        st.text_input(tr("E-mail address"), key=_ADDRESS, max_chars=MAX_ADDRESS, autocomplete="email")
        st.radio(tr("How often"), list(MailPace), key=_PACE, format_func=lambda pace: tr(PACE_LABELS[MailPace(pace)]))
        st.checkbox(tr("Name the events in the mails"), key=_TITLES)
        st.form_submit_button(tr("Send me mails"), key="mail_ask", on_click=_subscribe, args=(services,))


def _subscribe(services: Services) -> None:
    state = st.session_state

    def subscribe(services: Services, account: Account) -> None:
        pace, with_titles = MailPace(state[_PACE]), state[_TITLES]
        subscribe_to_mail(services.db, state[_ADDRESS], pace, with_titles=with_titles, account=account)

    run_as_signed_in(services, _PROBLEM, subscribe)


def _end(services: Services) -> None:
    run_as_signed_in(services, _PROBLEM, lambda services, account: unsubscribe(services.db, account=account))
