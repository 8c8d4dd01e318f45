"""Carrying out one decision about an event, within a transaction."""

from __future__ import annotations

import orjson
import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import Account, Decision, Verb, next_review, require
from rallymap.store.approvals import is_first_of_two
from rallymap.store.changes import Deed, audit_columns, change_event
from rallymap.store.database import Database, Transaction
from rallymap.store.schema import audit, reports, staged

DONE = {
    Decision.PUBLISH: "published",
    Decision.SEND_BACK: "sent back",
    Decision.REJECT: "rejected",
    Decision.WITHDRAW: "withdrawn",
}


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
    require(actor, Verb.DECIDE, event)
    after = event.changed(review=next_review(event.review, decision, reason))
    tx.conn.execute(sa.delete(staged).where(staged.c.event_id == event.id))
    if decision is Decision.PUBLISH and is_first_of_two(database, tx, event, actor):
        deed = Deed(actor.name, "approved", nonce_hash=hashed)
        tx.conn.execute(sa.insert(audit), audit_columns(tx, deed, event, orjson.dumps({}).decode()))
        return event
    # Whoever decides has looked: what was reported about the event is settled with it.
    tx.conn.execute(
        sa.update(reports)
        .where(reports.c.event_id == event.id, reports.c.closed_at.is_(None))
        .values(closed_at=tx.at, closed_by=actor.name)
    )
    return change_event(tx, event, after, Deed(actor.name, DONE[decision], reason.strip(), hashed))
