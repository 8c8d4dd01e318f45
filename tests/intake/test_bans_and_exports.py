"""Registers with overruled bans, exports of forms and programs, wiki tables, tables without events."""

from __future__ import annotations

import io
import zipfile

import pytest

from rallymap.errors import IntakeError
from rallymap.events import Event, EventStatus, Place
from rallymap.intake.cells.lifted_bans import goes_ahead
from rallymap.intake.cells.thousands import counts_thousands, times_thousand
from rallymap.intake.cells.words import status_of, status_with_cause
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events
from tests.intake.workbooks import workbook

_ZONES = {
    "Oslo": "Europe/Oslo", "Bergen": "Europe/Oslo", "Berlin": "Europe/Berlin", "Lima": "America/Lima",
    "Toronto": "America/Toronto", "Nairobi": "Africa/Nairobi", "Springfield": "America/New_York",
    "Canton": "America/New_York", "Mansfield": "America/New_York", "서울": "Asia/Seoul", "กรุงเทพ": "Asia/Bangkok",
}  # fmt: skip


def _zone(place: Place, location: object) -> str:
    del location
    return _ZONES.get((place.text or place.venue).split(",")[0], "")


def _read(content: str | bytes) -> Reading:
    return read_events(content if isinstance(content, bytes) else content.encode(), find_zone=_zone)


def _told(event: Event) -> str:
    times = [f"{at:%H:%M}" for at in (event.when.start_time, event.when.end_time) if at is not None]
    return " ".join([str(event.when.start or ""), *times, event.place.text]).strip()


def _crowds(event: Event) -> list[tuple[int | None, int | None, str]]:
    return [(claim.low, claim.high, claim.by) for claim in event.crowd]


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


@pytest.mark.parametrize(
    "remark",
    [
        "verboten, aber abgehalten", "nicht bewilligt - fand trotzdem statt", "Verbot vom Gericht gekippt",
        "interdite, maintenue malgré l'interdiction", "interdiction levée", "prohibida pero se celebró igualmente",
        "prohibición anulada por el juez", "divieto sospeso dal TAR", "verbod geschorst door de rechter",
        "förbud upphävt", "forbudt, men gjennomført", "zákaz zrušil soud", "zakaz uchylono", "запрет снят",
        "заборону скасував суд", "yasaklandı ama yapıldı", "禁止但仍然舉行", "ممنوعة ورغم ذلك أقيمت",
        "initially refused, later approved",
        "не согласовано, состоялась", "police ban overturned", "the court lifted the ban",
    ],
)  # fmt: skip
def test_remark_on_an_overruled_ban_is_not_a_cancellation(remark: str) -> None:
    events = _read(f"Date\tCity\tStatus\n2022-10-06\tOslo\t{remark}\n2022-10-07\tOslo\tbanned\n").events

    assert [event.status for event in events] == [EventStatus.HELD, EventStatus.CANCELLED]


@pytest.mark.parametrize(
    "remark",
    [
        "verboten, nicht durchgeführt", "не состоялась, запрещена",
        "Ban upheld", "cancelled because of the ban", "annulée après interdiction",
        "Interdiction préfectorale, manifestation annulée", "отменено из-за запрета", "avslag, genomfördes inte",
        "banned; to be held next year", "suspendida por prohibición",
    ],
)  # fmt: skip
def test_remark_on_a_ban_in_force_is_a_cancellation(remark: str) -> None:
    assert not goes_ahead(remark)
    assert _read(f"Date\tCity\tStatus\n2022-10-06\tOslo\t{remark}\n").events[0].status is EventStatus.CANCELLED


def test_last_word_on_a_permit_decides() -> None:
    assert status_of("approved, then cancelled") is EventStatus.CANCELLED
    assert status_of("genehmigt, verschoben") is EventStatus.POSTPONED
    assert status_of("approved despite an earlier ban") is EventStatus.CONFIRMED


def test_refused_permit_with_people_present_is_not_a_cancellation() -> None:
    reading = _read(
        "Dato;By;Tillatelse;Antall møtt\n"
        "06.10.2022;Oslo;avslag;250\n07.10.2022;Oslo;avslag;0\n08.10.2022;Oslo;avlyst;40\n"
    )

    assert [event.status for event in reading.events] == [
        EventStatus.HELD, EventStatus.CANCELLED, EventStatus.CANCELLED
    ]  # fmt: skip
    assert _notes(reading)[:1] == ["Antall møtt: “250”. This gives the status of the event: held."]


