"""Small files from many countries: their headings, dates, times, number formats and encodings."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events

_ZONES = {
    "Oslo": "Europe/Oslo", "Bergen": "Europe/Oslo", "Sydney": "Australia/Sydney", "臺北市": "Asia/Taipei",
    "東京": "Asia/Tokyo", "서울": "Asia/Seoul", "باريس": "Europe/Paris", "London": "Europe/London",
}  # fmt: skip


def _zone(place: Place, location: object) -> str:
    del location
    return _ZONES.get(place.text.split(",")[0], "")


def _read(content: str | bytes) -> Reading:
    return read_events(content if isinstance(content, bytes) else content.encode(), find_zone=_zone)


def _when(event: Event) -> str:
    times = [f"{at:%H:%M}" for at in (event.when.start_time, event.when.end_time) if at is not None]
    return " ".join([str(event.when.start), *times])


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        (
            "イベント名,日付,時間,都市,国,参加者数\n追悼集会,2021年2月14日,13時半～15時,東京,日本,約3千人\n",
            ("追悼集会", "2021-02-14 13:30 15:00", "東京", 3000),
        ),
        (
            "행사명,날짜,시간,도시,국가,참가자 수\n추모제,2021년 3월 28일,오후 2시,서울,대한민국,100명\n",
            ("추모제", "2021-03-28 14:00", "서울", 100),
        ),
        (
            "活動名稱,日期,開始時間,縣市,人數\n遊行,民國108年9月29日,下午3:00,臺北市,約10萬人\n",
            ("遊行", "2019-09-29 15:00", "臺北市", 100_000),
        ),
        ("活動名稱,日期,縣市,人數\n悼念,109/06/04,臺北市,20\n", ("悼念", "2020-06-04", "臺北市", 20)),
        ("ชื่อกิจกรรม,วันที่,เมือง,ผู้เข้าร่วม\nจุดเทียน,14 ตุลาคม 2563,Oslo,50\n", ("จุดเทียน", "2020-10-14", "Oslo", 50)),
        (
            "اسم الفعالية,التاريخ,الوقت,المدينة,عدد المشاركين\nمظاهرة,22 أكتوبر 2021,2:30 م,باريس,500\n",
            ("مظاهرة", "2021-10-22 14:30", "باريس", 500),
        ),
        (
            "Název akce;Datum;Čas;Město;Počet účastníků\nDemonstrace;27. 2. 2022;15:00;Oslo;2 tisíce\n",
            ("Demonstrace", "2022-02-27 15:00", "Oslo", 2000),
        ),
        ("שם האירוע,תאריך,עיר,מספר משתתפים\nעצרת,11.3.2023,Oslo,200\n", ("עצרת", "2023-03-11", "Oslo", 200)),
        ("Акция,Дата,Город,Участников\nМитинг,31.01.2021,Oslo,150\n", ("Митинг", "2021-01-31", "Oslo", 150)),
        (
            "¿Cómo se llama el acto?,¿Qué día es?,¿A qué hora?,¿En qué ciudad?\nVigilia,22/10/2022,19:30:00,Oslo\n",
            ("Vigilia", "2022-10-22 19:30", "Oslo", None),
        ),
        (
            "时间,城市,主题,参加人数\n2022年11月28日晚8点,Oslo,白纸抗议,100余人\n",
            ("白纸抗议", "2022-11-28 20:00", "Oslo", 100),
        ),
        (
            "When,What,Where\nSaturday 24 September 2022 at 6pm (BST),Vigil,London\n",
            ("Vigil", "2022-09-24 18:00", "London", None),
        ),
    ],
)
def test_headings_dates_and_numbers_of_a_language_are_read(text: str, brief: tuple[str, str, str, int | None]) -> None:
    (event,) = _read(text).events

    crowd = event.crowd[0].low if event.crowd else None
    assert (event.title, _when(event), event.place.text, crowd) == brief


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp1250", "Marsz solidarności z Ukrainą"),
        ("iso8859_2", "Marsz solidarności z Ukrainą"),
        ("cp1250", "Tüntetés a békéért, Győr"),
        ("cp1252", "Veillée à Nîmes, cœur"),
        ("cp1252", "Manifestação em São Paulo"),
        ("cp1252", "¿Hasta cuándo? ¡Ya!"),
        ("mac_roman", "Kundgebung für Frieden, Köln und Süd"),
        ("cp850", "Kundgebung für Frieden, München"),
    ],
)
def test_encodings_of_latin_letters_are_distinguished_by_the_alphabets_of_languages(encoding: str, title: str) -> None:
    (event,) = _read(f"Date;Title;City\n2023-02-01;{title};Oslo\n".encode(encoding)).events

    assert event.title == title


def test_a_column_of_addresses_is_contact_data_whatever_its_heading() -> None:
    text = "Date,Title,Location,Where to ask\n2022-09-24,Vigil,a@private.example,+47 22 33 44 55\n"

    reading = _read(text)

    assert "private" not in repr(reading.events[0])
    assert _notes(reading) == [
        "Location: “a@private.example”. This is contact data, which is not kept.",
        "Where to ask: “+47 22 33 44 55”. This is contact data, which is not kept.",
    ]


def test_times_whose_heading_says_utc_are_moved_to_the_clock_of_the_place() -> None:
    text = "title,datetime (UTC),city\nVigil,2022-09-24 16:00,Oslo\nPicket,2022-09-24 22:00,Sydney\n"
    apart = "title,date,time (UTC),city\nPicket,2022-09-24,22:00,Sydney\n"

    assert [_when(event) for event in _read(text).events] == ["2022-09-24 18:00", "2022-09-25 08:00"]
    assert [_when(event) for event in _read(apart).events] == ["2022-09-25 08:00"]


def test_a_time_zone_after_a_time_is_applied_or_noted() -> None:
    text = (
        'event_name,event_time,city\nMarch,"Friday, 9 April 2021 at 12:00 UTC+01",Oslo\n'
        "Rally,10 April 2021 18:00 EST,Oslo\n"
    )

    reading = _read(text)

    assert [_when(event) for event in reading.events] == ["2021-04-09 13:00", "2021-04-10 18:00"]
    assert _notes(reading) == [
        "event_time: “10 April 2021 18:00 EST”. The time zone EST is named, but the time is taken as that of the place."
    ]


def test_numbers_of_police_and_organisers_are_separate_estimates() -> None:
    text = "Date,City,Title,Attendance (police),Attendance (organisers)\n2022-09-24,Oslo,March,800,1200\n"

    (event,) = _read(text).events

    assert [(claim.low, claim.high, claim.by) for claim in event.crowd] == [
        (800, 800, "police"),
        (1200, 1200, "organisers"),
    ]


def test_a_number_before_an_unknown_word_stays_words() -> None:
    reading = _read("Date,City,Title,Participants\n2022-09-24,Oslo,March,3 lakhh\n")

    (claim,) = reading.events[0].crowd
    assert (claim.low, claim.high, claim.words) == (None, None, "3 lakhh")
    assert _notes(reading) == [
        "Participants: “3 lakhh”. The word after the number is not known. The number is kept in words."
    ]


def test_words_for_a_cancelled_event_count_in_date_and_time_cells() -> None:
    text = "Datum;Beginn;Ort;Thema\n02.01.2023;entfällt;Oslo;Kundgebung\n03.01.2023;18:00;Oslo;Mahnwache\n"

    reading = _read(text)

    assert [event.status for event in reading.events] == [EventStatus.CANCELLED, EventStatus.HELD]
    assert _notes(reading) == ["Beginn: “entfällt”. This gives the status of the event: cancelled."]


def test_a_row_of_units_is_not_an_event() -> None:
    reading = _read("date,event,city\nYYYY-MM-DD,text,text\n2021-05-01,Vigil,Oslo\n")

    assert [(row.number, row.reason) for row in reading.rows] == [
        (2, "This row only says how dates are written."),
        (3, ""),
    ]


def test_a_header_of_groups_above_the_headings_is_joined_with_them() -> None:
    text = (
        "Tag;;Zeit;;Versammlung;;Teilnehmende;\n"
        "Wochentag;Datum;von;bis;Motto;Ort;angemeldet;tatsächlich\n"
        "Sa;04.03.23;13:00;17:00;Frieden;Oslo;500;1.200\n"
    )

    (event,) = _read(text).events

    assert (event.title, _when(event), event.place.text) == ("Frieden", "2023-03-04 13:00 17:00", "Oslo")
    assert event.crowd[0].low == 1200


def test_number_plates_in_a_column_of_countries_are_read_with_a_note() -> None:
    reading = _read("Datum;Titel;Ort;Land\n05.07.2022;Demo;Wien;A\n06.07.2022;Demo;Bern;CH\n")

    assert [event.place.country_hint for event in reading.events] == ["AT", "CH"]
    assert _notes(reading) == ["Land: “A”. This is read as Austria, as on number plates."]


def test_coordinates_in_a_column_of_places_are_points() -> None:
    text = "Name;Date;Location\nVigil;2022-03-05;52.5163, 13.3777\nRally;2022-03-06;POINT(2.3522 48.8566)\n"

    points = [event.location for event in _read(text).events]

    assert [(point.lat, point.lon) for point in points if point] == [(52.5163, 13.3777), (48.8566, 2.3522)]


def test_columns_whose_points_are_on_land_only_when_swapped_give_no_location() -> None:
    text = "title,date,lat,lon\nA,2022-03-01,-73.98,40.75\nB,2022-03-02,-118.24,34.05\nC,2022-03-03,-87.63,41.88\n"

    reading = _read(text)

    assert [event.location for event in reading.events] == [None] * 3
    assert [row.doubted_point for row in reading.rows] == [(-73.98, 40.75), (-118.24, 34.05), (-87.63, 41.88)]
    assert _notes(reading)[0] == "lat: “-73.98”. Latitude and longitude look swapped in these columns."


def test_one_wrong_point_does_not_swap_the_columns() -> None:
    text = "title,date,lat,lon\nA,2022-03-01,40.75,-73.98\nB,2022-03-02,-118.24,34.05\nC,2022-03-03,41.88,-87.63\n"

    reading = _read(text)

    assert [row.doubted_point for row in reading.rows] == [None] * 3
    assert [event.location is None for event in reading.events] == [False, True, False]


@pytest.mark.parametrize(
    ("heading", "codes"),
    [("St", ["ID", "TX"]), ("Area", ["NSW", "TAS"]), ("P/T", ["ON", "NL"]), ("Sigla", ["RJ", "SP"])],
)
def test_a_column_of_state_codes_next_to_towns_is_the_region(heading: str, codes: list[str]) -> None:
    text = f"Date,City,{heading},Event\n2019-06-02,Moscow,{codes[0]},Vigil\n2019-06-08,Paris,{codes[1]},March\n"

    assert [event.place.text for event in _read(text).events] == [f"Moscow, {codes[0]}", f"Paris, {codes[1]}"]


def test_headings_that_name_two_things_mean_the_one_that_is_known() -> None:
    text = "Datum;Anlass;PLZ/Ort;Route/Ort\n12.11.2022;Kundgebung;0150 Oslo;Torggata\n"

    (event,) = _read(text).events

    assert (event.title, event.place.venue, event.place.text) == ("Kundgebung", "Torggata", "0150 Oslo")


def test_an_event_of_all_day_has_no_times() -> None:
    text = (
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Location\n"
        "Rally,2022-03-05,17:00,2022-03-05,19:00,False,Oslo\nWeek,2022-03-14,0:00,2022-03-18,0:00,True,Oslo\n"
    )

    assert [event.when.edtf for event in _read(text).events][1] == "2022-03-14/2022-03-17"
    assert [_when(event) for event in _read(text).events] == ["2022-03-05 17:00 19:00", "2022-03-14"]


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("Sat 26th Feb 2022 at 12 noon", "2022-02-26 12:00"),
        ("Sat 26 Feb 2022 from 6-8pm", "2022-02-26 18:00 20:00"),
        ("20220226T090000", "2022-02-26 09:00"),
        ("26 februar 2022 kl. 18", "2022-02-26 18:00"),
        ("۸ بهمن ۱۴۰۱ - ساعت ۱۴", "2023-01-28 14:00"),
    ],
)
def test_times_after_dates_are_read(written: str, when: str) -> None:
    (event,) = _read(f"Title;When;City\nVigil;{written};Oslo\n").events

    assert _when(event) == when


def test_apostrophes_around_cells_are_quotation_marks() -> None:
    (event,) = _read("date;title;city\n'2022-05-02';'Vigil; silent';'Oslo'\n").events

    assert (event.title, event.place.text) == ("Vigil; silent", "Oslo")


def test_a_bilingual_country_is_read() -> None:
    (event,) = _read("date,title,city,country\n2022-08-24,Vigil,Oslo,Норвегія / Norway\n").events

    assert event.place.country_hint == "NO"


def test_sentences_below_a_markdown_table_are_not_rows() -> None:
    text = (
        "# Rallies\n\n| Date | City | Title | Source |\n|---|---|---|---|\n"
        "| 16 June 2019 | **Oslo** | Vigil | [NRK](https://example.org/v) |\n\n*Last update: 3 Oct 2019*\n"
    )

    reading = _read(text)

    (event,) = reading.events
    assert (event.title, event.place.text, event.sources[0].url) == ("Vigil", "Oslo", "https://example.org/v")
    assert len(reading.rows) == 1


_PAGE = """<html><head><meta charset="utf-8"><style>td {color: red}</style></head><body><h2>Rallies</h2>
<table><tr><th>Date</th><th>Event</th><th>City</th><th>Turnout</th></tr>
<tr><td>2014-03-02</td><td><a href="https://example.org/d1">Stand with Ukraine &amp; peace</a></td>
<td rowspan="2">Oslo</td><td>300</td></tr>
<tr><td>2014-03-09</td><td>No war<script>alert(1)</script></td><td>50</td></tr></table>
<table><tr><td>Imprint</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_tables_of_a_web_page_are_read_with_their_links(encoding: str) -> None:
    reading = _read(_PAGE.encode(encoding))

    assert reading.format == "HTML"
    assert [(event.title, event.place.text, event.crowd[0].low) for event in reading.events] == [
        ("Stand with Ukraine & peace", "Oslo", 300),
        ("No war", "Oslo", 50),
    ]
    assert [source.url for source in reading.events[0].sources] == ["https://example.org/d1"]


