"""The narrow columns of an event, and the rows for maps and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from rallymap.dates import DatePrecision
from rallymap.errors import DamagedEventError
from rallymap.events import (
    AttendanceMode,
    Event,
    EventStatus,
    Kind,
    LocationPrecision,
    counted_claims,
    crowd_givers,
)
from rallymap.moderation import country_of
from rallymap.query.public_view import embargo_ends_at, public_view, view_changes_at
from rallymap.query.rows import EventRow
from rallymap.store.schema import events

_MAX_DAYS = 10_000_000
EPOCH = date(1970, 1, 1).toordinal()

ROW_COLUMNS = (
    events.c.id,
    events.c.kind,
    events.c.start_day,
    events.c.end_day,
    events.c.date_precision,
    events.c.lat,
    events.c.lon,
    events.c.location_precision,
    events.c.country,
    events.c.status,
    events.c.organisers,
    events.c.communities,
    events.c.radius_m,
    events.c.city,
    events.c.topics,
    events.c.publishers,
    events.c.crowd_low,
    events.c.crowd_high,
    events.c.crowd_open_below,
    events.c.crowd_open_above,
    events.c.has_source,
    events.c.search_id,
    events.c.attendance_mode,
    events.c.campaign,
    events.c.crowd_by,
    events.c.changed_in,
)
"""Columns of an :class:`EventRow`; :func:`to_row` converts them."""


def to_columns(event: Event) -> dict[str, Any]:
    """Return the values of the table `events` for an event, except its creation and change times."""
    where, when, crowd = event.location, event.when, crowd_range(event)
    return {
        "id": event.id,
        "revision": event.revision,
        "review": event.review.value,
        "kind": event.kind.value,
        "start_day": day_number(when.start),
        "end_day": day_number(when.last_day),
        "date_precision": when.precision.value,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "location_precision": where.precision.value if where else "",
        "radius_m": where.radius_m if where else None,
        "country": country_of(event),
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value,
        "organisers": orjson.dumps(event.organisers).decode(),
        "communities": orjson.dumps(event.communities).decode(),
        "guarded_until": embargo_ends_at(event),
        "city": where.name if where and where.precision.is_in_a_city else "",
        "topics": orjson.dumps(event.topics).decode(),
        "publishers": orjson.dumps(_publishers(event)).decode(),
        "crowd_low": crowd.low,
        "crowd_high": crowd.high,
        "crowd_open_below": crowd.open_below,
        "crowd_open_above": crowd.open_above,
        "crowd_by": orjson.dumps(crowd_givers(event)).decode(),
        "has_source": bool(event.sources),
        "campaign": event.campaign.id if event.campaign else "",
    }


def _publishers(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.publisher for source in event.sources if source.publisher))


class CrowdRange(NamedTuple):
    """Numbers of people that came, over all estimates of an event.

    Attributes
    ----------
    low, high
        Lowest and highest number that an estimate gives; None without a number.
    open_below, open_above
        Whether an estimate has no lower limit ("up to 300"), or no upper one ("more than 300"), so that fewer or more
        people may have come.
    """

    low: int | None
    high: int | None
    open_below: bool
    open_above: bool


def crowd_range(event: Event) -> CrowdRange:
    """Return the range of an event's estimates; numbers expected before the event do not count.

    An open end counts as the number that its source gives.
    """
    counted = counted_claims(event)
    if not counted:
        return CrowdRange(None, None, False, False)
    numbers = [number for claim in counted for number in (claim.low, claim.high) if number is not None]
    return CrowdRange(
        min(numbers),
        max(numbers),
        open_below=any(claim.low is None for claim in counted),
        open_above=any(claim.high is None for claim in counted),
    )


def to_row(columns: Sequence[Any]) -> EventRow:
    """Return the row of an event of which nothing is withheld, from its :data:`ROW_COLUMNS`.

    Raises
    ------
    DamagedEventError
        If the values are invalid for an event and would break the map.
    """
    try:
        is_known = _is_known(columns[1], columns[4], columns[7], columns[9], columns[22])
        if is_known and _is_day(columns[2]) and _is_day(columns[3]) and _is_point(columns[5], columns[6]):
            city, topics, publishers, low, high, open_below, open_above, has_source, search_id = columns[13:22]
            attendance, campaign, givers, changed_in = columns[22:26]
            names = (_names(columns[10]), _names(columns[11]))
            crowd = (low, high, bool(open_below), bool(open_above))
            said = (city, _names(topics), _names(publishers), *crowd, bool(has_source))
            more = (*said, search_id or 0, attendance, campaign, _names(givers), changed_in)
            return EventRow._make((*columns[:10], *names, None, columns[12], *more))
    except (ValueError, TypeError) as err:
        raise DamagedEventError(str(columns[0]), detail=type(err).__name__) from err
    raise DamagedEventError(str(columns[0]), detail=", ".join(str(columns[at]) for at in (1, 4, 7, 9, 22)))


@lru_cache(maxsize=4096)
def _is_known(kind: str, date_precision: str, location_precision: str, status: str, attendance: str) -> bool:
    return (
        kind in set(Kind)
        and date_precision in set(DatePrecision)
        and (location_precision == "" or location_precision in set(LocationPrecision))
        and status in set(EventStatus)
        and attendance in set(AttendanceMode)
    )


def _is_day(day: object) -> bool:
    return day is None or (isinstance(day, int) and -_MAX_DAYS < day < _MAX_DAYS)


def _is_point(lat: float | None, lon: float | None) -> bool:
    return (lat is None and lon is None) or (
        isinstance(lat, float) and isinstance(lon, float) and -90 <= lat <= 90 and -180 <= lon <= 180
    )


def to_public_row(event: Event, now: datetime, search_id: int = 0, changed_in: int = 0) -> EventRow | None:
    """Return the public row of an event now, or None if the event is not public."""
    seen = public_view(event, now)
    if seen is None:
        return None
    columns: Mapping[str, Any] = to_columns(seen) | {"search_id": search_id, "changed_in": changed_in}
    row = to_row([columns[column.name] for column in ROW_COLUMNS])
    return row._replace(view_changes_at=view_changes_at(event, now))


@lru_cache(maxsize=65536)
def _names(names: str) -> tuple[str, ...]:
    # Most events share a handful of lists of names; interning them saves memory.
    return tuple(orjson.loads(names))


def day_number(day: date | None) -> int | None:
    """Return the days from 1970-01-01 to a day, or None for None."""
    return None if day is None else day.toordinal() - EPOCH
