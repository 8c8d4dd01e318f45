"""Dates and times as programs write them, midnights that stand for days, and the rarer forms of EDTF."""

from __future__ import annotations

import pytest

from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading, read_events
from rallymap.intake.when import read_when


def read(content: str) -> Reading:
    return read_events(content.encode(), find_zone=lambda place, location: "Europe/Oslo")


def whens(content: str) -> list[str]:
    return [event.when.edtf for event in read(content).events]


def notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def in_form(**fields: str) -> str:
    errors = FieldErrors()
    when = read_when(fields, errors, "Europe/Oslo")
    return "refused" if errors.found else when.edtf


@pytest.mark.parametrize(
    "stamp",
    [
        "2024/2/15 下午 06:30:00",
        "2024-02-15 오후 6:30:00",
        "2024. 2. 15. 오후 6:30:00",
        "2024/2/15 午後 6:30:00",
        "2024/2/15 PM 06:30",
        "15/02/2024 06:30:00 م",
        "15/02/2024 06:30:00 مساء",
        "1402/11/26 06:30:00 ب.ظ",
        "15/02/2024 6:30:00 μμ",
        "15.02.2024 ÖS 6:30:00",
        "15/2/2024 6:30:00 CH",
        "15.2.2024 6:30:00 MD",
        "15.2.2024 18.30.00",
        "15-FEB-24 06.30.00.000000 PM",
        "15-FEB-24 06.30.00.000000 PM +01:00",
        "2024-02-15 18:30:00 +0100 CET",
        "Thu Feb 15 2024 18:30:00 GMT+0100 (Central European Standard Time)",
        "/Date(1708018200000)/",
        'ISODate("2024-02-15T17:30:00Z")',
        "{ts '2024-02-15 18:30:00'}",
        "datetime.datetime(2024, 2, 15, 18, 30)",
        "2024-02-15T18:30:00+01:00[Europe/Oslo]",
        "Thu, 15 Feb 2024 18:30:00 +0100",
        "Do., 15. Feb. 2024 18:30:00 +0100",
        "20240215T183000+0100",
        "20240215173000Z",
        "20240215T183000",
        "20240215183000",
        "D:20240215183000+01'00'",
        "2024:02:15 18:30:00",
        "2024-W07-4T18:30",
        "113/2/15 下午 06:30:00",
        "15.02.2024 06:30:00 ÖS",
        "torsdag 15. februar 2024 kl. 18.30.00",
        "15/Feb/2024:18:30:00 +0100",
    ],
)
def test_stamp_of_a_program_is_in_the_right_half_of_the_day(stamp: str) -> None:
    cell = stamp.replace('"', '""')

    assert whens(f'title,date,city\nA,"{cell}",Oslo\nB,2024-03-20 10:00,Oslo\n')[0] == "2024-02-15T18:30:00"


def test_time_with_its_half_before_it_is_read() -> None:
    assert whens("title,date,time,city\nA,2024-02-15,PM 6:30,Oslo\n") == ["2024-02-15T18:30:00"]


def test_midnight_in_the_evening_of_a_day_has_a_note() -> None:
    reading = read("title,date,city\nA,2024/2/15 晚上 12:00,Oslo\nB,2024-03-20 10:00,Oslo\n")

    remark = "This is read as 00:00. It may mean the night after this day."
    assert notes(reading) == [f"date: “2024/2/15 晚上 12:00”. {remark}"]


@pytest.mark.parametrize(
    "stamps",
    [
        ("2024-02-14T23:00:00Z", "2024-03-19T23:00:00Z", "2024-07-05T22:00:00Z"),
        ("2024-02-15 00:00:00 +0000 UTC", "2024-03-20 00:00:00 +0000 UTC", "2024-07-06 00:00:00 +0000 UTC"),
        ("2024-02-15 00.00.00", "2024-03-20 00.00.00", "2024-07-06 00.00.00"),
        ("15-FEB-24 12.00.00.000000 AM", "20-MAR-24 12.00.00.000000 AM", "06-JUL-24 12.00.00.000000 AM"),
        ("2024/2/15 上午 12:00:00", "2024/3/20 上午 12:00:00", "2024/7/6 上午 12:00:00"),
    ],
)
def test_column_of_midnights_has_days(stamps: tuple[str, ...]) -> None:
    rows = "".join(f"Rally {number},{stamp},Oslo\n" for number, stamp in enumerate(stamps))

    assert whens(f"title,date,city\n{rows}") == ["2024-02-15", "2024-03-20", "2024-07-06"]


