"""The audit log in order of time: events, accounts and settings."""

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
    """One entry of the log.

    Attributes
    ----------
    number
        Sequence number in order of time, from 1; there may be gaps.
    actor
        Name of an account, or of an actor without one; for an event submitted without an account, its organiser.
    action
        In the past tense: ``published``, ``account closed`` ...
    event_id, revision, review
        The event concerned and its revision and status afterwards; "", None and "" if there is none.
    reason
        The reason in the actor's words; for an account, what or whom it concerns.
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
    """Return audit entries, newest first.

    Parameters
    ----------
    limit
        Maximum number of entries.
    before
        Only entries with a smaller number; None starts at the newest.
    actor, action, event_id
        Only entries with exactly this value; "" for all.
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
    """Return all actors in the log, sorted: accounts, including closed ones, and actors without an account."""
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
