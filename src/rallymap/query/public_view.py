"""Decide what the public may see of an event. No other module may decide this.

Only published events are public. While an event is upcoming, the public sees only the city of its place, unless the
organiser states that the venue is already announced or from which time it may be shown. Coordinates are then snapped to
a fixed grid, because random jitter would reveal the true point to anyone who averages. The name of a quarter is also
replaced by that of its city (:mod:`rallymap.query.city_parts`). The picture is withheld as well, because the picture of
an upcoming event is usually its poster, and a poster names the place.

The whole route of a march is withheld, because its start is a venue, and its ends reveal the streets between them.

The method and confidence of the exact location are withheld as well, because they could reveal it: for example that the
event is at a landmark, or at an address that an online service found. The time of disclosure is public.

Free text is not changed: a title, a summary, a slogan or a source's headline that names the venue is shown as it is.
:func:`venue_mentions` finds literal mentions, so that a moderator sees them before publishing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rallymap.dates import EventDate
from rallymap.events import Disclosure, Event, EventStatus, Location, LocationPrecision, Place, ReviewStatus
from rallymap.query.city_parts import City, city_of_part

CELLS_PER_DEGREE = 10
"""Cells of 0.1 degree: at most 11.1 km high and wide, about the size of a city."""
CITY_RADIUS_M = 8_000.0
"""Half the diagonal of the largest cell, rounded up: the true point is always within this radius."""

WITHHELD = "withheld"
"""Method of a location whose coordinates are those of a grid cell."""

_FINE = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)
_STILL_TO_COME = (EventStatus.ANNOUNCED, EventStatus.CONFIRMED, EventStatus.POSTPONED)
_FROM_A_MAP_OF_CITIES = ("gazetteer", "service:")


@dataclass(frozen=True, slots=True)
class PublicStage:
    """What the public sees of an event during one period.

    Attributes
    ----------
    starts_at
        Start in UTC; None for the first stage, which starts when the event is published.
    view
        The event as returned by :func:`public_view`.
    """

    starts_at: datetime | None
    view: Event


def public_view(event: Event, now: datetime) -> Event | None:
    """Return the event as the public may see it at a time, or None if the public may not see it at all.

    Parameters
    ----------
    event
        The complete event.
    now
        Time with a time zone.
    """
    if event.review is not ReviewStatus.PUBLISHED:
        return None
    until = embargo_ends_at(event)
    if until is None or until <= now.timestamp():
        return event
    # The revision also counts changes of withheld details.
    return event.changed(
        place=_public_place(event), location=_public_location(event), route=(), picture=None, revision=1
    )


def public_stages(event: Event, now: datetime) -> tuple[PublicStage, ...]:
    """Return what the public will see if the event is published now and not changed afterwards: one or two stages.

    The event's current review status is ignored: this is for the moderator who decides about publishing.
    """
    published = event.changed(review=ReviewStatus.PUBLISHED)
    first, at = public_view(published, now), view_changes_at(published, now)
    assert first is not None  # noqa: S101 - a published event always has a public view
    stages = (PublicStage(None, first),)
    if at is None or first == published.changed(revision=first.revision):
        return stages
    return (*stages, PublicStage(datetime.fromtimestamp(at, UTC), published))


def view_changes_at(event: Event, now: datetime) -> float | None:
    """Return the Unix time (s) at which the public view changes without an edit, or None if it will not."""
    if event.review is not ReviewStatus.PUBLISHED:
        return None
    until = embargo_ends_at(event)
    return None if until is None or math.isinf(until) or until <= now.timestamp() else until


def embargo_ends_at(event: Event) -> float | None:
    """Return the Unix time (s) at which the exact place becomes public.

    From this time on, the place is shown completely. None if nothing is ever withheld, infinity if the place is
    withheld until someone changes the event.
    """
    # Whether there is anything to withhold is ignored: the time is public, and would reveal it.
    if event.disclosure is Disclosure.PUBLIC:
        return None
    until = _over_at(event)
    if event.disclosure is Disclosure.FROM_TIME and event.disclosed_from is not None:
        until = min(until, event.disclosed_from.timestamp())
    return None if until == -math.inf else until


def has_future_venue(event: Event, now: datetime) -> bool:
    """Return whether an event is upcoming and its place is known more exactly than the city."""
    is_fine = event.location is not None and _is_fine(event.location)
    return (is_fine or bool(event.place.venue) or bool(event.route)) and now.timestamp() < _over_at(event)


def was_over_at(event: Event, then: datetime) -> bool:
    """Return whether an event was over at a time; an undated event is over unless it is yet to come."""
    return _over_at(event) <= then.timestamp()


def venue_mentions(event: Event) -> tuple[str, ...]:
    """Return the free-text fields that name the venue, in the order of the event's fields.

    Only literal occurrences of ``place.venue`` and of route points are found, no paraphrases.
    """
    words = {event.place.venue.casefold(), *(point.text.casefold() for point in event.route)} - {""}
    words -= {name.casefold() for name in (event.place.text, event.location.name if event.location else "")}
    if event.place.venue:
        words.add(event.place.venue.casefold())
    texts = {
        "title": event.title,
        "about": event.about,
        "topics": "\n".join(event.topics),
        "claims": "\n".join(f"{claim.text}\n{claim.by}" for claim in event.claims),
        "crowd": "\n".join(f"{claim.words}\n{claim.by}" for claim in event.crowd),
        "sources": "\n".join(f"{source.title}\n{source.url}" for source in event.sources),
        "campaign": event.campaign.name if event.campaign else "",
        "translations": "\n".join(f"{one.title}\n{one.about}" for one in event.translations),
    }
    return tuple(field for field, text in texts.items() if any(one in text.casefold() for one in words))


def snap_to_grid(lat: float, lon: float) -> tuple[float, float]:
    """Return the centre of the grid cell that contains a point.

    Cells are half-open, `[south, north)` by `[west, east)`, 0.1 degree wide; the last ones also contain 90 N and 180 E.
    """
    return _centre(lat, 90), _centre(lon, 180)


def _centre(degrees: float, limit: int) -> float:
    # Put the limit itself into the last cell; otherwise 180 E would move to 180.05, which does not exist.
    cell = min(math.floor(degrees * CELLS_PER_DEGREE), limit * CELLS_PER_DEGREE - 1)
    return round((cell + 0.5) / CELLS_PER_DEGREE, 2)


def _over_at(event: Event) -> float:
    """Return the Unix time (s) from which an event counts as over; infinite if its day is unknown."""
    if event.status is EventStatus.POSTPONED:
        return math.inf  # the new day is unknown, and the place may stay the same
    end = event.when.ends_at()
    if end is None:
        return math.inf if event.status in _STILL_TO_COME else -math.inf
    return (end + _slack(event.when)).timestamp()


def _slack(when: EventDate) -> timedelta:
    """Return how much later than its last day an event can be: "around June" can be July."""
    if not when.approximate or when.start is None or when.end is None:
        return timedelta()
    return max(when.end - when.start + timedelta(days=1), timedelta(days=7))


def _public_location(event: Event) -> Location | None:
    location = event.location
    if location is None:
        return None
    lat, lon = snap_to_grid(location.lat, location.lon)
    fine, radius_m = _is_fine(location), max(location.radius_m, CITY_RADIUS_M)
    if not fine and location.method.startswith(_FROM_A_MAP_OF_CITIES):
        city = _city_around(event)
        if city is None:
            return location  # the centre of a city from a gazetteer does not reveal the venue
        lat, lon, radius_m = city.lat, city.lon, city.radius_m
    return Location(
        lat,
        lon,
        LocationPrecision.CITY if fine else location.precision,
        CITY_RADIUS_M if fine else radius_m,
        1.0,
        WITHHELD,
        name=_public_text(event),
        admin1=location.admin1,
        country=location.country,
    )


def _public_place(event: Event) -> Place:
    return Place(_public_text(event), country_hint=event.place.country_hint)


def _public_text(event: Event) -> str:
    """Return the resolved name of the place, or "" if there is none or it may contain the venue.

    The source's text is never used: "before the parliament, Oslo" names the venue however it is shortened. The resolved
    name is that of the city, region or country, unless someone included the venue in it.
    """
    city = _city_around(event)
    if city is not None:
        return city.name
    name = event.location.name if event.location else ""
    return "" if _may_name_venue(name, event) else name


def _city_around(event: Event) -> City | None:
    """Return the city that the place is a quarter of, None for an independent town."""
    where = event.location
    if where is None or not where.name:
        return None
    return city_of_part(where.name, where.country or event.place.country_hint, where.lat, where.lon)


def _may_name_venue(name: str, event: Event) -> bool:
    venue, text = event.place.venue.casefold(), event.place.text.casefold()
    if venue and venue in name.casefold():
        return True
    # A place text that is only the name of a town is no secret; but if the name contains an address, it is.
    return name.casefold() == text and ("," in name or any(char.isdigit() for char in name))


def _is_fine(location: Location) -> bool:
    return location.precision in _FINE
