"""Events that are over and still have the status announced or confirmed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

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
    """Return published events of the last year that are over and not yet said to be held or cancelled.

    An event is in the list from the day after its last day (UTC), the latest first.
    """
    today = now.astimezone(UTC).toordinal() - EPOCH
    stmt = (
        WITH_DOCUMENT.where(
            events.c.start_day.between(today - LOOK_BACK_DAYS, today - 1),
            events.c.end_day < today,
            events.c.status.in_(_AHEAD),
            events.c.review == "published",
        )
        .order_by(events.c.end_day.desc(), events.c.id)
        .limit(limit)
    )
    if countries:
        stmt = stmt.where(events.c.country.in_(countries))
    return list(readable(tx.conn.execute(stmt), lambda row: from_document(*row)))