def test_remark_under_an_unknown_heading_cancels_if_it_gives_a_cause() -> None:
    events = _read(
        "Event,Date,City,Rumours\nA,2022-10-06,Oslo,Called off because of the storm that night\n"
        "B,2022-10-07,Oslo,Ban fracking now and for ever please\n"
    ).events

    assert [event.status for event in events] == [EventStatus.CANCELLED, EventStatus.HELD]
    assert status_with_cause("moved from the park to the square") is None


def test_labels_with_their_codes_are_statuses() -> None:
    assert [status_of(text) for text in ("[2] cancelled", "1. took place", "(3) postponed")] == [
        EventStatus.CANCELLED, EventStatus.HELD, EventStatus.POSTPONED
    ]  # fmt: skip


@pytest.mark.slow
def test_codes_are_read_by_the_sheet_that_explains_them() -> None:
    content = workbook(
        ("Data", [["date", "city", "type", "outcome"], ["2022-10-06", "Oslo", 2, 9], ["2022-10-07", "Oslo", 1, 2]]),
        ("Codes", [["Variable", "Value", "Label"], ["type", 1, "vigil"], ["", 2, "march"],
                   ["outcome", 2, "cancelled"], ["outcome", 9, "held"]]),
    )  # fmt: skip

    assert [(event.kind.value, event.status.value) for event in _read(content).events] == [
        ("march", "held"), ("vigil", "cancelled")
    ]  # fmt: skip


@pytest.mark.slow
def test_numbers_of_sources_are_read_by_the_sheet_that_lists_them() -> None:
    content = workbook(
        (
            "Rallies",
            [["Date", "City", "Title", "Sources"], ["2022-10-06", "Oslo", "A", "2, 1"], ["2022-10-07", "Oslo", "B", 2]],
        ),
        (
            "Sources",
            [["No.", "Title", "URL"], [1, "One", "https://example.org/1"], [2, "Two", "https://example.org/2"]],
        ),
    )

    assert [[source.url for source in event.sources] for event in _read(content).events] == [
        ["https://example.org/2", "https://example.org/1"], ["https://example.org/2"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "crowd"),
    [
        ("Attendance (000s)", "0.3", (300, 300)), ("Teilnehmende (in Tsd.)", "1,5-2", (1500, 2000)),
        ("Участники, тыс.", "12", (12_000, 12_000)), ("Attendance", "12", (12, 12)),
        ("Attendance (thousands)", "12,000", (12_000, 12_000)),
    ],
)  # fmt: skip
def test_heading_that_counts_in_thousands(heading: str, cell: str, crowd: tuple[int, int]) -> None:
    event = _read(f"Date\tCity\t{heading}\n2022-10-06\tOslo\t{cell}\n").events[0]

    assert [(low, high) for low, high, _ in _crowds(event)] == [crowd]


def test_only_plausible_thousands_are_multiplied() -> None:
    assert counts_thousands("Asistentes (miles)")
    assert not counts_thousands("Kilometres")
    assert times_thousand("2 thousand") == times_thousand("1.500") == ""


def test_short_words_for_who_counted() -> None:
    event = _read("Datum;Ort;Teilnehmer\n06.10.2022;Berlin;4.000 (Pol.) / 7.000 (Veranst.)\n").events[0]

    assert _crowds(event) == [(4000, 4000, "police"), (7000, 7000, "organisers")]


def test_short_word_for_people_after_a_small_number() -> None:
    assert _crowds(_read("Datum;Ort;Teilnehmer\n06.10.2022;Berlin;15 Pers.\n").events[0]) == [(15, 15, "")]


def test_hours_below_a_heading_that_is_a_year_elsewhere() -> None:
    assert _told(_read("Дата;Місто;Година\n14.01.2024;Oslo;12:00\n").events[0]) == "2024-01-14 12:00 Oslo"


def test_rows_with_hours_and_semicolons_are_not_named_values() -> None:
    reading = _read("Регион;Город;Дата акции;Начало\nОбласть;Oslo;23.01.2021;14:00\nОбласть;Bergen;31.01.2021;15:00\n")

    assert [_told(event).split()[:2] for event in reading.events] == [["2021-01-23", "14:00"], ["2021-01-31", "15:00"]]


def test_words_of_other_scripts_around_numbers() -> None:
    rows = ["14만 9천 명", "20만여 명", "больш за 300"]
    events = _read("Date\tCity\tParticipants\n" + "".join(f"2022-10-06\tOslo\t{cell}\n" for cell in rows)).events

    assert [(low, high) for event in events for low, high, _ in _crowds(event)] == [
        (149_000, 149_000), (200_000, None), (300, None)
    ]  # fmt: skip


