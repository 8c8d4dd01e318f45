"""JSON of programs that describe each value, and points, calendars and headings that programs write."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind, RowFate
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events

_ZONES = {
    "Köln": "Europe/Berlin", "Linz": "Europe/Vienna", "Austin": "America/Chicago", "Rennes": "Europe/Paris",
    "Oslo": "Europe/Oslo", "Lyon": "Europe/Paris", "Perth": "Australia/Perth",
}  # fmt: skip


def _read(content: str | bytes | list[Any] | dict[str, Any]) -> Reading:
    text = content if isinstance(content, (str, bytes)) else json.dumps(content)

    def zone(place: Place, location: object) -> str:
        del location
        return next((_ZONES[town] for town in _ZONES if town in place.text), "Europe/Berlin")

    return read_events(text if isinstance(text, bytes) else text.encode(), ImportOptions(), find_zone=zone)


def _told(event: Event) -> tuple[str, str, str, str]:
    return event.title, event.when.edtf, event.place.venue, event.place.text


def _notes(reading: Reading) -> list[tuple[str, str]]:
    return [(note.value, note.reason) for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def _page_of_notion(title: str, start: str | None, city: str, status: str) -> dict[str, Any]:
    text = {"type": "text", "text": {"content": title}, "plain_text": title}
    return {
        "object": "page", "id": "n", "created_time": "2023-02-20T10:00:00.000Z", "url": "https://notes.example.org/n",
        "properties": {
            "Tarih": {"id": "a", "type": "date", "date": {"start": start, "end": None} if start else None},
            "Şehir": {"id": "b", "type": "select", "select": {"id": "x", "name": city, "color": "red"}},
            "Durum": {"id": "c", "type": "status", "status": {"id": "y", "name": status, "color": "green"}},
            "Etkinlik": {"id": "title", "type": "title", "title": [text]},
        },
    }  # fmt: skip


def test_properties_of_notion_are_values_without_their_ids_and_colours() -> None:
    reading = _read({"object": "list", "results": [
        _page_of_notion("Dayanışma nöbeti", "2023-02-18T17:00:00.000+01:00", "Köln", "Yapıldı"),
        _page_of_notion("Gezi protestosu", None, "Linz", "İptal edildi"),
    ]})  # fmt: skip

    assert [_told(event) for event in reading.events] == [
        ("Dayanışma nöbeti", "2023-02-18T17:00:00", "", "Köln"), ("Gezi protestosu", "", "", "Linz")
    ]  # fmt: skip
    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.CANCELLED]
    assert [event.sources for event in reading.events] == [(), ()]  # only members can open the page


def test_date_ranges_of_drupal_are_start_and_end() -> None:
    def node(title: str, *days: tuple[str, str]) -> dict[str, Any]:
        ranges = [{"value": start, "end_value": end, "timezone": "Europe/Vienna"} for start, end in days]
        return {
            "type": "node--event", "id": "3f", "attributes": {
                "title": title, "created": "2023-01-01T08:00:00+00:00", "field_when": ranges,
                "field_address": {"country_code": "AT", "locality": "Linz", "address_line1": "Hauptplatz"},
            },
            "relationships": {"uid": {"data": {"type": "user--user", "id": "u1"}}},
        }  # fmt: skip

    reading = _read({"jsonapi": {"version": "1.0"}, "data": [
        node("Mahnwache", ("2023-04-01T15:00:00+02:00", "2023-04-01T16:30:00+02:00")),
        node("Demo", ("2023-05-01T10:00:00+02:00", "2023-05-01T10:00:00+02:00")),
    ]})  # fmt: skip

    assert [_told(event) for event in reading.events] == [
        ("Mahnwache", "2023-04-01T15:00:00/2023-04-01T16:30:00", "Hauptplatz", "Linz"),
        ("Demo", "2023-05-01T10:00:00", "Hauptplatz", "Linz"),
    ]
    assert _notes(reading) == [("2023-05-01T10:00:00+02:00", "The end is not known.")]


def test_activities_are_their_events_and_posts_are_none() -> None:
    def activity(number: int, inner: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "Create",
            "id": f"https://x.example.org/c/{number}",
            "actor": "https://x.example.org/u",
            "object": inner,
        }

    place = {"type": "Place", "name": "Hauptplatz", "address": {"type": "PostalAddress", "addressLocality": "Linz"}}
    event = {"type": "Event", "name": "Marcha por la paz", "startTime": "2023-05-20T12:00:00+02:00", "location": place}
    reading = _read({"type": "OrderedCollectionPage", "orderedItems": [
        activity(1, event | {"url": "https://x.example.org/e/1"}),
        activity(2, {"type": "Note", "content": "¡Gracias!", "url": "https://x.example.org/n/2"}),
    ]})  # fmt: skip

    assert [_told(event) for event in reading.events] == [
        ("Marcha por la paz", "2023-05-20T12:00:00", "Hauptplatz", "Linz")
    ]
    assert [(event.kind, [source.url for source in event.sources]) for event in reading.events] == [
        ("march", ["https://x.example.org/e/1"])
    ]
    assert len(reading.rows) == 1


def test_longitude_comes_first_in_mobilizon_and_a_category_does_not_hide_the_kind_in_the_title() -> None:
    reading = _read({"data": {"searchEvents": {"elements": [
        {"title": "Marche pour le Liban", "beginsOn": "2024-08-04T15:30:00Z", "category": "MOVEMENTS_POLITICS",
         "physicalAddress": {"description": "Place Hoche", "locality": "Rennes", "geom": "-1.6794;48.1102"}},
        {"title": "Fête", "beginsOn": "2024-08-05T15:30:00Z", "category": "MOVEMENTS_POLITICS",
         "physicalAddress": {"description": "Parc", "locality": "Rennes", "geom": "-1.68;48.11"}},
    ]}}})  # fmt: skip

    assert [(event.kind, event.location and (event.location.lat, event.location.lon)) for event in reading.events] == [
        ("march", (48.1102, -1.6794)), ("other", (48.11, -1.68))
    ]  # fmt: skip
    assert ("2024-08-04T15:30:00Z", "The time is recorded in Europe/Paris, the time zone of the place.") in _notes(
        reading
    )


def test_pictures_of_a_record_are_neither_sources_nor_kinds() -> None:
    picture = {
        "id": "att1",
        "url": "https://img.example.org/1",
        "filename": "a.jpg",
        "size": 1200,
        "type": "image/jpeg",
    }
    records = [
        {"id": f"rec{day}", "createdTime": "2024-12-20T01:02:03.000Z", "fields": {
            "Title": "Vigil for peace", "Date": f"2024-12-{day}", "City": "Köln", "Photo": [picture]}}
        for day in (13, 14)
    ]  # fmt: skip
    reading = _read({"records": records})

    assert [(event.kind, event.sources) for event in reading.events] == [("vigil", ())] * 2
    kept = [note.value for note in reading.rows[0].notes if note.kind is NoteKind.KEPT]
    assert "file: a.jpg https://img.example.org/1" in kept


def test_accuracy_of_a_point_is_not_part_of_its_venue() -> None:
    def event(day: int) -> dict[str, Any]:
        point = {"latitude": 30.2747, "longitude": -97.7404, "accuracy": "Rooftop"}
        place = {"venue": "Capitol steps", "locality": "Austin", "country": "US", "location": point}
        return {"title": f"Rally {day}", "start_date": f"2022-10-0{day}T12:00:00Z", "published": "2022-09-01T10:00:00Z",
                "browser_url": "https://act.example.org/e", "location": place}  # fmt: skip

    reading = _read({"_embedded": {"osdi:events": [event(1), event(2)]}})

    assert [_told(event)[1:] for event in reading.events] == [
        ("2022-10-01T07:00:00", "Capitol steps", "Austin"), ("2022-10-02T07:00:00", "Capitol steps", "Austin")
    ]  # fmt: skip
    assert {str(source.published) for event in reading.events for source in event.sources} == {"2022-09-01"}


def test_town_as_address_of_a_named_place_is_its_town() -> None:
    reading = _read([
        {"title": "Campeggio", "start": "2023-08-25", "place": {"name": "Parco Nord", "address": "Linz"}},
        {"title": "Presidio", "start": "2023-08-26", "place": {"name": "Parco Sud", "address": "Köln"}},
    ])  # fmt: skip

    assert [_told(event)[2:] for event in reading.events] == [("Parco Nord", "Linz"), ("Parco Sud", "Köln")]


@pytest.mark.parametrize("status", ["https://schema.org/EventRescheduled", "EventRescheduled"])
def test_rescheduled_event_takes_place_on_its_new_date(status: str) -> None:
    event = {"@type": "Event", "name": "Marsz", "startDate": "2022-02-27", "eventStatus": status, "location": "Linz"}
    reading = _read(f'<html><script type="application/ld+json">{json.dumps(event)}</script></html>')

    assert [(event.when.edtf, event.status) for event in reading.events] == [("2022-02-27", EventStatus.HELD)]
    assert (status, "The event was moved to this date.") in _notes(reading)


def test_time_of_a_waypoint_is_not_the_time_of_an_event() -> None:
    reading = _read(
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
        '<wpt lat="48.2" lon="16.4"><time>2023-07-01T08:10:00Z</time><name>Demo</name><desc>17. Juni 2023</desc></wpt>'
        '<wpt lat="48.3" lon="16.4"><time>2023-07-01T08:12:00Z</time><name>Mahnwache</name></wpt></gpx>'
    )

    assert [(event.title, event.when.edtf) for event in reading.events] == [("Demo", "2023-06-17"), ("Mahnwache", "")]
    kept = [note.value for row in reading.rows for note in row.notes if note.kind is NoteKind.KEPT]
    assert kept == ["2023-07-01T08:10:00Z", "2023-07-01T08:12:00Z"]


@pytest.mark.parametrize(
    "text",
    [
        "መስከረም 5 2014", "ኅዳር 12 ቀን 2014 ዓ.ም.", "12/01/2014 ዓ/ም", "ለካቲት 11 2014", "Meskerem 17, 2014",
        "Hamle 2 2012 E.C.",
        "17/08/2015 (Ethiopian calendar)", "17.8.2015 (äthiopischer Kalender)", "17/08/2015 (calendrier éthiopien)",
    ],
)  # fmt: skip
def test_date_of_the_ethiopian_calendar_is_left_out_with_a_note(text: str) -> None:
    reading = _read(
        [{"title": "Rally", "date": text, "city": "Köln"}, {"title": "March", "date": text, "city": "Linz"}]
    )

    assert [event.when.edtf for event in reading.events] == ["", ""]
    assert _notes(reading) == [(text, "This is not a date that can be read.")] * 2


def test_ethiopia_next_to_a_date_does_not_hide_it() -> None:
    reading = _read([{"title": "Rally", "date": "5 March 2022 (Ethiopian embassy)", "city": "Köln"},
                     {"title": "Vigil", "date": "6 March 2022", "city": "Linz"}])  # fmt: skip

    assert [event.when.edtf for event in reading.events] == ["2022-03-05", "2022-03-06"]


def test_new_day_in_place_of_the_venue_moves_the_event() -> None:
    reading = _read("Date;City;Venue\n20/04/2024;Köln;REPORTÉ au 27 avril\n21/04/2024;Linz;Hauptplatz\n")

    assert [(event.when.edtf, event.status, event.place.venue) for event in reading.events] == [
        ("2024-04-27", EventStatus.HELD, ""), ("2024-04-21", EventStatus.HELD, "Hauptplatz")
    ]  # fmt: skip
    assert ("REPORTÉ au 27 avril", "The event was moved to this date.") in _notes(reading)


def test_remark_behind_a_japanese_place_is_a_note() -> None:
    reading = _read("日付,場所,内容\n2021年3月27日,名古屋市 栄 ※雨天中止,デモ行進\n2021年3月28日,大阪市,集会\n")

    assert [(event.place.venue, event.place.text, event.status) for event in reading.events] == [
        ("", "名古屋市 栄", EventStatus.HELD), ("", "大阪市", EventStatus.HELD)
    ]  # fmt: skip
    assert [note.value for note in reading.rows[0].notes if note.kind is NoteKind.KEPT] == ["雨天中止"]


_MERGED = (
    "<html><table><tr><th>Date</th><th>Time</th><th>{place}</th><th>What</th></tr>{rows}</table></html>"
)  # fmt: skip


def test_unknown_heading_ends_the_country_above() -> None:
    rows = "".join(
        f"<tr><td colspan=4>{cells[0]}</td></tr>" if len(cells) == 1 else f"<tr><td>{'</td><td>'.join(cells)}</td></tr>"
        for cells in (
            ("Norway",), ("10 June 2018", "11:00", "Oslo", "Vigil"),
            ("France",), ("11 June 2018", "12:00", "Lyon", "March"),
            ("Terra Australis",), ("12 June 2018", "13:00", "Perth", "Rally"),
        )
    )  # fmt: skip
    reading = _read(_MERGED.format(place="City", rows=rows))

    assert [(event.place.text, event.place.country_hint) for event in reading.events] == [
        ("Oslo", "NO"), ("Lyon", "FR"), ("Perth", "")
    ]  # fmt: skip
    assert [row.number for row in reading.rows if row.fate is RowFate.NOT_AN_EVENT] == [2, 4, 6]


def test_towns_as_headings_merged_over_the_table() -> None:
    rows = "".join(
        f"<tr><td colspan=4>{cells[0]}</td></tr>" if len(cells) == 1 else f"<tr><td>{'</td><td>'.join(cells)}</td></tr>"
        for cells in (
            ("Köln",), ("10 June 2018", "11:00", "Domplatte", "Vigil"),
            ("Linz",), ("11 June 2018", "12:00", "Hauptplatz", "March"),
        )
    )  # fmt: skip

    def zone(place: Place, location: object) -> str:
        del location
        return _ZONES.get(place.text, "")

    reading = read_events(_MERGED.format(place="Venue", rows=rows).encode(), ImportOptions(), find_zone=zone)

    assert [_told(event)[1:] for event in reading.events] == [
        ("2018-06-10T11:00:00", "Domplatte", "Köln"), ("2018-06-11T12:00:00", "Hauptplatz", "Linz")
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [["Create"], {"value": "Create"}, None, 3])
def test_type_that_is_no_text_is_no_type_of_a_program(kind: Any) -> None:
    event = {"type": "Event", "name": "Vigil", "startTime": "2023-05-20T12:00:00+02:00", "location": {"name": "Linz"}}
    reading = _read({"orderedItems": [event, {"type": kind, "name": "Rally", "startTime": "2023-05-21"}]})

    assert [event.title for event in reading.events] == ["Vigil", "Rally"]
