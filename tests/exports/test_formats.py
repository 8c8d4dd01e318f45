"""Every format: one golden file, and the same events through a reader that is not ours."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import frictionless
import geopandas
import mlcroissant
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ExportError
from rallymap.events import CrowdClaim, Event, Kind, Location, LocationPrecision, Waypoint
from rallymap.exports.atom_feed import write_atom
from rallymap.exports.citation_file import write_citation
from rallymap.exports.codes import acled_time_precision, ccc_size_category
from rallymap.exports.croissant import describe_croissant
from rallymap.exports.csv_file import csv_metadata, write_csv
from rallymap.exports.data_package import codebook
from rallymap.exports.formats import FORMATS, format_of
from rallymap.exports.geojson_file import feature_of
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import GROUPS, column_named, columns_for, event_cells, fixed_cells
from rallymap.formulas import unguard_cell
from rallymap.intake.filled_form import POINT_METHODS
from rallymap.intake.reading import read_events
from rallymap.language import find_language, languages, use_language
from rallymap.licences import CC_BY, Licence
from rallymap.query.public_view import WITHHELD
from tests.exports.conftest import HTML, PAYLOAD, written

GOLDEN = Path(__file__).parent / "golden"
CITATION = "Rallies: events in Norway, version 12, exported 2026-11-26. CC BY 4.0. https://rallies.example/"
TEXT_FORMATS = sorted(FORMATS.keys() - {"xlsx", "zip", "parquet"})
KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.mark.parametrize("ending", TEXT_FORMATS)
def test_format_is_as_its_golden_file(ending: str, events: list[Event], provenance: Provenance) -> None:
    assert written(ending, events, provenance) == (GOLDEN / f"events.{ending}").read_bytes()


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_same_events_give_the_same_bytes(ending: str, events: list[Event], provenance: Provenance) -> None:
    assert written(ending, events, provenance) == written(ending, events, provenance)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_no_events_give_a_file_that_can_be_read(ending: str, provenance: Provenance) -> None:
    content = written(ending, [], provenance)
    if ending in ("geojson", "jsonld"):
        assert len(json.loads(content).get("features", [])) == 0
    elif ending == "kml":
        assert ET.fromstring(content).findall(".//k:Placemark", KML) == []
    elif ending == "ics":
        assert Calendar.from_ical(content).walk("VEVENT") == []
        assert [part.name for part in Calendar.from_ical(content).subcomponents] == ["VTIMEZONE"]  # RFC 5545, 3.6
    elif ending == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(content))["events"].max_row == 1
    elif ending == "parquet":
        assert len(geopandas.read_parquet(io.BytesIO(content))) == 0
    elif ending == "zip":
        assert len(zipfile.ZipFile(io.BytesIO(content)).read("events.csv").splitlines()) == 1
    else:
        assert len(content.splitlines()) == 1


def test_csv_has_a_row_for_each_event_and_every_claim_with_its_speaker(
    events: list[Event], provenance: Provenance
) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", events, provenance).decode(), newline="")))
    assert [row["id"] for row in rows] == ["chihuahua-2018", "oslo-2020-02-01", "somewhere"]
    full = rows[1]
    assert (full["date_edtf"], full["start_time"], full["end_time"], full["time_zone"]) == (
        "2020-02-01T18:00:00/2020-02-02T01:30:00", "18:00", "01:30", "Europe/Oslo",
    )  # fmt: skip
    assert (full["lat"], full["lon"], full["location_precision"], full["radius_m"]) == (
        "59.913", "10.7403", "venue", "100.0",
    )  # fmt: skip
    assert full["organisers"] == "Friends of Iran; انجمن"
    assert (full["claim1_text"], full["claim1_by"], full["claim1_source"]) == (
        "Down with\nthe oppressor", "the crowd", "1",
    )  # fmt: skip
    assert (full["crowd1_low"], full["crowd1_high"], full["crowd1_by"], full["crowd2_words"]) == (
        "800", "1000", "police", "many",
    )  # fmt: skip
    assert (full["source1_archived_url"], full["source2_title"]) == ("https://kept.example/1", "A leaflet")
    assert rows[0]["date_edtf"] == "2018-06~"
    assert (rows[2]["start"], rows[2]["date_precision"], rows[2]["lat"]) == ("", "unknown", "")


def test_csv_cell_that_would_be_a_formula_is_text(events: list[Event], provenance: Provenance) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", events, provenance).decode(), newline="")))
    assert (rows[0]["title"], rows[0]["organisers"], rows[2]["title"]) == (f"'{PAYLOAD}", "'@handle", "-5")
    assert unguard_cell(rows[0]["title"]) == PAYLOAD


def test_csv_guards_what_excel_may_make_a_cell_of_its_own(events: list[Event], provenance: Provenance) -> None:
    names, about = ("Friends", "=cmd|'/c x'!A1"), "Bring:\n- water\n@SUM(A1)"
    risky = events[0].changed(organisers=names, about=about)
    [row] = csv.DictReader(io.StringIO(written("csv", [risky], provenance).decode(), newline=""))
    assert (row["organisers"], row["about"]) == ("Friends;' =cmd|'/c x'!A1", "Bring:\n- water\n'@SUM(A1)")
    [read] = read_events(written("csv", [risky], provenance)).events
    assert (read.organisers, read.about) == (names, about)


def test_csv_with_mark_differs_by_the_mark_alone(events: list[Event], provenance: Provenance) -> None:
    marked = b"".join(write_csv(map(event_cells, events), provenance, bom=True))
    assert marked == b"\xef\xbb\xbf" + written("csv", events, provenance)


def test_citation_keeps_its_date_and_licence_in_order_from_right_to_left(provenance: Provenance) -> None:
    persian = find_language("fa", languages())
    assert persian is not None
    with use_language(persian):
        said = provenance.citation
    assert [part.partition("\u2069")[0] for part in said.split("\u2068")[1:]] == [
        provenance.made_on.isoformat(),
        provenance.licence.name,
    ]


def test_csv_metadata_says_licence_citation_and_every_column(events: list[Event], provenance: Provenance) -> None:
    header = next(csv.reader(io.StringIO(written("csv", events, provenance).decode(), newline="")))
    described = json.loads(csv_metadata(provenance, file_name="a.csv", header=header))
    assert (described["url"], described["dc:license"], described["dc:bibliographicCitation"]) == (
        "a.csv", {"@id": CC_BY.url}, CITATION,
    )  # fmt: skip
    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == header
    assert all(column["dc:description"].endswith(".") for column in columns)


def test_csv_metadata_says_how_yes_and_no_and_the_file_are_written(provenance: Provenance) -> None:
    described = json.loads(csv_metadata(provenance, file_name="all 100% #1.csv", header=["approximate", "lat"]))
    assert described["url"] == "all%20100%25%20%231.csv"
    types = {column["name"]: column["datatype"] for column in described["tableSchema"]["columns"]}
    # CSV on the Web reads true and false alone without a format (Tabular Data Model, section 6.4.3).
    assert types == {"approximate": {"base": "boolean", "format": "yes|no"}, "lat": "number"}


@pytest.mark.parametrize(
    "title", ["_x0041_ and _x000D_", "snake_x00e9_case", "_x005F_x0041_", "_x41_ _X0041_", "__x0041__"]
)
def test_xlsx_text_that_looks_like_an_escape_is_read_as_it_is(
    events: list[Event], provenance: Provenance, title: str
) -> None:
    content = written("xlsx", [events[1].changed(title=title)], provenance)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("events").to_python()
    assert rows[1][rows[0].index("title")] == title


def test_xlsx_holds_texts_dates_and_numbers_and_no_formula(events: list[Event], provenance: Provenance) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", events, provenance)))
    assert book.sheetnames == ["events", "columns", "about"]
    header, *rows = book["events"].iter_rows()
    names = [cell.value for cell in header]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    assert (cells[0]["title"].value, cells[0]["title"].data_type) == (PAYLOAD, "s")
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d", "b"}
    assert cells[1]["start"].value == datetime(2020, 2, 1)  # noqa: DTZ001 - spreadsheets have no zones
    assert (cells[1]["lat"].value, cells[1]["crowd1_high"].value) == (59.913, 1000)
    assert cells[0]["about"].value == HTML.replace("\ufffe", "")
    about = dict(book["about"].iter_rows(values_only=True))
    assert (about["license"], about["citation"]) == (CC_BY.url, CITATION)
    assert [row[0] for row in book["columns"].iter_rows(values_only=True, min_row=2)] == names


def test_geojson_follows_rfc_7946(events: list[Event], provenance: Provenance) -> None:
    collection = json.loads(written("geojson", events, provenance))
    assert (collection["type"], collection["license"], collection["citation"]) == (
        "FeatureCollection", CC_BY.url, CITATION,
    )  # fmt: skip
    assert (collection["selection"], collection["version"]) == ("events in Norway", "12")
    assert "crs" not in collection
    assert all(
        set(feature) == {"type", "id", "geometry", "properties"} and feature["type"] == "Feature"
        for feature in collection["features"]
    )
    assert [feature["geometry"] for feature in collection["features"]] == [
        {"type": "Point", "coordinates": [-106.2, 31.5]},
        {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Point", "coordinates": [10.7403, 59.913]},
                {"type": "LineString", "coordinates": [[10.7403, 59.913], [10.76, 59.9]]},
            ],
        },
        None,
    ]
    said = collection["features"][1]["properties"]
    assert said["location"]["precision"] == "venue"
    assert said["claims"][0] == {"kind": "slogan", "text": "Down with\nthe oppressor", "by": "the crowd", "source": 1}
    assert said["url"] == "https://rallies.example/events/oslo-2020-02-01"
    assert [(point["text"], point["lat"], point["precision"]) for point in said["route"]] == [
        ("Stortinget", 59.913, "venue"), ("a corner that nobody knows; or two", None, None), ("", 59.9, "venue"),
    ]  # fmt: skip
    assert collection["features"][0]["properties"]["date"] == "2018-06~"


@pytest.mark.parametrize(
    ("lons", "parts"),
    [
        ((179.8, -179.9), [[[179.8, -16.0], [180.0, -16.333333]], [[-180.0, -16.333333], [-179.9, -16.5]]]),
        ((-179.8, 179.9), [[[-179.8, -16.0], [-180.0, -16.333333]], [[180.0, -16.333333], [179.9, -16.5]]]),
        ((180.0, -179.9), [[[-180.0, -16.0], [-179.9, -16.5]]]),
        ((179.9, -180.0), [[[179.9, -16.0], [180.0, -16.5]]]),
    ],
)
def test_line_across_the_antimeridian_is_cut_there(
    lons: tuple[float, float], parts: list[Any], events: list[Event], provenance: Provenance
) -> None:
    places = [
        Location(lat, lon, LocationPrecision.VENUE, 50.0, 0.9, "pin")
        for lat, lon in zip((-16.0, -16.5), lons, strict=True)
    ]
    event = events[1].changed(location=places[0], route=tuple(Waypoint("", place) for place in places))
    point, line = feature_of(event, provenance)["geometry"]["geometries"]
    assert point == {"type": "Point", "coordinates": [lons[0], -16.0]}
    one = {"type": "LineString", "coordinates": parts[0]}
    assert line == (one if len(parts) == 1 else {"type": "MultiLineString", "coordinates": parts})


def test_calendar_is_read_by_a_calendar_library(events: list[Event], provenance: Provenance) -> None:
    content = written("ics", events, provenance)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    coarse, full = calendar.walk("VEVENT")
    oslo = ZoneInfo("Europe/Oslo")
    assert full.decoded("dtstart") == datetime(2020, 2, 1, 18, tzinfo=oslo)
    assert full.decoded("dtend") == datetime(2020, 2, 2, 1, 30, tzinfo=oslo)
    assert full["dtstart"].params["TZID"] == "Europe/Oslo"
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Oslo"]
    assert (full["uid"], full["sequence"]) == ("oslo-2020-02-01@rallymap", 3)
    assert full["geo"].latitude == 59.913
    assert "Slogan: Down with" in str(full["description"])
    assert "– the crowd, source 1" in str(full["description"])
    assert (coarse.decoded("dtstart"), coarse.decoded("dtend")) == (date(2018, 6, 1), date(2018, 7, 1))
    assert coarse["dtstart"].params["VALUE"] == "DATE"
    assert (coarse["status"], coarse["summary"], coarse["x-rallymap-date"]) == ("CANCELLED", PAYLOAD, "2018-06~")
    assert "geo" not in coarse
    assert "the source gives the month, not the day" in str(coarse["description"])
    assert coarse.decoded("dtstamp") == datetime(2026, 11, 26, tzinfo=UTC)
    assert CITATION in str(calendar["description"])


def test_kml_is_read_by_an_xml_parser(events: list[Event], provenance: Provenance) -> None:
    document = ET.fromstring(written("kml", events, provenance)).find("k:Document", KML)
    assert document is not None
    assert CITATION in (document.findtext("k:description", "", KML))
    coarse, full, unknown = document.findall("k:Placemark", KML)
    assert full.findtext("k:MultiGeometry/k:Point/k:coordinates", "", KML) == "10.7403,59.913"
    assert full.findtext("k:MultiGeometry/k:LineString/k:coordinates", "", KML) == "10.7403,59.913 10.76,59.9"
    assert coarse.findtext("k:Point/k:coordinates", "", KML) == "-106.2,31.5"
    assert full.findtext("k:TimeSpan/k:begin", "", KML) == "2020-02-01"
    assert unknown.find("k:Point", KML) is None
    assert coarse.findtext("k:name", "", KML) == PAYLOAD
    shown = coarse.findtext("k:description", "", KML)
    assert "<img" not in shown
    assert HTML.replace("\ufffe", "") in unescape(shown)
    values = {data.get("name"): data.findtext("k:value", "", KML) for data in full.iter(f"{{{KML['k']}}}Data")}
    assert (values["location_precision"], values["radius_m"]) == ("venue", "100.0")


def test_jsonld_says_each_event_in_terms_of_schema_org(events: list[Event], provenance: Provenance) -> None:
    graph = json.loads(written("jsonld", events, provenance))["@graph"]
    dataset, coarse, full, unknown = graph
    assert (dataset["@type"], dataset["license"], dataset["creditText"]) == ("Dataset", CC_BY.url, CITATION)
    assert (full["@type"], full["startDate"], full["endDate"]) == (
        "Event", "2020-02-01T18:00:00+01:00", "2020-02-02T01:30:00+01:00",
    )  # fmt: skip
    assert full["location"]["geo"] == [
        {"@type": "GeoCoordinates", "latitude": 59.913, "longitude": 10.7403},
        {"@type": "GeoShape", "line": "59.913,10.7403 59.9,10.76"},
    ]
    assert (coarse["@type"], coarse["startDate"], coarse["eventStatus"]) == (
        "ExhibitionEvent", "2018-06", "https://schema.org/EventCancelled",
    )  # fmt: skip
    assert coarse["dcterms:date"] == {"@type": "edtf:EDTF", "@value": "2018-06~"}
    place, online = coarse["location"]
    assert (place["geo"]["geoRadius"], online) == (100_000.0, {"@type": "VirtualLocation"})
    modes = [node["eventAttendanceMode"].removeprefix("https://schema.org/") for node in (coarse, full, unknown)]
    assert modes == ["MixedEventAttendanceMode", "OfflineEventAttendanceMode", "OnlineEventAttendanceMode"]
    assert "startDate" not in unknown
    assert unknown["location"] == {"@type": "VirtualLocation"}
    said = [node for node in full["subjectOf"] if node["@type"] == "Claim"]
    assert [(node["genre"], node.get("creditText")) for node in said] == [
        ("slogan", "the crowd"), ("demand", None), ("crowd", "police"), ("crowd", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "year", "start"),
    [
        ("Europe/Amsterdam", 1930, "1930-03-01T18:00:00"),
        ("Africa/Monrovia", 1960, "1960-03-01T18:00:00"),
        ("Europe/Oslo", 1930, "1930-03-01T18:00:00+01:00"),
    ],
)
def test_jsonld_has_no_offset_with_seconds(
    events: list[Event], provenance: Provenance, zone: str, year: int, start: str
) -> None:
    day = date(year, 3, 1)
    when = EventDate(day, day, DatePrecision.MINUTE, time(18), time(20), zone)
    node = json.loads(written("jsonld", [events[1].changed(when=when)], provenance))["@graph"][1]
    assert (node["startDate"], node["endDate"]) == (start, start.replace("T18", "T20"))


@pytest.mark.parametrize(("days", "end"), [(1, None), (2, "2020-03-02")])
def test_jsonld_has_no_end_before_the_start(
    events: list[Event], provenance: Provenance, days: int, end: str | None
) -> None:
    when = EventDate(date(2020, 3, 1), date(2020, 3, days), DatePrecision.MINUTE, time(18), None, "Europe/Oslo")
    node = json.loads(written("jsonld", [events[1].changed(when=when)], provenance))["@graph"][1]
    assert (node["startDate"], node.get("endDate")) == ("2020-03-01T18:00:00+01:00", end)


def test_data_package_describes_every_column_of_its_table(events: list[Event], provenance: Provenance) -> None:
    package = zipfile.ZipFile(io.BytesIO(written("zip", events, provenance)))
    assert package.testzip() is None
    assert package.namelist() == ["events.csv", "datapackage.json", "CODEBOOK.md"]
    assert package.read("events.csv") == written("csv", events, provenance)
    described = json.loads(package.read("datapackage.json"))
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["licenses"] == [{"name": "CC-BY-4.0", "path": CC_BY.url, "title": "CC BY 4.0"}]
    assert (described["version"], described["description"], described["homepage"]) == (
        "12", CITATION, "https://rallies.example/",
    )  # fmt: skip
    (resource,) = described["resources"]
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    header, *rows = csv.reader(io.StringIO(package.read(resource["path"]).decode(), newline=""))
    assert list(fields) == header
    read: dict[str, Callable[[str], object]] = {
        "string": str, "integer": int, "number": float, "date": date.fromisoformat,
    }  # fmt: skip
    for row in rows:
        for name, cell in zip(header, row, strict=True):
            if cell in resource["schema"]["missingValues"]:
                continue
            if fields[name]["type"] == "boolean":
                assert cell in (*fields[name]["trueValues"], *fields[name]["falseValues"])
            else:
                read[fields[name]["type"]](cell)
    columns, _, values = package.read("CODEBOOK.md").decode().partition("## Values")
    assert re.findall(r"^\| `(\w+)` \|", columns, re.MULTILINE) == header
    assert re.findall(r"^\| `kind` \| `(\w+)` \|", values, re.MULTILINE) == [kind.value for kind in Kind]


def test_codebook_explains_each_way_in_which_a_point_is_found(provenance: Provenance) -> None:
    said = re.findall(r"^\| `location_method` \| `([\w:-]+)` \|", codebook(provenance, []), re.MULTILINE)
    with (Path(__file__).parents[2] / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        bundled = {row["method"] for row in csv.DictReader(file)}
    assert bundled | {WITHHELD, *POINT_METHODS} <= set(said)


def test_file_name_without_a_known_ending_is_refused() -> None:
    assert format_of("a.b.GeoJSON").ending == "geojson"
    for name in ("events", "events.pdf", "csv"):
        with pytest.raises(ExportError, match=r"write one of: \.csv, \.xlsx"):
            format_of(name)


@pytest.mark.slow
def test_any_event_gives_files_that_can_be_read(random_events: st.SearchStrategy[Event]) -> None:
    made_on = Provenance(date(2026, 6, 1))

    @settings(max_examples=30)
    @given(random_events)
    def check(event: Event) -> None:
        rows = list(csv.DictReader(io.StringIO(written("csv", [event], made_on).decode(), newline="")))
        assert [unguard_cell(row["title"]) for row in rows] == [event.title]
        ET.fromstring(written("kml", [event], made_on))
        assert len(json.loads(written("jsonld", [event], made_on))["@graph"]) == 2
        feature = json.loads(written("geojson", [event], made_on))["features"][0]
        assert feature["properties"]["title"] == event.title
        calendar = Calendar.from_ical(written("ics", [event], made_on))
        assert [entry["summary"] for entry in calendar.walk("VEVENT")] == ([event.title] if event.when.start else [])

    check()


def test_geoparquet_is_read_by_geopandas_with_points_and_types(events: list[Event], provenance: Provenance) -> None:
    content = written("parquet", events, provenance)
    frame = geopandas.read_parquet(io.BytesIO(content))
    assert frame.crs.to_string() == "OGC:CRS84"
    points = [None if point is None else (point.x, point.y) for point in frame.geometry]
    assert points == [(-106.2, 31.5), (10.7403, 59.913), None]
    assert frame["start"].tolist() == [date(2018, 6, 1), date(2020, 2, 1), None]
    assert frame["approximate"].tolist() == [True, False, False]
    assert frame["crowd1_low"].tolist()[1] == 800
    assert frame["title"].tolist() == [PAYLOAD, "Rally at the parliament, Oslo", "-5"]
    described = pq.read_schema(io.BytesIO(content))
    assert all(field.metadata[b"description"].endswith(b".") for field in described if field.name != "geometry")


def test_geoparquet_metadata_is_that_of_version_1_1(events: list[Event], provenance: Provenance) -> None:
    content = written("parquet", events, provenance)
    metadata = pq.read_metadata(io.BytesIO(content)).metadata
    assert pq.read_schema(io.BytesIO(content)).metadata == {key: metadata[key] for key in (b"geo", b"rallymap")}
    assert json.loads(metadata[b"geo"]) == json.loads((GOLDEN / "events.parquet.geo.json").read_text("utf-8"))


CODED = {"chihuahua-2018": ["", "3", "0"], "oslo-2020-02-01": ["1", "1", "2"], "somewhere": ["", "", "0"]}


def test_codes_of_other_collections_are_derived(events: list[Event], provenance: Provenance) -> None:
    rows = csv.DictReader(io.StringIO(written("csv", events, provenance).decode(), newline=""))
    names = ("acled_time_precision", "acled_geo_precision", "ccc_size_category")
    assert {row["id"]: [row[name] for name in names] for row in rows} == CODED


@pytest.mark.parametrize(
    ("low", "high", "category"),
    [(1, 99, 1), (99, 101, 2), (None, 999, 2), (1_000, None, 3), (5_000, 14_999, 3), (5_000, 15_000, 4), (0, 0, 0)],
)
def test_size_category_is_that_of_the_mean(low: int | None, high: int | None, category: int) -> None:
    assert ccc_size_category([(low, high), (None, None)]) == category


def test_size_category_is_that_of_the_lowest_and_the_highest_number_together() -> None:
    assert ccc_size_category([(10, 20), (170, None), (20, 20)]) == 1  # (10 + 170) / 2 = 90
    assert ccc_size_category([(10, 20), (None, 190), (20, 20)]) == 2
    assert ccc_size_category([(100, 100), (900, 1000), (1000, 1000), (1000, 1000)]) == 2  # (100 + 1000) / 2 = 550
    expected = CrowdClaim(500, 500, by="police", is_expected=True)
    upcoming = Event("ahead", "Rally", Kind.RALLY, EventDate.unknown(), crowd=(expected,))
    assert fixed_cells(upcoming)[-1] == 0


def test_month_has_the_acled_code_of_a_month() -> None:
    assert (acled_time_precision("month", False), acled_time_precision("month", True)) == (3, None)


def test_csv_fills_the_groups_of_each_row_up_to_the_widest_one(events: list[Event], provenance: Provenance) -> None:
    rows = list(csv.reader(io.StringIO(written("csv", events, provenance).decode(), newline="")))
    header, last = rows[0], dict(zip(rows[0], rows[3], strict=True))
    assert {len(row) for row in rows} == {len(header)}
    assert [name for name in header if last[name] and re.match(r"(source|crowd|claim)\d", name)] == ["source1_url"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # mlcroissant calls its older interface
@pytest.mark.slow
def test_croissant_is_read_by_mlcroissant_with_its_records(
    events: list[Event], provenance: Provenance, tmp_path: Path
) -> None:
    table = written("csv", events, provenance)
    (tmp_path / "events.csv").write_bytes(table)
    columns = [column_named(name) for name in next(csv.reader(io.StringIO(table.decode(), newline="")))]
    description = describe_croissant(
        provenance, columns, file_name="events.csv", sha256=hashlib.sha256(table).hexdigest(), size=len(table)
    )
    (tmp_path / "croissant.json").write_bytes(description)
    assert description == (GOLDEN / "croissant.json").read_bytes()
    dataset = mlcroissant.Dataset(jsonld=tmp_path / "croissant.json")
    assert not dataset.metadata.issues.errors
    records = list(dataset.records("events"))
    assert [record["events/id"].decode() for record in records] == [event.id for event in events]
    assert [record["events/lat"] for record in records][:2] == [31.5, 59.913]


@pytest.mark.slow
def test_data_package_is_valid_for_frictionless(events: list[Event], provenance: Provenance, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(written("zip", events, provenance))) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["errors"] == 0


def test_atom_feed_is_read_by_feedparser(events: list[Event], provenance: Provenance) -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    address = "https://rallies.example/feeds/events.atom"
    feed = feedparser.parse(
        write_atom(
            [(event, at) for event in events],
            provenance,
            query="?country=NO",
            ids_at="https://elsewhere.example/",
            address=f"{address}?lang=de",
            page=provenance.address,
        )
    )
    assert not feed.bozo
    own_id = "https://elsewhere.example/feeds/events.atom?country=NO"
    assert (feed.feed.title, feed.feed.id) == ("Rallies: events in Norway", own_id)
    assert [entry.link for entry in feed.entries] == [provenance.url_of(event.id) for event in events]
    assert [entry.id for entry in feed.entries] == [f"https://elsewhere.example/events/{event.id}" for event in events]


@pytest.mark.parametrize("name", [*FORMATS, "atom", "codebook", "citation", "croissant", "csvw"])
def test_no_format_names_another_licence_than_the_sites_own(
    name: str, events: list[Event], provenance: Provenance, tmp_path: Path
) -> None:
    licence = Licence("Archive licence 2", "https://licence.example/2", "Name the archive.")
    own = replace(provenance, licence=licence, operator="The Archive", takedown_contact="a@rallies.example")
    columns = columns_for((1,) * len(GROUPS))
    written_as = {
        "atom": lambda: write_atom(
            [(events[0], datetime(2026, 1, 1, tzinfo=UTC))], own, query="", ids_at="i/", address="a", page="p"
        ),
        "codebook": lambda: codebook(own, columns).encode(),
        "citation": lambda: write_citation(own),
        "croissant": lambda: describe_croissant(own, columns, file_name="a.csv", sha256="0", size=1),
        "csvw": lambda: csv_metadata(own, file_name="a.csv", header=["id"]),
    }
    data = written_as[name]() if name in written_as else written(name, events, own)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"".join(packed.read(entry) for entry in packed.namelist())
    assert (b"creativecommons" in data, b"CC BY" in data, b"CC-BY" in data) == (False, False, False)
    if name != "csv":  # a table of events alone
        assert b"licence.example/2" in data or b"Archive licence 2" in data