def test_date_of_a_register_is_that_of_the_event_and_not_of_its_receipt() -> None:
    reading = _read(
        "Expte.;F. entrada;F. celebración;Ciudad;Motivo\n1/24;02/02/2024;13/02/2024;Lima;Agua\n"
        "2/24;03/02/2024;14/02/2024;Lima;Luz\n"
    )

    assert [_told(event) for event in reading.events] == ["2024-02-13 Lima", "2024-02-14 Lima"]


def test_number_of_a_record_is_not_a_time() -> None:
    events = _read(
        "Journalnr.,Tidspunkt,By\n4-23,lørdag d. 14. oktober 2023 kl. 14.00,Oslo\n5-23,15. oktober 2023 kl. 16,Oslo\n"
    ).events

    assert [_told(event) for event in events] == ["2023-10-14 14:00 Oslo", "2023-10-15 16:00 Oslo"]


def test_numbers_of_those_registered_and_present_in_norwegian_and_czech() -> None:
    events = _read("Dato;By;Antall påmeldt;Antall møtt\n06.10.2022;Oslo;50;80\n").events
    assert _crowds(events[0]) == [(80, 80, "")]

    claim = _read("Datum;Město;Předpokl. počet\n06.10.2022;Oslo;500\n").events[0].crowd[0]
    assert (claim.low, claim.is_expected) == (500, True)


def test_times_on_the_epoch_day_of_a_program() -> None:
    events = _read(
        ",event,date,start,city,urls\n0,Vigil,2022-10-06,1900-01-01 18:00:00,Oslo,\"['https://example.org/1', "
        "'https://example.org/2']\"\n1,March,2022-10-07,NaT,Oslo,[]\n"
    ).events

    assert [_told(event) for event in events] == ["2022-10-06 18:00 Oslo", "2022-10-07 Oslo"]
    assert [source.url for source in events[0].sources] == ["https://example.org/1", "https://example.org/2"]


def test_time_of_filling_in_a_form_is_not_the_time_of_the_event() -> None:
    events = _read(
        "start;end;today;Date of event;Town;_uuid;_submission_time\n2023-08-12T09:14:22.000+02:00;"
        "2023-08-12T09:20:01.000+02:00;2023-08-12;2023-08-09;Oslo;a-1;2023-08-12T07:20:09\n"
    ).events
    assert [_told(event) for event in events] == ["2023-08-09 Oslo"]

    events = _read(
        "SubmissionDate,grp_event-event_date,grp_event-town,grp_event-kind,meta-instanceID\n"
        "2024-06-26T08:00:11.000Z,2024-06-25,Nairobi,march,uuid:1\n"
    ).events
    assert [(_told(event), event.kind.value) for event in events] == [("2024-06-25 Nairobi", "march")]


def test_separator_of_two_columns_with_clocks_and_commas() -> None:
    reading = _read(
        "Datum;Aktionen\n14.10.2023;12:00 Berlin, Tor: Kundgebung / 15:00 Essen: Demo\n21.10.2023;Oslo, Dom: Demo\n"
    )

    assert [event.when.edtf for event in reading.events] == ["2023-10-14", "2023-10-21"]


def test_dates_and_hours_in_thai_korean_and_ukrainian() -> None:
    events = _read("วันที่\tจังหวัด\n19 ก.ย. 2563\tกรุงเทพ\n1 มี.ค. 2564\tกรุงเทพ\n").events
    assert [_told(event) for event in events] == ["2020-09-19 กรุงเทพ", "2021-03-01 กรุงเทพ"]

    assert _told(_read("일시\t장소\n2024. 12. 7.(토) 오후 3시 30분\t서울\n").events[0]).startswith("2024-12-07 15:30")
    assert _told(_read("Коли\tМісто\n24.02.2024 о 14 год.\tOslo\n").events[0]) == "2024-02-24 14:00 Oslo"


def test_state_in_the_title_of_a_table() -> None:
    events = _read(
        "Rallies in Ohio – April 5 2025,,\nCity,Time,Where\nSpringfield,11 a.m.,Plaza\nCanton,noon,Park\n"
    ).events

    assert [event.place.text for event in events] == ["Springfield, Ohio", "Canton, Ohio"]


