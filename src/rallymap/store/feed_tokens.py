"""Tokens of private feeds: a token only allows reading what is pending for an account."""

from __future__ import annotations

import secrets
from datetime import datetime

import sqlalchemy as sa

from rallymap.moderation import Account
from rallymap.store.accounts import record_account, to_account
from rallymap.store.notice_tables import feed_tokens
from rallymap.store.schema import accounts
from rallymap.store.transaction import Reading, Transaction, moment


def make_feed_token(tx: Transaction, account: Account) -> str:
    """Return a new token for the feed of an account; only its hash is stored, and an earlier token stops working."""
    token = secrets.token_urlsafe(32)
    tx.conn.execute(sa.delete(feed_tokens).where(feed_tokens.c.account == account.name))
    tx.conn.execute(
        sa.insert(feed_tokens).values(account=account.name, token_hash=_hash(tx, token), made_at=tx.at),
    )
    record_account(tx, account.name, "feed made", account.name)
    return token


def drop_feed_token(tx: Transaction, account: Account) -> None:
    """Delete the feed of an account, if it has one."""
    if tx.conn.execute(sa.delete(feed_tokens).where(feed_tokens.c.account == account.name)).rowcount:
        record_account(tx, account.name, "feed ended", account.name)


def feed_made_at(tx: Reading, account: Account) -> datetime | None:
    """Return when the feed of an account was created, or None if it has none."""
    at = tx.conn.scalar(sa.select(feed_tokens.c.made_at).where(feed_tokens.c.account == account.name))
    return None if at is None else moment(at)


def get_feed_account(tx: Reading, token: str) -> Account | None:
    """Return the open account of a feed token with its current permissions, or None."""
    row = tx.conn.execute(
        sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
        .join(feed_tokens, feed_tokens.c.account == accounts.c.name)
        .where(feed_tokens.c.token_hash == _hash(tx, token), accounts.c.active)
    ).one_or_none()
    return None if row is None else to_account(*row)


def _hash(tx: Reading, token: str) -> str:
    return tx.secret.keyed_hash("feed-token", token)
