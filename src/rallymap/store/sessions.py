"""Sessions of signed-in accounts and used one-time codes, stored as hashes only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from rallymap.moderation import Account
from rallymap.store.accounts import hash_token, record_account, to_account
from rallymap.store.schema import accounts, attempts, sessions
from rallymap.store.transaction import Reading, Transaction, moment

SESSION_LASTS = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=2)
"""Longer than a code is valid: 30 s, and one step before or after."""


@dataclass(frozen=True, slots=True)
class Session:
    """An active session of an account.

    `id` identifies it in a list and gives no access. Nothing is stored about device or network.
    """

    id: str
    started_at: datetime
    expires_at: datetime
    is_this_one: bool


def open_session(tx: Transaction, account: Account, *, lasts: timedelta = SESSION_LASTS) -> str:
    """Start a session and return its secret token."""
    token = secrets.token_urlsafe(32)
    tx.conn.execute(
        sa.insert(sessions).values(
            token_hash=hash_token(token),
            account=account.name,
            expires_at=tx.at + lasts.total_seconds(),
            started_at=tx.at,
        )
    )
    return token


def get_session_account(tx: Reading, token: str, now: datetime) -> Account | None:
    """Return the account of a session with its current permissions; None if it has expired or does not exist."""
    row = tx.conn.execute(
        sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
        .join(sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.token_hash == hash_token(token), sessions.c.expires_at > now.timestamp(), accounts.c.active)
    ).one_or_none()
    return None if row is None else to_account(*row)


def close_session(tx: Transaction, token: str) -> None:
    """End a session, if it exists."""
    tx.conn.execute(sa.delete(sessions).where(sessions.c.token_hash == hash_token(token)))


def use_code(tx: Transaction, name: str, digits: str, now: datetime) -> bool:
    """Record the use of a one-time code; return whether it was not used before."""
    hashed, since = tx.secret.keyed_hash("code", f"{name} {digits}"), (now - CODE_LASTS).timestamp()
    used = tx.conn.scalar(
        sa.select(attempts.c.id)
        .where(attempts.c.address_hash == hashed, attempts.c.kind == "code", attempts.c.at > since)
        .limit(1)
    )
    if used is None:
        tx.conn.execute(sa.insert(attempts).values(address_hash=hashed, kind="code", at=now.timestamp()))
    return used is None


def list_sessions(tx: Reading, account: Account, token: str) -> list[Session]:
    """Return the sessions of an account, newest first; `token` identifies the current one."""
    stmt = sa.select(sessions).where(sessions.c.account == account.name, sessions.c.expires_at > tx.at)
    return [
        Session(row.token_hash, moment(row.started_at), moment(row.expires_at), row.token_hash == hash_token(token))
        for row in tx.conn.execute(stmt.order_by(sessions.c.started_at.desc(), sessions.c.token_hash))
    ]


def end_session(tx: Transaction, account: Account, session_id: str) -> None:
    """End a session of this account by its list id; does nothing if the account has no such session."""
    found = sa.delete(sessions).where(sessions.c.token_hash == session_id, sessions.c.account == account.name)
    if tx.conn.execute(found).rowcount:
        record_account(tx, account.name, "session ended", account.name)


def end_other_sessions(tx: Transaction, account: Account, token: str) -> None:
    """End all sessions of this account except the one with this token."""
    others = sa.and_(sessions.c.account == account.name, sessions.c.token_hash != hash_token(token))
    if tx.conn.execute(sa.delete(sessions).where(others)).rowcount:
        record_account(tx, account.name, "other sessions ended", account.name)