def test_table_of_a_wiki_page() -> None:
    reading = _read(
        '== Abroad ==\n{| class="wikitable"\n|+ Rallies\n! Date !! City !! Country !! Attendance\n|-\n'
        '| rowspan="2" | {{dts|2022|10|6}} || [[Oslo|Christiania]] || {{flag|Norway}} || {{nts|3000}}'
        "<ref name=a>{{cite web|url=https://example.org/1}}</ref>\n|-\n"
        "| Bergen || {{flag|Norway}}\n| 100–200<ref name=a/>\n|}\n"
    )

    assert [(_told(event), event.place.country_hint, _crowds(event)[0][:2]) for event in reading.events] == [
        ("2022-10-06 Christiania", "NO", (3000, 3000)), ("2022-10-06 Bergen", "NO", (100, 200))
    ]  # fmt: skip
    assert [source.url for event in reading.events for source in event.sources] == ["https://example.org/1"] * 2


def _archive(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _word(*rows: str) -> str:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    cells = [
        "".join(
            "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" if cell == "^" else
            f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph.format(cell)}</w:tc>'
            for cell in row.split("|")
        )
        for row in rows
    ]  # fmt: skip
    table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"{paragraph.format('Rallies 2022')}<w:tbl>{table}</w:tbl></w:body></w:document>"
    )


def test_tables_of_text_documents() -> None:
    word = _read(_archive({"word/document.xml": _word("Date|Town|Title", "6 Oct|Oslo|Vigil", "^|Bergen|March")}))
    assert [(_told(event), event.title) for event in word.events] == [
        ("2022-10-06 Oslo", "Vigil"), ("2022-10-06 Bergen", "March")
    ]  # fmt: skip

    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row.split("|"))
        + "</table:table-row>"
        for row in (
            "Dato|By|Tittel",
            "06.10.2022|Oslo|Fakkeltog<office:annotation><text:p>!</text:p></office:annotation>",
        )
    )
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:text>'
        f"<table:table>{rows}</table:table></office:text></office:body></office:document-content>"
    )
    odt = _read(_archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}))
    assert [(_told(event), event.title) for event in odt.events] == [("2022-10-06 Oslo", "Fakkeltog")]

    with pytest.raises(IntakeError, match="This is a text document"):
        _read(_archive({"word/document.xml": _word()}))


def test_hidden_keys_and_flags_of_a_web_page() -> None:
    reading = _read(
        "<html><table><tr><th>Date</th><th>Place</th><th>Participants</th></tr>"
        '<tr><td>6 October 2022</td><td><img alt="Norway" src="Flag_of_Norway.png"> Oslo</td>'
        '<td><span style="display: none">7003200<b>1</b></span>200</td></tr>'
        '<tr><td>7 October 2022</td><td><img alt="Norway" src="Flag_of_Norway.png"> Bergen</td>'
        '<td><span class="sortkey">70031</span>100</td></tr></table></html>'
    )

    assert [(_told(event), event.place.country_hint, _crowds(event)[0][:2]) for event in reading.events] == [
        ("2022-10-06 Oslo", "NO", (200, 200)), ("2022-10-07 Bergen", "NO", (100, 100))
    ]  # fmt: skip


def test_table_of_posts_is_refused() -> None:
    posts = (
        "channel,message_id,message_date,text,views\n@a,1,2022-03-06 14:22:10,Rally in Oslo,15\n"
        "@a,2,2022-03-06 15:22:10,Thanks,19\n"
    )
    with pytest.raises(IntakeError, match="This is an export of a chat"):
        _read(posts)


def test_counts_and_people_are_not_events() -> None:
    counts = _read("City,Jan 2023,Feb 2023,Total\nOslo,12,15,27\nBergen,4,6,10\nTotal,16,21,37\n")
    assert (counts.events, counts.remarks[-1]) == (
        (), "The table was not read. This counts events by month or year. Give a table with a row for each event."
    )  # fmt: skip

    people = _read(
        "first_name,last_name,email,event_title,event_date,event_city\nAnn,Lee,a@example.org,Rally,2024-05-04,Oslo\n"
        "Bob,Ray,b@example.org,Rally,2024-05-04,Oslo\n"
    )
    assert (people.events, people.remarks[-1]) == ((), "The table was not read. This looks like a list of people.")


def test_second_contact_column_is_not_kept() -> None:
    reading = _read(
        "Date,City,Title,email,phone\n2022-10-06,Oslo,A,a@example.org,ext. 12\n2022-10-07,Oslo,B,,ext. 13\n"
    )

    assert "ext." not in " ".join(
        note.value for row in reading.rows for note in row.notes if note.kind is NoteKind.KEPT
    )
