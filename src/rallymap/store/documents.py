"""Events as JSON documents, and the differences between two documents.

A document holds the content of an event, without the fields that have their own columns (`id`, `revision`, `review`)
and without fields at their default: two events have the same content exactly if their documents are equal, even after a
later version has added a field.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
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
_SOURCED = ("claims", "crowd")
"""Fields whose items name a source by its number."""


def to_document(event: Event) -> str:
    """Return an event's content as JSON text."""
    content = _plain(event)
    for name in _OWN_COLUMNS:
        content.pop(name, None)
    return orjson.dumps(content).decode()


def from_document(event_id: str, revision: int, review: str, document: str) -> Event:
    """Return the event of a database row.

    Raises
    ------
    DamagedEventError
        If the row or document was edited by hand into an invalid event, or is of a newer version.
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


def picture_of(event_id: str, document: str) -> Picture | None:
    """Return only the picture, without building the event; raises what :func:`from_document` raises."""
    picture = open_document(event_id, document).get("picture")
    try:
        return Picture(**picture) if picture else None
    except (ValueError, TypeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err


def place_of(event_id: str, document: str) -> Place:
    """Return only the place text, without building the event; raises what :func:`from_document` raises."""
    content = open_document(event_id, document)
    try:
        return Place(**content.get("place", {}))
    except (ValueError, TypeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err


def open_document(event_id: str, document: str) -> Json:
    """Return the fields of a document without checking them.

    Raises
    ------
    DamagedEventError
        If it is not a JSON object.
    """
    try:
        content = orjson.loads(document)
    except ValueError as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err
    if not isinstance(content, dict):
        raise DamagedEventError(event_id, detail="not an object")
    return content


def differences(before: str, after: str, event_id: str = "") -> Mapping[str, tuple[Any, Any]]:
    """Return the differing fields of two documents, each with both values; None for a default value.

    Raises what :func:`open_document` raises.
    """
    old, new = open_document(event_id, before), open_document(event_id, after)
    return {
        field.name: (old.get(field.name), new.get(field.name))
        for field in dataclasses.fields(Event)
        if old.get(field.name) != new.get(field.name)
    }


def merged_documents(event_id: str, base: str, changed: str, now: str) -> str:
    """Apply the changes between `base` and `changed` to the current document; raises what `open_document` raises."""
    names = differences(base, changed, event_id)
    return orjson.dumps(_taken(open_document(event_id, now), open_document(event_id, changed), names)).decode()


def take_fields(event: Event, other: Event, names: Collection[str]) -> Event:
    """Take some fields of another event into an event.

    Each claim and crowd estimate keeps its source: its number is changed if the sources are in another order, and its
    source is added if it is missing.

    Raises
    ------
    InvalidEventError
        If the fields contradict those that are kept.
    """
    mine, theirs = orjson.loads(to_document(event)), orjson.loads(to_document(other))
    return _read(event.id, event.revision, event.review, _taken(mine, theirs, names))


def _taken(mine: Json, theirs: Json, names: Collection[str]) -> Json:
    merged = {name: value for name, value in mine.items() if name not in names}
    merged |= {name: value for name, value in theirs.items() if name in names}
    sources = list(merged.get("sources", ()))
    for name in _SOURCED:
        known = (theirs if name in names else mine).get("sources", ())
        if name in merged:
            merged[name] = [_with_source(claim, known, sources) for claim in merged[name]]
    if sources:
        merged["sources"] = sources
    return merged


def _with_source(claim: Json, known: Sequence[Json], sources: list[Json]) -> Json:
    """Return a claim whose number of a source among `known` is that in `sources`; add a source that is missing."""
    number = claim.get("source")
    if number is None or number >= len(known):
        return claim
    if known[number] not in sources:
        sources.append(known[number])
    return claim | {"source": sources.index(known[number])}


def _plain(value: Any) -> Json:
    """Return a dataclass as a mapping without fields at their default."""
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
    """Return the date in the ``when`` part of a document."""
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
