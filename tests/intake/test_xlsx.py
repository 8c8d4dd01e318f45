"""XLSX tables, valid and manipulated."""

from __future__ import annotations

import io
import time as clock
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import IntakeError
from rallymap.events import Event
from rallymap.intake.table import TableResult, read_table

SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
TITLE_ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c></row>'


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def forged(sheet: bytes) -> bytes:
    """Return a workbook with a replaced first sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["title"], ["A"]))) as honest,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as forgery,
    ):
        for part in honest.namelist():
            forgery.writestr(part, sheet if part == SHEET else honest.read(part))
    return out.getvalue()


def events(content: bytes) -> list[Event]:
    result: TableResult = read_table(content)
    assert [error.user_message for error in result.errors] == []
    return list(result.events)


def refusal(content: bytes) -> str:
    with pytest.raises(IntakeError) as caught:
        read_table(content)
    return caught.value.user_message


def test_cells_of_all_types() -> None:
    (event,) = events(
        workbook(
            ["title", "start", "start_time", "time_zone", "crowd_low", "crowd_high", "lat", "lon", "by_organiser"],
            ["Rally", date(2020, 2, 1), time(18, 30), "Europe/Oslo", 1500, 2000.0, 59.9127, 10.7461, True],
        )
    )
    assert event.when == EventDate(
        date(2020, 2, 1), date(2020, 2, 1), DatePrecision.MINUTE, time(18, 30), None, "Europe/Oslo"
    )
    assert (event.crowd[0].low, event.crowd[0].high, event.by_organiser) == (1500, 2000, True)
    assert event.location is not None
    assert (event.location.lat, event.location.lon) == (59.9127, 10.7461)


def test_date_cell_with_and_without_a_time() -> None:
    first, second = events(
        workbook(
            ["title", "date", "zone"],
            ["A", datetime.fromisoformat("2020-02-01T18:30"), "UTC"],
            ["B", datetime.fromisoformat("2020-02-01"), ""],
        )
    )
    assert (first.when.edtf, second.when.edtf) == ("2020-02-01T18:30:00", "2020-02-01")


def test_year_alone_as_a_number() -> None:
    (event,) = events(workbook(["title", "date"], ["A", 2018]))
    assert event.when == EventDate.year(2018)


def test_formula_is_text() -> None:
    (event,) = events(workbook(["title", "about"], ["A", '=HYPERLINK("https://example.org","x")']))
    assert event.about == '=HYPERLINK("https://example.org","x")'


def test_row_numbers_are_the_spreadsheets() -> None:
    result = read_table(workbook([], ["title", "date"], [], ["A", "2020"], [], ["B", "soon"]))
    assert [event.title for event in result.events] == ["A"]
    assert [error.row for error in result.errors] == [6]


def test_text_without_a_column_name() -> None:
    result = read_table(workbook(["title"], ["A", "stray"]))
    assert [error.user_message for error in result.errors] == [
        "Row 2: There are 2 cells for 1 columns; put texts that hold the separator in quotes."
    ]


def test_empty_sheet() -> None:
    assert refusal(workbook()) == "This file is empty."


def test_zip_that_is_not_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(out.getvalue()) == "This XLSX file is damaged or has a password; save it again, or as CSV."


def test_cut_off_file() -> None:
    content = workbook(["title"], ["A"])
    assert refusal(content[: len(content) // 2]) == (
        "This XLSX file is damaged or has a password; save it again, or as CSV."
    )


@pytest.mark.slow
def test_small_file_that_unpacks_to_much_is_refused_before_it_is_unpacked() -> None:
    bomb = forged(OPEN + TITLE_ROW + b"<row><c t='inlineStr'><is><t>x</t></is></c></row>" * 700_000 + CLOSE)
    assert len(bomb) < 200_000
    began = clock.perf_counter()
    assert refusal(bomb) == (
        "This file unpacks to 32 MiB; at most 24 MiB of XLSX are read. Save it as CSV, or split it."
    )
    assert clock.perf_counter() - began < 1


def test_thousands_of_parts_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1001):
            archive.writestr(str(number), "")
    assert "at most 24 MiB" in refusal(out.getvalue())


@pytest.mark.slow
def test_row_far_below_is_not_walked_to() -> None:
    far = b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refusal(forged(OPEN + TITLE_ROW + far + CLOSE)) == (
        "This sheet has rows beyond 1048576; leave out the empty ones."
    )


@pytest.mark.slow
def test_cell_far_to_the_right_costs_nothing() -> None:
    wide = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(2, 20_000))
    began = clock.perf_counter()
    assert events(forged(OPEN + TITLE_ROW + wide + CLOSE)) == []
    assert clock.perf_counter() - began < 5  # a row of 16 384 cells each took a hundred times as long


@pytest.mark.slow
def test_entities_are_not_expanded_without_end() -> None:
    nested = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 1000) for n in range(4))
    doctype = b'<!DOCTYPE a [<!ENTITY a "lol">' + nested + b"]>"
    row = b'<row><c t="inlineStr"><is><t>&e;</t></is></c></row>'
    assert refusal(forged(doctype + OPEN + TITLE_ROW + row + CLOSE)) == (
        "This XLSX file is damaged or has a password; save it again, or as CSV."
    )
