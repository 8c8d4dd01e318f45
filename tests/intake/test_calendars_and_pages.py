"""Calendars of a month as a sheet, events in the elements of web pages, and titles that name their town."""

from __future__ import annotations

import io
import json

import openpyxl

from rallymap.events import Place
from rallymap.intake.reading import Reading, read_events

_TOWNS = {"Oslo", "Lyon", "Vigil in Oslo", "Walk in Lyon", "Vigil, Oslo", "Walk, Lyon", "Nantes"}


def _read(content: str | bytes) -> Reading:
    data = content if isinstance(content, bytes) else content.encode()
    return read_events(data, find_zone=lambda place, location: _zone(place))


def _zone(place: Place) -> str:
    return "Europe/Oslo" if place.text in _TOWNS else ""


def _events(reading: Reading) -> list[tuple[str, str, str]]:
    return [(event.title, event.when.edtf, event.place.text) for event in reading.events]


def test_each_entry_of_a_calendar_of_a_month_is_an_event() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "März"
    sheet.append(["März 2023"])
    sheet.append(["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"])
    sheet.append([None, None, 1, 2, 3, 4, 5])
    sheet.append([None, None, "18h Vigil, Oslo", None, None, "Walk, Lyon", None])
    sheet.append([6, 7, 8, 9, 10, 11, 12])
    sheet.append([None, None, "10:00 Vigil, Oslo\n16:00 Walk, Lyon", None, None, None, None])
    written = io.BytesIO()
    book.save(written)

    assert [(title, edtf) for title, edtf, _ in _events(_read(written.getvalue()))] == [
        ("Vigil, Oslo", "2023-03-01T18:00:00"),
        ("Walk, Lyon", "2023-03-04"),
        ("Vigil, Oslo", "2023-03-08T10:00:00"),
        ("Walk, Lyon", "2023-03-08T16:00:00"),
    ]


def test_titles_that_name_their_town_stay_titles_and_are_its_place() -> None:
    reading = _read("name,date\nVigil in Oslo,2022-10-01\nWalk in Lyon,2022-10-08\n")

    assert _events(reading) == [
        ("Vigil in Oslo", "2022-10-01", "Vigil in Oslo"),
        ("Walk in Lyon", "2022-10-08", "Walk in Lyon"),
    ]


def test_events_in_the_elements_or_the_script_of_a_page_are_read() -> None:
    elements = (
        '<html><body><article itemscope itemtype="https://schema.org/Event"><h2 itemprop="name">Vigil</h2>'
        '<time itemprop="startDate" datetime="2022-10-02T15:00">Sunday</time><br><img src="a.png">'
        '<p itemprop="location" itemscope itemtype="https://schema.org/Place"><b itemprop="name">Place Royale</b>'
        '<span itemprop="address">Nantes</span></p><a itemprop="url" href="https://example.org/1">More</a></article>'
        "<table><tr><td>Menu</td><td>Contact</td></tr><tr><td>a</td><td>b</td></tr></table></body></html>"
    )
    place = {"@type": "Place", "name": "Torget", "address": {"addressLocality": "Oslo"}}
    event = {"@type": "SocialEvent", "name": "Walk", "startDate": "2022-10-08", "location": place}
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "News"}, event]}
    script = f'<html><head><script type="application/ld+json">{json.dumps(graph)}</script></head><body>x</body></html>'

    assert _events(_read(elements)) == [("Vigil", "2022-10-02T15:00:00", "Nantes")]
    assert [source.url for source in _read(elements).events[0].sources] == ["https://example.org/1"]
    assert _events(_read(script)) == [("Walk", "2022-10-08", "Oslo")]


def test_the_mark_of_a_footnote_is_no_figure_of_the_number_before_it() -> None:
    reading = _read(
        "<html><table><tr><th>Date</th><th>City</th><th>Participants</th></tr>"
        "<tr><td>1<sup>er</sup> mai 2023</td><td>Lyon</td><td>50 000<sup>12</sup></td></tr>"
        "<tr><td>2 mai 2023</td><td>Oslo</td><td>26 000 (police), 140 000 (syndicats)<sup>1</sup></td></tr></table></html>"
    )

    assert [event.when.edtf for event in reading.events] == ["2023-05-01", "2023-05-02"]
    assert [[(claim.low, claim.by) for claim in event.crowd] for event in reading.events] == [
        [(50_000, "")],
        [(26_000, "police"), (140_000, "syndicats")],
    ]


def test_a_column_named_for_a_union_is_its_number_and_a_word_for_the_turnout_no_place() -> None:
    reading = _read("Dato;By;Sted;Oppmøte;CGT\n01.05.2023;Oslo;Torget;60-70;200\n02.05.2023;Lyon;Torget;~120;300\n")

    assert [[(claim.low, claim.high, claim.by) for claim in event.crowd] for event in reading.events] == [
        [(60, 70, ""), (200, 200, "organisers")],
        [(120, 120, ""), (300, 300, "organisers")],
    ]


def test_what_was_done_with_cards_is_no_list_of_events() -> None:
    cards = [
        {"id": f"c{n}", "name": f"Rally {n}", "due": f"2022-10-0{n}T13:00:00Z", "dateLastActivity": "2022-11-01"}
        for n in (1, 2)
    ]
    actions = [{"id": f"a{n}", "type": "createCard", "date": "2022-09-20T10:00:00Z"} for n in (1, 2, 3)]
    reading = _read(json.dumps({"cards": cards, "actions": actions}))

    assert [(title, edtf[:10]) for title, edtf, _ in _events(reading)] == [
        ("Rally 1", "2022-10-01"),
        ("Rally 2", "2022-10-02"),
    ]
