"""Accounts and their permissions: administrators change roles and countries, and close accounts."""

from __future__ import annotations

from collections.abc import Collection

from rallymap.errors import ModerationError
from rallymap.events import Event
from rallymap.language import tr
from rallymap.moderation import Account, Permission, Role, require
from rallymap.passwords import check_new_password, hash_password
from rallymap.store import AccountEntry, Database
from rallymap.store import accounts as stored
from rallymap.store.edit_links import list_account_events
from rallymap.workflows.reauthentication import check_current_password, require_present


def list_accounts(db: Database, account: Account) -> list[AccountEntry]:
    """Return all accounts by name, including closed ones.

    Raises
    ------
    RightsError
        If the account is not an administrator; the other functions for administrators raise it too.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    return db.read(stored.list_accounts)


def change_role(db: Database, name: str, role: Role, countries: Collection[str], *, account: Account) -> None:
    """Change the role or the countries of an account; its sessions end at once.

    Raises
    ------
    ModerationError
        If it is the administrator's own account, so that nobody locks themselves out.
    StoreError
        If there is no such account.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    _refuse_own(name, account)
    limit = countries if role is Role.MODERATOR else ()
    db.write(stored.set_role, name, role, limit, actor=account.name)


def close_account(db: Database, name: str, *, account: Account) -> None:
    """Close an account; its sessions end at once and its name stays reserved.

    Raises
    ------
    ModerationError
        If it is the administrator's own account.
    StoreError
        If there is no such account.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    _refuse_own(name, account)
    db.write(stored.close_account, name, actor=account.name)


def reopen_account(db: Database, name: str, *, account: Account) -> None:
    """Reopen an account within 30 days of its closure, with its password and second factor.

    Raises
    ------
    StoreError
        If there is no closed account of this name, or it was closed earlier.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    db.write(stored.reopen_account, name, actor=account.name)


def change_password(db: Database, *, current: str, new: str, account: Account) -> None:
    """Change the password of the signed-in account; all its sessions end, including this one.

    Raises
    ------
    RightsError
        If nobody is signed in.
    SignInError
        If the current password is wrong, or the account signs in only through a provider.
    WeakPasswordError
        If the new password is too short, too long or easy to guess.
    RateLimitError
        After ten attempts within an hour.
    """
    require(account, Permission.OWN_ACCOUNT)
    known = check_current_password(db, account, current)
    check_new_password(new, account.name)
    password_hash = hash_password(new)
    with db.writing() as tx:
        require_present(tx, known, current)
        stored.set_password_hash(tx, account.name, password_hash, actor=account.name)


def list_own_events(db: Database, account: Account) -> list[Event]:
    """Return the events that were submitted while signed in to this account, newest first.

    Raises
    ------
    RightsError
        If nobody is signed in.
    """
    require(account, Permission.LIST_OWN)
    return db.read(list_account_events, account)


def _refuse_own(name: str, account: Account) -> None:
    if name == account.name:
        raise ModerationError(tr("This is your own account; another administrator can change or close it."))
