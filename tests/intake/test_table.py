"""CSV tables of events."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import IntakeError
from rallymap.events import Event, EventStatus, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.intake import limits, sheets
from rallymap.intake.table import TableResult, read_table


def read(text: str) -> TableResult:
    return read_table(text.encode())


def sentences(text: str) -> list[str]:
    return [error.user_message for error in read(text).errors]


def refusal(source: bytes | Path) -> str:
    with pytest.raises(IntakeError) as caught:
        read_table(source)
    return caught.value.user_message


def test_row_becomes_an_event() -> None:
    result = read(
        "id,title,kind,start,end,precision,place,country,organisers,source_url,status\n"
        "oslo-1,Rally,march,2020-02-01,2020-02-02,weekend,Oslo,NO,A; B,https://example.org/a,cancelled\n"
    )
    assert result.errors == ()
    assert result.events == (
        Event(
            id="oslo-1",
            title="Rally",
            kind=Kind.MARCH,
            when=EventDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.WEEKEND),
            place=Place("Oslo", "", "NO"),
            organisers=("A", "B"),
            sources=(Source("https://example.org/a"),),
            status=EventStatus.CANCELLED,
        ),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator: str) -> None:
    rows = [["Title", "Place", "Summary"], ["Rally", "Oslo", "one, two; three | four"]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    (event,) = read(out.getvalue()).events
    assert (event.title, event.place.text, event.about) == ("Rally", "Oslo", "one, two; three | four")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding_is_found(encoding: str) -> None:
    (event,) = read_table("title,place\nتظاهرات,Malmö\n".encode(encoding)).events
    assert (event.title, event.place.text) == ("تظاهرات", "Malmö")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(line_end: str) -> None:
    assert [event.title for event in read(f"title,place{line_end}A,Oslo{line_end}B,Paris").events] == ["A", "B"]


def test_header_in_other_words() -> None:
    (event,) = read(
        "Event name;Event type;Start date;City;State;Country;Latitude;Longitude;Source URL;Link 2;Organizers;Source 2\n"
        "Rally;Vigil;30 June 2018;Springfield;Illinois;USA;39.8;-89.6;https://a.org;;A;https://b.org\n"
    ).events
    assert (event.title, event.kind, event.when.edtf) == ("Rally", Kind.VIGIL, "2018-06-30")
    assert event.place == Place("Springfield, Illinois", "", "US")
    assert event.location == Location(39.8, -89.6, LocationPrecision.CITY, 10_000.0, 1.0, "given", country="US")
    assert event.sources == (Source("https://a.org"), Source("https://b.org"))


def test_given_coordinates_are_a_venue_only_if_one_is_named() -> None:
    rows = "title,lat,lon,venue,location_precision\nA,59.9,10.7,,\nB,59.9,10.7,Stortinget,\nC,59.9,10.7,,region\n"
    precisions = [event.location.precision for event in read(rows).events if event.location]
    assert precisions == [LocationPrecision.CITY, LocationPrecision.VENUE, LocationPrecision.REGION]


def test_empty_rows_are_ignored() -> None:
    result = read("\n,,\ntitle,place,kind\n\nA,Oslo,\n,,\n\nB,Paris,\n")
    assert [event.title for event in result.events] == ["A", "B"]
    assert result.rows_read == 2


def test_unknown_columns_are_listed() -> None:
    result = read("title,colour,error,place,,Revision\nA,red,old,Oslo,,3\n")
    assert result.not_read == ("colour",)


def test_id_without_a_column_is_the_same_at_each_reading() -> None:
    table = "title,date,place\nRally å,2020-02-01,Oslo\nRally å,2020-02-01,Paris\n"
    first, second = (read(table).events for _ in range(2))
    assert first == second
    assert [event.id[:19] for event in first] == ["rally-a-2020-02-01-", "rally-a-2020-02-01-"]
    assert first[0].id != first[1].id


def test_id_never_shows_the_place() -> None:
    (event,) = read("title,date,place\nVigil,2031-02-01,12 Secret Street\n").events
    assert "secret" not in event.id


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("title,place", ",Oslo", "Row 2, column “title”: Give the event a title."),
        (
            "title,When",
            "A,31 June 2020",
            "Row 2, column “When”: “31 June 2020” names a day that does not exist.",
        ),
        (
            "title,Start,Finish,end",
            "A,2020-02-02,,2020-02-01",
            "Row 2, column “end”: The end (2020-02-01) is before the start (2020-02-02); change one of them.",
        ),
        (
            "title,Link",
            "A,javascript:alert(1)",
            "Row 2, column “Link”: A source link starts with https:// or http:// and names a site.",
        ),
        (
            "title,Latitude,Longitude",
            "A,59.9,",
            "Row 2, column “Longitude”: There is a latitude but no longitude; give both, or neither.",
        ),
        (
            "title,lat,lon",
            "A,151.2,-33.8",
            (
                "Row 2, column “lat”: A latitude is between -90 and 90, but this is 151.2; "
                "latitude and longitude look swapped."
            ),
        ),
        (
            "title,lat,lon",
            "A,north,10",
            "Row 2, column “lat”: “north” is not a number of degrees; write it like 59.9127.",
        ),
        ("title,lat,lon", "A,nan,10", "Row 2, column “lat”: “nan” is not a number of degrees; write it like 59.9127."),
        ("title,id", "A,Not An Id", "Row 2, column “id”: An id has 3 to 64 small letters, digits and hyphens."),
        (
            "title,claim1_text,claim1_source",
            "A,Down,2",
            "Row 2, column “claim1_source”: “2” is not the number of a source of this event (it has none).",
        ),
        (
            "title,place",
            "A,Oslo,Norway",
            "Row 2: There are 3 cells for 2 columns; put texts that hold the separator in quotes.",
        ),
        (
            "title,place",
            f"A,{'x' * 10_000_000}",
            "Row 2, column “place”: This text has 10000000 characters; at most 20000 are read.",
        ),
    ],
)
def test_error_names_row_column_and_what_to_do(header: str, row: str, sentence: str) -> None:
    assert sentences(f"{header}\n{row}\n") == [sentence]


def test_all_errors_of_a_row_are_reported() -> None:
    assert [(error.row, error.field) for error in read("title,date,country\nA,,\n,soon,Atlantis\n").errors] == [
        (3, "country"),
        (3, "date"),
        (3, "title"),
    ]


def test_same_id_twice() -> None:
    assert sentences("id,title\nabc,A\nabc,B\n") == [
        "Row 3, column “id”: Row 2 has the id “abc” already; ids must differ."
    ]


def test_same_row_twice() -> None:
    (only,) = sentences("title,place\nA,Oslo\nA,Oslo\n")
    assert only == (
        "Row 3, column “id”: Row 2 is the same event: title, place and date are equal. "
        "Leave one out, or give both an id."
    )


def test_rejected_rows_are_returned_as_a_file_to_correct() -> None:
    result = read('id,title,date,about\none,A,2020-02-01,x\ntwo,B,soon,"=HYPERLINK(""x"")"\nthree,,"1,2",-5\n')
    assert [event.id for event in result.events] == ["one"]
    rows = list(csv.reader(io.StringIO(result.rejected_csv().decode("utf-8-sig"), newline="")))
    not_a_date = "is not a date that can be read here. Write it like 1 February 2020, June 2022 or 2018."
    assert rows == [
        ["id", "title", "date", "about", "error"],
        ["two", "B", "soon", '\'=HYPERLINK("x")', f"date: “soon” {not_a_date}"],
        ["three", "", "1,2", "-5", f"date: “1,2” {not_a_date} title: Give the event a title."],
    ]


def test_corrected_file_is_imported_without_escapes() -> None:
    rejected = read("title,date,about\nB,soon,=1+1\n").rejected_csv()
    (event,) = read_table(rejected.replace(b"soon", b"2020")).events
    assert (event.title, event.when.edtf, event.about) == ("B", "2020", "=1+1")


def test_second_rejection_keeps_one_error_column() -> None:
    twice = read_table(read("title,date\nB,soon\n").rejected_csv()).rejected_csv().decode("utf-8-sig")
    assert twice.splitlines()[0] == "title,date,error"


def test_row_with_too_many_cells_keeps_all_of_them() -> None:
    rejected = read("title,place\nA,Oslo,Norway,more\n").rejected_csv().decode("utf-8-sig")
    assert rejected.splitlines()[1].endswith(",Norway,more")


def test_review_status_is_the_callers() -> None:
    (event,) = read_table(b"title,review\nA,published\n", review=ReviewStatus.PENDING).events
    assert event.review is ReviewStatus.PENDING


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\n\n  \n", "This file is empty."),
        (
            b"name of it,place\nA,Oslo\n",
            "The first row must name the columns, and one of them must be “title”; it has: name of it, place.",
        ),
        (b"title,date,when\nA,,\n", "The columns “date” and “when” mean the same; keep one of them."),
        (b"title\nMalm\xf6\n", "Line 2 is not UTF-8 text; save the table as “CSV UTF-8” and try again."),
        (b"title\n\x00\x01\n", "This is not a text file; give a CSV or XLSX table."),
        (
            b'title,place\nA,Oslo\n"B,Paris\n',
            "The quotation marks of row 3 do not match; close them, and double those inside a text.",
        ),
        (
            b"\xd0\xcf\x11\xe0rest",
            "This is an old or encrypted Excel file; save it as .xlsx or CSV without a password.",
        ),
        (b"PK\x03\x04rest", "This XLSX file is damaged or has a password; save it again, or as CSV."),
        (",".join(f"c{n}" for n in range(301)).encode(), "This table has 301 columns; at most 300 are read."),
    ],
)
def test_file_that_cannot_be_read_at_all(content: bytes, sentence: str) -> None:
    assert refusal(content) == sentence


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "The file none.csv cannot be read: No such file or directory."


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"The file {tmp_path.name} cannot be read: Is a directory."


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    assert len(read("title\nA\nB\n").events) == 2
    assert refusal(b"title\nA\nB\nC\n") == "This table has more than 2 rows; please split it."


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 1024 * 1024)
    big = tmp_path / "big.csv"
    big.write_bytes(b"title\n" + b"A" * 2 * 1024 * 1024)
    assert refusal(big) == "This file has 2 MiB; at most 1 MiB are read. Please split it."


@pytest.mark.slow
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: f"title,place,date\n{text}".encode("utf-8", "ignore"))
)
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    try:
        result = read_table(content)
    except IntakeError as err:
        assert err.user_message  # noqa: PT017 - the sentence is one of the two good ends
    else:
        assert result.rows_read == len(result.events) + len(result.rejected)
        result.rejected_csv()
