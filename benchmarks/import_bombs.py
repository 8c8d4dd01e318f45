"""Small files that claim or expand to very large sizes, or are slow to read if a reader is careless."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import openpyxl

from benchmarks.import_samples import CALENDAR, ods_of, zip_of


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield small files that claim or expand to very large sizes."""
    yield "far cell", _sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield (
        "far cell with a near one",
        _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="KN1048576"><v>1</v></c></row>'),
    )
    yield "many parts", zip_of({f"xl/{number}.xml": b"" for number in range(3000)})
    yield "deep json", b"[" * 200_000
    yield "deep object", b'{"a":' * 50_000
    yield (
        "yaml aliases",
        b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)),
    )
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    yield "xml entities", b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "lol">%s]><kml>&l9;</kml>' % entities
    yield "endless calendar", CALENDAR.replace("RRULE:FREQ=DAILY;COUNT=20", "RRULE:FREQ=SECONDLY").encode()
    yield "calendar of long ago", CALENDAR.replace("20220305T180000Z", "00010101T000000Z").encode()
    yield "one huge cell", b"title,date\n" + b"x" * (20 << 20)
    yield "open quotation mark", b'title,date\n"' + b"a,2020-02-01\n" * 200_000
    yield "many columns", b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + b"1," * 100_000
    yield "commas", b"title,date\n" + b"," * 7_000_000
    yield "bad rows", b"title,date,place\n" + b"x,never,\n" * 5_000
    yield "many rows", b"title,date\n" + b"a,2020-02-01\n" * 400_000
    yield "many json keys", json.dumps([{f"k{n}": n for n in range(5_000)}] * 50).encode()
    yield "zeros", bytes(5 << 20)
    yield "comments of a page", b"<html><table>" + b"<!--" * 40_000
    yield "tags of a page", b"<html><table>" + b"<a " * 40_000
    yield "spans of a page", b"<html>" + (b"<table><tr><td rowspan=1000 colspan=300>x" + b"<tr>" * 999) * 20
    yield "stars", b"title,date\nx,2020-02-01\n" + b"*" * 20_000 + b",2020-02-01\n"
    yield "mail addresses", b"title,date,organisers\nx,2020-02-01,b\nx,2020-02-01," + b"a@" * 5_000
    yield "same heading", b"date," * 250 + b"\n" + b"2020-02-01," * 250
    yield "long words", b"date,title\n" + b"1 " * 90 + b",x\n" + ("ä" * 190 + ",y\n").encode() * 500
    yield from _later_bombs()
    yield "zip bomb", _zip_bomb()


