"""The page of one's own account: password, second factor, sessions, and notices about the queue."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.templates import bdi, bold, fill, link
from rallymap.ui.own_account import render_own_account
from rallymap.ui.own_feed import render_own_feed
from rallymap.ui.own_mail import render_own_mail
from rallymap.ui.own_password import render_password
from rallymap.ui.paragraphs import page_lead
from rallymap.ui.review.words import role_in_words
from rallymap.ui.signed_in import render_providers, sign_out_address, signed_in_account
from rallymap.workflows.services import Services


def render(services: Services) -> None:
    """Render the page; without an account, a button to sign in."""
    account = signed_in_account(services)
    with st.container(key="page"):
        if account is None:
            page_lead(tr("Your account"), tr("Please sign in for this."), sign_in="sign-in")
            render_providers(services)
            return
        sign_out = link(sign_out_address(services), tr("Sign out"))
        page_lead(tr("Your account"), Markup("{} {}").format(_who(account), sign_out))
        render_password(services)
        render_own_account(services, account)
        render_own_feed(services, account)
        render_own_mail(services, account)


def _who(account: Account) -> Markup:
    said = tr("You are signed in as {name} ({role}).")
    return fill(said, name=bold(bdi(account.name)), role=role_in_words(account.role))
