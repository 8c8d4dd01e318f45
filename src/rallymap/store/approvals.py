"""Approvals: moderators who approved the publication of a future venue, if the operator requires two."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Event
from rallymap.moderation import Account
from rallymap.store.schema import approvals
from rallymap.store.transaction import Reading, Transaction


def list_approvals(tx: Reading, event: Event) -> tuple[str, ...]:
    """Return the names of the moderators who approved an event in its current revision."""
    stmt = sa.select(approvals.c.account).where(
        approvals.c.event_id == event.id, approvals.c.revision == event.revision
    )
    return tuple(tx.conn.scalars(stmt.order_by(approvals.c.at)))


def add_approval(tx: Transaction, event_id: str, revision: int, account: Account) -> None:
    """Record that a moderator approved an event at a revision; a later change invalidates it."""
    tx.conn.execute(sa.delete(approvals).where(approvals.c.event_id == event_id, approvals.c.account == account.name))
    tx.conn.execute(sa.insert(approvals).values(event_id=event_id, account=account.name, revision=revision, at=tx.at))
