"""Regression tests: values that were misread without a note, or rejected although they are clear."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events
from tests.intake.workbooks import packed_ods

TWO_WAYS = "This can be read in two ways. Say whether the day or the month comes first."


def read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=lambda place, location: _zone(place))


def _zone(place: Place) -> str:
    return {"Oslo": "Europe/Oslo", "Gävle": "Europe/Stockholm", "Lyon": "Europe/Paris"}.get(place.text, "")


def notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def dates_of(*cells: str) -> list[str]:
    return [event.when.edtf for event in _of_column("Date", *cells)]


def _of_column(heading: str, *cells: str) -> tuple[Event, ...]:
    dated = heading == "Date"
    rows = [f"Oslo\t{'' if dated else f'2023-03-{number:02}'}\t{cell}" for number, cell in enumerate(cells, 1)]
    head = "City\tVenue\tDate" if dated else f"City\tDate\t{heading}"
    return tuple(read("\n".join([head, *rows])).events)


def test_dates_that_begin_with_a_short_year_are_decided_by_the_column() -> None:
    assert dates_of("22-10-01", "22-10-08", "22-11-19") == ["2022-10-01", "2022-10-08", "2022-11-19"]
    assert dates_of("221001", "221008", "221119") == ["2022-10-01", "2022-10-08", "2022-11-19"]
    assert dates_of("05-10-22", "19-11-22") == ["2022-10-05", "2022-11-19"]
    assert dates_of("16/09/22", "16/09/23", "16/09/24") == ["2022-09-16", "2023-09-16", "2024-09-16"]


@pytest.mark.slow
def test_word_next_to_a_numeric_date_is_a_weekday_and_not_a_month() -> None:
    days = ["2027-01-19", "2027-03-23", "2027-05-25"]
    for word in ("mar.", "mar", "tir.", "سه‌شنبه", "سه شنبه"):
        for frame in ("{word} {d:%d.%m.%Y}", "{word} {d:%Y-%m-%d}", "{d:%d/%m/%Y}, {word}"):
            reading = read(
                "City\tDate\n"
                + "\n".join(f"Oslo\t{frame.format(word=word, d=date.fromisoformat(day))}" for day in days)
            )
            assert ([event.when.edtf for event in reading.events], notes(reading)) == (days, [])
    assert dates_of("3 mar 2027", "Mar 19, 2027") == ["2027-03-03", "2027-03-19"]


def test_an_ambiguous_short_year_is_queried() -> None:
    reading = read("City\tDate\nOslo\t22-10-08\n")

    assert reading.events[0].when.edtf == ""
    assert notes(reading) == [f"Date: “22-10-08”. {TWO_WAYS}"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Mar. 2, '23", "2023-03-02"),
        ("13/III/2023", "2023-03-13"),
        ("28 בינואר 2023", "2023-01-28"),
        ("ה-11 בפברואר 2023", "2023-02-11"),
        ("نهم مهرماه ۱۴۰۱", "2022-10-01"),
        ("بیست و پنجم آبان ماه ۱۴۰۱", "2022-11-16"),
        ("٣٠ تشرین الثانی ٢٠٢٢", "2022-11-30"),
        ("٥ ايار ٢٠٢٣", "2023-05-05"),
    ],
)
def test_dates_in_words_are_read(cell: str, day: str) -> None:
    assert dates_of(cell) == [day]


def test_a_date_of_the_iranian_calendar_takes_its_year_from_the_others() -> None:
    assert dates_of("۹ مهر ۱۴۰۱", "۲۳ مهر", "دوم دی") == ["2022-10-01", "2022-10-15", "2022-12-23"]
    assert dates_of("۱۴۰۱") == ["2022/2023"]


@pytest.mark.parametrize(
    ("cell", "times"),
    [
        ("12 noon – 3", ("12:00", "15:00")),
        ("2pm-5", ("14:00", "17:00")),
        ("10am-2", ("10:00", "14:00")),
        ("6pm-9:30", ("18:00", "21:30")),
        ("7pm-1", ("19:00", "01:00")),
        ("2pm-16:30", ("14:00", "16:30")),
        ("5:30p", ("17:30", "")),
        ("17u30", ("17:30", "")),
        ("4 μ.μ.", ("16:00", "")),
        ("٢ ظهراً", ("14:00", "")),
    ],
)
def test_times_are_in_the_intended_half_of_the_day(cell: str, times: tuple[str, str]) -> None:
    [event] = _of_column("Time", cell)
    found = [f"{at:%H:%M}" if at else "" for at in (event.when.start_time, event.when.end_time)]
    assert tuple(found) == times


@pytest.mark.parametrize(
    ("cell", "people"),
    [("½ million", (500_000, 500_000)), ("1½ thousand", (1500, 1500)), ("۲۰۰ الی ۳۰۰", (200, 300))],
)
def test_fractions_and_intervals_of_people_are_whole(cell: str, people: tuple[int, int]) -> None:
    [event] = _of_column("Crowd", cell)
    assert (event.crowd[0].low, event.crowd[0].high) == people


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("أُلغيت", "cancelled"), ("تم الإلغاء", "cancelled"), ("تأجّلت", "postponed"), ("בוטלה", "cancelled"),
        ("elmaradt", "cancelled"), ("ματαιώθηκε", "cancelled"), ("کنسل شد", "cancelled"), ("كنسل شد", "cancelled"),
        ("هەڵوەشێنرایەوە", "cancelled"), ("nicht durchgeführt", "cancelled"), ("נדחתה", "postponed"),
        ("התקיימה", "held"), ("nicht abgesagt", "held"),
    ],
)  # fmt: skip
def test_an_event_that_was_called_off_is_not_shown_as_held(word: str, status: str) -> None:
    reading = read(f"Title;Date;City;Status\nVigil;2023-03-01;Oslo;{word}\n")
    assert reading.events[0].status == status


def test_interested_people_are_not_a_crowd() -> None:
    record = {"name": "Vigil", "start_time": "2022-10-02", "place": "Oslo", "interested_count": 900}
    reading = read(json.dumps({"data": [record]}))
    assert reading.events[0].crowd == ()


def test_a_sentence_in_the_date_column_is_not_an_event() -> None:
    text = "Date;Title;City\n2023-03-01;Vigil;Oslo\nNote: figures are estimates;;\nAs of: 31.12.2023;;\n"
    reading = read(text)
    assert [event.title for event in reading.events] == ["Vigil"]
    assert [row.reason for row in reading.rows[1:]] == ["This row is a remark or a heading between other rows."] * 2


def test_descriptions_of_a_map_give_date_time_and_status() -> None:
    def feature(name: str, text: str) -> dict[str, object]:
        point = {"type": "Point", "coordinates": [4.8, 45.7]}
        return {"type": "Feature", "properties": {"name": name, "city": "Lyon", "about": text}, "geometry": point}

    collection = {
        "type": "FeatureCollection",
        "features": [
            feature("One", "Samedi 24 septembre 2022 à 15h, Bellecour. **Annulé**"),
            feature("Two", "27/10/2022 14h30"),
            feature("Three", "01/10/2022 14h30"),
        ],
    }
    reading = read(json.dumps(collection))
    one, two, three = reading.events
    assert (one.when.edtf[:16], two.when.edtf[:16], three.when.edtf) == ("2022-09-24T15:00", "2022-10-27T14:30", "")
    assert f"about: “01/10/2022 14h30”. {TWO_WAYS}" in notes(reading)


def test_an_unknown_time_zone_of_a_calendar_is_noted() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:8\nSUMMARY:Vigil\n"
        "DTSTART;TZID=Mars/Olympus:20230406T173000\nLOCATION:Oslo\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    reading = read(calendar)
    assert reading.events[0].when.edtf == "2023-04-06T17:30:00"
    assert notes(reading) == ["zone: “Mars/Olympus”. This time zone is not known."]


def test_coordinates_with_decimal_commas_and_a_slash_are_a_point() -> None:
    reading = read("Title;Date;City;GPS\nVigil;2023-03-01;Oslo;59,9127 / 10,7461\n")
    location = reading.events[0].location
    assert location is not None
    assert (location.lat, location.lon) == (59.9127, 10.7461)


def _ods(*rows: str) -> bytes:
    """Return a spreadsheet with a heading, two empty rows and `rows`, each a string of cells."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    filled = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>'
        f'<table:table table:name="List"><table:table-row>{_ods_cells("Title", "Date", "City", "Source")}'
        '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"{filled}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed_ods(content)


