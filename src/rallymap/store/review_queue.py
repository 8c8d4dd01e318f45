"""The review queue: events that are not published."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event, Kind, ReviewStatus
from rallymap.moderation import Decision
from rallymap.store.columns import day_number
from rallymap.store.damaged import readable
from rallymap.store.decisions import DONE, HIDDEN, IS_STANDING, latest_step
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.proposals import ACCEPTED_IN_PART, REFUSED
from rallymap.store.schema import WAITS_FOR_MODERATOR, audit, events, notes, place_checks, revisions, submissions
from rallymap.store.transaction import Reading, moment
from rallymap.store.values import QueueItem

_WITH_REASON = (*DONE.values(), ACCEPTED_IN_PART, REFUSED)


class QueueOrder(StrEnum):
    """The order of the queue."""

    WAITING = "waiting"
    NEWEST = "newest"
    EVENT_DATE = "event date"


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
        Review statuses; published events are not in the queue.
    countries
        Only events of these countries; empty for all.
    """
    stmt = _with_queue_columns().where(_in_queue(statuses, countries)).order_by(events.c.created_at, events.c.id)
    return list(readable(tx.conn.execute(stmt.limit(limit).offset(offset)), _queue_item))


def walk_queue(
    tx: Reading,
    statuses: Collection[ReviewStatus],
    *,
    countries: Collection[str] = (),
    kinds: Collection[Kind] = (),
    sent_before: datetime | None = None,
    words: Collection[str] = (),
    campaign: str = "",
    order: QueueOrder = QueueOrder.WAITING,
    today: date | None = None,
) -> Iterator[QueueItem]:
    """Yield the events under review one by one, with one SQL statement.

    Parameters
    ----------
    statuses
        See :func:`list_queue`.
    countries, kinds
        Only these; empty for all.
    sent_before
        Only events submitted before this time; None for all.
    words
        Only events whose stored text, receipt or id contains each of these words, ignoring case. A match may be in a
        field name, so the caller checks the event itself.
    campaign
        Only events of the campaign with this id; "" for all.
    order
        ``event date``: upcoming events first, the next one at the top; then past ones, latest first; then undated ones.
    today
        The day that separates upcoming from past events; only needed for that order.
    """
    stmt = _with_queue_columns().where(_in_queue(statuses, countries), *_contains_words(words))
    if kinds:
        stmt = stmt.where(events.c.kind.in_([str(kind) for kind in kinds]))
    if campaign:
        stmt = stmt.where(events.c.campaign == campaign)
    if sent_before is not None:
        stmt = stmt.where(events.c.created_at < sent_before.timestamp())
    rows = tx.conn.execute(stmt.order_by(*_ordered(order, today), events.c.id))
    try:
        yield from readable(rows, _queue_item)
    finally:
        rows.close()


def list_campaign_cases(
    tx: Reading, ids: Collection[str], statuses: Collection[ReviewStatus], *, countries: Collection[str] = ()
) -> list[Event]:
    """Return the events of campaigns in one of these review statuses, by day, country and city.

    Parameters
    ----------
    countries
        See :func:`list_queue`.
    """
    stmt = WITH_DOCUMENT.where(_in_queue(statuses, countries), events.c.campaign.in_(ids))
    rows = tx.conn.execute(stmt.order_by(events.c.start_day, events.c.country, events.c.city, events.c.id))
    return list(readable(rows, lambda row: from_document(*row)))


def count_campaign_cases(
    tx: Reading, ids: Collection[str], statuses: Collection[ReviewStatus], *, countries: Collection[str] = ()
) -> dict[str, int]:
    """Return how many events of each of these campaigns are in one of these review statuses."""
    stmt = sa.select(events.c.campaign, sa.func.count()).where(
        _in_queue(statuses, countries), events.c.campaign.in_(ids)
    )
    return {row[0]: row[1] for row in tx.conn.execute(stmt.group_by(events.c.campaign))}


def with_place_check(tx: Reading, ids: Collection[str]) -> frozenset[str]:
    """Return those of these events that have an open place check."""
    found = tx.conn.scalars(sa.select(place_checks.c.event_id).where(place_checks.c.event_id.in_(ids)))
    return frozenset(found)


def get_queue_item(tx: Reading, event: Event) -> QueueItem | None:
    """Return the queue item of an event; None for a published one, which is not in the queue."""
    if event.review is ReviewStatus.PUBLISHED:
        return None
    row = tx.conn.execute(_with_queue_columns().where(events.c.id == event.id)).one_or_none()
    return None if row is None else _queue_item(row)


def count_reviews(tx: Reading, *, countries: Collection[str] = ()) -> dict[ReviewStatus, int]:
    """Return the number of events in each review status except published; zeros are omitted."""
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
        row.campaign_code or row.code or "",
        row.reason or "",
        # An event that was sent back only waits again once its organiser has answered or changed it.
        is_answered=row.has_message or (is_pending and row.step == DONE[Decision.SEND_BACK]),
        hidden_at=moment(row.step_at) if is_pending and row.step == HIDDEN else None,
    )


def _contains_words(words: Collection[str]) -> list[sa.ColumnElement[bool]]:
    texts = (revisions.c.document, submissions.c.code, submissions.c.campaign_code, events.c.id)
    return [sa.or_(*(text.icontains(word, autoescape=True) for text in texts)) for word in words]


def _ordered(order: QueueOrder, today: date | None) -> list[sa.ColumnElement[Any]]:
    match order:
        case QueueOrder.WAITING:
            return [events.c.created_at]
        case QueueOrder.NEWEST:
            return [events.c.created_at.desc()]
        case _:
            first = day_number(today)
            is_upcoming = events.c.end_day >= first
            return [
                sa.case((is_upcoming, 0), (events.c.end_day.is_not(None), 1), else_=2),
                sa.case((is_upcoming, events.c.start_day), else_=-events.c.start_day),
            ]


def _has_open_message() -> sa.Exists:
    return sa.exists().where(notes.c.event_id == events.c.id, WAITS_FOR_MODERATOR)


def _in_queue(statuses: Collection[ReviewStatus], countries: Collection[str]) -> sa.ColumnElement[bool]:
    # The first condition lets the query use the small index over events under review.
    conditions = [events.c.review != "published", events.c.review.in_([status.value for status in statuses])]
    if countries:
        conditions.append(events.c.country.in_(countries))
    return sa.and_(*conditions)


def _with_queue_columns() -> sa.Select[Any]:
    reason = (
        sa.select(audit.c.reason)
        .where(audit.c.event_id == events.c.id, audit.c.reason != "", audit.c.action.in_(_WITH_REASON), IS_STANDING)
        .order_by(audit.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return WITH_DOCUMENT.add_columns(
        events.c.created_at,
        submissions.c.contact,
        submissions.c.code,
        submissions.c.campaign_code,
        reason.label("reason"),
        _has_open_message().label("has_message"),
        latest_step("action").label("step"),
        latest_step("at").label("step_at"),
    ).outerjoin(submissions, submissions.c.event_id == events.c.id)
