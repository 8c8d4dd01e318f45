"""Idempotency: a form that is sent twice (double click, resend after a crash, second tab) is one write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from rallymap.store.database import Database, Transaction
from rallymap.store.schema import audit


@dataclass(frozen=True, slots=True)
class KeyedWrite:
    """The write transaction of one form.

    Attributes
    ----------
    tx
        The transaction.
    key_hash
        Goes into the audit row of what the form does.
    was_done
        Whether the same form was carried out before; then nothing is to be written.
    event_id
        The event that it was about, or None.
    """

    tx: Transaction
    key_hash: str
    was_done: bool
    event_id: str | None


@contextmanager
def write_once(database: Database, idempotency_key: str) -> Iterator[KeyedWrite]:
    """Open the write transaction of the form with this idempotency key.

    Raises
    ------
    ValueError
        If the key is empty.
    """
    hashed = nonce_hash(database, idempotency_key)
    with database.writing() as tx:
        done = tx.conn.execute(sa.select(audit.c.event_id).where(audit.c.nonce_hash == hashed)).one_or_none()
        yield KeyedWrite(tx, hashed, done is not None, done.event_id if done is not None else None)


def nonce_hash(database: Database, idempotency_key: str) -> str:
    """Return the hash of a form's idempotency key that is stored.

    The key itself is not stored: the secret of the edit link is derived from it, so that the same form always gets
    the same receipt, and nobody who reads the database can make that link.

    Raises
    ------
    ValueError
        If it is empty: every form makes its own, with at least 16 random characters.
    """
    if not idempotency_key:
        raise ValueError("a form's idempotency key is missing")
    return database.keyed_hash("nonce", idempotency_key)


def was_done(conn: sa.Connection, hashed: str) -> bool:
    """Tell whether the form with this key was already carried out."""
    return conn.scalar(sa.select(audit.c.seq).where(audit.c.nonce_hash == hashed)) is not None


def done_to(conn: sa.Connection, hashed: str) -> str | None:
    """Return the id of the event that the form with this key was about, or None if it was never carried out."""
    return conn.scalar(sa.select(audit.c.event_id).where(audit.c.nonce_hash == hashed))