def _ods_cells(*texts: str) -> str:
    value = 'office:value-type="string"'
    return "".join(f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>" for text in texts)


@pytest.mark.slow
def test_links_of_ods_cells_are_sources() -> None:
    link = '<text:a xlink:href="https://example.org/vigil">Vigil</text:a>'
    march = _ods_cells("March", "2023-03-02", "Oslo")
    vigil, other = read_events(_ods(_ods_cells(link, "2023-03-01", "Oslo"), march)).events
    assert [source.url for source in vigil.sources] == ["https://example.org/vigil"]
    assert (vigil.title, other.sources) == ("Vigil", ())


@pytest.mark.slow
def test_addresses_in_formulas_of_ods_without_a_stored_value_are_sources() -> None:
    formula = "of:=HYPERLINK(&quot;https://example.org/a&quot;;&quot;NRK&quot;)"
    elsewhere = "of:=HYPERLINK([.A1];&quot;NRK&quot;)"
    reading = read_events(
        _ods(*(
            f'{_ods_cells(title, "2023-03-01", "Oslo")}<table:table-cell table:formula="{one}"/>'
            for title, one in (("Vigil", formula), ("March", elsewhere))
        ))
    )  # fmt: skip
    vigil, march = reading.events
    assert [(source.url, source.title) for source in vigil.sources] == [("https://example.org/a", "NRK")]
    assert march.sources == ()
    assert [remark.partition(".")[0] for remark in reading.remarks] == [
        "Cells with a HYPERLINK formula whose address cannot be read: 1"
    ]


@pytest.mark.parametrize(
    "cell",
    ["non annulé", "n’a pas été annulée", "nicht abgesagt", "wurde nicht verschoben", "not cancelled",
     "wasn’t postponed", "no cancelado", "niet afgelast",
     "ikke avlyst", "не отменено", "لغو نشد", "لم تلغ", "iptal edilmedi", "未取消"],
)  # fmt: skip
def test_a_negated_cancellation_is_an_event_as_planned(cell: str) -> None:
    content = f"City\tDate\tStatus\nOslo\t2023-03-01\t{cell}\nOslo\t2099-03-02\t{cell}\n"
    reading = read_events(content.encode(), today=date(2024, 1, 1))

    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.ANNOUNCED]
    assert notes(reading) == []


