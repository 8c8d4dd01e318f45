"""Figures about the work of moderators: how much waits, and how long decisions took."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from rallymap.events import ReviewStatus
from rallymap.store.decisions import DONE
from rallymap.store.schema import audit, events, submissions
from rallymap.store.transaction import Reading, moment


def count_waiting(tx: Reading, *, countries: Collection[str] = ()) -> tuple[int, datetime | None]:
    """Return how many events wait for review, and when the one came in that waits longest; None where none does."""
    stmt = sa.select(sa.func.count(), sa.func.min(events.c.created_at)).where(
        events.c.review != "published", events.c.review == ReviewStatus.PENDING.value, *_of(countries)
    )
    number, since = tx.conn.execute(stmt).one()
    return number, None if since is None else moment(since)


def list_first_decisions(
    tx: Reading, since: datetime, *, countries: Collection[str] = ()
) -> list[tuple[datetime, datetime]]:
    """Return when events were sent and first decided about, of those first decided about since a moment.

    Only events that somebody sent through the form and that are still in the record.
    """
    first = sa.func.min(audit.c.at)
    stmt = (
        sa.select(submissions.c.created_at, first)
        .join(audit, sa.and_(audit.c.event_id == submissions.c.event_id, audit.c.action.in_(tuple(DONE.values()))))
        .join(events, events.c.id == submissions.c.event_id)
        .where(*_of(countries))
        .group_by(submissions.c.event_id, submissions.c.created_at)
        .having(first >= since.timestamp())
    )
    return [(moment(sent), moment(decided)) for sent, decided in tx.conn.execute(stmt)]


def _of(countries: Collection[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return (events.c.country.in_(countries),) if countries else ()
