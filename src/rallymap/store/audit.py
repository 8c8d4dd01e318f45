"""The audit log: who did what to an event and when, and the content of each revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError
from rallymap.events import Event, ReviewStatus
from rallymap.query.public_view import public_view
from rallymap.store.damaged import readable
from rallymap.store.documents import differences, from_document, to_document
from rallymap.store.events import get_event
from rallymap.store.schema import audit, revisions
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import HistoryEntry, PublicHistoryEntry


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An action and its actor, for the audit log.

    Attributes
    ----------
    action
        In the past tense, as shown in the history: ``submitted``, ``published``, ``edited`` ...
    reason
        The reason in the actor's words; moderators and the organiser see it.
    key_hash
        Hash of its own idempotency key; None uses the form's key, for the first entry of the transaction.
    """

    actor: str
    action: str
    reason: str = ""
    key_hash: str | None = None


def record(tx: Transaction, entry: AuditEntry, event: Event, changes: str = "") -> None:
    """Write the audit row for an event; `changes` is JSON, or "" for none."""
    tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event, changes))


def audit_columns(tx: Transaction, entry: AuditEntry, event: Event, changes: str = "") -> dict[str, Any]:
    """Return the column values of the audit row for an event."""
    return {
        "at": tx.at,
        "actor": entry.actor,
        "action": entry.action,
        "event_id": event.id,
        "revision": event.revision,
        "review": event.review.value,
        "reason": entry.reason,
        "changes": changes,
        "key_hash": entry.key_hash or tx.take_key_hash(),
    }


def list_audit(tx: Reading, event_id: str) -> list[HistoryEntry]:
    """Return all changes to an event, oldest first; after a takedown only who did what and when."""
    rows = tx.conn.execute(sa.select(audit).where(audit.c.event_id == event_id).order_by(audit.c.seq)).all()
    return [
        HistoryEntry(
            moment(row.at),
            row.actor,
            row.action,
            row.revision,
            ReviewStatus(row.review),
            row.reason,
            _changes(row.changes),
        )
        for row in rows
    ]


def list_public_history(tx: Reading, event_id: str, now: datetime) -> list[PublicHistoryEntry]:
    """Return the changes that the public could see, oldest first, without actors and without the changed text.

    Computed from differences between public views: a change to something withheld at this time is left out.

    Raises
    ------
    EventNotFoundError
        If the event is not public.
    """
    by_revision = audit.c.revision == revisions.c.revision
    stmt = (
        sa.select(audit.c.at, audit.c.action, revisions)
        .join_from(audit, revisions, sa.and_(audit.c.event_id == revisions.c.event_id, by_revision))
        .where(audit.c.event_id == event_id)
        .order_by(audit.c.seq)
    )
    if public_view(get_event(tx, event_id), now) is None:
        raise EventNotFoundError(event_id)
    rows = readable(
        tx.conn.execute(stmt).all(), lambda row: (row, from_document(event_id, row.revision, row.review, row.document))
    )
    found, shown, was_public = list[PublicHistoryEntry](), "", False
    for row, event in rows:
        view = public_view(event, now)
        document = "" if view is None else to_document(view)
        if view is not None and not (was_public and document == shown):
            fields = differences(shown, document) if was_public else ()
            found.append(PublicHistoryEntry(moment(row.at), row.action, tuple(fields)))
        shown, was_public = document, view is not None
    return found


def last_published_revision(tx: Reading, event_id: str) -> int | None:
    """Return the number of the latest published revision of an event; None if there is none."""
    stmt = sa.select(sa.func.max(audit.c.revision)).where(
        audit.c.event_id == event_id, audit.c.review == ReviewStatus.PUBLISHED.value
    )
    found: int | None = tx.conn.scalar(stmt)
    return found


def get_revision(tx: Reading, event_id: str, revision: int) -> Event:
    """Return an event at a given revision.

    Raises
    ------
    EventNotFoundError
        If there is no such event or revision.
    """
    row = tx.conn.execute(
        sa.select(revisions).where(revisions.c.event_id == event_id, revisions.c.revision == revision)
    ).one_or_none()
    if row is None:
        raise EventNotFoundError(event_id)
    return from_document(event_id, revision, row.review, row.document)


def _changes(text: str) -> Mapping[str, tuple[object, object]]:
    return {field: (before, after) for field, (before, after) in orjson.loads(text or "{}").items()}
