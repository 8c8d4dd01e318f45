"""Decisions that are prepared one by one and carried out in one go; each moderator has their own."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.moderation import Account, Decision
from rallymap.store.case_values import StagedDecision
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events, staged
from rallymap.store.transaction import Reading, Transaction


def put_staged(
    tx: Transaction, event_id: str, decision: Decision, reason: str, *, account: Account, expected_revision: int
) -> None:
    """Keep a prepared decision; an earlier one about the same event, by anybody, is replaced."""
    delete_staged(tx, event_id)
    tx.conn.execute(
        sa.insert(staged).values(
            event_id=event_id,
            account=account.name,
            decision=decision.value,
            reason=reason.strip(),
            expected_revision=expected_revision,
            at=tx.at,
        )
    )


def delete_staged(tx: Transaction, event_id: str, *, account: Account | None = None) -> None:
    """Delete the prepared decision about an event, if there is one; `account` limits it to one moderator's."""
    is_one = staged.c.event_id == event_id
    if account is not None:
        is_one &= staged.c.account == account.name
    tx.conn.execute(sa.delete(staged).where(is_one))


def list_staged(tx: Reading, account: Account) -> list[StagedDecision]:
    """Return the decisions that an account prepared, oldest first."""
    stmt = (
        WITH_DOCUMENT.add_columns(staged.c.decision, staged.c.reason, staged.c.expected_revision)
        .join(staged, staged.c.event_id == events.c.id)
        .where(staged.c.account == account.name)
        .order_by(staged.c.at, events.c.id)
    )
    return list(
        readable(
            tx.conn.execute(stmt),
            lambda row: StagedDecision(
                from_document(*row[:4]), Decision(row.decision), row.reason, row.revision != row.expected_revision
            ),
        )
    )
