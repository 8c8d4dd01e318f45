"""Forms that are sent twice: a double click is one write."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.store.database import Database
from rallymap.store.schema import audit


def nonce_hash(database: Database, nonce: str) -> str:
    """Return what is kept of a form's nonce.

    The nonce itself is not: the secret of the private edit link is made from it, so that the same form always gets
    the same receipt, and nobody who reads the database can make that link.

    Raises
    ------
    ValueError
        If it is empty: every form makes its own, with at least 16 random characters.
    """
    if not nonce:
        raise ValueError("a form's nonce is missing")
    return database.keyed_hash("nonce", nonce)


def was_done(conn: sa.Connection, hashed: str) -> bool:
    """Tell whether the form with this nonce was already carried out."""
    return conn.scalar(sa.select(audit.c.seq).where(audit.c.nonce_hash == hashed)) is not None


def done_to(conn: sa.Connection, hashed: str) -> str | None:
    """Return the id of the event that the form with this nonce was about, or None if it was never carried out."""
    return conn.scalar(sa.select(audit.c.event_id).where(audit.c.nonce_hash == hashed))
