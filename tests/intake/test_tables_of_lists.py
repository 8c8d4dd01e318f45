"""Tables as people write them: a column per hour or town, ditto marks, countries in titles, lists in words."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest

from rallymap.errors import IntakeError
from rallymap.events import Event, EventStatus, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events

_ZONES = {
    "Oslo": "Europe/Oslo", "Trondheim": "Europe/Oslo", "Göteborg": "Europe/Stockholm", "Malmö": "Europe/Stockholm",
    "Berlin": "Europe/Berlin", "Paris": "Europe/Paris", "Leeds": "Europe/London", "London": "Europe/London",
    "Toronto": "America/Toronto", "Geneva": "Europe/Zurich",
}  # fmt: skip


def _zone(place: Place, location: object) -> str:
    del location
    return _ZONES.get((place.text or place.venue).split(",")[0], "")


def _read(content: str | bytes, options: ImportOptions | None = None) -> Reading:
    return read_events(content if isinstance(content, bytes) else content.encode(), options, find_zone=_zone)


def _told(event: Event) -> tuple[str, str, str]:
    times = [f"{at:%H:%M}" for at in (event.when.start_time, event.when.end_time) if at is not None]
    start, end = event.when.start, event.when.end
    days = str(start) if start == end else f"{start}/{end}"
    return " ".join([days, *times]), event.place.text, event.place.country_hint


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def _crowds(*cells: str) -> list[tuple[int | None, int | None, str]]:
    rows = [f"2022-10-{number:02}\tOslo\t{cell}" for number, cell in enumerate(cells, 1)]
    events = _read("\n".join(["Date\tCity\tParticipants", *rows])).events
    return [(claim.low, claim.high, claim.words) for event in events for claim in event.crowd]


def test_each_cell_below_a_time_of_day_is_an_event() -> None:
    reading = _read(
        "City;14:00;16.30;6 pm\nOslo;Vigil;;March\nTrondheim;;Rally;\n", ImportOptions({"date": "2022-10-01"})
    )

    assert [(event.title, _told(event)) for event in reading.events] == [
        ("Vigil", ("2022-10-01 14:00", "Oslo", "")),
        ("March", ("2022-10-01 18:00", "Oslo", "")),
        ("Rally", ("2022-10-01 16:30", "Trondheim", "")),
    ]


def test_towns_below_times_of_day_are_places() -> None:
    reading = _read("Datum;kl. 12;kl 15.30\n2022-10-01;Malmö, Gustav Adolfs torg;\n2022-10-08;;Göteborg, Götaplatsen\n")

    assert list(map(_told, reading.events)) == [
        ("2022-10-01 12:00", "Malmö, Gustav Adolfs torg", ""),
        ("2022-10-08 15:30", "Göteborg, Götaplatsen", ""),
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("x;;\n;✓;", [("2022-10-01", "Oslo"), ("2022-10-08", "Berlin")]),
        ("14 Uhr;;\n;15:30;", [("2022-10-01 14:00", "Oslo"), ("2022-10-08 15:30", "Berlin")]),
        ("200;;\n;ca. 300;", [("2022-10-01", "Oslo"), ("2022-10-08", "Berlin")]),
    ],
)
def test_headings_that_are_days_are_found_without_other_known_headings(cells: str, told: list[tuple[str, str]]) -> None:
    first, second = cells.split("\n")
    reading = _read(f"Wo denn;Sa. 1. Okt. 2022;08.10.2022;15.10.2022\nOslo;{first}\nBerlin;{second}\n")

    assert [_told(event)[:2] for event in reading.events] == told


def test_titles_above_a_table_with_days_as_headings_give_the_year() -> None:
    reading = _read("Vigils of 2022;;\nCity;1 Oct;8 Oct\nOslo;10;20\n")

    assert [(_told(event)[0], event.crowd[0].low) for event in reading.events] == [
        ("2022-10-01", 10),
        ("2022-10-08", 20),
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "Date,Oslo,Berlin,Total\n2022-09-24,500,,500\n2022-10-01,,80,80\n",
            [("2022-09-24", "Oslo", 500), ("2022-10-01", "Berlin", 80)],
        ),
        (
            "Datum;Anlass;Oslo;Berlin\n01.10.2022;Protest;x;x\n",
            [("2022-10-01", "Oslo", 0), ("2022-10-01", "Berlin", 0)],
        ),
        (
            "Datum;Berlin;Paris\n24.09.2022;Kundgebung, 14 Uhr;\n01.10.2022;;Demo 15-17 Uhr\n",
            [("2022-09-24 14:00", "Berlin", 0), ("2022-10-01 15:00 17:00", "Paris", 0)],
        ),
    ],
)
def test_each_cell_below_a_town_is_an_event(table: str, told: list[tuple[str, str, int]]) -> None:
    events = _read(table).events

    assert [(*_told(event)[:2], event.crowd[0].low if event.crowd else 0) for event in events] == told


def test_country_above_each_table_of_a_sheet_applies_to_its_rows() -> None:
    reading = _read(
        "Canada,,\nCity,Date,Title\nLondon,2022-10-01,Rally\nToronto,2022-10-02,Rally\n\n"
        "Rallies in Germany,,\nCity,Date,Title\nHalle,2022-10-01,Rally\n\n"
        "Schweiz (2),,,\nOrt,Tag,Was,Uhrzeit\nGeneva,2022-10-03,Demo,14:00\n"
    )

    assert [_told(event)[1:] for event in reading.events] == [
        ("London", "CA"), ("Toronto", "CA"), ("Halle", "DE"), ("Geneva", "CH")
    ]  # fmt: skip


def test_country_above_towns_of_other_countries_is_a_subject() -> None:
    reading = _read(
        "IRAN,,\nCity,Date,Title\nBerlin,2022-10-01,Rally\nParis,2022-10-02,Rally\n\n"
        "UKRAINE,,\nCity,Date,Title\nOslo,2022-10-01,Rally\nLeeds,2022-10-02,Rally\n"
    )

    assert [_told(event)[1:] for event in reading.events] == [
        ("Berlin", ""), ("Paris", ""), ("Oslo", ""), ("Leeds", "")
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ['-"-', ",,", "〃", "dito", "Same as above", "dto.", "同上", "то же"])
def test_ditto_marks_repeat_the_row_above(mark: str) -> None:
    reading = _read(f"Stadt;Land;Datum;Zeit\nOslo;NO;01.10.2022;14 Uhr\nTrondheim;{mark};{mark};16 Uhr\n")

    assert list(map(_told, reading.events)) == [
        ("2022-10-01 14:00", "Oslo", "NO"),
        ("2022-10-01 16:00", "Trondheim", "NO"),
    ]
    assert _notes(reading) == [
        f"Land: “{mark}”. This repeats the row above: NO.",
        f"Datum: “{mark}”. This repeats the row above: 01.10.2022.",
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("29 jan -23, 12-15", "2023-01-29 12:00 15:00"),
        ("4 mar 23, 12-14", "2023-03-04 12:00 14:00"),
        ("5 feb -23, 13-14.30", "2023-02-05 13:00 14:30"),
        ("1.10.2022 14-16", "2022-10-01 14:00 16:00"),
        ("12 févr. 2023, 10-12", "2023-02-12 10:00 12:00"),
        ("3/4 June 2023", "2023-06-03/2023-06-04"),
    ],
)
def test_hours_after_a_date_are_not_days(cell: str, told: str) -> None:
    reading = _read(f"City\tDate\nOslo\t{cell}\n")

    assert (_told(reading.events[0])[0], _notes(reading)) == (told, [])


def test_hours_that_can_be_in_the_morning_are_left_out() -> None:
    reading = _read("City\tDate\nOslo\t8 Oct 2022, 2-5\n")

    assert _told(reading.events[0])[0] == "2022-10-08"
    assert _notes(reading) == ["Date: “8 Oct 2022, 2-5”. These words are left out: 2-5."]


def test_weekday_next_to_numbers_decides_which_is_the_day() -> None:
    danish = _read("By;Dato\nOslo;søndag den 2/10-2022\nOslo;lør. 8/10 2022\n")
    american = _read("City;Date\nOslo;Sunday 10/2/2022\nOslo;Mon, 10/3/2022\n")
    contradicting = _read("City;Date\nOslo;Sunday 10/2/2022\nOslo;Sunday 2/10/2022\n")

    assert [_told(event)[0] for event in danish.events] == ["2022-10-02", "2022-10-08"]
    assert [_told(event)[0] for event in american.events] == ["2022-10-02", "2022-10-03"]
    assert [event.when.is_known for event in contradicting.events] == [False, False]


@pytest.mark.parametrize(
    "table",
    [
        "تاریخ,تاریخ میلادی,شهر\n۲۵ شهریور ۱۴۰۲,2023-09-16,Berlin\n۱ مهر,2024-09-22,Paris\n",
        "تاریخ شمسی,میلادی,شهر\n۲۵ شهریور,2023-09-16,Berlin\n۱ مهر,2024-09-22,Paris\n",
        "Date,Datum,City\n25 Shahrivar 1402,16.09.2023,Berlin\n1 Mehr,22.09.2024,Paris\n",
    ],
)
def test_date_with_a_year_is_preferred_to_one_with_an_inferred_year(table: str) -> None:
    assert [_told(event)[0] for event in _read(table).events] == ["2023-09-16", "2024-09-22"]


def test_multiplications_stay_words() -> None:
    assert _crowds("2x100", "2 × 50", "3*20", "5x", "2 x ca. 150 people") == [
        (None, None, "2x100"), (None, None, "2 × 50"), (None, None, "3*20"), (None, None, "5x"),
        (None, None, "2 x ca. 150 people"),
    ]  # fmt: skip


def test_line_break_separates_the_parts_of_a_place() -> None:
    reading = _read(
        'Date,Place\n2022-10-01,"George Square\nGlasgow\nUK"\n2022-10-02,"Place de la\nRépublique"\n'
        '2022-10-03,"Große\nStraße 5"\n'
    )

    assert [event.place.text for event in reading.events] == [
        "George Square, Glasgow, UK", "Place de la République", "Große Straße 5"
    ]  # fmt: skip


@pytest.mark.slow
def test_country_below_a_merged_heading_is_the_country() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("GLOBAL DAY – 1 October 2022", None, None, None, None),
        (None, None, None, None, None),
        ("Where", None, "When", None, "Who"),
        ("City", "Country", "Local time", "UTC offset", "Contact"),
        ("Toronto", "Canada", "14:00", "-4", "a@example.org"),
        ("Leeds", "UK", "15:00", "+1", "b@example.org"),
    ):
        sheet.append(row)
    for area in ("A1:E1", "A3:B3", "C3:D3"):
        sheet.merge_cells(area)
    content = io.BytesIO()
    book.save(content)

    assert list(map(_told, _read(content.getvalue()).events)) == [
        ("2022-10-01 14:00", "Toronto", "CA"),
        ("2022-10-01 15:00", "Leeds", "GB"),
    ]


def test_day_in_the_heading_of_a_page_and_its_last_row_over_all_columns() -> None:
    reading = _read(
        "<html><h1>Where people stood on 26 February 2022</h1><table><caption>By town</caption>"
        "<tr><th>City</th><th>People</th><th>Place</th></tr><tr><td>Oslo</td><td>300</td><td>Square</td></tr>"
        "<tr><td>Leeds</td><td>50</td><td>Park</td></tr><tr><td colspan=3>Source: own research</td></tr></table></html>"
    )

    assert [_told(event)[:2] for event in reading.events] == [("2022-02-26", "Oslo"), ("2022-02-26", "Leeds")]
    assert reading.rows[-1].reason == "This row is a remark or a heading between other rows."


@pytest.mark.parametrize("title", ["Updated 26 February 2022", "Stand: 26.02.2022", "Rallies since 26 February 2022"])
def test_day_of_making_a_list_is_not_a_date(title: str) -> None:
    reading = _read(f"{title};;\nCity;People;Title\nOslo;300;Vigil\nLeeds;50;Rally\n")

    assert [event.when.is_known for event in reading.events] == [False, False]


@pytest.mark.parametrize(
    "content",
    [
        "[01.10.22, 14:02:11] Anna: Demo morgen in Berlin, 15 Uhr\n[02.10.22, 09:00:01] Ben: Treffpunkt Dom\n",
        "13/10/2022, 2:02 pm - Anna: Rally tomorrow in London, 3pm\n14/10/2022, 9:00 am - Ben: Meet there\n",
        json.dumps({"messages": [{"date_unixtime": "1664608320", "from": "A", "text": "Rally on 2 October", "id": 1}]}),
        json.dumps([{"type": "message", "user": "U1", "ts": "1664608320.1", "text": "Vigil in Oslo"}]),
    ],
)
def test_messages_of_a_chat_are_not_read(content: str) -> None:
    with pytest.raises(IntakeError, match="This is an export of a chat, whose messages are not read"):
        _read(content)


def test_description_of_a_placemark_that_lists_names_and_values_is_columns() -> None:
    reading = _read(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Vigil</name>'
        "<description><![CDATA[Date: 26 Feb 2022<br>Time: 15:00<br>City：Oslo<br>Crowd: 2 000]]></description>"
        "<Point><coordinates>10.75,59.91,0</coordinates></Point></Placemark></kml>"
    )

    assert (_told(reading.events[0]), reading.events[0].crowd[0].low) == (("2022-02-26 15:00", "Oslo", ""), 2000)


def test_columns_never_filled_together_have_one_meaning() -> None:
    reading = _read("Date,City,Town,Crowd,Attendance\n2022-10-01,Oslo,,30,\n2022-10-02,,Leeds,,40\n")

    assert [(_told(event)[1], event.crowd[0].low) for event in reading.events] == [("Oslo", 30), ("Leeds", 40)]


def test_file_of_several_languages_with_latin_letters_is_read_as_western_european() -> None:
    reading = _read(
        "Ort;Datum;Titel\nGenève;12.03.2022;Défilé d’été\nMünchen;13.03.2022;Straßenfest\n".encode("cp1252")
    )

    assert [event.place.text for event in reading.events] == ["Genève", "München"]


def test_years_of_two_digits_in_a_column_of_years() -> None:
    assert [_told(e)[0] for e in _read("City;Day;Month;Year\nOslo;5;Nov;22\nOslo;6;11;'99\n").events] == [
        "2022-11-05", "1999-11-06"
    ]  # fmt: skip


def test_remark_that_an_event_was_banned_but_held_is_not_a_cancellation() -> None:
    reading = _read(
        "Date,City,Remarks\n2022-10-06,Oslo,banned by the authorities but held anyway\n2022-10-07,Oslo,banned\n"
        '2022-10-08,Oslo,"verboten, fand trotzdem statt"\n'
    )

    assert [event.status for event in reading.events] == [EventStatus.HELD, EventStatus.CANCELLED, EventStatus.HELD]


def test_time_with_the_word_for_the_clock_keeps_its_half_of_the_day() -> None:
    assert _told(_read("Date,City,Time\n2022-10-06,Oslo,7 o'clock pm\n").events[0])[0] == "2022-10-06 19:00"


def test_numbered_columns_of_dates_are_an_event_each() -> None:
    events = _read("Ort,1. Termin,2. Termin\nBerlin,01.10.2022,08.10.2022\nParis,02.10.2022,\n").events

    assert [_told(event)[:2] for event in events] == [
        ("2022-10-01", "Berlin"), ("2022-10-08", "Berlin"), ("2022-10-02", "Paris")
    ]  # fmt: skip


def test_events_numbered_with_their_towns_are_events_of_their_own() -> None:
    reading = _read("Ort 1,Datum 1,Ort 2,Datum 2\nBerlin,01.10.2022,Paris,08.10.2022\n")

    assert [_told(event)[:2] for event in reading.events] == [("2022-10-01", "Berlin"), ("2022-10-08", "Paris")]


def test_month_written_once_applies_to_the_days_below() -> None:
    reading = _read("Month,Day,Year,City\nJanuary,15,2023,Oslo\n,22,,Oslo\nFebruary,5,,Leeds\n")

    assert [event.when.edtf for event in reading.events] == ["2023-01-15", "2023-01-22", "2023-02-05"]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("תאריך", ["02/10/2022"]),
        ("Ημερομηνία", ["Κυρ 2/10/2022"]),
        ("Дата", ["2/10/2022"]),
        ("Date", ["2/10/2022", "15.10.22"]),
        ("日期", ["2/10/2022 (日)"]),
        ("Date", ["2/10/2022 (Sun)"]),
    ],
)
def test_order_of_day_and_month_follows_from_script_points_and_weekdays(heading: str, cells: list[str]) -> None:
    rows = "".join(f"Oslo;{cell}\n" for cell in cells)

    reading = _read(f"City;{heading}\n{rows}")

    assert (_told(reading.events[0])[0], _notes(reading)) == ("2022-10-02", [])


@pytest.mark.parametrize("cell", ["Lun 3 oct 22", "3. Okt. 22", "3 Oct, 22"])
def test_short_year_after_a_month(cell: str) -> None:
    assert _told(_read(f"City;Date\nOslo;{cell}\n").events[0])[0] == "2022-10-03"


def test_low_end_of_hundreds_before_a_word_for_to() -> None:
    assert [(low, high) for low, high, _ in _crowds("2 à 300", "3 bis 400", "2-300")] == [
        (200, 300), (300, 400), (200, 300)
    ]  # fmt: skip


def test_place_of_a_march_is_the_start_of_its_route() -> None:
    reading = _read(
        "Zeitpunkt,Strecke\n2022-10-01,Alexanderplatz - Unter den Linden\n2022-10-02,Potsdamer Platz bis Stern\n",
        ImportOptions({"place": "Berlin", "country": "DE"}),
    )

    assert [event.place.venue for event in reading.events] == ["Alexanderplatz", "Potsdamer Platz bis Stern"]


def test_end_of_a_record_is_read_from_its_short_name() -> None:
    reading = _read(json.dumps([{"where": "Oslo", "when": {"date": "2022-03-01", "from": "18:00", "to": "20:00"}}] * 2))

    assert _told(reading.events[0])[0] == "2022-03-01 18:00 20:00"


def _ods(rows: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>'
            f'<office:spreadsheet><table:table table:name="List">{rows}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
    return content.getvalue()


def _cell(inside: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}>{inside}</table:table-cell>'


@pytest.mark.slow
def test_links_and_merged_cells_of_opendocument() -> None:
    def link(address: str, text: str) -> str:
        return f'<text:a xlink:href="{address}">{text}</text:a>'

    heads = "".join(_cell(f"<text:p>{text}</text:p>") for text in ("Datum", "Ort", "Quelle"))
    comment = (
        f"<office:annotation><text:p>See {link('https://example.org/comment', 'this')}</text:p></office:annotation>"
    )
    two = f"{link('https://example.org/2', 'one')}, {link('https://example.org/3', 'two')}"
    first = _cell("<text:p>01.10.2022</text:p>", ' table:number-rows-spanned="2"')
    reading = _read(
        _ods(
            f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
            f"<table:table-row>{first}{_cell('<text:p>Oslo</text:p>')}"
            f"{_cell(comment + '<text:p>' + link('https://example.org/1', 'Paper') + '</text:p>')}</table:table-row>"
            f"<table:table-row><table:covered-table-cell/>{_cell('<text:p>Leeds</text:p>')}"
            f"{_cell(f'<text:p>{two}</text:p>')}</table:table-row>"
        )
    )

    assert [
        (_told(event)[:2], [(source.url, source.title) for source in event.sources]) for event in reading.events
    ] == [
        (("2022-10-01", "Oslo"), [("https://example.org/1", "Paper")]),
        (("2022-10-01", "Leeds"), [("https://example.org/2", ""), ("https://example.org/3", "")]),
    ]


def test_email_address_is_not_a_source() -> None:
    reading = _read(
        "Date,City,Source\n2022-10-01,Oslo,Paper\n2022-10-02,Oslo,News\n2022-10-03,Oslo,Post\n"
        "2022-10-04,Oslo,a@example.org\n"
    )

    assert [source.title for event in reading.events for source in event.sources] == ["Paper", "News", "Post"]
    assert _notes(reading) == ["Source: “a@example.org”. There is an email address, which is not kept."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Sat 1 October 2022\n\nToronto – 2pm, Hall\nOslo – 3pm, Square\n\n2 Oct 2022:\n🇬🇧 Leeds – 1:30pm, Park\n",
            [
                ("2022-10-01 14:00", "Toronto", "Hall"),
                ("2022-10-01 15:00", "Oslo", "Square"),
                ("2022-10-02 13:30", "Leeds", "Park"),
            ],
        ),
        (
            "Globaler Aktionstag 1.10.2022\n- Berlin, Großer Stern, 15 Uhr\n- Paris, Bastille, 14.30 Uhr (abgesagt)\n",
            [("2022-10-01 15:00", "Berlin", "Großer Stern"), ("2022-10-01 14:30", "Paris", "Bastille")],
        ),
        (
            "1. Oslo: Stortinget, 24. september 2022 kl. 14\n2. Malmö: Stortorget, Sat, 1 October 2022, 16:00\n",
            [("2022-09-24 14:00", "Oslo", "Stortinget"), ("2022-10-01 16:00", "Malmö", "Stortorget")],
        ),
        (
            "Who: Free Belarus\nWhat: solidarity walk\nWhen: 16 August 2020, 12:00\nWhere: Oslo, embassy\n",
            [("2020-08-16 12:00", "Oslo, embassy", "")],
        ),
        (
            "City: Oslo\nDate: 24 Sep 2022\nTime: 14:00\n\nCity: Leeds\nDate: 1 Oct 2022\nTime: 16:00\n",
            [("2022-09-24 14:00", "Oslo", ""), ("2022-10-01 16:00", "Leeds", "")],
        ),
    ],
)
def test_list_in_plain_text_has_an_event_for_each_line_or_block(text: str, told: list[tuple[str, str, str]]) -> None:
    reading = _read(text)

    assert [(*_told(event)[:2], event.place.venue) for event in reading.events] == told


@pytest.mark.parametrize(
    "text",
    [
        "Am Samstag, dem 22. Oktober 2022, versammelten sich laut Polizei 80.000 Menschen in Berlin, sagte sie.\n",
        "OSLO, 2 May 2022 – Hundreds rallied here, and in Bergen.\nNo rally took place in Rome on that day.\n",
        "约500名香港人6月12日在伦敦国会广场集会,多伦多的集会 因疫情 取消 了 , 组织者 说 。\n",
    ],
)
def test_running_text_is_not_read(text: str) -> None:
    with pytest.raises(IntakeError, match="This is running text, which is not read"):
        _read(text)


def test_table_without_headings_whose_last_column_is_sentences_stays_a_table() -> None:
    reading = _read(
        "2022-10-01,Oslo,Hundreds of people stood in the square all day.\n"
        "2022-10-02,Leeds,Some forty people walked along the old river.\n"
        "2022-10-03,Paris,A few people sat down before the town hall.\n"
    )

    assert [_told(event)[0] for event in reading.events] == ["2022-10-01", "2022-10-02", "2022-10-03"]


def test_remark_that_names_another_place_is_not_a_postponement() -> None:
    reading = _read(
        "Datum,Stadt,Bemerkung\n01.03.2023,Oslo,verlegt nach Graz\n02.03.2023,Oslo,moved to the old market\n"
        '03.03.2023,Oslo,moved to Monday\n04.03.2023,Oslo,"abgesagt, fand aber statt"\n'
    )

    assert [event.status for event in reading.events] == [
        EventStatus.HELD, EventStatus.HELD, EventStatus.POSTPONED, EventStatus.HELD
    ]  # fmt: skip
