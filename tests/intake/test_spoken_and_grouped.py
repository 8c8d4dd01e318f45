"""Spoken values, values that programs damaged, and events in groups."""

from __future__ import annotations

import json

import pytest

from rallymap.events import Event, Place
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events

_ZONES = {"Oslo": "Europe/Oslo", "Lyon": "Europe/Paris", "Gouda": "Europe/Amsterdam"}


def _read(content: str | bytes) -> Reading:
    data = content if isinstance(content, bytes) else content.encode()
    return read_events(data, find_zone=lambda place, location: _zone(place))


def _zone(place: Place) -> str:
    return _ZONES.get(place.text, "Europe/Berlin")


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def _clock(event: Event) -> str:
    return "" if event.when.start_time is None else f"{event.when.start_time:%H:%M}"


def _crowds(reading: Reading) -> list[list[tuple[int | None, int | None, str]]]:
    return [[(claim.low, claim.high, claim.by) for claim in event.crowd] for event in reading.events]


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("halb drei nachmittags", "14:30"), ("kwart voor 5 's middags", "16:45"), ("quarter past 5 pm", "17:15"),
        ("14h et demie", "14:30"), ("5 y media de la tarde", "17:30"), ("14 buçuk", "14:30"), ("kl. halv 15", "14:30"),
    ],
)  # fmt: skip
def test_halves_and_quarters_of_hours_are_read(cell: str, start: str) -> None:
    assert _clock(_read(f"Date;City;Time\n2023-03-05;Oslo;{cell}\n").events[0]) == start


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("halb drei", "This may mean 02:30 or 14:30."),
        ("kwart over 2", "This may mean 02:15 or 14:15."),
        ("half 3", "This is not a time of day that can be read."),
    ],
)
def test_an_ambiguous_half_hour_is_not_a_time(cell: str, reason: str) -> None:
    reading = _read(f"Date;City;Time\n2023-03-05;Oslo;{cell}\n2023-03-06;Oslo;14:00\n")

    assert [_clock(event) for event in reading.events] == ["", "14:00"]
    assert _notes(reading) == [f"Time: “{cell}”. {reason}"]


def test_numbers_of_people_that_spreadsheets_converted_are_not_numbers() -> None:
    cells = ["20. Okt", "Oct-20", "9999999", "1,5E+03", "300"]
    reading = _read("Date;City;Participants\n" + "".join(f"2023-03-0{n};Oslo;{c}\n" for n, c in enumerate(cells, 1)))

    assert [(claims[0][0], claims[0][1]) for claims in _crowds(reading)] == [
        (None, None), (None, None), (None, None), (1500, 1500), (300, 300),
    ]  # fmt: skip
    assert len(_notes(reading)) == 3


def test_a_coordinate_without_its_decimal_point_is_not_a_time() -> None:
    reading = _read(
        "Datum;Ort;Breite;Länge\n01.10.2022;Freiburg;47.995.900;7.852.200\n08.10.2022;Ulm;48.401.100;9.987.600\n"
    )

    assert [_clock(event) for event in reading.events] == ["", ""]


def test_numbers_and_dates_in_chinese_characters() -> None:
    reading = _read(
        "日期,时间,城市,人数\n二〇二二年十一月三十日,下午6点半,Lyon,约三百人\n2022年12月3日,15点,Lyon,数百人\n"
    )

    assert [
        (event.when.edtf, claims[0][:2]) for event, claims in zip(reading.events, _crowds(reading), strict=True)
    ] == [
        ("2022-11-30T18:30:00", (300, 300)),
        ("2022-12-03T15:00:00", (None, None)),
    ]


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("3 t/m 5 maart 2023", "2023-03-03/2023-03-05"),
        ("fr.o.m. 2023-05-12 t.o.m. 2023-05-14", "2023-05-12/2023-05-14"),
        ("5-го марта 2022", "2022-03-05"), ("03.06.2023 r., g. 11", "2023-06-03T11:00:00"),
        ("سه‌شنبه ۴ اکتبر ۲۰۲۲", "2022-10-04"), ("پنج شنبه ۶ اکتبر ۲۰۲۲", "2022-10-06"),
    ],
)  # fmt: skip
def test_spans_and_weekdays_as_other_languages_write_them(cell: str, edtf: str) -> None:
    reading = _read(f"Date\tCity\n{cell}\tOslo\n")

    assert ([event.when.edtf for event in reading.events], _notes(reading)) == ([edtf], [])


def test_a_weekday_overrules_a_year_from_a_title() -> None:
    reading = _read("Rallies 2022\nDate\tCity\tTitle\nSat 1 October\tOslo\tVigil\nSat 11 February\tOslo\tWalk\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01", ""]
    assert _notes(reading) == ["Date: “Sat 11 February”. The weekday is not that of 2022-02-11."]


def test_years_and_months_in_headings_apply_to_the_tables_below() -> None:
    table = "| Day | City | Title |\n|---|---|---|\n"
    years = _read(f"# Rallies\n## 2022\n{table}| 24 Sept | Oslo | A |\n\n## 2023\n{table}| 11 Feb | Oslo | B |\n")
    months = _read(f"# Rallies 2020\n### August\n{table}| 9 | Oslo | A |\n\n### September\n{table}| 6 | Oslo | B |\n")

    assert [event.when.edtf for event in years.events] == ["2022-09-24", "2023-02-11"]
    assert [event.when.edtf for event in months.events] == ["2020-08-09", "2020-09-06"]


