"""Registers of many cities: days that remarks move, weekdays, parts of the day, sums, lists in XML."""

from __future__ import annotations

import pytest

from rallymap.errors import IntakeError
from rallymap.events import Event, EventStatus
from rallymap.intake.cells.attributed_crowds import read_attributed_crowds
from rallymap.intake.cells.times import read_times
from rallymap.intake.cells.words import status_of_remark
from rallymap.intake.findings import NoteKind, RowFate
from rallymap.intake.reading import Reading, read_events
from tests.intake.workbooks import workbook


def _read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=lambda _place, _location: "Europe/Oslo")


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def _events(content: str) -> list[Event]:
    return [row.event for row in _read(content).rows if row.event is not None]


def _fields(content: str) -> dict[str, str]:
    (table,) = _read(content).tables
    return {column.heading: column.field for column in table.columns}


@pytest.mark.parametrize(
    ("day", "remark", "edtf"),
    [
        ("11.03.2023", "verlegt auf 18.03.2023", "2023-03-18"),
        ("11.03.2023", "verschoben auf den 18. März", "2023-03-18"),
        ("11-03-2023", "uitgesteld naar 18-03-2023", "2023-03-18"),
        ("11/03/2023", "reportée au 18 mars 2023", "2023-03-18"),
        ("11/03/2023", "adiado para 18/03/2023", "2023-03-18"),
        ("11.3.2023", "siirretty 18.3.2023", "2023-03-18"),
        ("11/3/2023", "αναβλήθηκε για 18/3/2023", "2023-03-18"),
        ("2023.03.11.", "elhalasztva 2023. március 18-ra", "2023-03-18"),
        ("11.03.2023", "отложено за 18.03.2023 г.", "2023-03-18"),
        ("2023-03-11", "延期至2023年3月18日", "2023-03-18"),
        ("11.03.2023", "տեղափոխվել է 18 մարտի 2023", "2023-03-18"),
        ("11/03/2023", "تأجلت إلى ١٨ مارس ٢٠٢٣", "2023-03-18"),
        ("18.03.2023", "verlegt vom 11.03.", "2023-03-18"),
        ("18.03.2023", "verlegt auf 18.03.2023", "2023-03-18"),
    ],
)
def test_event_takes_place_on_the_day_that_a_remark_moves_it_to(day: str, remark: str, edtf: str) -> None:
    reading = _read(f"Datum;Ort;Titel;Bemerkung\n{day};Oslo;Fackelzug;{remark}\n25.03.2023;Oslo;Mahnwache;\n")
    event = reading.events[0]
    assert (event.when.edtf, event.status) == (edtf, EventStatus.HELD)
    assert f"Bemerkung: “{remark}”. The event was moved to this date." in _notes(reading)
    assert ("Bemerkung", remark) in [(n.column, n.value) for n in reading.rows[0].notes if n.kind is NoteKind.KEPT]


def test_title_says_the_day_that_its_event_is_moved_to() -> None:
    rows = "24.03.2022;Oslo;Fackelzug (verlegt auf Fr, 25.03.)\n5.11.2022;Oslo;Film / postponed to 12 Nov 2022\n"
    told = [(one.title, one.when.edtf, one.status) for one in _events(f"Datum;Ort;Titel\n{rows}")]
    assert told == [("Fackelzug", "2022-03-25", EventStatus.HELD), ("Film", "2022-11-12", EventStatus.HELD)]
    (kept,) = _events("Datum;Ort;Titel\n24.03.2022;Oslo;Fackelzug (Block 2)\n")
    assert kept.title == "Fackelzug (Block 2)"


@pytest.mark.parametrize("remark", ["verschoben auf den Herbst", "postponed until May", "verschoben, 200 Karten weg"])
def test_event_that_is_moved_to_no_day_stays_postponed(remark: str) -> None:
    (event,) = _events(f"Datum;Ort;Titel;Bemerkung\n11.03.2023;Oslo;Fackelzug;{remark}\n")
    assert (event.when.edtf, event.status) == ("2023-03-11", EventStatus.POSTPONED)


@pytest.mark.parametrize(
    ("remark", "status"),
    [
        ("Veranstalter abgemeldet am 13.07.", "cancelled"), ("Gesuch zurückgezogen", "cancelled"),
        ("verweigert", "cancelled"), ("отменя се", "cancelled"), ("teruggetrokken", "cancelled"),
        ("ei toteutunut", "cancelled"), ("δεν έγινε", "cancelled"), ("не відбулося", "cancelled"),
        ("není povoleno", "cancelled"), ("đã hủy", "cancelled"), ("منسوخ", "cancelled"), ("বাতিল", "cancelled"),
        ("ملتوی", "postponed"), ("順延", "postponed"), ("perkeltas į 2022-08-10", "postponed"),
    ],
)  # fmt: skip
def test_statuses_of_registers_are_read_in_more_languages(remark: str, status: str) -> None:
    assert status_of_remark(remark) == status


