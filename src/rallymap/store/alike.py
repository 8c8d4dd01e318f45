"""Find stored events that many new events may duplicate."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from rapidfuzz.fuzz import token_sort_ratio

from rallymap.events import Event
from rallymap.store.chunks import chunks
from rallymap.store.columns import day_number
from rallymap.store.documents import from_document
from rallymap.store.duplicates import is_same_campaign
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading

ALIKE = 88.0
"""Likeness of two titles, 0 to 100, from which two events of one day and place may be the same."""
_NEAR_DEGREES = 0.1
_GONE = ("rejected", "withdrawn")


def find_alike(tx: Reading, some: Sequence[Event]) -> dict[str, str]:
    """Find possible duplicates of new events: the same first day, within 10 km, a similar title.

    Returns
    -------
    titles
        Title of the stored event, by id of the new one.
    """
    by_day: dict[int, list[Event]] = {}
    for event in some:
        day = day_number(event.when.start)
        if day is not None and event.location is not None and not event.when.is_coarse:
            by_day.setdefault(day, []).append(event)
    found: dict[str, str] = {}
    for days in chunks(list(by_day)):
        near: dict[str, list[Event]] = {}
        stmt = sa.select(events.c.id, events.c.start_day, events.c.lat, events.c.lon)
        for row in tx.conn.execute(
            stmt.where(events.c.start_day.in_(days), events.c.lat.is_not(None), events.c.review.not_in(_GONE))
        ):
            here = [event for event in by_day[row.start_day] if _is_near(event, row.lat, row.lon)]
            if here:
                near[row.id] = here
        for ids in chunks(list(near)):
            for row in tx.conn.execute(WITH_DOCUMENT.where(events.c.id.in_(ids))):
                other = from_document(*row)
                for event in near[row.id]:
                    if _is_alike(event, other):
                        found.setdefault(event.id, other.title)
    return found


def _is_alike(event: Event, other: Event) -> bool:
    """Return whether two events of one day and town may be one: similar titles, no different venues or times."""
    if (
        event.id == other.id
        or is_same_campaign(event, other)
        or token_sort_ratio(event.title.casefold(), other.title.casefold()) < ALIKE
    ):
        return False
    here, there = event.place.venue.casefold(), other.place.venue.casefold()
    if here and there and token_sort_ratio(here, there) < ALIKE:
        return False
    return not (event.when.start_time and other.when.start_time) or event.when.start_time == other.when.start_time


def _is_near(event: Event, lat: float, lon: float) -> bool:
    where = event.location
    return where is not None and abs(where.lat - lat) <= _NEAR_DEGREES and abs(where.lon - lon) <= 2 * _NEAR_DEGREES
