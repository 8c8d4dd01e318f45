"""Figures about the moderators' work: pending events, and the duration of decisions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from rallymap.events import ReviewStatus
from rallymap.store.decisions import DONE, IS_STANDING
from rallymap.store.schema import audit, events, submissions
from rallymap.store.transaction import Reading, moment


def count_waiting(tx: Reading, *, countries: Collection[str] = ()) -> tuple[int, datetime | None]:
    """Return the number of pending events and the submission time of the oldest; None if there are none."""
    stmt = sa.select(sa.func.count(), sa.func.min(events.c.created_at)).where(
        events.c.review != "published", events.c.review == ReviewStatus.PENDING.value, *_in_countries(countries)
    )
    number, since = tx.conn.execute(stmt).one()
    return number, None if since is None else moment(since)


def list_first_decisions(
    tx: Reading, since: datetime, *, countries: Collection[str] = ()
) -> list[tuple[datetime, datetime]]:
    """Return submission and first-decision times of the events first decided since a given time.

    Only events that were submitted through the form and still exist; a decision that was undone does not count.
    """
    first = sa.func.min(audit.c.at)
    stmt = (
        sa.select(submissions.c.created_at, first)
        .select_from(submissions)
        .join(audit, sa.and_(audit.c.event_id == submissions.c.event_id, audit.c.action.in_(tuple(DONE.values()))))
        .join(events, events.c.id == submissions.c.event_id)
        .where(IS_STANDING, *_in_countries(countries))
        .group_by(submissions.c.event_id, submissions.c.created_at)
        .having(first >= since.timestamp())
    )
    return [(moment(sent), moment(decided)) for sent, decided in tx.conn.execute(stmt)]


def _in_countries(countries: Collection[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return (events.c.country.in_(countries),) if countries else ()
