"""Staged decisions: prepared one by one and applied together; each moderator has their own."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from rallymap.moderation import Account, Decision
from rallymap.store.case_values import StagedDecision
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import accounts, events, staged
from rallymap.store.transaction import Reading, Transaction, moment


def put_staged(
    tx: Transaction,
    event_id: str,
    decision: Decision,
    reason: str,
    *,
    account: Account,
    expected_revision: int,
    seen_at: datetime,
) -> None:
    """Store a staged decision, replacing the account's earlier one on the same event."""
    delete_staged(tx, event_id, account=account)
    tx.conn.execute(
        sa.insert(staged).values(
            event_id=event_id,
            account=account.name,
            decision=decision.value,
            reason=reason.strip(),
            expected_revision=expected_revision,
            at=seen_at.timestamp(),
        )
    )


def delete_staged(tx: Transaction, event_id: str, *, account: Account) -> None:
    """Delete the account's staged decision on an event, if there is one."""
    tx.conn.execute(sa.delete(staged).where(staged.c.event_id == event_id, staged.c.account == account.name))


def move_staged(tx: Transaction, gone_id: str, kept_id: str, *, but: Account) -> None:
    """Move staged decisions of a merged event to the kept event, marked as outdated.

    A moderator who staged one for both keeps the one for the kept event. Those of the account that merged the events
    are deleted.
    """
    has_one = sa.select(staged.c.account).where(staged.c.event_id == kept_id)
    is_meant = sa.and_(staged.c.event_id == gone_id, staged.c.account != but.name, staged.c.account.not_in(has_one))
    tx.conn.execute(sa.update(staged).where(is_meant).values(event_id=kept_id, expected_revision=0))


def list_staged_by_others(tx: Reading, event_id: str, account: Account) -> list[tuple[str, Decision]]:
    """Return the staged decisions of other moderators on an event, by name, except those of closed accounts."""
    closed = sa.select(accounts.c.name).where(sa.not_(accounts.c.active))
    stmt = sa.select(staged.c.account, staged.c.decision).where(
        staged.c.event_id == event_id, staged.c.account != account.name, staged.c.account.not_in(closed)
    )
    return [(row.account, Decision(row.decision)) for row in tx.conn.execute(stmt.order_by(staged.c.account))]


def list_staged(tx: Reading, account: Account) -> list[StagedDecision]:
    """Return the account's staged decisions, oldest first."""
    stmt = (
        WITH_DOCUMENT.add_columns(staged.c.decision, staged.c.reason, staged.c.expected_revision, staged.c.at)
        .join(staged, staged.c.event_id == events.c.id)
        .where(staged.c.account == account.name)
        .order_by(staged.c.at, events.c.id)
    )
    return list(
        readable(
            tx.conn.execute(stmt),
            lambda row: StagedDecision(
                from_document(*row[:4]), Decision(row.decision), row.reason, row.expected_revision, moment(row.at)
            ),
        )
    )
