"""Events that may be the same as one that is being written or reviewed."""

from __future__ import annotations

import math
from datetime import datetime

import sqlalchemy as sa
from rapidfuzz.fuzz import token_set_ratio

from rallymap.events import Event, Location
from rallymap.query.public_view import public_view
from rallymap.store.changes import WITH_DOCUMENT
from rallymap.store.columns import day_number
from rallymap.store.database import Database
from rallymap.store.documents import from_document
from rallymap.store.schema import events, source_urls
from rallymap.store.values import PossibleDuplicate
from rallymap.store.web_addresses import url_keys

DAYS = 3
"""Days between two events that may be one: reports differ by the day of printing."""
LONGEST_DAYS = 62
"""Events that bound their time more loosely (a year) are not compared by it."""
KM = 30.0
"""Kilometres between two places that may be one city."""
ALIKE = 80.0
"""Likeness of two titles, 0..100, from which they are similar."""
_CANDIDATES = 300
_GONE = ("rejected", "withdrawn")
_WEIGHTS = {"same source": 4, "same place and days": 2, "similar title": 1}


class Duplicates(Database):
    """Finding possible duplicates."""

    def possible_duplicates(
        self, event: Event, *, limit: int = 5, public_at: datetime | None = None
    ) -> list[PossibleDuplicate]:
        """Return events that may be this one, most likely first.

        Alike is what has the same source address; or the same place within a few days; a similar title alone counts
        only in the same country within those days.

        Parameters
        ----------
        event
            It need not be stored; an event of its id is left out.
        public_at
            For visitors: only what the public may see at this time. None: everything, for moderators.
        """
        keys = url_keys(event)
        by_source = sa.select(source_urls.c.event_id).where(source_urls.c.url_key.in_(keys))
        found: dict[str, Event] = {}
        with self.reading() as conn:
            for condition in (events.c.id.in_(by_source) if keys else None, _within_days(event)):
                if condition is not None:
                    stmt = WITH_DOCUMENT.where(condition, events.c.id != event.id, events.c.review.not_in(_GONE))
                    found |= {row.id: from_document(*row) for row in conn.execute(stmt.limit(_CANDIDATES))}
        ranked = []
        for other in found.values():
            reasons = _reasons(event, other)
            # A single similar word in a title is not enough, and whoever asks sees only what they may.
            seen = other if public_at is None else public_view(other, public_at)
            if reasons and seen is not None:
                ranked.append((_rank(reasons), -_likeness(event, other), seen.id, PossibleDuplicate(seen, reasons)))
        return [duplicate for *_, duplicate in sorted(ranked, key=lambda item: item[:3])[:limit]]


def _within_days(event: Event) -> sa.ColumnElement[bool] | None:
    first, last = day_number(event.when.start), day_number(event.when.end)
    if first is None or last is None or last - first > LONGEST_DAYS:
        return None
    return sa.and_(
        # The lower bound on the start is for the index; longer events than these are not compared.
        events.c.start_day.between(first - DAYS - LONGEST_DAYS, last + DAYS),
        events.c.end_day >= first - DAYS,
    )


def _reasons(event: Event, other: Event) -> tuple[str, ...]:
    is_near = _is_within_days(event, other)
    tests = (
        bool(url_keys(event) & url_keys(other)),
        is_near and _is_same_place(event.location, other.location),
        is_near and _likeness(event, other) >= ALIKE and _may_be_same_country(event.location, other.location),
    )
    return tuple(reason for reason, holds in zip(_WEIGHTS, tests, strict=True) if holds)


def _rank(reasons: tuple[str, ...]) -> int:
    return -sum(_WEIGHTS[reason] for reason in reasons)


def _is_within_days(event: Event, other: Event) -> bool:
    first, last = day_number(event.when.start), day_number(event.when.end)
    other_first, other_last = day_number(other.when.start), day_number(other.when.end)
    if first is None or last is None or other_first is None or other_last is None:
        return False
    return other_first <= last + DAYS and first <= other_last + DAYS


def _is_same_place(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None:
        return False
    middle = math.radians((here.lat + there.lat) / 2)
    east = (here.lon - there.lon + 180) % 360 - 180  # the short way round, over the antimeridian
    return 111.32 * math.hypot(here.lat - there.lat, east * math.cos(middle)) <= KM


def _may_be_same_country(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None or not here.country or not there.country:
        return True
    return here.country == there.country


def _likeness(event: Event, other: Event) -> float:
    return float(token_set_ratio(event.title.casefold(), other.title.casefold()))
