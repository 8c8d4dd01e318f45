"""Carrying out one decision about an event, within a transaction."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision, Permission, ReportOutcome, next_review, require
from rallymap.store.approvals import is_first_of_two
from rallymap.store.changes import AuditEntry, audit_columns, change_event
from rallymap.store.database import Database, Transaction
from rallymap.store.notes import close_messages
from rallymap.store.schema import IS_OPEN, audit, events, reports, staged

DONE = {
    Decision.PUBLISH: "published",
    Decision.SEND_BACK: "sent back",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}
HIDDEN = "hidden after a report"
"""What the audit log calls it when a published event waits for a decision because of a report."""


_STEPS = (*DONE.values(), HIDDEN)


def latest_step(column: str) -> sa.ScalarSelect[Any]:
    """Return a subquery for a column of the latest decision or hiding in the audit log of an event of the query."""
    return (
        sa.select(audit.c[column])
        .where(audit.c.event_id == events.c.id, audit.c.verb.in_(_STEPS))
        .order_by(audit.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


def carry_out(
    database: Database,
    tx: Transaction,
    event: Event,
    decision: Decision,
    actor: Account,
    reason: str,
    hashed: str | None,
) -> Event:
    """Decide about an event as :func:`~rallymap.store.changes.current` gave it in this transaction.

    Raises
    ------
    RightsError
        If the actor's role or countries do not allow it.
    ModerationError
        If the decision is not possible from the event's status, or the reason is missing.
    """
    require(actor, Permission.DECIDE, event)
    after = event.changed(review=next_review(event.review, decision, reason))
    tx.conn.execute(sa.delete(staged).where(staged.c.event_id == event.id))
    if decision is Decision.PUBLISH and is_first_of_two(database, tx, event, actor):
        entry = AuditEntry(actor.name, "approved", nonce_hash=hashed)
        tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event, orjson.dumps({}).decode()))
        return event
    # A decision settles what was reported about the event and what its organiser wrote.
    outcome = ReportOutcome.SHOW if after.review is ReviewStatus.PUBLISHED else ReportOutcome.HIDE
    tx.conn.execute(
        sa.update(reports)
        .where(reports.c.event_id == event.id, IS_OPEN)
        .values(closed_at=tx.at, closed_by=actor.name, outcome=outcome.value, network="")
    )
    close_messages(tx, event.id)
    return change_event(tx, event, after, AuditEntry(actor.name, DONE[decision], reason.strip(), hashed))
