"""Idempotency: a form that is sent twice (double click, resend after a crash, second tab) writes once.

Most actions use it through :meth:`rallymap.store.database.Database.write_once`; submissions, drafts and decisions about
many events call it directly.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from rallymap.events import ReviewStatus
from rallymap.store.chunks import chunks
from rallymap.store.schema import audit
from rallymap.store.secret_key import SecretKey
from rallymap.store.transaction import Reading


def hash_key(secret: SecretKey, idempotency_key: str) -> str:
    """Return the hash of a form's idempotency key for storage.

    The key itself is not stored: the edit link's token is derived from it, so that the same form always gets the same
    receipt, and nobody who reads the database can construct that link.

    Raises
    ------
    ValueError
        If it is empty: every form generates its own, with at least 16 random characters.
    """
    if not idempotency_key:
        raise ValueError("a form's idempotency key is missing")
    return secret.keyed_hash("nonce", idempotency_key)


def find_done(tx: Reading, key_hash: str) -> tuple[bool, str | None]:
    """Return whether the form with this key was carried out, and the event concerned, if any."""
    done = tx.conn.execute(sa.select(audit.c.event_id).where(audit.c.key_hash == key_hash)).one_or_none()
    return done is not None, done.event_id if done is not None else None


def list_done(tx: Reading, idempotency_keys: Iterable[str]) -> dict[str, ReviewStatus]:
    """Return, for the forms with these keys that were carried out, the resulting review status by event id."""
    done: dict[str, ReviewStatus] = {}
    for some in chunks([hash_key(tx.secret, key) for key in idempotency_keys]):
        stmt = sa.select(audit.c.event_id, audit.c.review).where(audit.c.key_hash.in_(some))
        done |= {row.event_id: ReviewStatus(row.review) for row in tx.conn.execute(stmt)}
    return done
