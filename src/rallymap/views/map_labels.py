"""What the map calls an event."""

from __future__ import annotations

from typing import Any

from rallymap.event_wording import where_in_words
from rallymap.events import Event, line_of
from rallymap.wording import date_in_words


def label_of(event: Event) -> dict[str, Any]:
    """Return what a map label says of a public event; with `route`, the line of one that moves, where it has one."""
    line = line_of(event.route)
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind.value,
        "when": date_in_words(event.when, short=True),
        "where": where_in_words(event),
        "name": "" if event.location is None else event.location.name,
        "at": None if event.location is None else [event.location.lat, event.location.lon],
        **({"route": line} if line else {}),
    }
