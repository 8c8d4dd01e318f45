"""Attendance mode (in person, online or both) in tables and calendars."""

from __future__ import annotations

import pytest

from rallymap.events import AttendanceMode, Event
from rallymap.intake.cells.attendance import attendance_of, split_attendance
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events

IN_PERSON, ONLINE, HYBRID = AttendanceMode


def events_of(table: str) -> list[Event]:
    return list(read_events(table.encode(), ImportOptions()).events)


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("In person", IN_PERSON), ("in_person", IN_PERSON), ("vor Ort", IN_PERSON), ("En présentiel", IN_PERSON),
        ("presencial", IN_PERSON), ("очно", IN_PERSON), ("حضوری", IN_PERSON), ("yüz yüze", IN_PERSON),
        ("實體", IN_PERSON), ("på plats", IN_PERSON), ("https://schema.org/OfflineEventAttendanceMode", IN_PERSON),
        ("online", ONLINE), ("En ligne", ONLINE), ("onlain", None), ("онлайн", ONLINE), ("дистанційно", ONLINE),
        ("مجازی", ONLINE), ("عن بعد", ONLINE), ("線上", ONLINE),
        ("http://schema.org/OnlineEventAttendanceMode", ONLINE),
        ("hybrid", HYBRID), ("Präsenz und Online", HYBRID), ("ترکیبی", HYBRID), ("гибридный", HYBRID),
        ("MixedEventAttendanceMode", HYBRID), ("Oslo", None), ("", None),
    ],
)  # fmt: skip
def test_words_for_attendance_modes(words: str, mode: AttendanceMode | None) -> None:
    assert attendance_of(words) is mode


@pytest.mark.parametrize(
    ("text", "place", "mode"),
    [
        ("Oslo / online", "Oslo", HYBRID), ("Stortinget, Oslo and Zoom", "Stortinget, Oslo", HYBRID),
        ("Berlin (online)", "Berlin", HYBRID), ("میدان آزادی و آنلاین", "میدان آزادی", HYBRID),
        ("Zoom", "", ONLINE), ("Oslo, Norway", "Oslo, Norway", IN_PERSON), ("Online Street, Oslo",) * 2 + (IN_PERSON,),
    ],
)  # fmt: skip
def test_word_for_online_is_removed_from_a_place(text: str, place: str, mode: AttendanceMode) -> None:
    assert split_attendance(text) == (place, mode)


@pytest.mark.parametrize(
    "heading",
    ["attendance_mode", "Event Attendance Mode", "Präsenz oder online", "Формат участия", "شکل برگزاری", "參與方式"],
)
def test_column_is_found_by_its_heading(heading: str) -> None:
    table = f"date,title,city,{heading}\n2020-02-01,Talk,Oslo,hybrid\n2020-02-02,Vigil,Oslo,\n2020-02-03,Call,,online\n"
    found = [(event.title, event.place.text, event.attendance_mode) for event in events_of(table)]
    assert found == [("Talk", "Oslo", HYBRID), ("Vigil", "Oslo", IN_PERSON), ("Call", "", ONLINE)]


def test_word_that_is_not_known_is_left_out_with_a_note() -> None:
    reading = read_events(b"date,title,city,attendance_mode\n2020-02-01,Talk,Oslo,somehow\n", ImportOptions())
    [row] = reading.rows
    assert row.event is not None
    assert row.event.attendance_mode is IN_PERSON
    assert [(note.value, str(note.reason)) for note in row.notes] == [
        ("somehow", "This way to take part is not known here.")
    ]


def test_place_of_a_row_says_that_people_take_part_online() -> None:
    table = "date,title,place\n2020-02-01,Talk,Zoom\n2020-02-02,Vigil,Oslo / online\n2020-02-03,Rally,Oslo\n"
    found = [(event.place.text, event.attendance_mode) for event in events_of(table)]
    assert found == [("", ONLINE), ("Oslo", HYBRID), ("Oslo", IN_PERSON)]


def test_calendar_event_with_a_meeting_address_and_no_place_is_online() -> None:
    def entry(uid: str, *lines: str) -> str:
        head = ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20200101T000000Z", "DTSTART;VALUE=DATE:20200201")
        return "\r\n".join((*head, f"SUMMARY:{uid}", *lines, "END:VEVENT"))

    meeting = "CONFERENCE;VALUE=URI:https://meet.example/x"
    entries = (entry("call", meeting), entry("rally", meeting, "LOCATION:Oslo"), entry("vigil", "LOCATION:Oslo"))
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *entries, "END:VCALENDAR", ""))
    assert [event.attendance_mode for event in events_of(text)] == [ONLINE, IN_PERSON, IN_PERSON]


def test_address_of_a_meeting_never_becomes_public_by_import() -> None:
    reading = read_events(b"date,title,city,link\n2020-02-01,Talk,Oslo,https://zoom.us/j/123?pwd=x\n", ImportOptions())
    [row] = reading.rows
    assert row.event is not None
    assert row.event.sources == ()
    assert "lets anybody into the meeting" in str(row.notes[0].reason)
