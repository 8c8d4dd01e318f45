"""Unwrap the JSON of programs that describe each value: Notion, Drupal, ActivityPub servers, Mobilizon, Airtable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_ACTIVITIES = frozenset({"Create", "Update", "Announce", "Add", "Join"})
"""ActivityStreams types of records that only say what happened to their object."""
_POSTS = frozenset("Note Article Page Image Video Audio Document Question Person Organization Group Service".split())
"""ActivityStreams types of objects that are not events."""
_STRUCTURE = frozenset(
    "Place PostalAddress VirtualLocation Country City State AdministrativeArea GeoCoordinates Point Person "
    "Organization PerformingGroup ImageObject Offer Link Image Document".split()
)
"""Types of parts of an event; without them the part is as clear, with them "Place" is a text like its name."""
_TYPE_NAMES = ("type", "@type")
_LON_LAT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*;\s*(-?\d{1,2}(?:\.\d+)?)\s*")
_PLACES = frozenset({"location", "place", "venue"})
_OF_STREET = re.compile(r"[,;\d\n]")
_OF_TYPED = frozenset({"id", "type", "function", "has_more"})
_OF_OPTION = frozenset({"id", "name", "color", "description"})
_OF_LONG_TEXT = frozenset({"value", "format", "processed", "summary", "safe_value"})
_OF_RANGE = frozenset({"value", "end_value", "timezone", "duration", "rrule", "rrule_index"})


def own_record(record: Any) -> Any:
    """Return the event of a record that a program wrapped: an activity's object, a page's properties."""
    if not isinstance(record, Mapping):
        return record
    inner = record.get("object")
    if _type_of(record) in _ACTIVITIES and isinstance(inner, Mapping):
        return inner
    if record.get("object") == "page" and isinstance(record.get("properties"), Mapping):
        address = record.get("public_url")  # `url` opens the page for its owners only
        return {**record["properties"], **({"url": address} if address else {})}
    if isinstance(record.get("type"), str) and isinstance(record.get("attributes"), Mapping):
        return {key: value for key, value in record.items() if key not in ("type", "relationships", "links")}
    return record


def _type_of(record: Mapping[str, Any]) -> str:
    """Return the type of a record, "" if it is not a text."""
    kind = record.get("type")
    return kind if isinstance(kind, str) else ""


def without_posts(records: Sequence[Any]) -> Sequence[Any]:
    """Return the events of a list that also contains posts and accounts (ActivityStreams)."""
    if not any(isinstance(record, Mapping) and record.get("type") == "Event" for record in records):
        return records
    return [
        {key: value for key, value in record.items() if key != "type" or value != "Event"}
        for record in records
        if isinstance(record, Mapping) and _type_of(record) not in _POSTS
    ]


def described_value(value: Mapping[str, Any]) -> tuple[Any] | None:
    """Return the value in an object that describes it, in a tuple; None for other objects."""
    keys = value.keys()
    kind = value.get("type")
    if isinstance(kind, str) and kind in keys and kind not in _OF_TYPED and keys <= _OF_TYPED | {kind}:
        return (_joined(value[kind]),)  # a property in Notion
    if "name" in keys and "color" in keys and keys <= _OF_OPTION:
        return (value["name"],)
    if "value" in keys and "format" in keys and keys <= _OF_LONG_TEXT:
        return (value["value"],)
    if isinstance(value.get("filename"), str) or "mediaType" in keys or "mimetype" in keys:
        address = value.get("url") or value.get("href") or ""
        name = value.get("filename") or value.get("name") or ""
        texts = [text for text in (name, address) if isinstance(text, str) and text]
        return (" ".join(["file:", *texts]),) if texts else None  # not a source, nor the name of the event
    return None


def without_structure(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part of an event without the name of its type; Mobilizon's "longitude;latitude" as two values."""
    plain = {key: inner for key, inner in value.items() if key not in _TYPE_NAMES or not _is_structural(inner)}
    place = plain.get("geom")
    if isinstance(place, str) and (pair := _LON_LAT.fullmatch(place)) is not None:
        del plain["geom"]
        plain |= {"latitude": float(pair[2]), "longitude": float(pair[1])}
    return plain


def with_town(key: object, value: Any) -> Any:
    """If the address of an event's place is only the name of a town, return it as the locality of the address."""
    address = value.get("address") if isinstance(value, Mapping) and str(key).casefold() in _PLACES else None
    if not isinstance(address, str) or not address or _OF_STREET.search(address):
        return value
    return {**value, "address": {"addressLocality": address}}


def _is_structural(kind: Any) -> bool:
    return isinstance(kind, str) and kind.rpartition("/")[2] in _STRUCTURE


def days_of_range(value: Any) -> list[dict[str, Any]] | None:
    """Return start and end of each range of a Drupal date field; None for other values."""
    ranges = value if isinstance(value, list) else [value]
    if not ranges or not all(
        isinstance(one, Mapping) and "value" in one and "end_value" in one and one.keys() <= _OF_RANGE for one in ranges
    ):
        return None
    return [
        {
            "start": one["value"],
            "end": one["end_value"],
            **({"timezone": one["timezone"]} if one.get("timezone") else {}),
        }
        for one in ranges
    ]


def _joined(value: Any) -> Any:
    """Return the text of several pieces with their formats; other values unchanged."""
    if isinstance(value, list) and value and all(isinstance(one, Mapping) and "plain_text" in one for one in value):
        return "".join(str(one["plain_text"]) for one in value)
    return value