def test_columns_of_dates_share_the_order_of_day_and_month() -> None:
    reading = _read(
        "Title,City,Start,End\nA,Oslo,10/22/2022,10/23/2022\nB,Oslo,11/5/2022,11/6/2022\nC,Oslo,12/3/2022,\n"
    )
    ends = _read("Title,City,Start,End\nA,Oslo,10/22/2022,\nB,Oslo,11/5/2022,11/6/2022\n")

    assert [event.when.edtf for event in reading.events][1] == "2022-11-05/2022-11-06"
    assert [event.when.edtf for event in ends.events][1] == "2022-11-05/2022-11-06"


def test_a_record_with_an_id_has_no_date_of_the_row_above() -> None:
    reading = _read("id,date,city\n5001,2022-10-01,Oslo\n5002,2022-10-15,Oslo\n5003,,Lyon\n")

    assert [event.when.edtf for event in reading.events] == ["2022-10-01", "2022-10-15", ""]


def test_days_of_researchers_with_codes_for_unknown_ones() -> None:
    reading = _read("case,v1_day,v1_month,v1_year,v3_city\n1,19,1,2023,Lyon\n2,99,2,2023,Oslo\n")

    assert [(event.when.edtf, event.place.text) for event in reading.events] == [
        ("2023-01-19", "Lyon"),
        ("2023-02", "Oslo"),
    ]


def test_max_in_a_heading_alone_does_not_mean_people() -> None:
    reading = _read("date,city,max_scope,num_participants\n2020-08-09,Oslo,2,1000\n2020-08-10,Oslo,1,50\n")

    assert _crowds(reading) == [[(1000, 1000, "")], [(50, 50, "")]]


def test_an_outline_with_sums_is_filled_and_its_sums_are_left_out() -> None:
    rows = [
        "Sum of Participants,,,", "Country,City,Date,Total", "Germany,Berlin,2022-10-01,4000", ",,2022-10-22,80000",
        ",Berlin Total,,84000", ",Hamburg,2022-10-08,1500", ",Hamburg Total,,1500", "Germany Total,,,85500",
        "Norway,Oslo,2022-10-01,2500", ",Oslo Total,,2500", "Norway Total,,,2500", "Grand Total,,,88000",
    ]  # fmt: skip
    reading = _read("\n".join(rows))

    assert [(event.when.edtf, event.place.text, event.place.country_hint) for event in reading.events] == [
        ("2022-10-01", "Berlin", "DE"), ("2022-10-22", "Berlin", "DE"), ("2022-10-08", "Hamburg", "DE"),
        ("2022-10-01", "Oslo", "NO"),
    ]  # fmt: skip
    assert [claims[0][0] for claims in _crowds(reading)] == [4000, 80000, 1500, 2500]


def test_double_encoded_letters_are_repaired_and_noted() -> None:
    wrong = "Kundgebung für Köln".encode().decode("latin-1")
    record = {"name": wrong, "start_timestamp": 1664632800, "place": {"name": "Lyon"}}
    of_json = _read(json.dumps({"your_events_v2": [record, record | {"start_timestamp": 1665230400}]}))
    of_table = _read(f"Datum;Ort;Titel\n01.10.2022;Lyon;{'Straßenfest – Köln'.encode().decode('cp1252')}\n")
    french = _read("Date;Ville;Titre\n01.10.2022;Lyon;«LIBERTÉ»\n")

    assert {event.title for event in of_json.events} == {"Kundgebung für Köln"}
    assert [event.title for event in of_table.events] == ["Straßenfest – Köln"]
    assert [event.title for event in french.events] == ["«LIBERTÉ»"]
    assert "Letters that a program had damaged were mended: “Ã¼” is “ü”." in of_json.remarks


def test_events_in_json_groups_inherit_values_of_the_group() -> None:
    towns = [{"city": "Oslo", "events": [{"date": "2022-10-01", "title": "A"}, {"date": "2022-10-08", "title": "B"}]}]
    dump = [
        {"type": "header", "comment": "Export"},
        {"type": "database", "name": "demos"},
        {"type": "table", "name": "demos", "database": "demos", "data": [
            {"id": "1", "titel": "C", "beginn": "2024-01-20 14:00:00", "ort": "Lyon", "teilnehmer": "350"},
            {"id": "2", "titel": "D", "beginn": "2024-01-27 18:00:00", "ort": "Lyon", "teilnehmer": "80"},
        ]},
    ]  # fmt: skip

    def found(data: object) -> list[tuple[str, str, str]]:
        return [(event.title, event.when.edtf[:10], event.place.text) for event in _read(json.dumps(data)).events]

    assert found(towns) == [("A", "2022-10-01", "Oslo"), ("B", "2022-10-08", "Oslo")]
    assert found(dump) == [("C", "2024-01-20", "Lyon"), ("D", "2024-01-27", "Lyon")]


def test_the_day_of_a_title_is_read_with_an_ordinal_and_in_spanish() -> None:
    english = _read(
        "GLOBAL RALLY — SATURDAY OCTOBER 1ST 2022,,\nCountry,City,Local time\nNorway,Oslo,4pm\nFrance,Lyon,3pm\n"
    )
    spanish = _read(
        "Jornada mundial, 1 de octubre de 2022;;\nPaís;Ciudad;Lugar\nNoruega;Oslo;Torget\nFrancia;Lyon;Bellecour\n"
    )

    assert [event.when.edtf for event in english.events] == ["2022-10-01T16:00:00", "2022-10-01T15:00:00"]
    assert [event.when.edtf for event in spanish.events] == ["2022-10-01", "2022-10-01"]


def test_a_word_for_online_is_not_a_place() -> None:
    reading = _read("日期,地点,活动\n2022-12-10,线上,座谈会\n2022-12-11,Lyon,集会\n")

    assert [event.attendance_mode.value for event in reading.events] == ["online", "in_person"]