def test_midnights_of_a_zone_with_half_an_hour_are_days() -> None:
    stamps = ("2024-04-30T20:30:00Z", "2024-05-01T20:30:00Z", "2024-12-05T20:30:00Z")
    table = "title,date,city\n" + "".join(f"Rally {number},{stamp},Tehran\n" for number, stamp in enumerate(stamps))
    reading = read_events(table.encode(), find_zone=lambda place, location: "Asia/Tehran")

    assert [event.when.edtf for event in reading.events] == ["2024-05-01", "2024-05-02", "2024-12-06"]


def test_one_event_at_midnight_among_others_keeps_its_time() -> None:
    rows = "A,2024-02-14T23:00:00Z,Oslo\nB,2024-02-15T17:00:00Z,Oslo\nC,2024-02-16T17:00:00Z,Oslo\n"

    assert whens(f"title,date,city\n{rows}")[0] == "2024-02-15T00:00:00"


def test_end_at_midnight_is_a_time_if_the_start_has_one() -> None:
    rows = "A,2024-02-05 18:00,2024-02-06 00:00,Oslo\nB,2024-02-07 20:00,2024-02-08 00:00,Oslo\n"

    assert whens(f"title,start,end,city\n{rows}") == [
        "2024-02-05T18:00:00/2024-02-06T00:00:00",
        "2024-02-07T20:00:00/2024-02-08T00:00:00",
    ]


def test_end_at_the_midnight_before_its_start_is_a_day() -> None:
    rows = "A,2024-02-05 18:00,2024-02-05 00:00,Oslo\nB,2024-02-07 20:00,2024-02-08 00:00,Oslo\n"

    assert whens(f"title,start,end,city\n{rows}")[0] == "2024-02-05T18:00:00"


@pytest.mark.parametrize(
    ("start", "end", "until"),
    [
        ("3 pm", "5:30", "2024-02-05T17:30:00"),
        ("下午3時", "5時半", "2024-02-05T17:30:00"),
        ("3 مساءً", "5:30", "2024-02-05T17:30:00"),
        ("3 pm", "05:30", "2024-02-06T05:30:00"),
        ("7 pm", "1:30 am", "2024-02-06T01:30:00"),
        ("8 pm", "12:00", "2024-02-06T00:00:00"),
        ("8:30 pm", "12:30", "2024-02-06T00:30:00"),
        ("11 am", "12:30", "2024-02-05T12:30:00"),
        ("8 pm - 12", "", "2024-02-06T00:00:00"),
        ("11 am - 12", "", "2024-02-05T12:00:00"),
    ],
)
def test_end_without_a_part_of_the_day_is_in_that_of_the_start(start: str, end: str, until: str) -> None:
    table = f"title,date,start time,end time,city\nA,2024-02-05,{start},{end},Oslo\n"

    assert whens(table)[0].partition("/")[2] == until


@pytest.mark.parametrize(
    "word",
    [
        "midnight", "Mitternacht", "um Mitternacht", "minuit", "à minuit", "medianoche", "midnatt", "ved midnatt",
        "опівночі", "в полночь", "gece yarısı", "منتصف الليل", "نیمه‌شب", "午夜", "nîvê şevê",
    ],
)  # fmt: skip
def test_midnight_in_words_is_the_end_of_the_day(word: str) -> None:
    until = "2024-02-05T18:00:00/2024-02-06T00:00:00"

    assert in_form(start="2024-02-05", start_time="18:00", end_time=word) == until
    assert whens(f"title,date,start time,end time,city\nA,2024-02-05,18:00,{word},Oslo\n") == [until]


@pytest.mark.parametrize(
    ("text", "start"),
    [("6 for 6.30pm", "18:30"), ("7 for 7.30", "19:30"), ("11.30 for 12", "12:00"), ("7 for 8", "20:00")],
)
def test_time_after_that_of_arrival_is_the_start(text: str, start: str) -> None:
    table = f"title,date,time,city\nA,2024-02-15,{text},Oslo\nB,2024-02-16,8 pm,Oslo\n"

    assert whens(table)[0] == f"2024-02-15T{start}:00"


def test_two_for_one_is_no_time_of_arrival() -> None:
    assert "T01:00" not in whens("title,date,time,city\nA,2024-02-15,2 for 1,Oslo\n")[0]


