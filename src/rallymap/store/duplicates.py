"""Find events that may be the same as one that is being written or reviewed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from rapidfuzz.fuzz import token_set_ratio

from rallymap.events import Event, Location, LocationPrecision, ReviewStatus
from rallymap.language import tr, trn
from rallymap.query.public_view import public_view
from rallymap.store.columns import day_number
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events, source_urls
from rallymap.store.transaction import Reading
from rallymap.store.values import PossibleDuplicate
from rallymap.store.web_addresses import url_keys

DAYS = 3
"""Maximum distance in days between duplicates: reports differ by the day of printing."""
LONGEST_DAYS = 62
"""Events with a longer, vaguer date (such as a year) are not compared by it."""
KM = 30.0
"""Maximum distance in kilometres between two places in one city."""
ALIKE = 80.0
"""Minimum similarity of two titles, 0..100."""
_CANDIDATES = 300
_GONE = ("rejected", "withdrawn")
SAME_SOURCE, SAME_PLACE, SIMILAR_TITLE = "source", "place", "title"
_WEIGHTS = {SAME_SOURCE: 4, SAME_PLACE: 2, SIMILAR_TITLE: 1}
_COARSE = (LocationPrecision.REGION, LocationPrecision.COUNTRY)


def list_possible_duplicates(
    tx: Reading, event: Event, *, limit: int = 5, public_at: datetime | None = None
) -> list[PossibleDuplicate]:
    """Return possible duplicates of an event, most likely first.

    Two events are similar if they have the same source URL, or the same place within a few days. A similar title only
    counts within those days, in the same country, and if the places are not known to be different. Events of one
    campaign are never duplicates.

    Parameters
    ----------
    event
        It need not be stored; the event with its id is skipped.
    public_at
        For visitors: compare only the public views at this time, so that repeated queries reveal no more about a
        withheld place than the public view does. None compares the complete events, for moderators.
    """
    keys = url_keys(event)
    by_source = sa.select(source_urls.c.event_id).where(source_urls.c.url_key.in_(keys))
    is_open = events.c.review.not_in(_GONE) if public_at is None else events.c.review == ReviewStatus.PUBLISHED.value
    found: dict[str, Event] = {}
    for condition in (events.c.id.in_(by_source) if keys else None, _within_days(event)):
        if condition is not None:
            stmt = WITH_DOCUMENT.where(condition, events.c.id != event.id, is_open)
            # Sorted by public values, so that each call returns the same ones; those that start last overlap most
            # often.
            stmt = stmt.order_by(events.c.start_day.desc(), events.c.id).limit(_CANDIDATES)
            rows = readable(tx.conn.execute(stmt), lambda row: from_document(*row))
            found |= {stored.id: stored for stored in rows}
    ranked = []
    for stored in found.values():
        other = stored if public_at is None else public_view(stored, public_at)
        if other is not None and not is_same_campaign(event, other) and (reasons := dict(_reasons(event, other))):
            rank = -sum(_WEIGHTS[reason] for reason in reasons)
            words = tuple(reasons.values())
            ranked.append((rank, -_likeness(event, other), other.id, PossibleDuplicate(other, words)))
    return [duplicate for *_, duplicate in sorted(ranked, key=lambda item: item[:3])[:limit]]


def is_same_campaign(event: Event, other: Event) -> bool:
    """Return whether two events belong to one campaign; its organiser declared them to be different events."""
    return event.campaign is not None and other.campaign is not None and event.campaign.id == other.campaign.id


def _within_days(event: Event) -> sa.ColumnElement[bool] | None:
    first, last = day_number(event.when.start), day_number(event.when.last_day)
    if first is None or last is None or last - first > LONGEST_DAYS:
        return None
    return sa.and_(
        # The lower bound on the start allows use of the index; longer events are not compared.
        events.c.start_day.between(first - DAYS - LONGEST_DAYS, last + DAYS),
        events.c.end_day >= first - DAYS,
    )


def _reasons(event: Event, other: Event) -> Iterator[tuple[str, str]]:
    """Yield each reason why two events may be the same, as code and as translated text; strongest first."""
    if url_keys(event) & url_keys(other):
        yield SAME_SOURCE, tr("same source")
    gap = _days_apart(event, other)
    if gap is None or gap > DAYS:
        return
    here, there = event.location, other.location
    if _is_same_place(here, there):
        apart = trn("same place, {n} day apart", "same place, {n} days apart", gap)
        yield SAME_PLACE, apart if gap else tr("same place and days")
    if _likeness(event, other) >= ALIKE and _may_be_same_country(here, there) and not _are_apart(here, there):
        yield SIMILAR_TITLE, tr("similar title")


def _days_apart(event: Event, other: Event) -> int | None:
    """Return the days between the end of one event and the start of the other; 0 if they overlap, None if unknown."""
    first, last = day_number(event.when.start), day_number(event.when.last_day)
    other_first, other_last = day_number(other.when.start), day_number(other.when.last_day)
    if first is None or last is None or other_first is None or other_last is None:
        return None
    return max(0, other_first - last, first - other_last)


def _is_same_place(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None:
        return False
    middle = math.radians((here.lat + there.lat) / 2)
    east = (here.lon - there.lon + 180) % 360 - 180  # the short way across the antimeridian
    return 111.32 * math.hypot(here.lat - there.lat, east * math.cos(middle)) <= KM


def _are_apart(here: Location | None, there: Location | None) -> bool:
    """Return whether both places are known to city level and are different cities: they may belong to one campaign."""
    if here is None or there is None or here.precision in _COARSE or there.precision in _COARSE:
        return False
    return not _is_same_place(here, there)


def _may_be_same_country(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None or not here.country or not there.country:
        return True
    return here.country == there.country


def _likeness(event: Event, other: Event) -> float:
    return float(token_set_ratio(event.title.casefold(), other.title.casefold()))
