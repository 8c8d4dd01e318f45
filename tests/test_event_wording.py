"""Wording of where an event takes place."""

from __future__ import annotations

import pytest

from rallymap.dates import EventDate
from rallymap.event_wording import route_in_words, where_in_words, where_note
from rallymap.events import AttendanceMode, Event, EventStatus, Kind, Location, LocationPrecision, Place, Waypoint

OSLO = Location(59.91, 10.75, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO")
IN_PERSON, ONLINE, HYBRID = AttendanceMode


@pytest.mark.parametrize(
    ("mode", "place", "location", "where", "note"),
    [
        (IN_PERSON, "Oslo", OSLO, "Oslo, Norway", "source says “Oslo” · city only"),
        (IN_PERSON, "", None, "place not known", "no source gives the place"),
        (ONLINE, "", None, "online", ""),
        (ONLINE, "Xqzzthorpe", None, "online · Xqzzthorpe", "source says “Xqzzthorpe”"),
        (ONLINE, "Oslo", OSLO, "online · Oslo, Norway", "source says “Oslo” · city only"),
        (HYBRID, "Oslo", OSLO, "Oslo, Norway · also online", "source says “Oslo” · city only"),
        (HYBRID, "", None, "place not known · also online", "no source gives the place"),
    ],
)
def test_place_is_shown_with_the_attendance_mode(
    mode: AttendanceMode, place: str, location: Location | None, where: str, note: str
) -> None:
    event = Event("event", "Talk", Kind.OTHER, EventDate.unknown(), Place(place), location, attendance_mode=mode)
    assert (where_in_words(event), where_note(event)) == (where, note)


def test_event_that_moved_online_needs_no_place_either() -> None:
    event = Event("event", "Talk", Kind.OTHER, EventDate.unknown(), status=EventStatus.MOVED_ONLINE)
    assert (event.is_online, where_in_words(event), where_note(event)) == (True, "online", "")


def test_point_of_a_route_without_a_name_is_shown_in_degrees() -> None:
    points = (Waypoint("Stortinget"), Waypoint("", Location(59.91, 10.7, LocationPrecision.VENUE, 50, 1, "given")))
    event = Event("event", "March", Kind.MARCH, EventDate.unknown(), Place("Oslo"), OSLO, route=points)
    assert route_in_words(event) == "Stortinget – 59.91000, 10.70000"