@pytest.mark.slow
def test_links_of_cells_in_a_workbook_become_sources() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Date", "Event", "City", "Source", "Contact person"],
        ["2022-03-06", "Vigil", "Oslo", "NRK", "A"],
        ["2022-03-07", "Rally", "Bergen", "BT", "B"],
    ):
        sheet.append(row)
    sheet["D2"].hyperlink = "https://example.org/nrk"
    sheet["B3"].hyperlink = "https://example.org/rally?a=1&b=2"
    sheet["D3"] = '=HYPERLINK("https://example.org/bt","BT")'
    sheet["E2"].hyperlink = "mailto:a@private.example"
    target = io.BytesIO()
    book.save(target)
    content = _with_stored_value(target.getvalue(), "BT")

    vigil, rally = _read(content).events

    assert [(source.url, source.title) for source in vigil.sources] == [("https://example.org/nrk", "NRK")]
    assert {source.url for source in rally.sources} == {"https://example.org/bt", "https://example.org/rally?a=1&b=2"}
    assert "private" not in repr(vigil)


@pytest.mark.slow
def test_the_address_in_a_formula_without_a_stored_value_is_the_source_of_an_xlsx_file() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "City", "Source"])
    sheet.append(["2022-03-06", "Oslo", '=HYPERLINK("https://example.org/nrk","NRK")'])
    sheet.append(["2022-03-07", "Oslo", '=HYPERLINK("https://example.org/bt")'])
    sheet.append(["2022-03-08", "Oslo", '=HYPERLINK("https://example.org/"&B2,"half an address")'])
    target = io.BytesIO()
    book.save(target)

    reading = _read(target.getvalue())

    assert [[(source.url, source.title) for source in event.sources] for event in reading.events] == [
        [("https://example.org/nrk", "NRK")], [("https://example.org/bt", "")], [],
    ]  # fmt: skip
    assert [remark.partition(".")[0] for remark in reading.remarks] == [
        "Cells with a HYPERLINK formula whose address cannot be read: 1"
    ]


def _with_stored_value(content: bytes, value: str) -> bytes:
    """Store a formula's value, as spreadsheet programs do."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = data.replace(b"</f><v></v>", f"</f><v>{value}</v>".encode()).replace(
                    b"</f><v />", f"</f><v>{value}</v>".encode()
                )
                data = data.replace(b'<c r="D3">', b'<c r="D3" t="str">')
            new.writestr(part, data)
    return target.getvalue()


def test_registered_and_counted_people_in_a_russian_table_are_distinguished() -> None:
    text = "Дата,Мероприятие,Город,Заявленная численность,Фактическая численность\n31.01.2021,Пикет,Oslo,50,120\n"

    (event,) = _read(text).events

    assert [claim.low for claim in event.crowd] == [120]


def test_a_column_that_asks_whether_it_went_ahead_cancels() -> None:
    text = (
        "Date,City,Event,Went ahead?\n2022-10-15,Oslo,A,Yes\n2022-10-16,Oslo,B,No\n2022-10-17,Oslo,C,No - police ban\n"
    )

    statuses = [event.status for event in _read(text).events]

    assert statuses == [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.CANCELLED]
