"""Common reasons for decisions, as administrators wrote them: one list for each language of the pages."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from rallymap.store.accounts import record_account
from rallymap.store.desk_tables import reasons
from rallymap.store.transaction import Reading, Transaction


def list_reasons(tx: Reading, language: str) -> list[str]:
    """Return the reasons of a language (its BCP 47 tag) in their order; empty where none were written."""
    words = tx.conn.scalar(sa.select(reasons.c.words).where(reasons.c.language == language))
    return words.split("\n") if words else []


def put_reasons(tx: Transaction, language: str, lines: Sequence[str], *, actor: str) -> None:
    """Replace the reasons of a language; with none, the language has no list of its own any more."""
    tx.conn.execute(sa.delete(reasons).where(reasons.c.language == language))
    if lines:
        tx.conn.execute(sa.insert(reasons).values(language=language, words="\n".join(lines)))
    record_account(tx, actor, "common reasons changed", language)
