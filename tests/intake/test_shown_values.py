"""Spreadsheets: what a cell shows besides its value, such as percent, months, struck-through text and errors."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rallymap.events import Event, Place
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.coordinates import parse_coordinates
from rallymap.intake.findings import NoteKind
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events

_HEADER = ["title", "date", "city", "country", "people"]
_TWO_WAYS = "This can be read in two ways. Say whether the day or the month comes first."
_ERROR = "This is an error of the spreadsheet program, not a value."


def _workbook(*rows: list[object], formats: dict[str, str] | None = None, struck: str = "", since: int = 1900) -> bytes:
    book = openpyxl.Workbook()
    if since == 1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    for row in (_HEADER, *rows):
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    if struck:
        sheet[struck].font = Font(strike=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read(content: bytes | str, options: ImportOptions | None = None) -> Reading:
    content = content if isinstance(content, bytes) else content.encode()
    return read_events(content, options, find_zone=_zone)


def _zone(place: Place, location: object) -> str:
    del location
    return {"Oslo": "Europe/Oslo", "London": "Europe/London"}.get(place.text, "")


def _dates(reading: Reading) -> list[str]:
    return [event.when.edtf for event in reading.events]


def _crowds(reading: Reading) -> list[tuple[int | None, int | None] | None]:
    return [_crowd(event) for event in reading.events]


def _crowd(event: Event) -> tuple[int | None, int | None] | None:
    return next(((one.low, one.high) for one in event.crowd if one.low is not None or one.high is not None), None)


def _notes(reading: Reading) -> list[str]:
    return [note.sentence for row in reading.rows for note in row.notes if note.kind is not NoteKind.KEPT]


def test_cell_that_shows_only_a_month_is_a_month() -> None:
    months = {"B2": "mmm yyyy", "B3": "mmm-yy", "B4": "yyyy"}
    rows = [["A", date(2022, 3, 1), "Oslo"], ["B", date(2022, 4, 1), "Oslo"], ["C", date(2021, 1, 1), "Oslo"]]

    assert _dates(_read(_workbook(*rows, formats=months))) == ["2022-03", "2022-04", "2021"]


def test_days_that_are_shown_as_months_stay_days() -> None:
    rows = [["A", date(2022, 3, 1), "Oslo"], ["B", date(2022, 3, 19), "Oslo"]]

    reading = _read(_workbook(*rows, formats={"B2": "mmm-yy", "B3": "mmm-yy"}))

    assert _dates(reading) == ["2022-03-01", "2022-03-19"]


def test_percent_and_money_are_no_people() -> None:
    numbers = enumerate((0.75, 1200, 1500, 1600), 1)
    rows = [[f"Rally {at}", date(2022, 3, at), "Oslo", "NO", people] for at, people in numbers]
    thousands = "_-* #,##0\\ _€_-;-* #,##0\\ _€_-"  # with the width of a currency sign, but without the sign

    reading = _read(_workbook(*rows, formats={"E2": "0%", "E3": '#,##0 "€"', "E4": "#,##0", "E5": thousands}))

    assert _crowds(reading) == [None, None, (1500, 1500), (1600, 1600)]
    assert _notes(reading) == [
        "people: “75%”. This is not a number of people.",
        "people: “1200 €”. This is not a number of people.",
    ]


@pytest.mark.parametrize(
    ("cell", "crowd"),
    [
        ("€1,500", None), ("500 kr", None), ("75 %", None), ("10 Prozent", None), ("500¹", (500, 500)),
        ("500 people, 30 % students", (500, 500)), ("300, raised 2000 EUR", (300, 300)), ("1 500 ①", (1500, 1500)),
        ("500<sup>1</sup>", (500, 500)), ("5️⃣0️⃣0️⃣", (500, 500)),
    ],
)  # fmt: skip
def test_amounts_and_footnote_marks_are_not_part_of_a_number_of_people(
    cell: str, crowd: tuple[int, int] | None
) -> None:
    reading = _read(f'title\tdate\tcity\tpeople\nA\t2022-03-05\tOslo\t"{cell}"\n')

    assert _crowds(reading) == [crowd]


def test_superscript_mark_is_not_a_digit() -> None:
    raised = InlineFont(vertAlign="superscript")
    marked = CellRichText("500", TextBlock(raised, "1"))

    reading = _read(
        _workbook(["A", date(2022, 3, 5), "Oslo", "NO", marked], ["B", date(2022, 3, 6), "Oslo", "NO", 5002])
    )

    assert _crowds(reading) == [(500, 500), (5002, 5002)]


def test_struck_through_day_is_replaced_by_the_day_next_to_it() -> None:
    moved = CellRichText(TextBlock(InlineFont(strike=True), "2022-03-07"), " 2022-03-09")

    assert _dates(_read(_workbook(["A", moved, "Oslo", "NO", 50]))) == ["2022-03-09"]


def test_struck_through_title_means_cancelled() -> None:
    rows = [["Vigil", date(2022, 3, 5), "Oslo"], ["March", date(2022, 3, 6), "Oslo"]]

    (vigil, march) = _read(_workbook(*rows, struck="A2")).events

    assert [(vigil.title, vigil.status.value), (march.title, march.status.value)] == [
        ("Vigil", "cancelled"),
        ("March", "held"),
    ]


def test_errors_of_spreadsheet_programs_are_noted() -> None:
    book = _workbook(["A", "#REF!", "Oslo", "NO", 50], ["B", date(2022, 3, 6), "Oslo", "NO", "#VALUE!"])

    reading = _read(book)

    assert [event.when.edtf for event in reading.events] == ["", "2022-03-06"]
    assert _notes(reading) == [f"date: “#REF!”. {_ERROR}", f"people: “#VALUE!”. {_ERROR}"]


@pytest.mark.parametrize("error", ["#BEZUG!", "#WERT!", "Err:502", "#ССЫЛКА!", "#¡VALOR!", "#DIV/0!", "#ERROR!"])
def test_errors_in_other_languages_are_no_places(error: str) -> None:
    reading = _read(f"title\tdate\tcity\tvenue\nA\t2022-03-05\tOslo\t{error}\nB\t2022-03-06\t{error}\tSquare\n")

    assert [(event.place.text, event.place.venue) for event in reading.events] == [("Oslo", ""), ("", "Square")]
    assert _notes(reading) == [f"venue: “{error}”. {_ERROR}", f"city: “{error}”. {_ERROR}"]


def test_plain_numbers_of_days_begin_where_the_workbook_says() -> None:
    rows = [["A", 43163, "Oslo"], ["B", 43164, "Oslo"]]

    assert _dates(_read(_workbook(*rows, since=1904))) == ["2022-03-05", "2022-03-06"]
    assert _dates(_read(_workbook(*rows))) == ["2018-03-04", "2018-03-05"]


def test_days_that_a_program_exchanged_are_left_out_until_the_order_is_given() -> None:
    cells = ["13/02/2022", date(2022, 1, 2), "25/02/2022", date(2022, 3, 2), "14/03/2022", date(2022, 4, 4)]
    content = _workbook(*([f"Rally {at}", cell, "London", "GB"] for at, cell in enumerate(cells)))

    unknown = _read(content)
    given = _read(content, ImportOptions(order=Order.DAY_FIRST))

    assert _dates(unknown) == ["2022-02-13", "", "2022-02-25", "", "2022-03-14", "2022-04-04"]
    assert _notes(unknown) == [f"date: “2022-01-02”. {_TWO_WAYS}", f"date: “2022-03-02”. {_TWO_WAYS}"]
    assert _dates(given) == ["2022-02-13", "2022-02-01", "2022-02-25", "2022-02-03", "2022-03-14", "2022-04-04"]


def test_short_year_before_days_of_one_digit() -> None:
    def dates(*cells: str) -> list[str]:
        return _dates(_read("title\tdate\tcity\n" + "".join(f"A{cell}\t{cell}\tOslo\n" for cell in cells)))

    assert dates("22/3/5", "22/3/17", "22/11/2") == ["2022-03-05", "2022-03-17", "2022-11-02"]
    assert dates("21.11.30.", "22.1.15.", "22.3.1.") == ["2021-11-30", "2022-01-15", "2022-03-01"]
    assert dates("30.11.21", "15.01.22", "01.03.22") == ["2021-11-30", "2022-01-15", "2022-03-01"]


def test_offset_in_the_zone_column_is_applied() -> None:
    rows = ["A\t2022-07-05\t20:00\tGMT-4\tLondon", "B\t2022-07-05\t18:00\tUTC+2\tOslo",
            "C\t2022-07-05\t18:00\tW. Europe Standard Time\tOslo"]  # fmt: skip

    reading = _read("\n".join(["title\tdate\ttime\ttime zone\tcity", *rows]))

    assert [event.when.edtf for event in reading.events] == [
        "2022-07-06T01:00:00",
        "2022-07-05T18:00:00",
        "2022-07-05T18:00:00",
    ]


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("32V 597619 6643043", 59.9133, 10.7457),
        ("32VNM 97619 43043", 59.9133, 10.7457),
        ("9FFGWP7W+3C", 59.9127, 10.7461),
        ("UTM 17T 630084mE 4833438mN", 43.6426, -79.3871),
        ("4QFJ12345678", 21.3095, -157.9168),
        ("56H 334873 6252266", -33.857, 151.215),
        ("595446N 0104446E", 59.9128, 10.7461),
    ],
)
def test_grid_references_are_read(text: str, lat: float, lon: float) -> None:
    assert parse_coordinates(text) == pytest.approx((lat, lon), abs=2e-4)


def test_several_raised_marks_are_no_digits() -> None:
    marked = CellRichText("about 300", TextBlock(InlineFont(vertAlign="superscript"), "1,2"))

    assert _crowds(_read(_workbook(["A", date(2022, 3, 5), "Oslo", "NO", marked]))) == [(300, 300)]


@pytest.mark.parametrize(("cell", "day"), [("۲۴ اسد ۱۴۰۰", "2021-08-15"), ("۱۵ حمل ۱۴۰۱", "2022-04-04")])
def test_afghan_months_are_read(cell: str, day: str) -> None:
    assert _dates(_read(f"title\tdate\tcity\nA\t{cell}\tOslo\n")) == [day]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2022-21", "2022-03/2022-05"), ("2021-22", ""), ("../2022-06-30", ""), ("/2022-06-30", ""),
     ("2022 03 16", "2022-03-16"), ("8️⃣ March 2022", "2022-03-08")],
)  # fmt: skip
def test_dates_of_edtf_and_with_unusual_signs(cell: str, day: str) -> None:
    assert _dates(_read(f"title\tdate\tcity\nA\t{cell}\tOslo\n")) == [day]


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [("45.4215", "75.6972 W", (45.4215, -75.6972)), ("-33.8688", "151.2093E", (-33.8688, 151.2093))],
)
def test_letter_of_one_coordinate_applies_to_the_other(lat: str, lon: str, point: tuple[float, float]) -> None:
    (event,) = _read(f"title\tdate\tcity\tlat\tlon\nA\t2022-03-05\tSomewhere\t{lat}\t{lon}\n").events

    assert event.location is not None
    assert (event.location.lat, event.location.lon) == point


def test_point_in_geojson_has_the_longitude_first() -> None:
    assert parse_coordinates('{"type":"Point","coordinates":[10.7461,59.9127]}') == (59.9127, 10.7461)


def test_lines_in_two_encodings_are_read() -> None:
    content = "title;date;city\nA;2022-03-05;Göteborg\n".encode() + "B;2022-03-06;Malmö\n".encode("cp1252")

    reading = _read(content)

    assert [event.place.text for event in reading.events] == ["Göteborg", "Malmö"]
    assert reading.remarks == (
        "Some lines of this file are not UTF-8; they were read as Windows-1252 (Western European).",
    )


def test_joined_files_with_byte_order_marks_are_read() -> None:
    first, second = "title,date,city\nA,2022-03-05,Oslo\n", "title,date,city\nB,2022-03-06,Oslo\n"

    reading = _read(first.encode("utf-8-sig") + second.encode("utf-8-sig"))

    assert [(event.title, event.when.edtf) for event in reading.events] == [("A", "2022-03-05"), ("B", "2022-03-06")]


def test_lines_that_are_one_quoted_cell_are_read() -> None:
    reading = _read('"title,""date"",city"\n"Rally,""2022-03-05"",Oslo"\n"Vigil,""2022-03-06"",Oslo"\n')

    assert [(event.title, event.when.edtf, event.place.text) for event in reading.events] == [
        ("Rally", "2022-03-05", "Oslo"),
        ("Vigil", "2022-03-06", "Oslo"),
    ]


@pytest.mark.parametrize(("heading", "yes", "no"), [("abgesagt", "WAHR", "FALSCH"), ("annulé", "VRAI", "FAUX")])
def test_true_and_false_of_spreadsheet_programs(heading: str, yes: str, no: str) -> None:
    reading = _read(f"title\tdate\tcity\t{heading}\nA\t2022-03-05\tOslo\t{yes}\nB\t2022-03-06\tOslo\t{no}\n")

    assert [event.status.value for event in reading.events] == ["cancelled", "held"]


@pytest.mark.parametrize(
    "row", ["string\tdate\tstring", '{"ImportId":"QID1"}\t{"ImportId":"QID2"}\t{"ImportId":"QID3"}',
            "Open-Ended Response\tDate / Time\tResponse"]
)  # fmt: skip
def test_rows_of_types_below_the_headings_are_no_events(row: str) -> None:
    reading = _read(f"title\tdate\tcity\n{row}\nA\t2022-03-05\tOslo\n")

    assert [event.title for event in reading.events] == ["A"]


def test_rows_that_another_sheet_repeats_are_left_out() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(_workbook(["A", date(2022, 3, 5), "Oslo"], ["B", date(2022, 3, 6), "Oslo"]))
    )
    copy = book.copy_worksheet(book.active)
    copy.title = "copy"
    out = io.BytesIO()
    book.save(out)

    reading = _read(out.getvalue())

    assert [(row.event and row.event.title, row.reason) for row in reading.rows] == [
        ("A", ""),
        ("B", ""),
        ("A", "This row is the same as row 2 (Sheet) and is left out."),
        ("B", "This row is the same as row 3 (Sheet) and is left out."),
    ]


def test_time_in_utc_is_moved_to_the_place() -> None:
    (event,) = _read("title\tdate\ttime\tcity\nA\t2022-03-05\t18:00 UTC\tOslo\n").events

    assert event.when.edtf == "2022-03-05T19:00:00"


def test_address_behind_a_title_is_a_source() -> None:
    (event,) = _read("title\tdate\tcity\nVigil for Tibet https://example.org/a\t2022-03-05\tOslo\n").events

    assert (event.title, [source.url for source in event.sources]) == ("Vigil for Tibet", ["https://example.org/a"])


def test_thai_encoding_is_found_by_its_headings() -> None:
    text = "ชื่อ;วันที่;เมือง\nการชุมนุม;05.03.2022;ลอนดอน\nเดินขบวน;06.03.2022;ปารีส\n"

    assert [event.place.text for event in _read(text.encode("cp874")).events] == ["ลอนดอน", "ปารีส"]


def test_equal_rows_of_sheets_whose_names_say_more_are_kept() -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("Group A", "Group B"):
        sheet = book.create_sheet(name)
        sheet.append(["title", "date"])
        sheet.append(["Vigil", "2022-03-05"])
    out = io.BytesIO()
    book.save(out)

    assert [(event.title, event.when.edtf) for event in _read(out.getvalue()).events] == [("Vigil", "2022-03-05")] * 2


def test_end_at_24_hours_is_exact() -> None:
    reading = _read("title\tdate\tstart_time\tend_time\tcity\nA\t2023-04-05\t18:00\t24:00\tOslo\n")

    assert (_dates(reading), _notes(reading)) == (["2023-04-05T18:00:00/2023-04-06T00:00:00"], [])


@pytest.mark.parametrize(("code", "name"), [("NOR", "Norway"), ("GBR", "United Kingdom"), ("NO", "Norway")])
def test_code_of_a_country_alone_is_looked_up_by_its_name(code: str, name: str) -> None:
    (event,) = _read(f"title\tdate\tcountry\nVigil\t2023-01-01\t{code}\n").events

    assert event.place.text == name
