"""Events that cannot be read: skip them, so that one of them does not break a list or the map, or delete them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import sqlalchemy as sa

from rallymap.dates import EventDate
from rallymap.errors import DamagedEventError, EventNotFoundError, InvalidEventError
from rallymap.events import Event, Kind, Place, ReviewStatus
from rallymap.store.schema import events
from rallymap.store.transaction import Reading

log = logging.getLogger(__name__)
Row = TypeVar("Row")
Value = TypeVar("Value")


def readable(rows: Iterable[Row], build: Callable[[Row], Value]) -> Iterator[Value]:
    """Build a value from each row; skip and log damaged rows.

    Parameters
    ----------
    build
        Raises DamagedEventError for a row that cannot be read.
    """
    for row in rows:
        try:
            value = build(row)
        except DamagedEventError as err:
            log.error("An event is left out: %s", err)
        else:
            yield value


def get_remains(tx: Reading, event_id: str) -> Event:
    """Return what the columns say of an event whose content cannot be read: id, revision, review status and country.

    Its title is its id. It is only for checking permissions and deleting the event.

    Raises
    ------
    EventNotFoundError
        If there is no such event.
    """
    columns = sa.select(events.c.revision, events.c.review, events.c.country).where(events.c.id == event_id)
    row = tx.conn.execute(columns).one_or_none()
    if row is None:
        raise EventNotFoundError(event_id)
    try:
        country = Place(country_hint=row.country).country_hint
    except InvalidEventError:
        country = ""
    known = set(ReviewStatus)
    return Event(
        event_id,
        event_id,
        Kind.OTHER,
        EventDate(),
        place=Place(country_hint=country),
        review=ReviewStatus(row.review) if row.review in known else ReviewStatus.WITHDRAWN,
        revision=max(row.revision, 1),
    )
