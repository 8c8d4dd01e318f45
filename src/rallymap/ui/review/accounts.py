"""Accounts: who may sign in, inviting by a one-time link, limiting to countries, closing."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import urljoin

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.moderation import Account, Role
from rallymap.store import AccountEntry
from rallymap.ui.plain import plain_label
from rallymap.ui.review import state
from rallymap.wording import day_in_words
from rallymap.workflows.accounts import change_role, close_account, list_accounts
from rallymap.workflows.invitations import INVITABLE, invite, list_invitations, withdraw_invitation
from rallymap.workflows.services import Services

_LINK = "review_invitation"
_ROLE_WORDS = {
    Role.MODERATOR: "moderator: reviews events",
    Role.ADMINISTRATOR: "administrator: also accounts, imports and the log",
    Role.ORGANISER: "organiser: sees the events they sent in",
}


def render_accounts(services: Services, account: Account) -> None:
    """Draw all accounts and the form that invites."""
    entries = list_accounts(services.db, account)
    left, right = st.columns([1.7, 1], gap="medium")
    with left, st.container(key="list-accounts"):
        opened = sum(entry.active for entry in entries)
        st.html(f'<p class="rm-list-head"><b>{opened} open</b><span>{len(entries) - opened} closed</span></p>')
        for number, entry in enumerate(entries):
            _render_entry(services, account, entry, number)
    with right, st.container(key="invite"):
        _render_invite(services)
        _render_invitations(services, account)


def _render_entry(services: Services, account: Account, entry: AccountEntry, number: int) -> None:
    with st.container(key=f"account-{number}", horizontal=True, vertical_alignment="center"):
        st.html(_entry(entry))
        if not entry.active or entry.account.name == account.name:
            return
        with st.popover("Change"):
            _render_change(services, entry, number)


def _entry(entry: AccountEntry) -> str:
    who = entry.account
    where = ", ".join(country_name(code) for code in who.countries) or "all countries"
    parts = [str(who.role)]
    if who.role is Role.MODERATOR:
        parts.append(where)
    parts.append(f"since {day_in_words(entry.created_at.date(), short=True)}")
    if entry.has_second_factor:
        parts.append("second factor")
    if not entry.active:
        parts.append("closed")
    return f'<p class="rm-account"><b>{escape(who.name)}</b><span>{escape(" · ".join(parts))}</span></p>'


def _render_change(services: Services, entry: AccountEntry, number: int) -> None:
    name = entry.account.name
    role_key, countries_key = f"role-{number}-{name}", f"limit-{number}-{name}"
    st.session_state.setdefault(role_key, entry.account.role)
    st.session_state.setdefault(countries_key, list(entry.account.countries))
    _render_role(role_key, countries_key)

    def change() -> None:
        def act(account: Account, _key: str) -> str:
            change_role(
                services.db,
                name,
                Role(st.session_state[role_key]),
                st.session_state[countries_key],
                account=account,
            )
            return f"{name} has the new rights now, and has to sign in again."

        state.attempt(services, f"role:{name}", act)

    def close() -> None:
        def act(account: Account, _key: str) -> str:
            close_account(services.db, name, account=account)
            return f"The account of {name} is closed."

        state.attempt(services, f"close:{name}", act)

    with st.container(horizontal=True):
        st.button("Save", key=f"save-role-{number}", type="primary", on_click=change)
        st.button("Close this account", key=f"close-{number}", on_click=close)
    st.html(f'<p class="rm-found">A closed account stays closed, and the name “{escape(name)}” stays taken.</p>')


def _render_role(role_key: str, countries_key: str) -> None:
    st.radio("Role", list(INVITABLE), key=role_key, format_func=lambda role: _ROLE_WORDS[Role(role)])
    st.multiselect(
        "Only for these countries (moderators)",
        list(country_names()),
        key=countries_key,
        format_func=lambda code: plain_label(country_name(code)),
        placeholder="All countries",
    )


def _render_invitations(services: Services, account: Account) -> None:
    waiting = list_invitations(services.db, account)
    if waiting:
        st.html('<p class="rm-section">Not used yet</p>')
    for number, invitation in enumerate(waiting):
        offer = invitation.offer
        where = f" for {', '.join(country_name(code) for code in offer.countries)}" if offer.countries else ""
        words = f"{offer.role}{where} · by {invitation.made_by} · until {day_in_words(offer.expires_at.date())}"
        with st.container(key=f"invitation-{number}", horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="rm-found">{escape(words)}</p>')
            st.button("Withdraw", key=f"withdraw-{invitation.id[:16]}", on_click=_withdraw(services, invitation.id))


def _withdraw(services: Services, invitation_id: str) -> Callable[[], None]:
    def withdraw() -> None:
        def act(account: Account, _key: str) -> str:
            withdraw_invitation(services.db, invitation_id, account=account)
            return "The invitation is withdrawn; its link does not work any more."

        state.attempt(services, f"withdraw:{invitation_id}", act)

    return withdraw


def _render_invite(services: Services) -> None:
    st.html(
        '<p class="rm-section-first">Invite somebody</p><p class="rm-found">The first person who opens the link '
        "chooses a name and a password. It works once, for seven days.</p>"
    )
    _render_role("invite_role", "invite_countries")

    def make() -> None:
        def act(account: Account, _key: str) -> str:
            role = Role(st.session_state["invite_role"])
            token = invite(services.db, role, st.session_state["invite_countries"], account=account)
            st.session_state[_LINK] = token
            return "The link is made. It is shown only now; copy it and send it by a way you trust."

        state.attempt(services, "invite", act)

    st.button("Make the link", key="invite_make", type="primary", on_click=make)
    token = st.session_state.pop(_LINK, None)
    if token:
        st.code(urljoin(st.context.url or "", f"invite/{token}"), language=None, wrap_lines=True)
