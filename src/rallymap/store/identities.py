"""OpenID Connect identities that are linked to accounts."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.errors import SignInError
from rallymap.moderation import Account
from rallymap.store.accounts import fold_name, record_account, to_account
from rallymap.store.schema import accounts, identities
from rallymap.store.transaction import Reading, Transaction


def link_identity(tx: Transaction, name: str, issuer: str, subject: str, *, actor: str = "operator") -> None:
    """Link a subject of an OpenID Connect provider to an account, so that it can sign in.

    Raises
    ------
    SignInError
        If there is no such open account.
    """
    name = fold_name(name)
    if tx.conn.scalar(sa.select(accounts.c.name).where(accounts.c.name == name, accounts.c.active)) is None:
        raise SignInError(f"There is no open account named “{name}”.")
    tx.conn.execute(sa.delete(identities).where(identities.c.issuer == issuer, identities.c.subject == subject))
    tx.conn.execute(sa.insert(identities).values(issuer=issuer, subject=subject, account=name))
    record_account(tx, actor, "identity linked", name)


def unlink_identities(tx: Transaction, name: str, *, actor: str = "operator") -> None:
    """Unlink all identities of an account; it can no longer sign in through a provider.

    Raises
    ------
    SignInError
        If it has no identity.
    """
    name = fold_name(name)
    if tx.conn.execute(sa.delete(identities).where(identities.c.account == name)).rowcount == 0:
        raise SignInError(f"No identity is linked to an account named “{name}”.")
    record_account(tx, actor, "identities unlinked", name)


def get_identity_account(tx: Reading, issuer: str, subject: str) -> Account | None:
    """Return the open account linked to a provider's subject, with its current permissions; else None."""
    row = tx.conn.execute(
        sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
        .join(identities, identities.c.account == accounts.c.name)
        .where(identities.c.issuer == issuer, identities.c.subject == subject, accounts.c.active)
    ).one_or_none()
    return None if row is None else to_account(*row)
