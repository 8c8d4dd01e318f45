"""Proposed changes that were not accepted: kept for the log, and put back if a refusal is undone."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import UNDO_WITHIN
from rallymap.store.audit import get_revision
from rallymap.store.desk_tables import refused_proposals
from rallymap.store.documents import from_document, merged_documents, to_document
from rallymap.store.schema import proposals
from rallymap.store.transaction import Reading, Transaction

REFUSAL_UNDONE = "refusal undone"
"""Action name in the audit log."""
_MOVED = ("event_id", "base_revision", "document", "created_at")


def keep_refused(tx: Transaction, event_id: str, *, is_whole: bool) -> None:
    """Copy the pending proposal of an event, if there is one, to those that were not accepted.

    Parameters
    ----------
    is_whole
        Whether no part of it was accepted: its refusal can be undone.
    """
    kept = sa.select(*(proposals.c[name] for name in _MOVED), sa.literal(tx.at), sa.literal(is_whole)).where(
        proposals.c.event_id == event_id
    )
    tx.conn.execute(sa.insert(refused_proposals).from_select([*_MOVED, "refused_at", "is_whole"], kept))


def put_back(tx: Transaction, event_id: str, refused_at: float) -> bool:
    """Make a refused proposal the pending one of its event again; return whether there was one."""
    is_it = sa.and_(
        refused_proposals.c.event_id == event_id,
        refused_proposals.c.refused_at == refused_at,
        refused_proposals.c.is_whole,
    )
    kept = sa.select(*(refused_proposals.c[name] for name in _MOVED)).where(is_it)
    tx.conn.execute(sa.insert(proposals).from_select(_MOVED, kept))
    return tx.conn.execute(sa.delete(refused_proposals).where(is_it)).rowcount == 1


def read_refused(tx: Reading, event_id: str, revision: int, refused_at: float) -> tuple[Event, Event] | None:
    """Return an event at a revision, and as it was proposed then but not accepted; None if nothing was refused then.

    Raises
    ------
    EventNotFoundError, DamagedEventError
        If a revision is missing, or one of the contents cannot be read.
    """
    stmt = sa.select(refused_proposals).where(
        refused_proposals.c.event_id == event_id, refused_proposals.c.refused_at == refused_at
    )
    row = tx.conn.execute(stmt.order_by(refused_proposals.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    then, base = (get_revision(tx, event_id, number) for number in (revision, row.base_revision))
    document = merged_documents(event_id, to_document(base), row.document, to_document(then))
    return then, from_document(event_id, revision, then.review.value, document)


def undoable_documents(tx: Transaction, event_id: str) -> list[str]:
    """Return the proposals of an event whose refusal can still be undone, as documents."""
    return list(
        tx.conn.scalars(
            sa.select(refused_proposals.c.document).where(
                refused_proposals.c.event_id == event_id,
                refused_proposals.c.is_whole,
                refused_proposals.c.refused_at > tx.at - UNDO_WITHIN.total_seconds(),
            )
        )
    )
