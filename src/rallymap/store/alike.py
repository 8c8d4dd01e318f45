"""Find stored events that many new events may duplicate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from urllib.parse import urlsplit

import sqlalchemy as sa
from rapidfuzz.fuzz import token_sort_ratio

from rallymap.events import Event
from rallymap.query.public_view import CELLS_PER_DEGREE
from rallymap.store.chunks import chunks
from rallymap.store.columns import day_number
from rallymap.store.damaged import readable
from rallymap.store.documents import from_document
from rallymap.store.duplicates import is_same_campaign
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events, source_urls
from rallymap.store.transaction import Reading
from rallymap.store.web_addresses import url_key

ALIKE = 88.0
"""Minimum title similarity, 0 to 100, of possible duplicates on one day at one place."""
_NEAR_DEGREES = 0.1
_GONE = ("rejected", "withdrawn")
Seen = Callable[[Event], Event | None]


def _as_stored(event: Event) -> Event | None:
    return event


def find_alike(tx: Reading, some: Sequence[Event], seen: Seen = _as_stored) -> dict[str, str]:
    """Find possible duplicates of new events, within about 10 km.

    Two events are similar if they have the same first day and a similar title. If both cite a web page that no other
    nearby stored event and no other new event cites, one of these two is enough: so the rows of a file are recognised
    after their titles or days were edited.

    Parameters
    ----------
    seen
        Returns the view of a stored event that the user may see, or None if they may not see it. Only this view is
        compared, so that repeated queries reveal nothing more. Defaults to the complete event.

    Returns
    -------
    titles
        Title of the stored event, by the new event's id.
    """
    of_day, of_page = _of_the_day(tx, some), _of_the_source(tx, some)
    there = _read_seen(tx, {*of_day, *(stored for _, ids in of_page for stored in ids)}, seen)
    found: dict[str, str] = {}
    for stored_id, other in there.items():
        for event in of_day.get(stored_id, ()):
            if _is_near(event, other) and _is_alike(event, other, has_source=False):
                found.setdefault(event.id, other.title)
    for event, ids in of_page:
        near = [there[stored] for stored in ids if stored in there and _is_near(event, there[stored])]
        if len(near) == 1 and _is_alike(event, near[0], has_source=True):
            found.setdefault(event.id, near[0].title)
    return found


def _read_seen(tx: Reading, ids: Collection[str], seen: Seen) -> dict[str, Event]:
    found: dict[str, Event] = {}
    for some in chunks(sorted(ids)):
        rows = tx.conn.execute(WITH_DOCUMENT.where(events.c.id.in_(some)))
        for stored in readable(rows, lambda row: from_document(*row)):
            event = seen(stored)
            if event is not None:
                found[stored.id] = event
    return found


def _of_the_day(tx: Reading, some: Sequence[Event]) -> dict[str, list[Event]]:
    """Return the new events by the id of a stored event with the same first day that may be nearby."""
    by_day: dict[int, list[Event]] = {}
    for event in some:
        day = day_number(event.when.start)
        if day is not None and event.location is not None and not event.when.is_coarse:
            by_day.setdefault(day, []).append(event)
    near: dict[str, list[Event]] = {}
    stmt = sa.select(events.c.id, events.c.start_day, events.c.lat, events.c.lon)
    for days in chunks(list(by_day)):
        for row in tx.conn.execute(
            stmt.where(events.c.start_day.in_(days), events.c.lat.is_not(None), events.c.review.not_in(_GONE))
        ):
            here = [event for event in by_day[row.start_day] if _may_be_near(event, row.lat, row.lon)]
            if here:
                near[row.id] = here
    return near


def _of_the_source(tx: Reading, some: Sequence[Event]) -> list[tuple[Event, list[str]]]:
    """Return the new events with the ids of stored events that cite the same page and may be nearby."""
    by_page: dict[int, list[Event]] = {}
    for event in some:
        for key in {url_key(source.url) for source in event.sources if _is_page(source.url)}:
            by_page.setdefault(key, []).append(event)
    stored: dict[int, list[str]] = {}
    stmt = sa.select(source_urls.c.url_key, events.c.id, events.c.lat, events.c.lon)
    stmt = stmt.join(events, events.c.id == source_urls.c.event_id)
    for keys in chunks([key for key, having in by_page.items() if len(having) == 1]):
        for row in tx.conn.execute(
            stmt.where(source_urls.c.url_key.in_(keys), events.c.lat.is_not(None), events.c.review.not_in(_GONE))
        ):
            [event] = by_page[row.url_key]
            if row.id != event.id and _may_be_near(event, row.lat, row.lon):
                stored.setdefault(row.url_key, []).append(row.id)
    return [(by_page[key][0], ids) for key, ids in stored.items()]


def _is_page(url: str) -> bool:
    """Return whether a URL is more than a site's home page, which does not identify an event."""
    parts = urlsplit(url)
    return bool(parts.path.strip("/") or parts.query)


def _is_alike(event: Event, other: Event, *, has_source: bool) -> bool:
    """Return whether two events in one town may be the same: similar titles, no different venues or times."""
    if event.id == other.id or is_same_campaign(event, other):
        return False
    if token_sort_ratio(event.title.casefold(), other.title.casefold()) < ALIKE:
        is_that_day = event.when.start is not None and event.when.start == other.when.start
        if not (has_source and is_that_day):
            return False
    here, there = event.place.venue.casefold(), other.place.venue.casefold()
    if here and there and token_sort_ratio(here, there) < ALIKE:
        return False
    return not (event.when.start_time and other.when.start_time) or event.when.start_time == other.when.start_time


def _is_near(event: Event, other: Event) -> bool:
    where = other.location
    return where is not None and _is_within(event, where.lat, where.lon, beyond=0.0)


def _may_be_near(event: Event, lat: float, lon: float) -> bool:
    """Return whether a stored point is so close that its public view, rounded or not, may be nearby."""
    return _is_within(event, lat, lon, beyond=1 / CELLS_PER_DEGREE)


def _is_within(event: Event, lat: float, lon: float, *, beyond: float) -> bool:
    where = event.location
    north, east = _NEAR_DEGREES + beyond, 2 * _NEAR_DEGREES + beyond
    return where is not None and abs(where.lat - lat) <= north and abs(where.lon - lon) <= east
