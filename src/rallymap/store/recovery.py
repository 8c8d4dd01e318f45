"""Account recovery: recovery codes that replace one-time codes, and password-reset links."""

from __future__ import annotations

import secrets
from datetime import timedelta

import sqlalchemy as sa

from rallymap.errors import StoreError
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.store.accounts import fold_name, record_account, to_account
from rallymap.store.desk_tables import password_resets, recovery_codes
from rallymap.store.schema import accounts
from rallymap.store.transaction import Reading, Transaction
from rallymap.store.values import Credentials

CODES = 10
RESET_LASTS = timedelta(hours=24)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that cannot be confused with each other."""
_GROUPS, _GROUP = 4, 4


def make_recovery_codes(tx: Transaction, name: str, *, actor: str) -> list[str]:
    """Replace the recovery codes of an account and return the new ones; only hashes are stored."""
    name = fold_name(name)
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)) for _ in range(CODES)
    ]
    tx.conn.execute(sa.delete(recovery_codes).where(recovery_codes.c.account == name))
    tx.conn.execute(
        sa.insert(recovery_codes), [{"account": name, "code_hash": _code_hash(tx, name, code)} for code in codes]
    )
    record_account(tx, actor, "recovery codes made", name)
    return codes


def count_recovery_codes(tx: Reading, name: str) -> int:
    """Return the number of remaining recovery codes of an account."""
    stmt = sa.select(sa.func.count()).where(recovery_codes.c.account == fold_name(name))
    return tx.conn.scalar(stmt) or 0


def use_recovery_code(tx: Transaction, name: str, code: str) -> bool:
    """Consume a recovery code as typed; return whether it was valid."""
    is_it = sa.and_(recovery_codes.c.account == name, recovery_codes.c.code_hash == _code_hash(tx, name, code))
    was_there = bool(tx.conn.execute(sa.delete(recovery_codes).where(is_it)).rowcount)
    if was_there:
        record_account(tx, name, "recovery code used", name)
    return was_there


def make_reset(tx: Transaction, name: str, *, actor: str = "operator") -> str:
    """Create a password-reset link for an open account and return its token; an earlier link stops working.

    Raises
    ------
    StoreError
        If there is no open account of this name.
    """
    name, token = fold_name(name), secrets.token_urlsafe(32)
    if tx.conn.scalar(sa.select(accounts.c.name).where(accounts.c.name == name, accounts.c.active)) is None:
        raise StoreError(tr("There is no account named “{name}”.", name=name[:64]))
    tx.conn.execute(sa.delete(password_resets).where(password_resets.c.account == name))
    tx.conn.execute(
        sa.insert(password_resets).values(
            account=name, token_hash=_reset_hash(tx, token), expires_at=tx.at + RESET_LASTS.total_seconds()
        )
    )
    record_account(tx, actor, "password reset made", name)
    return token


def get_reset(tx: Reading, token: str) -> Credentials | None:
    """Return the credentials for a reset link; None if it was used, has expired or does not exist."""
    row = tx.conn.execute(
        sa.select(accounts)
        .join(password_resets, password_resets.c.account == accounts.c.name)
        .where(password_resets.c.token_hash == _reset_hash(tx, token))
        .where(password_resets.c.expires_at > tx.at, accounts.c.active)
    ).one_or_none()
    if row is None:
        return None
    account: Account = to_account(row.name, row.role, row.countries)
    return Credentials(account, row.password_hash, tx.secret.unseal(row.totp_secret))


def _code_hash(tx: Reading, name: str, code: str) -> str:
    letters = "".join(char for char in code.casefold() if char.isalnum())
    return tx.secret.keyed_hash("recovery", f"{name} {letters}")


def _reset_hash(tx: Reading, token: str) -> str:
    return tx.secret.keyed_hash("reset", token)
