"""Common reasons for decisions, as written by administrators: one list per page language."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rallymap.store.accounts import record_account
from rallymap.store.desk_tables import reasons
from rallymap.store.transaction import Reading, Transaction


def list_reasons(tx: Reading, language: str) -> list[str]:
    """Return the reasons of a language (BCP 47 tag), in order; empty if there are none."""
    words = tx.conn.scalar(sa.select(reasons.c.words).where(reasons.c.language == language))
    return words.split("\n") if words else []


def put_reasons(tx: Transaction, language: str, lines: Sequence[str], *, actor: str) -> None:
    """Replace the reasons of a language; an empty list restores the built-in ones."""
    tx.conn.execute(sa.delete(reasons).where(reasons.c.language == language))
    if lines:
        tx.conn.execute(sa.insert(reasons).values(language=language, words="\n".join(lines)))
    record_account(tx, actor, "common reasons changed", language)
