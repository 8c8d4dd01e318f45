"""Sessions of signed-in accounts, and how often an address tried something."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from rallymap.moderation import Account
from rallymap.store.accounts import to_account
from rallymap.store.database import Database
from rallymap.store.schema import accounts, attempts, sessions

SESSION_LASTS = timedelta(hours=12)
ATTEMPTS_KEPT = timedelta(hours=1)


class SignIn(Database):
    """Sessions and attempts. Tokens and addresses are kept as hashes only."""

    def open_session(self, account: Account, *, lasts: timedelta = SESSION_LASTS) -> str:
        """Begin a session and return its secret token; sessions that are over are forgotten meanwhile."""
        token = secrets.token_urlsafe(32)
        with self.writing() as tx:
            tx.conn.execute(sa.delete(sessions).where(sessions.c.expires_at <= tx.at))
            tx.conn.execute(
                sa.insert(sessions).values(
                    token_hash=_hash(token), account=account.name, expires_at=tx.at + lasts.total_seconds()
                )
            )
        return token

    def session_account(self, token: str, now: datetime) -> Account | None:
        """Return whose session a token is, with the rights they have now; None if it is over or never was."""
        with self.reading() as conn:
            row = conn.execute(
                sa.select(accounts.c.name, accounts.c.role, accounts.c.countries)
                .join(sessions, sessions.c.account == accounts.c.name)
                .where(
                    sessions.c.token_hash == _hash(token), sessions.c.expires_at > now.timestamp(), accounts.c.active
                )
            ).one_or_none()
        return None if row is None else to_account(*row)

    def close_session(self, token: str) -> None:
        """End a session; one that is over already stays so."""
        with self.writing() as tx:
            tx.conn.execute(sa.delete(sessions).where(sessions.c.token_hash == _hash(token)))

    def hash_address(self, address: str) -> str:
        """Return what is kept of a network address: a hash that only this database can make."""
        return self.keyed_hash("address", address)

    def record_attempt(self, address_hash: str, kind: str, at: datetime) -> None:
        """Note that an address tried something (``sign-in``, ``submit``); what is older than an hour is forgotten."""
        with self.writing() as tx:
            _forget(tx.conn, at)
            tx.conn.execute(sa.insert(attempts).values(address_hash=address_hash, kind=kind, at=at.timestamp()))

    def count_attempts(self, address_hash: str, kind: str, since: datetime) -> int:
        """Return how often an address tried something after a time; nothing is known beyond an hour ago."""
        with self.reading() as conn:
            return conn.execute(
                sa.select(sa.func.count()).where(
                    attempts.c.address_hash == address_hash,
                    attempts.c.kind == kind,
                    attempts.c.at > since.timestamp(),
                )
            ).scalar_one()

    def purge_attempts(self, now: datetime) -> None:
        """Forget attempts that are an hour old."""
        with self.writing() as tx:
            _forget(tx.conn, now)


def _forget(conn: sa.Connection, now: datetime) -> None:
    conn.execute(sa.delete(attempts).where(attempts.c.at <= (now - ATTEMPTS_KEPT).timestamp()))


def _hash(token: str) -> str:
    # A token has 256 random bits: a plain hash cannot be guessed back, and needs no salt.
    return hashlib.sha256(token.encode()).hexdigest()
