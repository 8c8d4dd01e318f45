"""Accounts: who can sign in, one-time invitation links, limits to countries, closing an account."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

import streamlit as st
from markupsafe import Markup

from rallymap.countries import country_name, country_names
from rallymap.language import list_in_words, mark, separator, tr, trc, trn
from rallymap.moderation import Account, Role
from rallymap.store import AccountEntry
from rallymap.store.invitations import OpenInvitation
from rallymap.templates import bdi, bold, fill
from rallymap.ui.paragraphs import list_head, paragraph, section
from rallymap.ui.plain import row_label
from rallymap.ui.review import state
from rallymap.ui.review.words import role_in_words
from rallymap.wording import day_in_words
from rallymap.workflows.accounts import change_role, close_account, list_accounts, reopen_account
from rallymap.workflows.invitations import INVITABLE, invite, list_invitations, withdraw_invitation
from rallymap.workflows.password_resets import make_reset
from rallymap.workflows.services import Services

_ROLE_WORDS = {
    Role.MODERATOR: mark("moderator: reviews events"),
    Role.ADMINISTRATOR: mark("administrator: also accounts, imports and the log"),
    Role.ORGANISER: mark("organiser: sees the events they sent in"),
}


def render_accounts(services: Services, account: Account) -> None:
    """Render all accounts and the invitation form."""
    if path := state.stored_secret():
        st.code(urljoin(st.context.url or "", path), language=None, wrap_lines=True)
    entries = list_accounts(services.db, account)
    left, right = st.columns([1.7, 1], gap="medium")
    with left, st.container(key="list-accounts"):
        opened = sum(entry.active for entry in entries)
        # Translators: how many accounts are open; the same line says how many are closed.
        list_head(trn("{n} open", "{n} open", opened), trn("{n} closed", "{n} closed", len(entries) - opened))
        for index, entry in enumerate(entries):
            _render_entry(services, account, entry, index)
    with right, st.container(key="invite"):
        _render_invite(services)
        _render_invitations(services, account)


def _render_entry(services: Services, account: Account, entry: AccountEntry, index: int) -> None:
    with st.container(key=f"account-{index}", horizontal=True, vertical_alignment="center"):
        paragraph(_line(entry), "rm-account")
        if entry.account.name == account.name:
            return
        if not entry.active:
            if entry.reopens_until is not None:
                st.button(
                    row_label(trc("a closed account", "Open again"), entry.account.name),
                    key=f"reopen-{index}",
                    on_click=_reopen,
                    args=(services, entry.account.name),
                )
            return
        with st.popover(
            row_label(trc("change an account", "Change"), entry.account.name), key=f"change-account-{index}"
        ):
            _render_change(services, entry, index)


def _line(entry: AccountEntry) -> Markup:
    who = entry.account
    parts = [role_in_words(who.role)]
    if who.role is Role.MODERATOR:
        parts.append(list_in_words(map(country_name, who.countries)) or tr("all countries"))
    parts.append(tr("since {day}", day=day_in_words(entry.created_at.date(), short=True)))
    if entry.has_second_factor:
        # Translators: this account needs a code besides its password to sign in.
        parts.append(tr("second factor"))
    if not entry.active:
        parts.append(trc("account", "closed"))
    if entry.reopens_until is not None:
        parts.append(tr("can be opened again until {day}", day=day_in_words(entry.reopens_until.date(), short=True)))
    return Markup("{}<span>{}</span>").format(bold(who.name, is_written=True), separator().join(parts))


def _render_change(services: Services, entry: AccountEntry, index: int) -> None:
    name = entry.account.name
    role_key, countries_key = f"role-{index}-{name}", f"limit-{index}-{name}"
    st.session_state.setdefault(role_key, entry.account.role)
    st.session_state.setdefault(countries_key, list(entry.account.countries))
    _render_role(role_key, countries_key)

    def change() -> None:
        def action(account: Account, _key: str) -> str:
            change_role(
                services.db,
                name,
                Role(st.session_state[role_key]),
                st.session_state[countries_key],
                account=account,
            )
            return tr("{name} has the new rights now, and has to sign in again.", name=name)

        state.attempt(services, f"role:{name}", action)

    def close() -> None:
        def action(account: Account, _key: str) -> str:
            close_account(services.db, name, account=account)
            return tr("The account of {name} is closed.", name=name)

        state.attempt(services, f"close:{name}", action)

    with st.container(horizontal=True):
        st.button(tr("Save"), key=f"save-role-{index}", type="primary", on_click=change)
        st.button(tr("Close this account"), key=f"close-{index}", on_click=close)
    said = tr("A closed account can be opened again for 30 days; the name “{name}” stays taken.")
    paragraph(fill(said, name=bdi(name)), "rm-found")
    _render_reset(services, name, index)


def _render_reset(services: Services, name: str, index: int) -> None:
    paragraph(tr("Reset the password"), "rm-section")
    key = f"reset-password-{index}"

    def make() -> None:
        def action(account: Account, _key: str) -> str:
            token = make_reset(services.db, name, current=str(st.session_state[key]), account=account)
            state.store_secret(f"reset/{token}")
            return tr(
                "The link for {name} is made. It works once, for 24 hours, and is shown only now: copy it and send it "
                "by a way you trust.",
                name=name,
            )

        state.attempt(services, f"reset:{name}", action)

    with st.form(f"reset-{index}", border=False, clear_on_submit=True):
        st.text_input(tr("Your own password"), key=key, type="password", autocomplete="current-password")
        st.form_submit_button(tr("Make the link"), key=f"reset-make-{index}", on_click=make)


def _reopen(services: Services, name: str) -> None:
    def action(account: Account, _key: str) -> str:
        reopen_account(services.db, name, account=account)
        return tr("{name} may sign in again.", name=name)

    state.attempt(services, f"reopen:{name}", action)


def _render_role(role_key: str, countries_key: str) -> None:
    st.radio(tr("Role"), list(INVITABLE), key=role_key, format_func=lambda role: tr(_ROLE_WORDS[Role(role)]))
    st.multiselect(
        tr("Only for these countries (moderators)"),
        list(country_names()),
        key=countries_key,
        format_func=country_name,
        placeholder=tr("All countries"),
        filter_mode="contains",
    )


def _render_invitations(services: Services, account: Account) -> None:
    waiting = list_invitations(services.db, account)
    if waiting:
        # Translators: heading of a list of invitations.
        paragraph(tr("Not used yet"), "rm-section")
    for index, invitation in enumerate(waiting):
        with st.container(key=f"invitation-{index}", horizontal=True, vertical_alignment="center"):
            paragraph(_invitation(invitation), "rm-found")
            st.button(
                row_label(trc("an invitation", "Withdraw"), _invitation(invitation)),
                key=f"withdraw-{invitation.id[:16]}",
                on_click=_withdraw(services, invitation.id),
            )


def _invitation(invitation: OpenInvitation) -> str:
    offer = invitation.offer
    role, until = role_in_words(offer.role), day_in_words(offer.expires_at.date())
    if not offer.countries:
        # Translators: an invitation: for which role, who made it, when it ends.
        return tr("{role} · by {name} · until {day}", role=role, name=invitation.made_by, day=until)
    return tr(
        "{role} for {countries} · by {name} · until {day}",
        role=role,
        countries=list_in_words(map(country_name, offer.countries)),
        name=invitation.made_by,
        day=until,
    )


def _withdraw(services: Services, invitation_id: str) -> Callable[[], None]:
    def withdraw() -> None:
        def action(account: Account, _key: str) -> str:
            withdraw_invitation(services.db, invitation_id, account=account)
            return tr("The invitation is withdrawn; its link does not work any more.")

        state.attempt(services, f"withdraw:{invitation_id}", action)

    return withdraw


def _render_invite(services: Services) -> None:
    said = tr("The first person who opens the link chooses a name and a password. It works once, for seven days.")
    section(tr("Invite somebody"), said, is_first=True)
    _render_role("invite_role", "invite_countries")

    def make() -> None:
        def action(account: Account, _key: str) -> str:
            role = Role(st.session_state["invite_role"])
            token = invite(services.db, role, st.session_state["invite_countries"], account=account)
            state.store_secret(f"invite/{token}")
            return tr("The link is made. It is shown only now; copy it and send it by a way you trust.")

        state.attempt(services, "invite", action)

    st.button(tr("Make the link"), key="invite_make", type="primary", on_click=make)
