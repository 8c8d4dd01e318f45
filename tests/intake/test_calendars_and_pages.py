"""Month calendars as sheets, microdata events in web pages, and titles that contain their town."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

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


@pytest.mark.slow
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


def test_a_footnote_mark_is_not_a_digit_of_the_preceding_number() -> None:
    reading = _read(
        "<html><table><tr><th>Date</th><th>City</th><th>Participants</th></tr>"
        "<tr><td>1<sup>er</sup> mai 2023</td><td>Lyon</td><td>50 000<sup>12</sup></td></tr>"
        "<tr><td>2 mai 2023</td><td>Oslo</td><td>26 000 (police), 140 000 (syndicats)<sup>1</sup></td></tr>"
        "</table></html>"
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


def test_actions_on_cards_are_not_events() -> None:
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


def test_days_of_the_week_are_not_countries() -> None:
    reading = _read("WT;Datum;Ort;Tenor\nSa;24.02.2024;Oslo;Vigil\nMo;26.02.2024;Lyon;Walk\nDo;29.02.2024;Oslo;Talk\n")

    assert [(event.title, event.place.country_hint) for event in reading.events] == [
        ("Vigil", ""), ("Walk", ""), ("Talk", ""),
    ]  # fmt: skip


def test_a_sign_between_words_does_not_make_french_central_european() -> None:
    table = "Date;Commune;Lieu;Participants\n03/12/2023;Liège;Place Saint-Lambert;± 200\n"

    assert _read(table.encode("cp1252")).events[0].place.text == "Liège"


def test_polish_names_of_fields_without_their_letters_are_known() -> None:
    records = [{"tytul": f"Marsz {n}", "data_rozpoczecia": f"2023-07-{n}", "miejscowosc": "Oslo"} for n in (15, 16)]

    assert _events(_read(json.dumps(records)))[0] == ("Marsz 15", "2023-07-15", "Oslo")


def test_outlook_ends_a_whole_day_at_the_next_midnight_and_its_guests_are_not_public() -> None:
    reading = _read(
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Reminder Date,Required Attendees,Location\n"
        "Peace day,2024-09-21,0:00:00,2024-09-22,0:00:00,True,2024-09-20,Ann Example,Oslo\n"
        "March,2024-09-28,13:00,2024-09-28,14:00,False,2024-09-28,Bo Example,Oslo\n"
    )

    assert [event.when.edtf for event in reading.events] == [
        "2024-09-21",
        "2024-09-28T13:00:00/2024-09-28T14:00:00",
    ]
    assert all("Example" not in repr((event.crowd, event.organisers, event.title)) for event in reading.events)


def test_years_of_taiwan_need_no_name_of_their_era() -> None:
    reading = _read("日期,時間,城市\n113年5月21日,9時,Oslo\n113年5月28日,18時,Oslo\n")

    assert [event.when.edtf for event in reading.events] == ["2024-05-21T09:00:00", "2024-05-28T18:00:00"]


def test_the_lines_of_a_description_that_name_their_values_are_columns() -> None:
    def feature(name: str, lines: str) -> dict[str, object]:
        point = {"type": "Point", "coordinates": [10.7, 59.9]}
        return {"type": "Feature", "geometry": point, "properties": {"Name": name, "description": lines}}

    features = [
        feature("A", "<b>Fecha:</b> 13 de junio de 2022<br><b>Hora:</b> 10h00<br><b>Asistentes:</b> 2.000"),
        feature("B", "<b>Fecha:</b> 15 de junio de 2022<br><b>Hora:</b> 16h30<br><b>Asistentes:</b> cientos"),
    ]
    reading = read_events(
        json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        find_zone=lambda place, location: "Europe/Oslo",
    )

    assert [event.when.edtf for event in reading.events] == ["2022-06-13T10:00:00", "2022-06-15T16:30:00"]
    assert [(event.crowd[0].low, event.crowd[0].words) for event in reading.events] == [(2000, ""), (None, "cientos")]


def test_days_of_the_week_with_a_number_are_days_of_the_month_of_a_title() -> None:
    reading = _read("Tracker — June 2024,,\nDay,Town,Title\nTue 18th,Oslo,A\nThur 27th,Lyon,B\n")

    assert [event.when.edtf for event in reading.events] == ["2024-06-18", "2024-06-27"]


def test_a_day_at_the_start_of_titles_between_tables_applies_to_their_rows() -> None:
    head = "Città;Inizio;Evento"
    reading = _read(
        f"Cortei 2024;;\n25 APRILE — CORTEI;;\n{head}\nOslo;10:30;A\n\n1 MAGGIO — CORTEI;;\n{head}\nLyon;9:30;B\n"
    )

    assert [event.when.edtf for event in reading.events][1] == "2024-05-01T09:30:00"


def test_hours_in_arabic_words_are_read_with_their_part_of_the_day() -> None:
    reading = _read("التاريخ;الوقت;المدينة\n24/11/2023;السادسة مساءً;Oslo\n25/11/2023;الخامسة;Oslo\n")

    assert [event.when.edtf for event in reading.events] == ["2023-11-24T18:00:00", "2023-11-25"]


@pytest.mark.slow
def test_sheets_of_towns_hold_spots_in_them() -> None:
    book = openpyxl.Workbook()
    for town, spot in (("Oslo", "Torget"), ("Lyon", "Bellecour")):
        sheet = book.create_sheet(town)
        sheet.append(["Date", "Place", "Event"])
        sheet.append(["2024-06-18", spot, f"Vigil {town}"])
    book.remove(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)

    assert [(event.place.text, event.place.venue) for event in _read(written.getvalue()).events] == [
        ("Oslo", "Torget"),
        ("Lyon", "Bellecour"),
    ]


def test_bare_days_and_spans_of_days_next_to_month_and_year() -> None:
    reading = _read("Year,Month,Day(s),City\n2003,Feb,15,Oslo\n2003,Mar,20-21,Lyon\n")

    assert [event.when.edtf for event in reading.events] == ["2003-02-15", "2003-03-20/2003-03-21"]


def test_a_decimal_before_a_unit_keeps_its_fraction() -> None:
    reading = _read("Date;City;Numbers\n2003-02-15;Oslo;1.5–2 million\n2003-03-01;Oslo;2,5 bis 3 Tsd.\n")

    assert [(event.crowd[0].low, event.crowd[0].high) for event in reading.events] == [
        (1_500_000, 2_000_000),
        (2500, 3000),
    ]


def test_remarks_that_begin_with_the_cause_say_that_an_event_was_cancelled() -> None:
    remarks = [
        "von Anmelder zurückgezogen",
        "wegen Regen abgesagt",
        "因雨取消",
        "von Anmelder nicht abgesagt",
        "von Polizei begleitet",
    ]
    rows = "".join(f"2024-02-1{n};Oslo;Vigil {n};{remark}\n" for n, remark in enumerate(remarks))
    reading = _read(f"Datum;Ort;Titel;Bemerkung\n{rows}")

    assert [event.status.value for event in reading.events] == ["cancelled"] * 3 + ["held"] * 2


def test_inflected_words_for_police_and_organisers_name_who_counted() -> None:
    reading = _read(
        "Data;Miasto;Liczba osób wg policji;Liczba osób (org.)\n24.02.2024;Oslo;800;1,5 tys.\n25.02.2024;Lyon;70;90\n"
    )

    assert [(claim.low, claim.by) for claim in reading.events[0].crowd] == [(800, "police"), (1500, "organisers")]


def test_until_and_with_joins_two_times() -> None:
    reading = _read("Datum;Plaats;Tijd\nza 11 maart 2023;Oslo;13.30 t/m 15.00 uur\n")

    assert [event.when.edtf for event in reading.events] == ["2023-03-11T13:30:00/2023-03-11T15:00:00"]


def test_two_numbers_of_people_in_one_cell_are_those_that_the_heading_names() -> None:
    german = _read(
        "Datum;Ort;Tenor;TN-Zahl\n;;;(erw./tats.)\n24.02.2024;Oslo;Vigil;200/350\n26.02.2024;Lyon;Walk;500/ca. 420\n"
        "27.02.2024;Oslo;Talk;100/-\n28.02.2024;Oslo;Song;70\n"
    )
    spanish = _read(
        "Fecha;Ciudad;Asistentes (org. / policía)\n24.02.2024;Oslo;5.000 / 1.500\n25.02.2024;Lyon;90 / 60\n"
    )

    assert [[(claim.low, claim.is_expected) for claim in event.crowd] for event in german.events] == [
        [(350, False)], [(420, False)], [(100, True)], [(70, False)],
    ]  # fmt: skip
    assert {(claim.low, claim.by) for claim in spanish.events[0].crowd} == {(5000, "organisers"), (1500, "police")}


def test_days_and_months_in_numbers_with_a_point_are_not_day_numbers() -> None:
    reading = _read(
        "Lista 2023;;;;\nDzień;Godz. rozp.;Godz. zak.;Miasto;L. uczestników\n7.01;15:00;17:00;Oslo;120\n"
        "24.02;17:30;;Lyon;70\n"
    )

    assert [event.when.edtf for event in reading.events] == [
        "2023-01-07T15:00:00/2023-01-07T17:00:00",
        "2023-02-24T17:30:00",
    ]
    assert [event.crowd[0].low for event in reading.events] == [120, 70]


def test_a_number_of_registered_people_is_not_a_turnout() -> None:
    reading = _read(
        "Datum;Ort;Teilnehmerzahl lt. Anmeldung;Teilnehmerzahl lt. Polizei\n"
        "10.01.2022;Oslo;1.000;900\n11.01.2022;Lyon;80;\n"
    )

    assert [[(c.low, c.by, c.is_expected) for c in event.crowd] for event in reading.events] == [
        [(1000, "registered", True), (900, "police", False)],
        [(80, "registered", True)],
    ]