def test_weekday_next_to_a_whole_date_is_compared_with_it() -> None:
    reading = _read(
        "Pvm;Päivä;Paikka;Tilaisuus\n26.2.2022;la;Oslo;Torikokous\n2.3.2022;ke;Oslo;Marssi\n5.3.2022;su;Oslo;Ilta\n"
    )
    assert [event.when.edtf for event in reading.events] == ["2022-02-26", "2022-03-02", "2022-03-05"]
    assert _notes(reading) == ["Päivä: “su”. The weekday is not that of 2022-03-05."]
    hebrew = "תאריך,יום,מקום,נושא\n14.1.2023,שבת,Oslo,נגד\n4.3.2023,ראשון,Oslo,ישראלים\n"
    assert _notes(_read(hebrew)) == ["יום: “ראשון”. The weekday is not that of 2023-03-04."]
    assert not _notes(_read("日付,曜日,場所,行動名\n2022-03-05,土,Oslo,平和を\n2022-03-06,日,Oslo,反対\n"))


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("낮 12시", "12:00"), ("저녁 7시", "19:00"), ("밤 9시 30분", "21:30"), ("夜7時", "19:00"),
        ("شام ۶ بجے", "18:00"), ("دوپہر ۲ بجے سے ۴ بجے تک", "14:00-16:00"), ("pukul 16.00 WIB", "16:00"),
        ("nuo 12 iki 15 val.", "12:00-15:00"), ("7h tối", "19:00"), ("în jurul orei 18", "18:00"),
        ("8 uveče", "20:00"), ("u podne", "12:00"), ("ຕອນແລງ 6", ""),
    ],
)  # fmt: skip
def test_parts_of_the_day_are_read_in_more_languages(cell: str, hours: str) -> None:
    """Check that an hour next to a word of an unknown script, which may say the half of the day, is no time."""
    read = read_times(cell)
    assert "-".join(f"{at:%H:%M}" for at in (read.start, read.end) if at) == hours
    assert bool(read.remark) == (not hours)


@pytest.mark.parametrize("cell", ["2022-06-04 19시", "2022년 6월 4일(토) 저녁 7시", "2022. 6. 4. 19:00~21:00"])
def test_hours_behind_a_korean_day_are_read(cell: str) -> None:
    (event,) = _events(f"일시,장소,집회명\n{cell},서울,집회\n")
    assert (event.when.edtf[:16], event.when.approximate) == ("2022-06-04T19:00", False)


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("2022. március 15. 10 óra", "2022-03-15T10:00:00"),
        ("2022 m. kovo 5 d.", "2022-03-05"),
        ("2022 m. birželio 4 d., šeštadienis", "2022-06-04"),
        ("martes 8 de marzo de 2022", "2022-03-08"),
    ],
)
def test_days_with_words_of_other_languages_are_read_whole(cell: str, edtf: str) -> None:
    reading = _read(f'Data,Vieta,Pavadinimas\n"{cell}",Oslo,Eitynės\n')
    assert [(event.when.edtf, event.when.precision) for event in reading.events] == [
        (edtf, "minute" if "T" in edtf else "day")
    ]
    assert not _notes(reading)


def test_short_headings_for_year_month_and_day_are_read_together() -> None:
    (event,) = _events("obs,ctry,y,m,d,loc_name,latnum,lonnum,n_low\n1,Norway,2019,6,9,Oslo,59.91,10.75,200\n")
    assert (event.when.edtf, event.location and event.location.lat) == ("2019-06-09", 59.91)
    assert _fields("y,m,place\n59.91,x,Oslo\n")["m"] != "month"


def test_date_of_a_record_is_none_next_to_that_of_its_event() -> None:
    (event,) = _events(
        '[{"acf": {"event_date": "20230311"}, "title": {"rendered": "Day"}, "date": "2023-02-01T09:00:00"}]'
    )
    assert event.when.edtf == "2023-03-11"


@pytest.mark.parametrize("cell", ["2080-05-23", "२०८० भदौ २३"])
def test_years_far_ahead_are_those_of_another_calendar(cell: str) -> None:
    reading = _read(f"मिति,सहर,कार्यक्रम,सहभागी\n{cell},Oslo,Peace lamp,50\n2023-09-09,Oslo,Rally,80 जना\n")
    assert [(event.when.edtf, event.crowd[0].low) for event in reading.events] == [("", 50), ("2023-09-09", 80)]
    assert _notes(reading) == [f"मिति: “{cell}”. This is not a date that can be read."]


