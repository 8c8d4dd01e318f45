"""Invitations: one-time links that create an account."""

from __future__ import annotations

from collections.abc import Collection

from rallymap.errors import SignInError
from rallymap.language import tr
from rallymap.moderation import Account, Permission, Role, require
from rallymap.passwords import check_new_password, hash_password
from rallymap.store import Database, Invitation
from rallymap.store import invitations as stored
from rallymap.store.accounts import add_account
from rallymap.store.invitations import OpenInvitation
from rallymap.workflows.sessions import MAX_TOKEN

INVITABLE = (Role.MODERATOR, Role.ADMINISTRATOR, Role.ORGANISER)


def invite(db: Database, role: Role, countries: Collection[str] = (), *, account: Account) -> str:
    """Create an invitation that works once within seven days, and return the token of its link.

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes to which a moderator is limited; empty for no limit. Other roles have none.

    Raises
    ------
    RightsError
        If the account is not an administrator.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    limit = countries if role is Role.MODERATOR else ()
    return db.write(stored.add_invitation, role, limit, actor=account.name)


def list_invitations(db: Database, account: Account) -> list[OpenInvitation]:
    """Return the unused, unexpired invitations, those that expire first at the top.

    Raises
    ------
    RightsError
        If the account is not an administrator; withdrawing raises it too.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    return db.read(stored.list_invitations)


def withdraw_invitation(db: Database, invitation_id: str, *, account: Account) -> None:
    """Revoke an invitation, so that its link stops working; does nothing if it was used or has expired.

    Parameters
    ----------
    invitation_id
        The id from :func:`list_invitations`.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    db.write(stored.withdraw_invitation, invitation_id, actor=account.name)


def read_invitation(db: Database, token: str) -> Invitation | None:
    """Return what an invitation offers; None if it was used, has expired or does not exist."""
    return db.read(stored.get_invitation, token) if len(token) <= MAX_TOKEN else None


def accept_invitation(db: Database, token: str, *, name: str, password: str) -> Account:
    """Create the account of an invitation, which is then used up.

    Raises
    ------
    SignInError
        If the invitation was used, has expired or does not exist.
    WeakPasswordError
        If the password is too short, too long or easy to guess; the invitation stays valid.
    StoreError
        If the name is taken or malformed; the invitation stays valid.
    """
    check_new_password(password, name)
    password_hash = hash_password(password)
    with db.writing() as tx:
        offer = stored.get_invitation(tx, token)
        if offer is None:
            raise SignInError(tr("This invitation has been used or has expired; ask for a new one."))
        account = add_account(tx, name, password_hash, offer.role, offer.countries, actor="invitation")
        stored.delete_invitation(tx, token)
        return account
