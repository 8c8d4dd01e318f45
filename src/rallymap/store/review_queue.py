"""The review queue: events that are not published."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Decision
from rallymap.store.damaged import readable
from rallymap.store.decisions import DONE, HIDDEN, latest_step
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import WAITS_FOR_MODERATOR, audit, events, notes, submissions
from rallymap.store.transaction import Reading, moment
from rallymap.store.values import QueueItem


def list_queue(
    tx: Reading,
    statuses: Collection[ReviewStatus] = (ReviewStatus.PENDING,),
    *,
    countries: Collection[str] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[QueueItem]:
    """Return events under review, oldest first.

    Parameters
    ----------
    statuses
        Which ones; published events are not under review.
    countries
        Only events of these countries; empty: all.
    """
    stmt = (
        _with_queue_columns()
        .where(_in_queue(statuses, countries))
        .order_by(events.c.created_at, events.c.id)
        .limit(limit)
        .offset(offset)
    )
    return list(readable(tx.conn.execute(stmt), _queue_item))


def get_queue_item(tx: Reading, event: Event) -> QueueItem | None:
    """Return the entry of one event, found by its id; None for a published one, which is not in the queue."""
    if event.review is ReviewStatus.PUBLISHED:
        return None
    row = tx.conn.execute(_with_queue_columns().where(events.c.id == event.id)).one_or_none()
    return None if row is None else _queue_item(row)


def count_reviews(tx: Reading, *, countries: Collection[str] = ()) -> dict[ReviewStatus, int]:
    """Return how many events are in each review status but published; those with none are left out."""
    statuses = [status for status in ReviewStatus if status is not ReviewStatus.PUBLISHED]
    stmt = sa.select(events.c.review, sa.func.count()).where(_in_queue(statuses, countries))
    counts = {row[0]: row[1] for row in tx.conn.execute(stmt.group_by(events.c.review))}
    return {status: counts[status] for status in ReviewStatus if status in counts}


def _queue_item(row: sa.Row[Any]) -> QueueItem:
    event = from_document(row.id, row.revision, row.review, row.document)
    is_pending = event.review is ReviewStatus.PENDING
    return QueueItem(
        event,
        moment(row.created_at),
        row.contact or "",
        row.code or "",
        row.reason or "",
        # What was sent back waits again only when its organiser has answered or changed it.
        is_answered=row.has_message or (is_pending and row.step == DONE[Decision.SEND_BACK]),
        hidden_at=moment(row.step_at) if is_pending and row.step == HIDDEN else None,
    )


def _has_open_message() -> sa.Exists:
    return sa.exists().where(notes.c.event_id == events.c.id, WAITS_FOR_MODERATOR)


def _in_queue(statuses: Collection[ReviewStatus], countries: Collection[str]) -> sa.ColumnElement[bool]:
    # The first condition is what the small index over events under review is for.
    conditions = [events.c.review != "published", events.c.review.in_([status.value for status in statuses])]
    if countries:
        conditions.append(events.c.country.in_(countries))
    return sa.and_(*conditions)


def _with_queue_columns() -> sa.Select[Any]:
    reason = (
        sa.select(audit.c.reason)
        .where(audit.c.event_id == events.c.id, audit.c.reason != "")
        .order_by(audit.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return WITH_DOCUMENT.add_columns(
        events.c.created_at,
        submissions.c.contact,
        submissions.c.code,
        reason.label("reason"),
        _has_open_message().label("has_message"),
        latest_step("verb").label("step"),
        latest_step("at").label("step_at"),
    ).outerjoin(submissions, submissions.c.event_id == events.c.id)
