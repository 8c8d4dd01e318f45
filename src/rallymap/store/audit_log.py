"""The whole audit log in the order of time: events, accounts and settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rallymap.moderation import VISITOR
from rallymap.store.case_values import ORGANISER
from rallymap.store.schema import audit
from rallymap.store.transaction import Reading, moment

_SENT = "submitted"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry.

    Attributes
    ----------
    number
        Its place in the order of time, from 1; some are missing.
    actor
        Name of an account, or of who acts without one; who sent an event without an account is its organiser.
    action
        In the past tense: ``published``, ``account closed`` ...
    event_id, revision, review
        The event that it is about and what it was at afterwards; "", None and "" where it is about none.
    reason
        Why, in the actor's words; of an account, what or whom it is about.
    """

    number: int
    at: datetime
    actor: str
    action: str
    event_id: str
    revision: int | None
    review: str
    reason: str


def list_log(
    tx: Reading, *, limit: int, before: int | None = None, actor: str = "", action: str = "", event_id: str = ""
) -> list[LogEntry]:
    """Return entries, the newest first.

    Parameters
    ----------
    limit
        How many at most.
    before
        Only entries with a smaller number; None: from the newest on.
    actor, action, event_id
        Only entries with exactly this; "": all.
    """
    stmt = sa.select(audit).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        stmt = stmt.where(audit.c.seq < before)
    if actor:
        stmt = stmt.where(_by(actor))
    for column, wanted in ((audit.c.action, action), (audit.c.event_id, event_id)):
        if wanted:
            stmt = stmt.where(column == wanted)
    return [
        LogEntry(
            row.seq,
            moment(row.at),
            ORGANISER if row.actor == VISITOR.name and row.action == _SENT else row.actor,
            row.action,
            row.event_id or "",
            row.revision,
            row.review,
            row.reason,
        )
        for row in tx.conn.execute(stmt)
    ]


def list_actors(tx: Reading) -> list[str]:
    """Return everybody who is named in the log: accounts, also closed ones, and who acts without one; in order."""
    names = set(tx.conn.scalars(sa.select(audit.c.actor).distinct())) - {VISITOR.name, ORGANISER}
    for name in (VISITOR.name, ORGANISER):
        if tx.conn.scalar(sa.select(audit.c.seq).where(_by(name)).limit(1)) is not None:
            names.add(name)
    return sorted(names)


def _by(actor: str) -> sa.ColumnElement[bool]:
    sent = sa.and_(audit.c.actor == VISITOR.name, audit.c.action == _SENT)
    if actor == ORGANISER:
        return sa.or_(audit.c.actor == ORGANISER, sent)
    if actor == VISITOR.name:
        return sa.and_(audit.c.actor == VISITOR.name, audit.c.action != _SENT)
    return audit.c.actor == actor