def _later_bombs() -> Iterator[tuple[str, bytes]]:
    """Yield files for the readers of web pages, wikis, text documents, maps and programs' JSON."""
    refs = b"".join(b'<li id="n%d"><a href="#n%d">x</a></li>' % (n, (n + 1) % 3000) for n in range(3000))
    cells = b"".join(b'<tr><td>1 May 2024<a href="#n%d">[1]</a></td><td>Oslo</td></tr>' % n for n in range(3000))
    yield "footnotes in circles", b"<html><table><tr><th>Date</th><th>City</th></tr>" + cells + b"</table>" + refs
    yield "nested tables", b"<html>" + b"<table><tr><td>" * 20_000
    yield "nested templates", b"{| class=wikitable\n! Date !! City\n|-\n| " + b"{{a|" * 50_000 + b"\n|}"
    yield "wiki references", b"{|\n! Date !! City\n" + b"|-\n| 1 May 2024<ref name=a>{{cite||url=x}} || Oslo\n" * 3_000
    yield "markdown table", b"| Date | City |\n|---|---|\n" + b"| 1 May 2024 | [a](https://x.example/) |\n" * 4_000
    yield "pipes", b"| Date | City |\n|---|---|\n" + b"|" * 500_000
    yield "brackets of links", b"| Date | City |\n|---|---|\n| 1 May 2024 | " + b"[" * 100_000 + b" |\n"
    yield (
        "points of a track",
        b"<gpx>" + b'<wpt lat="1" lon="2"><time>2023-07-01T08:10:00Z</time></wpt>' * 4_000 + b"</gpx>",
    )
    yield "deep folders", b'<?xml version="1.0"?><kml>' + b"<Folder>" * 50_000
    yield "deep xml", b"<a>" * 100_000
    page = {"object": "page", "properties": {f"P{n}": {"type": "date", "date": {"start": "x"}} for n in range(2000)}}
    yield "many properties", json.dumps({"object": "list", "results": [page] * 30}).encode()
    node: dict[str, object] = {"title": "x"}
    for _ in range(400):
        node = {"type": "node--event", "attributes": node}
    yield "attributes in attributes", json.dumps({"data": [node] * 50}).encode()
    activity: dict[str, object] = {"type": "Event", "name": "x"}
    for _ in range(400):
        activity = {"type": "Create", "object": activity}
    yield "activities of activities", json.dumps({"orderedItems": [activity] * 50}).encode()
    ranges = [{"value": "2023-04-01", "end_value": "2023-04-02"}] * 500
    yield "many days of a record", json.dumps([{"title": "x", "field_when": ranges}] * 5).encode()
    yield "too many days of a record", json.dumps([{"title": "x", "field_when": ranges * 200}] * 5).encode()
    for name, cell in (
        ("decades", b"1990s " * 3_000), ("days", b"1. + " * 5_000 + b"Mai 2022"), ("digits", b"9" * 5_000),
        ("times", b"18.00-" * 5_000), ("months", b"May " * 5_000), ("dashes", b"-" * 10_000), ("spaces", b" " * 30_000),
        ("brackets", b"(" * 10_000), ("points", b"1.5, 2.5; " * 3_000), ("words", b"ab " * 10_000),
        ("attributed", b"police 5, organisers 6; " * 1_000), ("figures", b"1 000 000 " * 3_000),
    ):  # fmt: skip
        yield f"long {name}", b"date;time;title;city;crowd;status;note\n" + b";".join([cell] * 7) + b"\n"
        yield (
            f"many {name}",
            b"date;time;title;city;crowd;status;note\n"
            + b"".join(b";".join([cell[: 100 + n % 90]] * 7) + b"\n" for n in range(300)),
        )
    of_cell = '<table:table-cell office:value-type="string"{}><text:p>Oslo</text:p></table:table-cell>'
    many_rows, many_cells = ' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"'
    yield "repeated rows of ODS", ods_of(f"<table:table-row{many_rows}>{of_cell.format('')}</table:table-row>")
    yield "repeated cells of ODS", ods_of(f"<table:table-row>{of_cell.format(many_cells)}</table:table-row>")
    yield "repeated both of ODS", ods_of(f"<table:table-row{many_rows}>{of_cell.format(many_cells)}</table:table-row>")
    yield "document of tables", _document(b"<w:tbl><w:tr><w:tc>" * 30_000)
    yield "document of rows", _document(b"<w:tbl>" + b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 200_000 + b"</w:tbl>")
    yield "fixed width", (b"2024-05-01   Oslo        Rally" + b"   x" * 500 + b"\n") * 500
    yield "labelled lines", (b"Ort: Kiel\nDatum: 1.5.2022\n\n" * 3_000)
    yield "list of days", b"- 1 May 2022, Oslo: rally\n" * 4_000
    yield "chat", b"[01.05.22, 18:00:00] A: Demo in Kiel um 18 Uhr\n" * 50_000


def _document(body: bytes) -> bytes:
    word = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zip_of({"word/document.xml": b"<w:document %s><w:body>%s</w:body></w:document>" % (word, body)})


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(200):  # in chunks, because the memory of this process is measured
            part.write(b" " * (1 << 20))
    return out.getvalue()


def _sheet(rows: str) -> bytes:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    parts = {}
    with zipfile.ZipFile(out) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    name = "xl/worksheets/sheet1.xml"
    head, _, tail = parts[name].partition(b"<sheetData")
    parts[name] = (
        head + f"<sheetData>{rows}</sheetData>".encode() + tail.partition(b">")[2].removeprefix(b"</sheetData>")
    )
    return zip_of(parts)