@pytest.mark.parametrize("word", ["noon", "12 noon", "midi", "Mittag", "опівдні", "öğlen", "nîvro", "kl. tolv"])
def test_noon_in_words_is_twelve(word: str) -> None:
    assert in_form(start="2024-02-05", start_time=word) == "2024-02-05T12:00:00"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2023?", "2023~"),
        ("2023-01?", "2023-01~"),
        ("2023-01-21%", "2023-01-21~"),
        ("2023-01~-21", "2023-01-21~"),
        ("?2023-01-21", "2023-01-21~"),
        ("2023?-01-~21", "2023-01-21~"),
        ("%2023-01", "2023-01~"),
        ("2022?/2023", "2022~/2023~"),
        ("15 March 2023?", "2023-03-15~"),
        ("2023-1X", "2023-10/2023-12"),
        ("2023-XX-XX", "2023"),
    ],
)
def test_doubt_and_unspecified_digits_of_edtf(text: str, edtf: str) -> None:
    assert in_form(date=text) == edtf
    assert whens(f"title,date,city\nA,{text},Oslo\n") == [edtf]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"[2023-01-21,2023-01-22]"', ["2023-01-16/2023-01-22"]),
        ('"[2023-01-20..2023-01-24]"', ["2023-01"]),
        ('"{2023-01-21,2023-02-18}"', ["2023-01-21", "2023-02-18"]),
        ("{2023-01-21..2023-01-22}", ["2023-01-21/2023-01-22"]),
        ('"{2023-01-21..2023-01-23,2023-02-01}"', ["2023-01-21/2023-01-23", "2023-02-01"]),
        ("[..2023-01-21]", [""]),
        ("[2023-01-21..]", [""]),
        ("2023-01-2X", ["2023-01"]),
    ],
)
def test_sets_of_edtf(text: str, found: list[str]) -> None:
    reading = read(f"title,date,city\nA,{text},Oslo\n")

    assert [event.when.edtf for event in reading.events] == found
    assert notes(reading) or found == ["2023-01-21/2023-01-22"]


@pytest.mark.parametrize(
    ("interval", "edtf"),
    [
        ("2024-02-15T17:00:00Z/2024-02-15T19:00:00Z", "2024-02-15T18:00:00/2024-02-15T20:00:00"),
        ("2024-02-15T18:00:00+01:00/2024-02-15T20:00:00+01:00", "2024-02-15T18:00:00/2024-02-15T20:00:00"),
        ("2024-02-15T22:00:00Z/2024-02-16T02:30:00+01:00", "2024-02-15T23:00:00/2024-02-16T02:30:00"),
        ("2024-02-15T22:00:00+01:00/2024-02-15T20:30:00Z", ""),
        ("R3/2024-02-15/P1W", ""),
    ],
)
def test_interval_with_offsets(interval: str, edtf: str) -> None:
    assert whens(f"title,date,city\nA,{interval},Oslo\n") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024-02-15 18:30 -20:30", "2024-02-15T18:30:00/2024-02-15T20:30:00"),
        ("2024-02-15 18:30:00-20:30", "2024-02-15T18:30:00/2024-02-15T20:30:00"),
        ("15.02.2024 18:30:00-20:30", "2024-02-15T18:30:00/2024-02-15T20:30:00"),
        ("2024-02-15 18:30-20", "2024-02-15T18:30:00/2024-02-15T20:00:00"),
        ("2024-02-15T18:30:00-10:00", "2024-02-16T05:30:00"),
    ],
)
def test_hours_that_are_no_offset_are_the_end(text: str, edtf: str) -> None:
    assert whens(f"title,date,city\nA,{text},Oslo\n") == [edtf]


def test_pm_between_two_hours_belongs_to_the_first() -> None:
    assert whens("title,date,city\nA,5 May 2024 4:00 pm 6:00,Oslo\n")[0].startswith("2024-05-05T16:00:00")


@pytest.mark.parametrize(
    "text", ["0000-1X", "2023-2X", "9999-0X", "[0000..9999]", "2024-W99-1T18:30", "/Date(99999999999999)/"]
)
def test_day_that_cannot_be_recorded_has_a_note(text: str) -> None:
    reading = read(f"title,date,city\nA,{text},Oslo\n")

    assert [event.when.edtf for event in reading.events] == [""]
    assert notes(reading)
    assert in_form(date=text) == "refused"


@pytest.mark.parametrize("text", ["2024-01-21T23:30Z", "2024-01-21T23:30:00Z", "2024-01-21T18:30:00-05:00"])
def test_time_with_an_offset_is_converted_in_the_form(text: str) -> None:
    assert in_form(date=text) == in_form(start=text) == "2024-01-22T00:30:00"


def test_time_with_an_offset_needs_the_zone_of_its_place() -> None:
    errors = FieldErrors()
    read_when({"start": "2024-01-21T18:30Z"}, errors)

    assert [found.user_message for found in errors.found] == ["A time needs its time zone, such as Europe/Oslo."]