def test_a_negated_cancellation_in_a_place_is_ignored_and_a_ban_is_not() -> None:
    rows = "Oslo\t2023-03-01\tMarktplatz nicht abgesagt\t\nOslo\t2023-03-02\t\tnicht genehmigt\n"
    content = f"City\tDate\tVenue\tStatus\n{rows}"
    reading = read_events(content.encode(), today=date(2024, 1, 1))

    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.CANCELLED]


def test_struck_through_rows_are_cancelled_and_lose_their_tildes() -> None:
    reading = read(
        "| City | Date | Venue |\n|---|---|---|\n| ~~Oslo~~ | 2023-05-01 | ~~Youngstorget~~ |\n"
        "| Lyon | ~~2023-05-01~~ 2023-05-02 | ~~Bellecour~~ |\n| <s>Lyon</s> (annulé) | 2023-05-03 | |\n"
    )

    assert [(one.place.text, one.place.venue, one.when.edtf, one.status) for one in reading.events] == [
        ("Oslo", "Youngstorget", "2023-05-01", EventStatus.CANCELLED),
        ("Lyon", "", "2023-05-02", EventStatus.HELD),
        ("Lyon", "", "2023-05-03", EventStatus.CANCELLED),
    ]
    assert notes(reading)[:3] == [
        "City: “~~Oslo~~”. This gives the status of the event: cancelled.",
        "Date: “~~2023-05-01~~ 2023-05-02”. These words are left out: 2023-05-01.",
        "Venue: “~~Bellecour~~”. These words are left out: Bellecour.",
    ]