def test_word_next_to_a_number_of_people_calls_the_event_off() -> None:
    first, second = _events(
        "Datum;Thema;Ort;Personen (Anz./Ist)\n05.03.2022;Nie;Oslo;50/45\n22.04.2022;Stopp;Oslo;20/abgesagt\n"
    )
    assert [(claim.low, claim.is_expected) for claim in first.crowd] == [(45, False)]
    assert (first.status, second.status) == (EventStatus.HELD, EventStatus.CANCELLED)


@pytest.mark.slow
def test_sheets_of_towns_give_them_to_rows_with_spots() -> None:
    head: list[object] = ["Date", "Lieu", "Mobilisation"]
    zones = {"Oslo": "Europe/Oslo", "Bergen": "Europe/Oslo", "Tromsø": "Europe/Oslo"}
    book = workbook(
        ("Oslo", [head, ["11/03/2023", "Bergen", "Marche"], ["12/03/2023", "Rue 1", "Veille"]]),
        ("Bergen", [head, ["13/03/2023", "Quai 3", "Veille"]]),
    )
    reading = read_events(book, find_zone=lambda place, _location: zones.get(place.text, ""))
    assert [event.place.text for event in reading.events] == ["Oslo", "Oslo", "Bergen"]


def test_numbers_without_a_heading_are_days_of_the_month_above_them_unless_they_count_rows() -> None:
    head, first, second = ",City,Event", "January 2020,,", "February 2020,,"
    days = f"{head}\n{first}\n11,Oslo,Vigil\n12,Bergen,Vigil\n{second}\n15-16,Oslo,Sit-in\n29,Oslo,March\n"
    assert [one.when.edtf for one in _events(days)] == [
        "2020-01-11", "2020-01-12", "2020-02-15/2020-02-16", "2020-02-29",
    ]  # fmt: skip
    counted = f"{head}\n{first}\n1,Oslo,Vigil\n2,Bergen,Vigil\n{second}\n3,Oslo,Sit-in\n4,Oslo,March\n"
    assert [one.when.edtf for one in _events(counted)] == ["2020-01", "2020-01", "2020-02", "2020-02"]


def test_members_with_a_town_and_a_day_are_no_events() -> None:
    rows = "Anna,Berg,anna@example.org,Oslo,2022-03-05\nBo,Dahl,bo@example.org,Bergen,2022-03-06\n"
    for joined in ("Joined", "Date"):
        assert not _events(f"First name,Last name,Email,City,{joined}\n{rows}")


@pytest.mark.parametrize(
    ("registered", "actual"),
    [
        ("Predpokladaný počet", "Skutočný počet"), ("Bejelentett létszám", "Tényleges létszám"),
        ("Očekivani broj učesnika", "Stvarni broj učesnika"), ("Заявен брой участници", "Реален брой участници"),
    ],
)  # fmt: skip
def test_registered_and_counted_people_are_distinguished_in_more_languages(registered: str, actual: str) -> None:
    fields = _fields(f"Date,City,{registered},{actual}\n2022-03-05,Oslo,100,90\n")
    assert list(fields.values())[2:] == ["crowd_registered", "crowd_actual"]


def test_line_of_a_list_has_start_and_end_around_a_dash() -> None:
    reading = _read(
        "Vigils, April 2022\n\nSunday 10 April\nOslo - Youngstorget, 3pm - 4.30pm\nBergen - Festplassen, 2pm\n"
    )
    assert [event.when.edtf for event in reading.events] == [
        "2022-04-10T15:00:00/2022-04-10T16:30:00", "2022-04-10T14:00:00",
    ]  # fmt: skip


def test_fractions_of_a_day_hold_for_all_columns_of_times() -> None:
    (event,) = _events("Data;Godz. od;Godz. do;Miejsce;Cel\n2022-03-06;0,708333333;0,75;Oslo;Marsz\n")
    assert event.when.edtf == "2022-03-06T17:00:00/2022-03-06T18:00:00"


def test_an_end_nearly_a_day_after_the_start_is_left_out() -> None:
    reading = _read("Date,Start time,End time,Place,Title\n2022-03-05,10:00,09:00,Oslo,Walk\n")
    assert [event.when.edtf for event in reading.events] == ["2022-03-05T10:00:00"]
    assert _notes(reading) == ["End time: “09:00”. This is before the start."]


def test_sums_are_no_events_and_no_values_of_their_columns() -> None:
    reading = _read("Lp.;Data;Miejsce;Cel\n1;44616;Oslo;Solidarni\n2;44618;Oslo;Marsz\nRazem;2;;\n")
    assert [event.when.edtf for event in reading.events] == ["2022-02-24", "2022-02-26"]
    assert [row.reason for row in reading.rows if row.fate is RowFate.NOT_AN_EVENT] == ["This row is a sum."]
    days = _events("JOUR;MOIS;ANNÉE;LIEU;INTITULÉ\n26;février;2022;Oslo;Marche\n5;mars;2022;Oslo;Veillée\nTOTAL;;;2;\n")
    assert [event.when.edtf for event in days] == ["2022-02-26", "2022-03-05"]


