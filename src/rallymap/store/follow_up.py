"""Past events that are still announced or confirmed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from rallymap.events import Event, EventStatus
from rallymap.store.columns import EPOCH
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading

_AHEAD = (EventStatus.ANNOUNCED.value, EventStatus.CONFIRMED.value)
LOOK_BACK_DAYS = 365


def list_awaiting_follow_up(
    tx: Reading, now: datetime, *, countries: Collection[str] = (), limit: int = 100
) -> list[Event]:
    """Return published events of the last year that are over but not marked as held or cancelled.

    An event is listed from the day after its last day (UTC), the latest first.
    """
    stmt = _awaiting(WITH_DOCUMENT, now, countries).order_by(events.c.end_day.desc(), events.c.id).limit(limit)
    return list(readable(tx.conn.execute(stmt), lambda row: from_document(*row)))


def count_awaiting_follow_up(tx: Reading, now: datetime, *, countries: Collection[str] = ()) -> int:
    """Return how many events :func:`list_awaiting_follow_up` would return without a limit."""
    stmt = _awaiting(sa.select(sa.func.count()).select_from(events), now, countries)
    return int(tx.conn.execute(stmt).scalar_one())


def _awaiting(stmt: sa.Select[Any], now: datetime, countries: Collection[str]) -> sa.Select[Any]:
    today = now.astimezone(UTC).toordinal() - EPOCH
    stmt = stmt.where(
        events.c.start_day.between(today - LOOK_BACK_DAYS, today - 1),
        events.c.end_day < today,
        events.c.status.in_(_AHEAD),
        events.c.review == "published",
    )
    return stmt.where(events.c.country.in_(countries)) if countries else stmt