def test_a_struck_through_name_on_a_map_is_cancelled() -> None:
    point = {"type": "Point", "coordinates": [10.75, 59.91]}
    feature = {"type": "Feature", "properties": {"name": "~~Vigil~~", "date": "2023-05-01"}, "geometry": point}
    reading = read(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    assert [(event.title, event.status) for event in reading.events] == [("Vigil", EventStatus.CANCELLED)]


def test_a_date_in_the_heading_above_a_table_applies_to_its_rows() -> None:
    table = "| City | Venue |\n|---|---|\n| {} | a |\n| {} | b |\n\n"
    reading = read(
        "# Vigils\n\n## Saturday, 24 September 2022\n\n" + table.format("Oslo", "Lyon")
        + "## Sunday, 25 September 2022\n\n" + table.format("Lyon", "Oslo")
    )  # fmt: skip

    assert [(event.place.text, event.when.edtf) for event in reading.events] == [
        ("Oslo", "2022-09-24"), ("Lyon", "2022-09-24"), ("Lyon", "2022-09-25"), ("Oslo", "2022-09-25"),
    ]  # fmt: skip
    assert notes(reading)[0].endswith("This is the date of the rows around it, such as row 3.")
    assert [one.when.edtf for one in read("# Vigils on 24 September 2022\n" + table.format("Oslo", "Lyon")).events] == [
        "2022-09-24", "2022-09-24",
    ]  # fmt: skip


def test_the_day_of_making_a_list_is_not_the_date_of_its_rows() -> None:
    for title in ("Stand: 24.09.2022", "Updated 24 September 2022", "1 May 2022 to 30 June 2022"):
        reading = read(f"{title}\nCity;Venue\nOslo;a\nLyon;b\n")
        assert [event.when.edtf for event in reading.events] == ["", ""], title


@pytest.mark.parametrize(
    ("cells", "times", "said"),
    [
        (("2-5", "3"), ("", ""), ["This may mean 02:00–05:00 or 14:00–17:00.", "This may mean 03:00 or 15:00."]),
        (("2", "10-12"), ("", "10:00-12:00"), ["This may mean 02:00 or 14:00."]),
        (("2-5", "4-6 pm"), ("14:00-17:00", "16:00-18:00"),
         ["This is read as 14:00–17:00. It may mean 02:00–05:00."]),
        (("2-5", "14-17"), ("02:00-05:00", "14:00-17:00"),
         ["This is read as 02:00–05:00. It may mean 14:00–17:00."]),
        (("8-10", "14-17"), ("08:00-10:00", "14:00-17:00"), []),
        (("2-5", "10 am - 2 pm"), ("", "10:00-14:00"), ["This may mean 02:00–05:00 or 14:00–17:00."]),
        (("02:00-05:00", "2:30"), ("02:00-05:00", "02:30"), []),
    ],
)  # fmt: skip
def test_bare_hours_of_the_morning_or_afternoon_are_noted(
    cells: tuple[str, ...], times: tuple[str, ...], said: list[str]
) -> None:
    rows = "".join(f"Oslo\t2023-03-0{number}\t{cell}\n" for number, cell in enumerate(cells, 1))
    reading = read(f"City\tDate\tTime\n{rows}")

    found = ["-".join(re.findall(r"T(\d\d:\d\d)", event.when.edtf)) for event in reading.events]
    assert [note.partition(". ")[2] for note in notes(reading)] == said
    assert found == list(times)


def _calendar(*lines: str) -> Reading:
    event = "\r\n".join(("BEGIN:VEVENT", "UID:1", "SUMMARY:Vigil", *lines, "END:VEVENT"))
    return read(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VCALENDAR\r\n")


def test_a_time_in_another_zone_is_converted_to_its_place() -> None:
    zone = "America/Los_Angeles"
    reading = _calendar(
        f"DTSTART;TZID={zone}:20240510T120000", f"DTEND;TZID={zone}:20240510T160000", "LOCATION:Lyon"
    )  # fmt: skip
    when = reading.events[0].when

    assert (when.edtf, when.zone) == ("2024-05-10T21:00:00/2024-05-11T01:00:00", "Europe/Paris")
    assert notes(reading) == [f"zone: “{zone}”. The time is recorded in Europe/Paris, the time zone of the place."]
    table = read(f"City\tDate\tTime\tZone\nLyon\t2024-05-10\t16:00-18:00\t{zone}\n").events[0].when
    assert (table.edtf, table.zone) == ("2024-05-11T01:00:00/2024-05-11T03:00:00", "Europe/Paris")


def test_a_zone_with_the_same_offset_is_kept() -> None:
    reading = _calendar("DTSTART;TZID=Europe/Berlin:20240510T120000", "LOCATION:Lyon")

    assert (reading.events[0].when.zone, notes(reading)) == ("Europe/Berlin", [])


@pytest.mark.parametrize("line", ["LOCATION:Zoom", "LOCATION:online", "CONFERENCE:https://meet.example.org/a"])
def test_an_online_event_keeps_its_time_in_utc(line: str) -> None:
    when = _calendar("DTSTART:20240510T180000Z", "DTEND:20240510T190000Z", line).events[0].when

    assert (when.edtf, when.zone) == ("2024-05-10T18:00:00/2024-05-10T19:00:00", "UTC")


def test_a_bare_hour_in_a_column_of_ends_is_noted() -> None:
    reading = read("City\tDate\tStart time\tEnd time\nOslo\t2023-03-01\t2 pm\t5\n")

    assert reading.events[0].when.edtf.endswith("/2023-03-01T17:00:00")
    assert notes(reading) == ["End time: “5”. This is read as 17:00. It may mean 05:00."]


def test_link_is_no_title() -> None:
    reading = read(
        "City\tDate\tTitle\tAbout\nOslo\t2023-03-01\t\thttps://example.org/a\n"
        "Oslo\t2023-03-02\thttps://example.org/b\tA vigil for Mahsa Amini\n"
    )
    assert [(event.title, event.about) for event in reading.events] == [
        ("Rally, Oslo", "https://example.org/a"),
        ("A vigil for Mahsa Amini", "A vigil for Mahsa Amini"),
    ]
    assert [note.value for row in reading.rows for note in row.notes] == ["https://example.org/b"]


def test_date_of_a_part_of_the_event_is_kept_as_a_note() -> None:
    rows = [
        {
            "city": "Oslo",
            "start_date": day,
            "start_date_precision": precision,
            "timeline": [{"date": "2024-05-14"}, {"date": "2024-06-09"}],
        }
        for day, precision in (("2023-03-01", "day"), (None, "unknown"))
    ]
    reading = read(json.dumps(rows))
    assert [event.when.edtf for event in reading.events] == ["2023-03-01", ""]
    assert [note.value for row in reading.rows for note in row.notes] == ["2024-05-14", "2024-06-09"] * 2


def test_language_code_is_no_weekday() -> None:
    rows = [{"lang": "fr", "title": "Rassemblement", "city": "Lyon", "date": f"2018-01-0{day}"} for day in (7, 8)]
    assert notes(read(json.dumps(rows))) == []