@pytest.mark.parametrize(
    "heading", ["Kundgebung / Demonstration", "Presidio/Corteo", "الموكب", "行動名", "Συγκέντρωση", "Nama Aksi"]
)
def test_heading_of_kinds_is_that_of_titles_where_its_values_are_texts(heading: str) -> None:
    events = _events(f"Datum;{heading};Ort\n2022-03-05;Keine Diktatur in Burma;Oslo\n2022-03-06;Frieden jetzt;Oslo\n")
    assert [event.title for event in events] == ["Keine Diktatur in Burma", "Frieden jetzt"]
    assert (
        _fields(f"Datum;{heading};Titel;Ort\n2022-03-05;x;Nie wieder;Oslo\n2022-03-06;;Frieden;Oslo\n")["Titel"]
        == "title"
    )


def test_headings_are_read_by_those_next_to_them() -> None:
    assert _fields("event,day,locality,headcount,by\nMarch,2020-03-08,Oslo,300,activists\n")["by"] == "note"
    assert _fields("dato;by;tittel\n08.03.2020;Oslo;Fakkeltog\n")["by"] == "city"
    told = _fields(
        "What?,On which day?,When does it start?,And when does it end?,City\nWalk,2022-02-27,12:00,14:00,Oslo\n"
    )
    assert told["And when does it end?"] == "end_time"
    counted = _fields("Data;Luogo;Presenti (Questura);Presenti (organizz.)\n25/02/2022;Oslo;2.000;5.000\n")
    assert list(counted.values())[2:] == ["crowd_police", "crowd_organisers"]
    nested = '[{"nazev": {"cs": "Vlajka"}, "datum": "2022-03-10", "misto": {"nazev": "Náměstí 1", "obec": "Oslo"}}]'
    (event,) = _events(nested)
    assert (event.title, event.place.text) == ("Vlajka", "Oslo")


@pytest.mark.parametrize(
    ("cell", "sides"),
    [
        ("주최측 500명, 경찰 200명", [("organisers", 500), ("police", 200)]),
        ("ca. 600 (Polizei: 350)", [("", 600), ("police", 350)]),
        ("600 (davon 350 Polizisten)", []),
        ("600 (2022: 350)", []),
    ],
)
def test_number_in_brackets_has_the_giver_next_to_it(cell: str, sides: list[tuple[str, int]]) -> None:
    assert [(side.by, side.crowd.low) for side in read_attributed_crowds(cell)] == sides


_LIST = """<?xml version="1.0" encoding="UTF-8"?>
<veranstaltungen stand="2023-04-01"><kopf><a>1</a></kopf>
<veranstaltung nr="1"><titel>Ostermarsch</titel><datum>08.04.2023</datum><beginn>11:00</beginn><ort>Oslo</ort>
</veranstaltung>
<veranstaltung nr="2" status="abgesagt">
<titel>Mahnwache</titel><datum>22.04.2023</datum><ende/><ort>Bergen</ort>
</veranstaltung>
</veranstaltungen>"""
_FEED = """<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Agenda</title>
<item><title>Veillée</title><link>https://example.org/1</link><pubDate>Mon, 02 Sep 2019 10:00:00 +0200</pubDate>{}
<description>Place</description></item></channel></rss>"""
_START = "<ev:startdate>2019-10-05T18:30</ev:startdate><ev:location>Oslo</ev:location>"


def test_list_of_records_in_xml_is_read() -> None:
    first, second = _events(_LIST)
    assert (first.title, first.when.edtf, first.place.text) == ("Ostermarsch", "2023-04-08T11:00:00", "Oslo")
    assert (second.title, second.when.edtf, second.status) == ("Mahnwache", "2023-04-22", EventStatus.CANCELLED)


def test_feed_is_read_where_its_items_say_when_an_event_is() -> None:
    (event,) = _events(_FEED.format(_START))
    assert (event.title, event.when.edtf, event.sources[0].url) == (
        "Veillée",
        "2019-10-05T18:30:00",
        "https://example.org/1",
    )


@pytest.mark.parametrize(
    "content",
    [
        _FEED.format(""),  # the day of a post is not that of an event
        _LIST.replace("</ort>\n", ""),
        '<osm version="0.6"><node id="1" lat="59.9" lon="10.7"/><node id="2" lat="59.8" lon="10.7"/></osm>',
        "<a>" * 3000 + "</a>" * 3000,
    ],
)
def test_other_xml_is_refused(content: str) -> None:
    with pytest.raises(IntakeError, match="This XML format is not read"):
        _read(content)
