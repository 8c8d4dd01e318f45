"""Title and place of an event as plain text in the reader's language, never HTML.

Rows and the snapshot contain no titles: labels, lists and pages read only the events that they show. Choosing a title
is cheap if the event has no translations.
"""

from __future__ import annotations

from typing import NamedTuple

from rallymap.events import AttendanceMode, Event, Waypoint
from rallymap.language import (
    best_tag,
    current_language,
    is_same_language,
    isolated,
    language_name,
    mark,
    separator,
    tr,
)
from rallymap.wording import place_in_words, place_note

ATTENDANCE_LABELS = {
    # Translators: how people take part in an event: they come to a place.
    AttendanceMode.IN_PERSON: mark("in person"),
    # Translators: how people take part in an event: over the internet.
    AttendanceMode.ONLINE: mark("online"),
    # Translators: how people take part in an event: they come to a place, or take part over the internet.
    AttendanceMode.HYBRID: mark("in person and online"),
}
"""Marked for translation; show with ``tr(ATTENDANCE_LABELS[mode])``."""


class Words(NamedTuple):
    """Title and summary of an event for one reader, each with its language tag ("" if unknown)."""

    title: str
    title_language: str
    about: str
    about_language: str


def words_of(event: Event) -> Words:
    """Return title and summary in the current language; each in the original language if it is not translated."""
    if not event.translations:
        return Words(event.title, event.language, event.about, event.language)
    titles = {event.language: event.title} | {one.language: one.title for one in event.translations if one.title}
    abouts = {event.language: event.about} | {one.language: one.about for one in event.translations if one.about}
    wanted = current_language().code
    of_title, of_about = (best_tag(wanted, list(texts)) for texts in (titles, abouts))
    of_title, of_about = (event.language if tag is None else tag for tag in (of_title, of_about))
    return Words(titles[of_title], of_title, abouts[of_about], of_about)


def marked_language(tag: str) -> str:
    """Return the value of a text's ``lang`` attribute: "" if it is the page's language or unknown."""
    return "" if tag == current_language().code else tag


def foreign_language(tag: str) -> str:
    """Return the name of a text's language, "" if it is the reader's language or unknown."""
    return language_name(tag) if tag and not is_same_language(tag, current_language().code) else ""


def where_in_words(event: Event) -> str:
    """Format where an event takes place: "Oslo, Norway", "online", "Oslo, Norway · also online", "place not known"."""
    is_known = event.location is not None or event.place.text
    where = place_in_words(event.place, event.location) if is_known or not event.is_online else ""
    if event.is_online:
        return separator().join(part for part in (tr(ATTENDANCE_LABELS[AttendanceMode.ONLINE]), where) if part)
    if event.attendance_mode is AttendanceMode.HYBRID:
        # Translators: after a place: people may take part over the internet, too.
        return separator().join((where, tr("also online")))
    return where


def route_in_words(event: Event) -> str:
    """Format a route from start to end, "Stortinget – Youngstorget"; "" if the event has none."""
    return " – ".join(isolated(point.text or _degrees(point)) for point in event.route)


def _degrees(point: Waypoint) -> str:
    return f"{point.location.lat:.5f}, {point.location.lon:.5f}" if point.location is not None else ""


def where_note(event: Event) -> str:
    """Format the place as written in the source and its precision; "" for an online event without a place."""
    if event.is_online and event.location is None:
        return tr("source says “{text}”", text=isolated(event.place.text)) if event.place.text else ""
    return place_note(event.place, event.location)
