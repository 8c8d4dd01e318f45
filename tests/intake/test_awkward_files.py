"""Realistic messy files: each is read completely, and every event is compared."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from rallymap.errors import IntakeError
from rallymap.events import Event, Place
from rallymap.intake.inspection import inspect_tables
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, open_file, read_events

_TOWNS = {"Oslo": "Europe/Oslo", "Bergen": "Europe/Oslo", "Paris": "Europe/Paris", "Kiel": "Europe/Berlin"}


def _zone(place: Place, location: object) -> str:
    del location
    return _TOWNS.get(place.text.split(",")[0], "")


def _read(content: str | bytes, encoding: str = "utf-8") -> Reading:
    data = content if isinstance(content, bytes) else content.encode(encoding)
    return read_events(data, find_zone=_zone)


def _brief(event: Event) -> tuple[str, str, str, str]:
    return event.title, event.when.edtf, event.place.text, event.status.value


def _events(content: str | bytes) -> list[tuple[str, str, str, str]]:
    return [_brief(event) for event in _read(content).events]


_PLAIN = [("Vigil, with songs", "2022-09-24", "Oslo", "held"), ("March", "2022-09-25", "Bergen", "held")]


@pytest.mark.parametrize("sign", ["^", "~", "\x1f", "\x01", "¦"])
def test_rare_separators_are_found(sign: str) -> None:
    rows = ["Title", "Date", "City"], ["Vigil, with songs", "24.09.2022", "Oslo"], ["March", "25.09.2022", "Bergen"]

    assert _events("\n".join(map(sign.join, rows))) == _PLAIN


def test_columns_aligned_with_spaces_are_read() -> None:
    text = (
        "Date        City        Title\n"
        "----------  ----------  -----------------\n"
        "2022-09-24  Oslo        Vigil, with songs\n"
        "2022-09-25  Bergen      March\n"
    )

    reading = _read(text)

    assert [_brief(event) for event in reading.events] == _PLAIN
    assert reading.remarks == ("The columns of this file are aligned with spaces.",)


def test_escaped_quotation_marks_do_not_shift_columns() -> None:
    text = 'title,date,city,about\n"The \\"Woman\\" march",2022-09-24,Oslo,"He said \\"go\\", they went"\n'

    (event,) = _read(text).events

    assert (event.title, event.about) == ('The "Woman" march', 'He said "go", they went')


def test_headings_in_the_first_column_are_read() -> None:
    text = "Title,Vigil,March\nDate,2022-09-24,2022-09-25\nCity,Oslo,Bergen\nParticipants,100,200\n"

    events = _read(text).events

    assert [(*_brief(event)[:3], event.crowd[0].low) for event in events] == [
        ("Vigil", "2022-09-24", "Oslo", 100),
        ("March", "2022-09-25", "Bergen", 200),
    ]


def test_a_column_for_each_day_gives_an_event_for_each_filled_cell() -> None:
    text = "City,24 Sep 2022,1 Oct 2022\nOslo,200,\nParis,5000,3000\nTotal,5200,3000\n"

    reading = _read(text)

    assert [(event.place.text, event.when.edtf, event.crowd[0].low) for event in reading.events] == [
        ("Oslo", "2022-09-24", 200),
        ("Paris", "2022-09-24", 5000),
        ("Paris", "2022-10-01", 3000),
    ]
    assert [(row.number, row.reason) for row in reading.rows if row.event is None] == [(4, "This row is a sum.")]


def test_tables_below_each_other_keep_their_own_columns() -> None:
    text = (
        "Date,City,Event\n2022-09-24,Oslo,Vigil\n,,\nPast,,\nEvent,City,Date\nRally,Paris,2022-08-01\n,,\n"
        "Name,Email,\nAnna,a@example.org,\n"
    )

    reading = _read(text)

    assert [_brief(event)[:3] for event in reading.events] == [
        ("Vigil", "2022-09-24", "Oslo"),
        ("Rally", "2022-08-01", "Paris"),
    ]
    assert reading.remarks == ("The table was not read. This looks like a list of people.",)


def test_tables_side_by_side_are_read_one_after_the_other() -> None:
    text = (
        "Date,City,Event,,Date,City,Event\n2022-09-24,Oslo,Vigil,,2022-09-25,Paris,Rally\n2022-09-26,Kiel,March,,,,\n"
    )

    assert [event[:3] for event in _events(text)] == [
        ("Vigil", "2022-09-24", "Oslo"),
        ("March", "2022-09-26", "Kiel"),
        ("Rally", "2022-09-25", "Paris"),
    ]


def test_rows_that_name_a_month_give_it_to_the_rows_below() -> None:
    text = "Tag;Ort;Thema\nMärz 2022;;\n5;Kiel;Frieden\n6;Kiel;Solidarität\nApril 2022;;\n2;Kiel;Freiheit\n"

    reading = _read(text)

    assert [event.when.edtf for event in reading.events] == ["2022-03-05", "2022-03-06", "2022-04-02"]
    assert [row.reason for row in reading.rows if row.event is None] == [
        "This row is a heading for the rows below it."
    ] * 2


def test_rows_that_name_a_country_give_it_to_the_rows_below() -> None:
    text = (
        "Date,City,Event\nNorway,,\n2022-09-24,Oslo,Vigil\n2022-09-25,Bergen,March\nFrance,,\n2022-09-26,Paris,Rally\n"
    )

    assert [event.place.country_hint for event in _read(text).events] == ["NO", "NO", "FR"]


def test_towns_and_titles_without_headings_are_recognised() -> None:
    text = "2022-09-24,Oslo,Norway,Vigil for freedom\n2022-09-25,Bergen,Norway,March through the town\n"

    assert [event[:3] for event in _events(text)] == [
        ("Vigil for freedom", "2022-09-24", "Oslo"),
        ("March through the town", "2022-09-25", "Bergen"),
    ]


def _book(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.slow
def test_sheets_give_their_country_and_sheets_of_counts_are_left_out() -> None:
    head: list[object] = ["Date", "City", "Event"]
    by_country = _book(
        {"Norway": [head, ["2022-09-24", "Halle", "Vigil"]], "Germany": [head, ["2022-09-25", "Halle", "March"]]}
    )
    with_counts = _book(
        {"Events": [head, ["2022-09-24", "Oslo", "Vigil"]], "By city": [["City", "Count"], ["Oslo", 1]]}
    )

    assert [event.place.country_hint for event in _read(by_country).events] == ["NO", "DE"]
    reading = _read(with_counts)
    assert [event.title for event in reading.events] == ["Vigil"]
    assert reading.remarks == (
        "Sheet “By city” was not read. Other sheets have more of what an event needs. Choose this sheet to read it.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email,Phone,City\nAnna,a@b.example,+47 1,Oslo\nBob,b@c.example,+47 2,Paris\n",
        '{"name": "my-package", "version": "1.0", "dependencies": {"a": "1", "b": "2"}}',
        "Hello,\nthis is a letter about our meeting in Oslo, please read it.\nBest, X\n",
        "Item,Price,Quantity\nPaint,20,3\nPaper,5,10\n",
    ],
)
def test_files_without_events_give_no_events(text: str) -> None:
    assert _read(text).rows == ()
    assert not any(table.is_read for table in inspect_tables(open_file(text.encode()), ImportOptions()))


_RECORD = {"title": "Vigil", "date": "2022-09-24", "city": "Oslo"}
_OTHER = {"title": "March", "date": "2022-09-25", "city": "Bergen"}
_TWO = [("Vigil", "2022-09-24", "Oslo"), ("March", "2022-09-25", "Bergen")]


def _literal(record: dict[str, str]) -> dict[str, object]:
    return {name: {"type": "literal", "xml:lang": "en", "value": text} for name, text in record.items()}


@pytest.mark.parametrize(
    "data",
    [
        {"a1": _RECORD, "a2": _OTHER},
        {"columns": list(_RECORD), "index": [0, 1], "data": [list(_RECORD.values()), list(_OTHER.values())]},
        {"hits": {"total": 2, "hits": [{"_id": "1", "_source": _RECORD}, {"_id": "2", "_source": _OTHER}]}},
        {"records": [{"id": "rec1", "fields": _RECORD}, {"id": "rec2", "fields": _OTHER}]},
        {"data": {"events": {"edges": [{"node": _RECORD}, {"node": _OTHER}]}}},
        {"results": {"bindings": [_literal(_RECORD), _literal(_OTHER)]}},
        [{**_RECORD, "date": {"$date": "2022-09-24"}}, _OTHER],
    ],
)
def test_records_are_found_in_wrappers_of_apis(data: object) -> None:
    assert [event[:3] for event in _events(json.dumps(data))] == _TWO


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [("// made by hand\n[", ",\n", ",]\n"), ("var events = [", ",", "];"), ("", "", ""), ("", "\n", '\n{"tit')],
)
def test_nearly_valid_json_is_read(before: str, between: str, after: str) -> None:
    text = before + json.dumps(_RECORD) + between + json.dumps(_OTHER) + after

    reading = _read(text)

    assert [_brief(event)[:3] for event in reading.events] == _TWO
    assert reading.remarks == (("1 line is not JSON and was left out: 3.",) if after.startswith("\n{") else ())


def test_each_day_of_a_record_is_an_event() -> None:
    data = [{"title": "Vigil", "city": "Oslo", "occurrences": [{"date": "2022-09-24"}, {"date": "2022-10-01"}]}]

    assert [event[:3] for event in _events(json.dumps(data))] == [
        ("Vigil", "2022-09-24", "Oslo"),
        ("Vigil", "2022-10-01", "Oslo"),
    ]


def _feature(name: str, about: str, lon: float, lat: float) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": {"name": name, "description": about}}


def test_layers_of_a_umap_are_read_and_dates_found_in_descriptions() -> None:
    layers = [
        {"type": "FeatureCollection", "_umap_options": {"name": "Norway"},
         "features": [_feature("Vigil", "24.09.2022\nPeaceful\n[[https://example.org/a|Oslo post]]", 10.75, 59.91)]},
        {"type": "FeatureCollection",
         "features": [_feature("Rally of 25 September 2022", "[[https://example.org/b]]", 2.35, 48.85)]},
    ]  # fmt: skip

    events = _read(json.dumps({"type": "umap", "layers": layers})).events

    assert [(e.title, e.when.edtf, e.location and (e.location.lat, e.location.lon)) for e in events] == [
        ("Vigil", "2022-09-24", (59.91, 10.75)),
        ("Rally of 25 September 2022", "2022-09-25", (48.85, 2.35)),
    ]
    assert [(e.about, [source.url for source in e.sources]) for e in events] == [
        ("24.09.2022\nPeaceful\nOslo post", ["https://example.org/a"]),
        ("", ["https://example.org/b"]),
    ]


def test_schema_org_events_are_read() -> None:
    data = {"@context": "https://schema.org", "@graph": [{
        "@type": "Event", "name": "Vigil", "startDate": "2022-09-24T18:00:00+02:00",
        "eventStatus": "https://schema.org/EventCancelled",
        "location": {"@type": "Place", "name": "Stortinget", "address": {
            "@type": "PostalAddress", "addressLocality": "Oslo", "addressCountry": "NO"}},
        "organizer": {"@type": "Organization", "name": "Group A", "url": "https://a.example"},
    }]}  # fmt: skip

    (event,) = _read(json.dumps(data)).events

    assert _brief(event) == ("Vigil", "2022-09-24T18:00:00", "Oslo", "cancelled")
    assert (event.place.venue, event.place.country_hint, event.organisers) == ("Stortinget", "NO", ("Group A",))
    assert event.sources == ()


def _calendar(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""))


def _vevent(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


def test_calendars_move_cancel_and_repeat_as_they_say() -> None:
    text = _calendar(
        *_vevent("UID:1", "SUMMARY:Vigil", "DTSTART:20220901T180000", "RRULE:FREQ=WEEKLY;COUNT=3", "LOCATION:Oslo"),
        *_vevent("UID:1", "SUMMARY:Moved", "RECURRENCE-ID:20220908T180000", "DTSTART:20220909T190000", "LOCATION:Oslo"),
        *_vevent("UID:2", "SUMMARY:Odd rule", "DTSTART:20220910", "RRULE:FREQ=FORTNIGHTLY", "LOCATION:Oslo"),
        *_vevent("UID:3", "SUMMARY:Dashes", "DTSTART:2022-09-11", "LOCATION:Oslo"),
        *_vevent("UID:4", "SUMMARY:No day", "LOCATION:Oslo"),
    )

    reading = _read(text)

    assert [_brief(event)[:2] for event in reading.events] == [
        ("Vigil", "2022-09-01T18:00:00"),
        ("Vigil", "2022-09-15T18:00:00"),
        ("Moved", "2022-09-09T19:00:00"),
        ("Odd rule", "2022-09-10"),
        ("Dashes", "2022-09-11"),
        ("No day", ""),
    ]
    assert "How “Odd rule” repeats cannot be read; only its first day is kept." in reading.remarks
    cancelled = _calendar("METHOD:CANCEL", *_vevent("SUMMARY:Vigil", "DTSTART:20220901", "LOCATION:Oslo"))
    assert [event[3] for event in _events(cancelled)] == ["cancelled"]


@pytest.mark.slow
def test_a_yearly_day_without_end_is_kept_until_a_year_from_now() -> None:
    text = _calendar(*_vevent("SUMMARY:Vigil", "DTSTART;VALUE=DATE:20190604", "RRULE:FREQ=YEARLY", "LOCATION:Oslo"))

    reading = _read(text)

    years = [event.when.edtf[:4] for event in reading.events]
    assert years[:7] == ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]
    assert years == sorted(set(years))
    assert "repeats without end" in reading.remarks[0]


@pytest.mark.parametrize(
    ("header", "row", "status"),
    [
        ("title,date,remark", "Rally,2022-09-27,annulé", "cancelled"),
        ("title,date,remark", "Rally,2022-09-27,was cancelled by the police", "cancelled"),
        ("title,date,remark", "Rally,2022-09-27,not cancelled", "held"),
        ("title,date", "Rally – entfällt,2022-09-27", "cancelled"),
        ("title,date", "ABGESAGT Rally am Markt,2022-09-27", "cancelled"),
        ("title,date", "Cancel Culture Protest,2022-09-27", "held"),
        ("title,date,cancelled", "Rally,2022-09-27,yes", "cancelled"),
        ("title,date,is_cancelled", "Rally,2022-09-27,false", "held"),
        ("title,date,abgesagt?", "Rally,2022-09-27,ja", "cancelled"),
        ("title,date,Did it take place?", "Rally,2022-09-27,no", "cancelled"),
        ("title,date,Did it take place?", 'Rally,2022-09-27,"No, postponed"', "postponed"),
        ("title,date,Did it take place?", "Rally,2022-09-27,yes", "held"),
    ],
)
def test_an_event_is_cancelled_if_any_column_says_so(header: str, row: str, status: str) -> None:
    (event,) = _read(f"{header},city\n{row},Oslo\n").events

    assert event.status.value == status
    assert event.place == Place("Oslo")


def test_all_links_of_a_cell_become_sources() -> None:
    text = 'title,date,Sources\nA,2022-09-24,https://a.example/1 https://b.example/2\nB,2022-09-25,"VG (https://c.example)"\n'

    first, second = _read(text).events

    assert [source.url for source in first.sources] == ["https://a.example/1", "https://b.example/2"]
    assert [(source.url, source.title) for source in second.sources] == [("https://c.example", "VG")]


def test_markup_and_invisible_characters_are_removed_from_cells() -> None:
    text = "title,date,city,about\nWoman &amp; Life,2022-09-24,\u200bOslo,<p>Come to<br>the <b>park</b></p>\n"

    (event,) = _read(text).events

    assert (event.title, event.place.text, event.about) == ("Woman & Life", "Oslo", "Come to\nthe park")


def test_the_month_comes_first_in_a_table_of_american_states() -> None:
    text = "Date,City,State,What,How many\n3/5/22,Albany,NY,Stand together,~200\n3/6/22,Toledo,OH,No war,50-75\n"

    events = _read(text).events

    assert [(e.title, e.when.edtf, e.crowd[0].low) for e in events] == [
        ("Stand together", "2022-03-05", 200),
        ("No war", "2022-03-06", 50),
    ]


def test_a_file_of_unknown_kind_is_refused_with_a_sentence() -> None:
    with pytest.raises(IntakeError, match="This file is compressed"):
        _read(b"\x1f\x8b\x08\x00abc")


def test_turkish_and_polish_files_are_distinguished_by_headings() -> None:
    text = "Tarih;Şehir;Katılımcı sayısı\n24 Eylül 2022;Köln;yaklaşık 500\n"

    (event,) = read_events(text.encode("cp1254")).events

    assert (event.when.edtf, event.place.text, event.crowd[0].low) == ("2022-09-24", "Köln", 500)


def test_points_with_letters_in_two_columns_are_read() -> None:
    text = "title,date,latitude,longitude\nA,2022-09-24,59.9139° N,10.7522° E\nB,2022-09-25,33.8688° S,151.2093° E\n"

    points = [event.location and (event.location.lat, event.location.lon) for event in _read(text).events]

    assert points == [(59.9139, 10.7522), (-33.8688, 151.2093)]


def test_a_start_that_is_a_place_does_not_hide_the_date() -> None:
    text = "Date,Start,Title\n2022-09-24,Oslo S,March\n"

    (event,) = _read(text).events

    assert event.when.edtf == "2022-09-24"
