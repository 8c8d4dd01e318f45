"""Events in groups: a JSON list of towns, years or database tables, each with a list of events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_WHEN = re.compile(
    r"date|datum|dato|fecha|^data(?:$|[\W_])|when|start|begin|d[ée]but|inicio|termin|^(?:day|jour|tag|dag|dzie[nń]|d[ií]a)$"
    r"|дата|日期|تاریخ|تاريخ|tarih|תאריך",
    re.IGNORECASE,
)
_NAMES = frozenset({"name", "title", "titel", "titre", "título", "titulo", "titolo", "headline", "summary"})
_OWN = frozenset({"id", "name", "title", "type", "label", "slug", "description", "url", "key"})
"""Keys that describe the group, not its events."""


def ungrouped(records: Sequence[Any], days: frozenset[str]) -> Sequence[Any]:
    """Return the events of groups, each with the group's values; other records unchanged.

    A group is a record without a day that contains a list of records with days. Its name becomes ``group name`` if its
    events have names. Exports of databases have tables as groups, whose names mean nothing.

    Parameters
    ----------
    records
        Records of one list.
    days
        Names of lists, in lower case, that contain the days of a single event.
    """
    if not any(_events_of(record, days) for record in records):
        return records
    return [one for record in records for one in _events_in(record, days)]


def _events_in(record: Any, days: frozenset[str]) -> Iterator[Any]:
    key = _events_of(record, days)
    if key is None:
        if isinstance(record, Mapping) and _says_when(record):
            yield record
        return
    are_named = any(str(name).casefold() in _NAMES for item in record[key][:20] for name in item)
    is_table = record.get("type") == "table" and "database" in record
    outer = {
        f"group {name}" if are_named and str(name).casefold() in _OWN else str(name): value
        for name, value in record.items()
        if name != key and not isinstance(value, (Mapping, list)) and not is_table
    }
    for item in record[key]:
        if isinstance(item, Mapping):
            yield {**{name: value for name, value in outer.items() if name not in item}, **item}


def _events_of(record: Any, days: frozenset[str]) -> str | None:
    """Return the key of a group's list of events, None if a record is not a group."""
    if not isinstance(record, Mapping) or _says_when(record):
        return None
    return next(
        (
            key
            for key, value in record.items()
            if isinstance(value, list)
            and value
            and str(key).casefold() not in days
            and all(isinstance(item, Mapping) for item in value)
            and all(_says_when(item) for item in value[:20])
        ),
        None,
    )


def _says_when(record: Mapping[Any, Any]) -> bool:
    return any(_WHEN.search(str(key)) and not isinstance(value, (Mapping, list)) for key, value in record.items())
