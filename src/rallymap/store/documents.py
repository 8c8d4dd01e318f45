"""Events as JSON documents, and the differences between two of them.

A document holds what an event says, without the fields that have columns of their own (`id`, `revision`, `review`),
and without fields at their default: two events say the same exactly when their documents are equal, also after a
later version has added a field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import orjson

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import DamagedEventError
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Claim,
    CrowdClaim,
    Disclosure,
    Event,
    EventStatus,
    Kind,
    Location,
    Picture,
    Place,
    ReviewStatus,
    Source,
    Translation,
    Waypoint,
)

Json = dict[str, Any]
_OWN_COLUMNS = ("id", "revision", "review")


def to_document(event: Event) -> str:
    """Return an event's content as JSON text."""
    content = _plain(event)
    for name in _OWN_COLUMNS:
        content.pop(name, None)
    return orjson.dumps(content).decode()


def from_document(event_id: str, revision: int, review: str, document: str) -> Event:
    """Return the event that a row of the database holds.

    Raises
    ------
    DamagedEventError
        If the row or document was changed by hand into something an event cannot be, or is of a newer version.
    """
    try:
        return _read(event_id, revision, review, orjson.loads(document))
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err


def _read(event_id: str, revision: int, review: str, content: Json) -> Event:
    location, disclosed_from = content.get("location"), content.get("disclosed_from")
    picture, campaign = content.get("picture"), content.get("campaign")
    return Event(
        event_id,
        content["title"],
        Kind(content["kind"]),
        date_of(content["when"]),
        place=Place(**content.get("place", {})),
        location=Location(**location) if location else None,
        route=tuple(_waypoint(point) for point in content.get("route", ())),
        organisers=tuple(content.get("organisers", ())),
        communities=tuple(content.get("communities", ())),
        about=content.get("about", ""),
        topics=tuple(content.get("topics", ())),
        claims=tuple(Claim(**claim) for claim in content.get("claims", ())),
        crowd=tuple(CrowdClaim(**claim) for claim in content.get("crowd", ())),
        sources=tuple(_source(source) for source in content.get("sources", ())),
        picture=Picture(**picture) if picture else None,
        by_organiser=content.get("by_organiser", False),
        status=EventStatus(content.get("status", EventStatus.HELD)),
        attendance_mode=AttendanceMode(content.get("attendance_mode", AttendanceMode.IN_PERSON)),
        review=ReviewStatus(review),
        disclosure=Disclosure(content.get("disclosure", Disclosure.CITY)),
        disclosed_from=datetime.fromisoformat(disclosed_from) if disclosed_from else None,
        campaign=Campaign(**campaign) if campaign else None,
        language=content.get("language", ""),
        translations=tuple(Translation(**one) for one in content.get("translations", ())),
        revision=revision,
    )


def _waypoint(content: Json) -> Waypoint:
    location = content.get("location")
    return Waypoint(content.get("text", ""), Location(**location) if location else None)


def picture_of(document: str) -> Picture | None:
    """Return the picture alone, without building the event."""
    picture: Json | None = orjson.loads(document).get("picture")
    return Picture(**picture) if picture else None


def place_of(document: str) -> Place:
    """Return the place text alone, without building the event."""
    return Place(**orjson.loads(document).get("place", {}))


def differences(before: str, after: str) -> Mapping[str, tuple[Any, Any]]:
    """Return the fields in which two documents differ, each with both values; None where a field is at its default."""
    old: Json = orjson.loads(before)
    new: Json = orjson.loads(after)
    return {
        field.name: (old.get(field.name), new.get(field.name))
        for field in dataclasses.fields(Event)
        if old.get(field.name) != new.get(field.name)
    }


def merged_documents(base: str, changed: str, now: str) -> str:
    """Return the present document with the fields that were changed between `base` and `changed`."""
    merged: Json = orjson.loads(now)
    for name, (_, value) in differences(base, changed).items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return orjson.dumps(merged).decode()


def _plain(value: Any) -> Json:
    """Return a dataclass as a mapping without the fields that are at their default."""
    plain: Json = {}
    for name, default in _DEFAULTS[type(value)]:
        held = getattr(value, name)
        if held == default:
            continue
        if isinstance(held, tuple):
            held = [_plain(item) if type(item) in _DEFAULTS else item for item in held]
        elif type(held) in _DEFAULTS:
            held = _plain(held)
        plain[name] = held
    return plain


def date_of(content: Json) -> EventDate:
    """Return the date in the part ``when`` of a document."""
    return EventDate(
        _day(content.get("start")),
        _day(content.get("end")),
        DatePrecision(content.get("precision", DatePrecision.UNKNOWN)),
        _time(content.get("start_time")),
        _time(content.get("end_time")),
        content.get("zone", ""),
        content.get("approximate", False),
    )


def _source(content: Json) -> Source:
    return Source(**{**content, "published": _day(content.get("published"))})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    def default_of(field: dataclasses.Field[Any]) -> object:
        made = field.default_factory
        return field.default if made is dataclasses.MISSING else made()

    return tuple((field.name, default_of(field)) for field in dataclasses.fields(kind))


_DEFAULTS = {
    kind: _defaults(kind)
    for kind in (Event, EventDate, Place, Location, Source, Picture, Claim, CrowdClaim, Campaign, Waypoint, Translation)
}
