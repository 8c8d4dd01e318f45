"""Sessions of signed-in accounts and one-time codes that were used, kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from rallymap.moderation import Account
from rallymap.store.accounts import to_account
from rallymap.store.schema import accounts, attempts, sessions
from rallymap.store.transaction import Reading, Transaction

SESSION_LASTS = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=2)
"""Longer than a code is right: 30 s, and one step earlier or later."""


def open_session(tx: Transaction, account: Account, *, lasts: timedelta = SESSION_LASTS) -> str:
    """Begin a session and return its secret token."""
    token = secrets.token_urlsafe(32)
    tx.conn.execute(
        sa.insert(sessions).values(
            token_hash=_hash(token), account=account.name, expires_at=tx.at + lasts.total_seconds()
        )
    )
    return token


def get_session_account(tx: Reading, token: str, now: datetime) -> Account | None:
    """Return the account of a session, with its present permissions; None if the session is over or never was."""
    row = tx.conn.execute(
        sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
        .join(sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.token_hash == _hash(token), sessions.c.expires_at > now.timestamp(), accounts.c.active)
    ).one_or_none()
    return None if row is None else to_account(*row)


def close_session(tx: Transaction, token: str) -> None:
    """End a session; one that is over already stays so."""
    tx.conn.execute(sa.delete(sessions).where(sessions.c.token_hash == _hash(token)))


def use_code(tx: Transaction, name: str, digits: str, now: datetime) -> bool:
    """Return whether a one-time code of an account is used for the first time, and note its use."""
    hashed, since = tx.secret.keyed_hash("code", f"{name} {digits}"), (now - CODE_LASTS).timestamp()
    used = tx.conn.scalar(
        sa.select(attempts.c.id)
        .where(attempts.c.address_hash == hashed, attempts.c.kind == "code", attempts.c.at > since)
        .limit(1)
    )
    if used is None:
        tx.conn.execute(sa.insert(attempts).values(address_hash=hashed, kind="code", at=now.timestamp()))
    return used is None


def _hash(token: str) -> str:
    # A token has 256 random bits: a plain hash cannot be guessed back, and needs no salt.
    return hashlib.sha256(token.encode()).hexdigest()
