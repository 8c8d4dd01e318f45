"""Who may sign in, for which countries: administrators invite, limit and close accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from rallymap.errors import ModerationError
from rallymap.events import Event
from rallymap.moderation import Account, Permission, Role, require
from rallymap.passwords import hash_password
from rallymap.store import AccountEntry, EventStore, Invitation
from rallymap.workflows.sessions import MAX_TOKEN

INVITABLE = (Role.MODERATOR, Role.ADMINISTRATOR, Role.ORGANISER)


def list_accounts(store: EventStore, account: Account) -> list[AccountEntry]:
    """Return all accounts by name, closed ones too.

    Raises
    ------
    RightsError
        If the account is no administrator; as for inviting, limiting and closing.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    return store.list_accounts()


def invite(store: EventStore, role: Role, countries: Collection[str], *, account: Account) -> str:
    """Make an invitation that works once within seven days, and return the secret of its link.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes that a moderator is limited to; empty: no limit. Other roles have none.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    return store.invite(role, _limit(role, countries), actor=account)


def change_role(store: EventStore, name: str, role: Role, countries: Collection[str], *, account: Account) -> None:
    """Give an account another role or other countries; its sessions end at once.

    Raises
    ------
    ModerationError
        If it is one's own account: nobody should lock themselves out.
    StoreError
        If there is no such account.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    _refuse_own(name, account)
    store.set_role(name, role, _limit(role, countries), actor=account.name)


def close_account(store: EventStore, name: str, *, account: Account) -> None:
    """Close an account; its sessions end at once and its name stays taken.

    Raises
    ------
    ModerationError
        If it is one's own account.
    StoreError
        If there is no such account.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    _refuse_own(name, account)
    store.deactivate(name, actor=account.name)


def read_invitation(store: EventStore, token: str, *, now: datetime) -> Invitation | None:
    """Return what an invitation offers, or None if it was used, is over or never was."""
    return store.invitation(token, now) if len(token) <= MAX_TOKEN else None


def accept_invitation(store: EventStore, token: str, *, name: str, password: str) -> Account:
    """Make the account that an invitation offers; the invitation is then used.

    Raises
    ------
    SignInError
        If the invitation was used, is over or never was.
    WeakPasswordError
        If the password is too short, too long or too plain; the invitation then stays good.
    StoreError
        If the name is taken or not of the right form; the invitation then stays good.
    """
    return store.accept_invitation(token, name, hash_password(password))


def list_own_events(store: EventStore, account: Account) -> list[Event]:
    """Return the events that were submitted while signed in to this account, newest first.

    Raises
    ------
    RightsError
        If nobody is signed in.
    """
    require(account, Permission.LIST_OWN)
    return store.events_of_account(account)


def _limit(role: Role, countries: Collection[str]) -> Collection[str]:
    return countries if role is Role.MODERATOR else ()


def _refuse_own(name: str, account: Account) -> None:
    if name == account.name:
        raise ModerationError("This is your own account; another administrator can change or close it.")
