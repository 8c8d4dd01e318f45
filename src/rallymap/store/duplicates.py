"""Events that may be the same as one that is being written or reviewed."""

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
"""Days between two events that may be one: reports differ by the day of printing."""
LONGEST_DAYS = 62
"""Events that bound their time more loosely (a year) are not compared by it."""
KM = 30.0
"""Kilometres between two places that may be one city."""
ALIKE = 80.0
"""Likeness of two titles, 0..100, from which they are similar."""
_CANDIDATES = 300
_GONE = ("rejected", "withdrawn")
SAME_SOURCE, SAME_PLACE, SIMILAR_TITLE = "source", "place", "title"
_WEIGHTS = {SAME_SOURCE: 4, SAME_PLACE: 2, SIMILAR_TITLE: 1}
_COARSE = (LocationPrecision.REGION, LocationPrecision.COUNTRY)


def list_possible_duplicates(
    tx: Reading, event: Event, *, limit: int = 5, public_at: datetime | None = None
) -> list[PossibleDuplicate]:
    """Return events that may be this one, most likely first.

    Alike is what has the same source address; or the same place within a few days; a similar title alone counts
    only within those days, in the same country, and where the two places are not known to be different. Events of one
    campaign are never the same.

    Parameters
    ----------
    event
        It need not be stored; an event of its id is left out.
    public_at
        For visitors: which events are compared, and by what, is decided by their public view at this time alone,
        so that no number of questions leads closer to a withheld place than that view. None: everything that is
        stored, for moderators.
    """
    keys = url_keys(event)
    by_source = sa.select(source_urls.c.event_id).where(source_urls.c.url_key.in_(keys))
    is_open = events.c.review.not_in(_GONE) if public_at is None else events.c.review == ReviewStatus.PUBLISHED.value
    found: dict[str, Event] = {}
    for condition in (events.c.id.in_(by_source) if keys else None, _within_days(event)):
        if condition is not None:
            stmt = WITH_DOCUMENT.where(condition, events.c.id != event.id, is_open)
            # Sorted by public values, so that each call returns the same ones; the last to start overlap most often.
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
    """Return whether two events were called together: the person who did so says that they are two."""
    return event.campaign is not None and other.campaign is not None and event.campaign.id == other.campaign.id


def _within_days(event: Event) -> sa.ColumnElement[bool] | None:
    first, last = day_number(event.when.start), day_number(event.when.last_day)
    if first is None or last is None or last - first > LONGEST_DAYS:
        return None
    return sa.and_(
        # The lower bound on the start is for the index; longer events than these are not compared.
        events.c.start_day.between(first - DAYS - LONGEST_DAYS, last + DAYS),
        events.c.end_day >= first - DAYS,
    )


def _reasons(event: Event, other: Event) -> Iterator[tuple[str, str]]:
    """Give each reason why two events may be one, and the same in the reader's words; strongest first."""
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
    """Return the days between the end of one event and the start of the other; 0 where they overlap, None unknown."""
    first, last = day_number(event.when.start), day_number(event.when.last_day)
    other_first, other_last = day_number(other.when.start), day_number(other.when.last_day)
    if first is None or last is None or other_first is None or other_last is None:
        return None
    return max(0, other_first - last, first - other_last)


def _is_same_place(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None:
        return False
    middle = math.radians((here.lat + there.lat) / 2)
    east = (here.lon - there.lon + 180) % 360 - 180  # the short way round, over the antimeridian
    return 111.32 * math.hypot(here.lat - there.lat, east * math.cos(middle)) <= KM


def _are_apart(here: Location | None, there: Location | None) -> bool:
    """Return whether both places are known to the city, and are two cities: one campaign is many events."""
    if here is None or there is None or here.precision in _COARSE or there.precision in _COARSE:
        return False
    return not _is_same_place(here, there)


def _may_be_same_country(here: Location | None, there: Location | None) -> bool:
    if here is None or there is None or not here.country or not there.country:
        return True
    return here.country == there.country


def _likeness(event: Event, other: Event) -> float:
    return float(token_set_ratio(event.title.casefold(), other.title.casefold()))
