"""Read files of many formats into events; each input is created here."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from rallymap.errors import IntakeError
from rallymap.events import Event
from rallymap.intake.findings import NoteKind, RowFate
from rallymap.intake.options import ImportOptions, from_toml, to_toml
from rallymap.intake.readers.delimited import read_delimited_text
from rallymap.intake.reading import Reading, read_events
from rallymap.intake.sheets import read_sheet
from tests.intake.workbooks import workbook


def read(content: str | bytes, **defaults: str) -> Reading:
    return read_events(
        content.encode() if isinstance(content, str) else content,
        ImportOptions(defaults),
        find_zone=lambda _place, _location: "Europe/Berlin",
    )


def shown(event: Event) -> tuple[str, str, str]:
    return event.title, event.when.edtf, ", ".join(filter(None, (event.place.venue, event.place.text)))


@pytest.mark.parametrize(
    "header",
    [
        "Datum;Thema;Ort",
        "Fecha;Título;Lugar",
        "Date de l'événement;Titre;Lieu",
        "Data do evento;Título;Local",
        "Data;Titolo;Luogo",
        "Datum;Onderwerp;Plaats",
        "Datum;Rubrik;Plats",
        "Dato;Tittel;Sted",
        "Data;Tytuł;Miejsce",
        "Дата;Название;Место",
        "Дата;Назва;Місце",
        "تاریخ;عنوان;مکان",
        "التاريخ;العنوان;المكان",
        "Tarih;Başlık;Yer",
        "日期;标题;地点",
        "Event date [UTC];Event name;Event location (city)",
    ],
)
def test_headings_of_many_languages(header: str) -> None:
    (event,) = read(f"{header}\n05.03.2022;Rally;Oslo\n").events
    assert shown(event) == ("Rally", "2022-03-05", "Oslo")


@pytest.mark.slow
def test_header_below_title_rows_and_every_sheet() -> None:
    reading = read(
        workbook(
            ("2021", [["Register of assemblies 2021"], [], ["Datum", "Thema"], [date(2021, 5, 1), "Spring"]]),
            ("2022", [["Datum", "Thema"], [date(2022, 5, 1), "Summer"], ["", ""]]),
            ("Notes", [["Nothing here"]]),
        ),
        place="Kiel, Germany",
    )
    assert [shown(event) for event in reading.events] == [
        ("Spring", "2021-05-01", "Kiel"),
        ("Summer", "2022-05-01", "Kiel"),
    ]
    assert [(row.sheet, row.number) for row in reading.rows] == [("2021", 4), ("2022", 2)]
    assert reading.events[0].place.country_hint == "DE"


@pytest.mark.slow
def test_merged_cells_apply_to_all_their_rows() -> None:
    rows: list[list[object]] = [["title", "date", "place"], ["A", "2022-09-16", "Oslo"], ["B", "2022-09-17", None]]
    (first, second) = read(workbook(("S", rows), merge="C2:C3")).events
    assert (first.place.text, second.place.text) == ("Oslo", "Oslo")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    (event,) = read("title;date;place\nMahnwache am Fluß;06.03.2022;Zürich\n".encode(encoding)).events
    assert shown(event) == ("Mahnwache am Fluß", "2022-03-06", "Zürich")


def test_guessed_encoding_is_noted() -> None:
    reading = read("title;place\nПикет у посольства;Варшава\nМитинг на площади;Прага\n".encode("cp1251"))
    assert [event.title for event in reading.events] == ["Пикет у посольства", "Митинг на площади"]
    assert reading.remarks == ("This file is not UTF-8; it was read as Windows-1251 (Cyrillic).",)


@pytest.mark.slow
def test_unclosed_quotation_mark_loses_no_row() -> None:
    rows = "".join(f"Rally {number},2022-03-05,Oslo\n" for number in range(400))
    reading = read(f'title,date,place\n"Open,2022-03-04,Kiel\n{rows}')
    assert (len(reading.events), reading.events[0].title) == (401, '"Open')
    assert reading.remarks == ("A quotation mark of this file is never closed; quotation marks were read as text.",)


def test_cell_of_megabytes_is_refused() -> None:
    with pytest.raises(IntakeError) as caught:
        read("title,date\n" + "x" * 1_100_000)
    assert caught.value.user_message == "This file has a cell with more than a million characters; it is not a table."


def test_geojson_has_longitude_first() -> None:
    feature = {
        "type": "Feature",
        "properties": {"name": "Rally"},
        "geometry": {"type": "Point", "coordinates": [10.7, 59.9]},
    }
    (event,) = read(json.dumps({"type": "FeatureCollection", "features": [feature]})).events
    assert event.location is not None
    assert (event.title, event.location.lat, event.location.lon) == ("Rally", 59.9, 10.7)


def test_nested_json_and_lists_of_other_records() -> None:
    data = {
        "organisers": [{"name": "Club", "phone": "1"}],
        "events": [{"title": "Rally", "when": {"date": "2022-03-05"}, "venue": {"city": "Oslo"}}],
    }
    reading = read(json.dumps(data))
    assert [shown(event) for event in reading.events] == [("Rally", "2022-03-05", "Oslo")]


def test_calendar_with_repeats_cancellation_and_whole_days() -> None:
    reading = read(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n"
        "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Oslo:20220305T180000\nDTEND;TZID=Europe/Oslo:20220305T193000\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Vigil\nLOCATION:Oslo\nORGANIZER;CN=Club:mailto:x@example.org\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:2\nDTSTART;VALUE=DATE:20220306\nDTEND;VALUE=DATE:20220308\nSUMMARY:Days\nSTATUS:CANCELLED\n"
        "LOCATION:Paris\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert [(event.when.edtf, event.when.zone) for event in reading.events[:3]] == [
        (f"2022-03-{day}T18:00:00/2022-03-{day}T19:30:00", "Europe/Oslo") for day in ("05", "12", "19")
    ]
    last = reading.events[3]
    assert (last.when.edtf, last.status.value) == ("2022-03-06/2022-03-07", "cancelled")
    assert reading.events[0].organisers == ("Club",)
    assert "x@example.org" not in repr(reading.events)


def test_yaml_in_the_head_of_a_page_gives_its_title_to_its_events() -> None:
    (event,) = read("---\ntitle: Lamps\nevents:\n  - city: Oslo\n    date: 2022-03-05\n---\nText\n").events
    assert shown(event) == ("Lamps", "2022-03-05", "Oslo")


@pytest.mark.slow
def test_wall_calendar_with_days_written_once_and_marks_for_kinds() -> None:
    rows: list[list[object]] = [
        ["März", "Info", "Demo", "Standort", "Uhrzeit", "Thema"],
        [4, "x", None, "Markt", "10-12 Uhr", None],
        [None, None, "x", "Rathaus", "17.45-19.00", "Mehr Bäume"],
    ]
    reading = read(workbook(("März", rows)), place="Kiel", year="2021")
    assert [(row.fate, row.reason) for row in reading.rows] == [
        (RowFate.NOT_AN_EVENT, "This row is marked as “Info”, which is not a gathering."),
        (RowFate.EVENT, ""),
    ]
    assert reading.events[0].when.edtf == "2021-03-04T17:45:00/2021-03-04T19:00:00"


def test_later_state_of_a_log_replaces_the_earlier_one() -> None:
    rows = "".join(f"2024-04-{day} 09:00,2024-05-{day},Rally {day},Markt,angemeldet\n" for day in range(10, 15))
    reading = read(f"timestamp,date,topic,location,status\n{rows}2024-04-28 09:00,2024-05-10,Rally 10,Markt,abgesagt\n")
    assert reading.rows[0].reason == "This row is an earlier state of the event in row 7."
    assert [event.status.value for event in reading.events][-1] == "cancelled"


def test_unknown_column_is_kept_and_unnamed_column_is_reported() -> None:
    reading = read("title,date,colour,,email\nRally,2022-03-05,red,stray,a@b.org\n")
    notes = [(note.kind, note.column, note.value) for note in reading.rows[0].notes]
    assert (NoteKind.KEPT, "colour", "red") in notes
    assert (NoteKind.KEPT, "column 4", "stray") in notes
    assert (NoteKind.LEFT_OUT, "email", "a@b.org") in notes
    assert reading.remarks == ("Kept as notes: colour.", "Column 4 has no heading. It is kept as a note.")


def test_missing_title_is_generated() -> None:
    (event,) = read(
        'Date of rally,City,State,Estimated attendance\n"Saturday, March 5, 2022",Albany,NY,"1,500"\n'
    ).events
    assert (event.title, event.crowd[0].low) == ("Rally, Albany", 1500)


def test_long_title_is_shortened_and_kept_whole() -> None:
    words = "We ask the council to open the harbour road again. " * 6
    (event,) = read(f"title,date\n{words},2022-03-05\n").events
    assert len(event.title) <= 200
    assert event.title.endswith("…")
    assert event.about == words.strip()


def test_totals_headers_and_remarks_are_not_events() -> None:
    reading = read("Datum;Thema;Ort;TN\n5.3.2022;Rally;Kiel;10\nDatum;Thema;Ort;TN\n;;Bitte freihalten;\nSumme;;;10\n")
    assert [row.reason for row in reading.rows] == [
        "",
        "This row repeats the headings.",
        "This row is a remark or a heading between other rows.",
        "This row is a sum.",
    ]


def test_mapping_file_preserves_the_options() -> None:
    options = ImportOptions(
        {"place": 'Kiel, "Germany"'}, {"Was": "title"}, ("2021",), 3, {"N": frozenset({"99"})}, {"Umzug": "march"}
    )
    assert from_toml(to_toml(options)) == options


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7", "This is a PDF; copy its table into a spreadsheet and save that as XLSX or CSV."),
        (
            b"PK\x03\x04nothing",
            "This spreadsheet is damaged; open it in a spreadsheet program and save it again, or as CSV.",
        ),
        (b'{"a":' * 5_000, "This file begins like JSON but is damaged; export it again."),
        (b"---\na: &a [1]\nb: *a\n", "This YAML file uses aliases (*name); write the values out."),
        (
            b"<?xml version='1.0'?><!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>",
            "This file declares entities; export it again without them.",
        ),
    ],
)
def test_file_that_cannot_be_read(content: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError) as caught:
        read(content)
    assert caught.value.user_message == sentence


def test_file_with_a_long_cell_is_read_independently_of_earlier_files() -> None:
    """The csv module has one cell size limit per process, so nothing may change it while files are read."""
    said = 'they said \\"stop\\", ' * 9_000
    lines = [f'2020-02-0{day},Oslo,"A \\"big\\" rally, number {day}",short' for day in range(1, 6)]
    text = "\n".join(["date,place,title,about", *lines, f'2020-02-09,Oslo,Rally,"{said}"']) + "\n"
    limit = csv.field_size_limit()
    for _ in range(2):
        rows = (
            read_delimited_text(text, lambda names: len({"date", "place", "title"}.intersection(names))).tables[0].rows
        )
        assert csv.field_size_limit() == limit
        assert [len(cells) for _, cells in rows] == [4] * 7
        assert rows[1][1][2] == 'A "big" rally, number 1'
        read_sheet(b"date,title\n2020-02-01,Rally\n", lambda names: len(list(names)))  # as when the site starts
        assert csv.field_size_limit() == limit


def test_rows_that_name_the_same_source_share_it() -> None:
    read = read_events(
        b"date,city,source\n2020-02-01,Oslo,https://a.example/x\n2020-02-02,Bergen,https://a.example/x\n"
    )

    first, second = (event.sources for event in read.events)
    assert first[0] is second[0]  # a hundred thousand rows may name one register


@pytest.mark.parametrize("cell", ["le 5 mai 2022, 18", "5.5.22; 18"])
def test_number_behind_a_whole_date_is_left_out_with_a_note(cell: str) -> None:
    read = read_events(f'date\tcity\n"{cell}"\tLyon\n4.4.2022\tParis\n'.encode())

    assert read.events[0].when.edtf == "2022-05-05"
    assert [note.reason for note in read.rows[0].notes] == ["These words are left out: 18."]
