"""Detect a withheld venue that can be guessed from similar events at the same venue week after week."""

from __future__ import annotations

import math

import sqlalchemy as sa

from rallymap.distances import KM_PER_DEGREE
from rallymap.events import Event, LocationPrecision, ReviewStatus
from rallymap.store.columns import day_number
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading

WEEKS = 12
"""Number of weeks before and after the event."""
NEAR_M = 300.0
_MOST = 200


def count_at_same_venue(tx: Reading, event: Event) -> int:
    """Count similar events with the same, public exact location.

    These are events within 12 weeks and 300 m that share a campaign, an organiser or the day of the week.

    Returns
    -------
    count
        0 if the event's own exact location or its day is unknown.
    """
    where, day = event.location, day_number(event.when.start)
    if where is None or where.precision is not LocationPrecision.VENUE or day is None:
        return 0
    north = NEAR_M / 1000 / KM_PER_DEGREE
    east = north / max(0.01, math.cos(math.radians(where.lat)))
    stmt = WITH_DOCUMENT.where(
        events.c.start_day.between(day - 7 * WEEKS, day + 7 * WEEKS),
        events.c.lat.between(where.lat - north, where.lat + north),
        events.c.lon.between(where.lon - east, where.lon + east),
        events.c.location_precision == LocationPrecision.VENUE.value,
        events.c.review == ReviewStatus.PUBLISHED.value,
        sa.or_(events.c.guarded_until.is_(None), events.c.guarded_until <= tx.at),
        events.c.id != event.id,
    ).limit(_MOST)
    return sum(_is_alike(event, other) for other in readable(tx.conn.execute(stmt), lambda row: from_document(*row)))


def _is_alike(event: Event, other: Event) -> bool:
    if event.campaign is not None and other.campaign is not None and event.campaign.id == other.campaign.id:
        return True
    if {name.casefold() for name in event.organisers} & {name.casefold() for name in other.organisers}:
        return True
    days = event.when.start, other.when.start
    return (
        all(when.last_day == when.start for when in (event.when, other.when))
        and None not in days
        and (
            days[0].weekday() == days[1].weekday()  # type: ignore[union-attr]
        )
    )
