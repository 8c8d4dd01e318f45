"""One small good file of each format and program that rallymap imports."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from typing import Any

import openpyxl

TABLE = "Datum;Uhrzeit;Thema;Ort;Teilnehmer\n" + "05.03.2022;18.00-20.00 Uhr;Kundgebung für Ruhe;Kiel;ca. 200\n" * 40
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nBEGIN:VEVENT\nUID:a\nDTSTART:20220305T180000Z\n"
    "RRULE:FREQ=DAILY;COUNT=20\nSUMMARY:Vigil\nLOCATION:Oslo\nEND:VEVENT\nEND:VCALENDAR\n"
)
_YAML = "---\ntitle: Page\nevents:\n" + "  - city: Oslo\n    date: 2022-03-05\n    time: '18:00'\n" * 20 + "---\nText\n"
_KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    + "<Placemark><name>Rally</name><Point><coordinates>10.7,59.9</coordinates></Point></Placemark>" * 20
    + "</Document></kml>"
)
_GPX = (
    '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">'
    + '<wpt lat="59.9" lon="10.7"><time>2022-03-05T17:00:00Z</time><name>Rally</name><desc>5 March 2022</desc></wpt>'
    * 20
    + "</gpx>"
)
_PAGE = (
    "<!doctype html><html><body><h2>2022</h2><table><tr><th>Date</th><th>City</th><th>People</th><th>Ref.</th></tr>"
    + '<tr><td>5 March 2022<sup><a href="#n1">[1]</a></sup></td><td><a href="https://a.example/x">Oslo</a></td>'
    "<td rowspan=1>1&nbsp;500</td><td><sup><a href='#n2'>[2]</a></sup></td></tr>"
    * 20
    + '</table><ol><li id="n1"><a href="https://paper.example/a">Paper</a></li><li id="n2">Cancelled</li></ol>'
    + "</body></html>"
)
_PAGE_EVENTS = (
    '<!doctype html><html><head><script type="application/ld+json">'
    + json.dumps(
        [
            {
                "@context": "https://schema.org", "@type": "Event", "name": "Vigil", "startDate": "2022-03-05T18:00",
                "eventStatus": "https://schema.org/EventCancelled",
                "location": {"@type": "Place", "name": "Square", "address": {"addressLocality": "Oslo"}},
            }
        ] * 5
    )
    + '</script></head><body><article itemscope itemtype="https://schema.org/Event"><span itemprop="name">Rally</span>'
    '<time itemprop="startDate" datetime="2022-03-05">5 March</time></article></body></html>'
)  # fmt: skip
_WIKI = (
    '{| class="wikitable"\n! Date !! City !! People !! Notes\n'
    + "|-\n| {{dts|2022|3|5}} || {{flag|Norway}} [[Oslo]] || {{nts|1500}} || Vigil<ref>{{cite web|url=https://a.example/1}}"
    "</ref>\n" * 20 + "|}\n"
)
_MARKDOWN = (
    "# Rallies\n\n| Date | City | What |\n|---|---|---|\n"
    + "| 5 March 2022 | ~~Rome~~ Oslo | [Rally](https://a.example/) |\n" * 20
)
_FIXED = "Date        City        What\n" + "2022-03-05  Oslo        Rally for peace\n" * 20
_LINES = "Date: 5 March 2022\nCity: Oslo\nTitle: Rally\n\n" * 10
_WRITTEN = "Rallies in 2022\n\n" + "- 5 March, 18:00: Vigil, Oslo (about 200 people)\n" * 20
_DATES = (
    "When,Where,What,Crowd,Status\n1990s,Oslo,Marches,hundreds,\nmid-1980s,Bergen,Vigils,50-60,\n"
    '"every Friday in May 2022",Oslo,Vigil,,\n"5, 12 and 19 March 2022",Oslo,Rally,"organisers 5,000, police 1,200",'
    "moved to 20 March\nlast Sunday of June 2021,Turku,Walk,<100,cancelled\n1401/12/14,Tehran,Rally,,\n"
    "summer 2020,Kyiv,March,,\nQ3 2020,Lviv,March,,\n"
) * 3
_RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel>'
    + "<item><title>Rally</title><ev:startdate>2022-03-05T18:00:00</ev:startdate><ev:location>Oslo</ev:location></item>"
    * 20
    + "</channel></rss>"
)
_CHAT = "[05.03.22, 18:00:00] Anna: Demo in Kiel\n" * 20


@cache
def good_files() -> dict[str, bytes]:
    """Return one small good file of each format."""
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(";"))
    out = io.BytesIO()
    book.save(out)
    texts = {
        "csv": TABLE, "ics": CALENDAR, "yaml": _YAML, "kml": _KML, "gpx": _GPX, "page": _PAGE,
        "page events": _PAGE_EVENTS, "wiki": _WIKI, "markdown": _MARKDOWN, "fixed width": _FIXED, "lines": _LINES,
        "list": _WRITTEN, "dates": _DATES, "rss": _RSS, "chat": _CHAT,
    }  # fmt: skip
    return {
        **{name: text.encode() for name, text in texts.items()},
        **{name: json.dumps(value).encode() for name, value in _json_files().items()},
        "latin": TABLE.encode("cp1252"),
        "utf16": TABLE.encode("utf-16"),
        "xlsx": out.getvalue(),
        "ods": _ods(),
        "docx": _docx(),
        "jsonl": b'{"title": "Rally", "date": "2022-03-05"}\n' * 20,
    }


def _json_files() -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [10.7, 59.9]}
    feature = {"type": "Feature", "properties": {"name": "Rally", "date": "2022-03-05"}, "geometry": point}
    notion = {
        "object": "page", "id": "n", "public_url": "https://notes.example/n",
        "properties": {
            "Date": {"id": "a", "type": "date", "date": {"start": "2022-03-05T17:00:00.000+01:00", "end": None}},
            "City": {"id": "b", "type": "select", "select": {"id": "x", "name": "Oslo", "color": "red"}},
            "Status": {"id": "c", "type": "status", "status": {"id": "y", "name": "cancelled", "color": "green"}},
            "Event": {"id": "t", "type": "title", "title": [{"type": "text", "plain_text": "Vigil"}]},
        },
    }  # fmt: skip
    drupal = {
        "type": "node--event", "id": "3f",
        "attributes": {
            "title": "Vigil", "body": {"value": "<p>For peace</p>", "format": "basic", "processed": "<p>For peace</p>"},
            "field_when": [{"value": "2022-03-05T15:00:00+01:00", "end_value": "2022-03-05T16:30:00+01:00",
                            "timezone": "Europe/Oslo"}],
            "field_address": {"country_code": "NO", "locality": "Oslo", "address_line1": "Square"},
        },
        "relationships": {"uid": {"data": {"type": "user--user", "id": "u1"}}},
    }  # fmt: skip
    place = {"type": "Place", "name": "Square", "geom": "10.7;59.9", "address": {"addressLocality": "Oslo"}}
    event = {"type": "Event", "name": "Vigil", "startTime": "2022-03-05T12:00:00+01:00", "location": place}
    activities = [
        {"type": "Create", "id": "https://x.example/c/1", "actor": "https://x.example/u", "object": event},
        {"type": "Create", "id": "https://x.example/c/2", "object": {"type": "Note", "content": "Thanks"}},
    ]
    wordpress = {
        "title": {"rendered": "Vigil"},
        "start_date": "2022-03-05 18:00:00",
        "venue": {"venue": "Square", "city": "Oslo"},
    }
    airtable = {
        "id": "rec1",
        "createdTime": "2022-01-01T00:00:00.000Z",
        "fields": {"Name": "Vigil", "Date": "2022-03-05", "City": "Oslo"},
    }
    return {
        "json": [{"title": "Rally", "date": "2022-03-05", "place": {"city": "Oslo"}}] * 20,
        "geojson": {"type": "FeatureCollection", "features": [feature] * 20},
        "notion": {"object": "list", "results": [notion] * 10},
        "drupal": {"jsonapi": {"version": "1.0"}, "data": [drupal] * 10},
        "activitypub": {"type": "OrderedCollectionPage", "orderedItems": activities * 10},
        "wordpress": {"events": [wordpress] * 10},
        "airtable": {"records": [airtable] * 10},
        "columns": {"Date": ["2022-03-05"] * 9, "City": ["Oslo"] * 9},
        "sparql": {
            "head": {"vars": ["when", "cityLabel"]},
            "results": {"bindings": [{"when": {"type": "literal", "value": "2022-03-05T00:00:00Z"},
                                      "cityLabel": {"type": "literal", "xml:lang": "en", "value": "Oslo"}}] * 9},
        },
    }  # fmt: skip


def _ods() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(map(cell.format, line.split(";"))) for line in TABLE.splitlines())
    return ods_of("".join(f"<table:table-row>{line}</table:table-row>" for line in lines))


def ods_of(rows: str) -> bytes:
    """Return an OpenDocument spreadsheet whose only table has these rows, given as XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zip_of(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    )


def _docx() -> bytes:
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in line.split(";"))
        + "</w:tr>"
        for line in TABLE.splitlines()
    )
    document = f"<w:document {word}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>"
    return zip_of({"word/document.xml": document.encode()})


def zip_of(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
