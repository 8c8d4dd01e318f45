"""How it is said where an event takes place: at a place, online, or both; plain text, never HTML."""

from __future__ import annotations

from rallymap.events import AttendanceMode, Event, Waypoint
from rallymap.language import isolated, mark, separator, tr
from rallymap.wording import place_in_words, place_note

ATTENDANCE_LABELS = {
    # Translators: how people take part in an event: they come to a place.
    AttendanceMode.IN_PERSON: mark("in person"),
    # Translators: how people take part in an event: over the internet.
    AttendanceMode.ONLINE: mark("online"),
    # Translators: how people take part in an event: they come to a place, or take part over the internet.
    AttendanceMode.HYBRID: mark("in person and online"),
}
"""Marked: said by ``tr(ATTENDANCE_LABELS[mode])``."""


def where_in_words(event: Event) -> str:
    """Say where an event takes place: "Oslo, Norway", "online", "Oslo, Norway · also online", "place not known"."""
    is_known = event.location is not None or event.place.text
    where = place_in_words(event.place, event.location) if is_known or not event.is_online else ""
    if event.is_online:
        return separator().join(part for part in (tr(ATTENDANCE_LABELS[AttendanceMode.ONLINE]), where) if part)
    if event.attendance_mode is AttendanceMode.HYBRID:
        # Translators: after a place: people may take part over the internet, too.
        return separator().join((where, tr("also online")))
    return where


def route_in_words(event: Event) -> str:
    """Say the points of a route from start to end, "Stortinget – Youngstorget"; "" where there is none."""
    return " – ".join(isolated(point.text or _degrees(point)) for point in event.route)


def _degrees(point: Waypoint) -> str:
    return f"{point.location.lat:.5f}, {point.location.lon:.5f}" if point.location is not None else ""


def where_note(event: Event) -> str:
    """Say how its place is written, and how exactly it is known; "" for an online event without a place."""
    if event.is_online and event.location is None:
        return tr("source says “{text}”", text=isolated(event.place.text)) if event.place.text else ""
    return place_note(event.place, event.location)
