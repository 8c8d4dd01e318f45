"""Calendars: their lines against the package icalendar, and the days that an event takes up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component
from icalendar.prop import vText

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, LocationPrecision
from rallymap.exports.calendar_lines import escaped, folded
from rallymap.exports.provenance import Provenance
from tests.exports.conftest import written

OSLO = ZoneInfo("Europe/Oslo")
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\\;,:"\n\t\r'), max_size=300)


@pytest.mark.slow
@given(TEXTS)
def test_line_is_folded_in_whole_characters_and_read_as_what_it_was(text: str) -> None:
    content = folded(f"DESCRIPTION:{escaped(text)}")
    pieces = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(piece) <= 75 and piece.decode() for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert not any(piece.endswith(b"\\") for piece in pieces[:-1])
    read = Component.from_ical(b"BEGIN:VEVENT\r\n" + content + b"END:VEVENT\r\n")
    theirs = Component.from_ical(b"BEGIN:VEVENT\r\nDESCRIPTION:" + vText(text.replace("\r", "")).to_ical() +
                                 b"\r\nEND:VEVENT\r\n")  # fmt: skip
    assert str(read["description"]) == str(theirs["description"])


@pytest.mark.parametrize("sign", ["a", "é", "ی", "會", "👩‍👩‍👧", "\\", ";"])
def test_line_may_be_folded_at_any_of_its_characters(sign: str) -> None:
    for before in range(64):
        text = "x" * before + sign * 40
        content = folded(f"SUMMARY:{escaped(text)}")
        assert all(len(piece) <= 75 and piece.decode() for piece in content.split(b"\r\n")[:-1])
        read = Component.from_ical(b"BEGIN:VEVENT\r\n" + content + b"END:VEVENT\r\n")
        assert str(read["summary"]) == text


def in_calendar(event: Event, provenance: Provenance) -> tuple[Component, Calendar]:
    calendar = Calendar.from_ical(written("ics", [event], provenance))
    [entry] = calendar.walk("VEVENT")
    return entry, calendar


def at(first: date, last: date, start: time, end: time | None, zone: str = "Europe/Oslo") -> EventDate:
    return EventDate(first, last, DatePrecision.MINUTE, start, end, zone)


@pytest.mark.parametrize(
    ("when", "end"),
    [
        (at(date(2024, 10, 1), date(2024, 10, 3), time(18), None), datetime(2024, 10, 4, tzinfo=OSLO)),
        (at(date(2024, 12, 31), date(2025, 1, 1), time(0), None), datetime(2025, 1, 2, tzinfo=OSLO)),
        (at(date(2024, 10, 1), date(2024, 10, 3), time(18), time(20)), datetime(2024, 10, 3, 20, tzinfo=OSLO)),
        (at(date(2024, 10, 1), date(2024, 10, 2), time(18), time(0)), datetime(2024, 10, 2, tzinfo=OSLO)),
        (at(date(2024, 10, 1), date(2024, 10, 1), time(18), None), None),
        (at(date(2024, 10, 1), date(2024, 10, 1), time(18), time(18)), None),
    ],
)
def test_event_takes_up_its_days_to_the_last_one_also_where_the_time_of_its_end_is_not_known(
    events: list[Event], provenance: Provenance, when: EventDate, end: datetime | None
) -> None:
    entry, _ = in_calendar(events[1].changed(when=when), provenance)
    assert (entry.decoded("dtend") if "dtend" in entry else None) == end


def test_coordinates_and_radius_are_written_without_exponents(events: list[Event], provenance: Provenance) -> None:
    location = events[1].location
    assert location is not None
    near = events[1].changed(location=replace(location, lat=0.00002, lon=-10.00001), route=())
    wide = replace(location, precision=LocationPrecision.COUNTRY, radius_m=3_456_789.0)
    content = written("ics", [near, events[1].changed(location=wide, route=())], provenance)
    assert b"\r\nGEO:0.00002;-10.00001\r\n" in content
    assert b"\r\nX-RALLYMAP-RADIUS-M:3456789\r\n" in content


@pytest.mark.parametrize(
    ("zone", "year", "offset"), [("America/New_York", 1963, -4), ("Europe/Oslo", 1943, 2), ("Europe/Oslo", 2024, 2)]
)
def test_calendar_has_the_rules_of_a_zone_for_the_years_of_its_events(
    events: list[Event], provenance: Provenance, zone: str, year: int, offset: int
) -> None:
    event = events[1].changed(when=at(date(year, 8, 28), date(year, 8, 28), time(12), time(13), zone))
    entry, calendar = in_calendar(event, provenance)
    [rules] = calendar.timezones
    read = datetime(year, 8, 28, 12, tzinfo=rules.to_tz(lookup_tzid=False))
    assert read.utcoffset() == entry.decoded("dtstart").utcoffset()
    assert read.astimezone(UTC).hour == 12 - offset


def test_time_in_utc_needs_no_rules(events: list[Event], provenance: Provenance) -> None:
    event = events[1].changed(when=at(date(2024, 8, 28), date(2024, 8, 28), time(12), time(13), "UTC"))
    entry, calendar = in_calendar(event, provenance)
    assert entry.decoded("dtstart") == datetime(2024, 8, 28, 12, tzinfo=UTC)
    assert calendar.walk("VTIMEZONE") == []
