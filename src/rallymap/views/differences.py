"""What two versions of an event say differently, field by field, as an HTML table; every text in it is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from rallymap.events import Claim, CrowdClaim, Disclosure, Event, Location, Picture, Place, Source
from rallymap.wording import (
    CLAIM_LABELS,
    KIND_LABELS,
    STATUS_LABELS,
    crowd_in_words,
    date_in_words,
    day_in_words,
    place_in_words,
    place_note,
)

DISCLOSURE_LABELS = {
    Disclosure.CITY: "the city until it is over",
    Disclosure.FROM_TIME: "the exact location from a time on",
    Disclosure.PUBLIC: "the exact location at once",
}


def differences(before: Event, after: Event) -> list[tuple[str, str, str]]:
    """Return field, earlier words and later words of each field in which two versions differ, in reading order.

    Words are "" where a version says nothing. Id, revision and review status are not part of what an event says.
    """
    said = ((label, say(before), say(after)) for label, say in _FIELDS)
    return [(label, old, new) for label, old, new in said if old != new]


def differences_table(before: Event, after: Event, *, heads: tuple[str, str] = ("Before", "After")) -> str:
    """Draw what two versions of an event say differently; "" where they say the same.

    Parameters
    ----------
    heads
        What the two versions are called.
    """
    rows = "".join(_row(*row, heads) for row in differences(before, after))
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(word)}</th>' for word in ("Field", *heads))
    return f'<table class="rm-differences"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(label: str, before: str, after: str, heads: tuple[str, str]) -> str:
    cells = "".join(
        f'<td data-head="{escape(head)}" dir="auto">{_cell(words, mark)}</td>'
        for head, words, mark in zip(heads, (before, after), ("del", "ins"), strict=True)
    )
    return f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'


def _cell(words: str, mark: str) -> str:
    return f"<{mark}>{escape(words)}</{mark}>" if words else "<i>nothing</i>"


def _when(event: Event) -> str:
    words = date_in_words(event.when)
    return f"{words} · {event.when.zone}" if event.when.zone and event.when.start_time is None else words


def _place(place: Place) -> str:
    country = f" ({place.country_hint})" if place.country_hint else ""
    return f"{place.text}{country}" if place.text or place.country_hint else ""


def _location(event: Event) -> str:
    location: Location | None = event.location
    if location is None:
        return ""
    point = f"{location.lat:.5f}, {location.lon:.5f}"
    note = place_note(Place(), location)
    return (
        f"{place_in_words(Place(), location)}\n{point} within {_metres(location.radius_m)}\n{note} · {location.method}"
    )


def _metres(radius_m: float) -> str:
    return f"{radius_m / 1000:.0f} km" if radius_m >= 1000 else f"{radius_m:.0f} m"


def _claim(claim: Claim) -> str:
    by = f" – {claim.by}" if claim.by else ""
    return f"{CLAIM_LABELS[claim.kind]}: {claim.text}{by}"


def _crowd(claim: CrowdClaim) -> str:
    by = f" – {claim.by}" if claim.by else ""
    return crowd_in_words(claim) + by


def _source(source: Source) -> str:
    day = day_in_words(source.published) if source.published else ""
    return " · ".join(part for part in (source.title, source.publisher, day, source.url, source.archived_url) if part)


def _picture(picture: Picture | None) -> str:
    # The start of the id distinguishes two pictures with the same description.
    return f"{picture.description} · {picture.id[:6]}" if picture else ""


def _disclosure(event: Event) -> str:
    label = DISCLOSURE_LABELS[event.disclosure]
    return f"{label}: {event.disclosed_from:%Y-%m-%d %H:%M %Z}" if event.disclosed_from else label


def _lines(items: Iterable[str]) -> str:
    return "\n".join(items)


_FIELDS: Sequence[tuple[str, Callable[[Event], str]]] = (
    ("Title", lambda event: event.title),
    ("Kind", lambda event: KIND_LABELS[event.kind]),
    ("State", lambda event: STATUS_LABELS[event.status]),
    ("When", _when),
    ("Place in words", lambda event: _place(event.place)),
    ("Spot", lambda event: event.place.venue),
    ("Place on the map", _location),
    ("Public before the event", _disclosure),
    ("Organisers", lambda event: _lines(event.organisers)),
    ("Communities", lambda event: _lines(event.communities)),
    ("About", lambda event: event.about),
    ("Topics", lambda event: _lines(event.topics)),
    ("Crowd", lambda event: _lines(map(_crowd, event.crowd))),
    ("Words reported", lambda event: _lines(map(_claim, event.claims))),
    ("Sources", lambda event: _lines(map(_source, event.sources))),
    ("Picture", lambda event: _picture(event.picture)),
    ("Reported by its organiser", lambda event: "yes" if event.by_organiser else ""),
)

FIELD_LABELS: Mapping[str, str] = {
    "title": "Title",
    "kind": "Kind",
    "status": "State",
    "when": "Date",
    "place": "Place",
    "location": "Place",
    "disclosure": "Public before the event",
    "disclosed_from": "Public before the event",
    "organisers": "Organisers",
    "communities": "Communities",
    "about": "About",
    "topics": "Topics",
    "crowd": "Crowd",
    "claims": "Words reported",
    "sources": "Sources",
    "picture": "Picture",
    "by_organiser": "Reported by its organiser",
}
"""What the fields of an event are called, where only their names are shown."""
