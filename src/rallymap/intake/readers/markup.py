"""Read places with names and times from KML (KMZ) and GPX."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree
from xml.parsers import expat

from rallymap.errors import IntakeError
from rallymap.intake.cells.plain_text import LINE_BREAK
from rallymap.intake.limits import MAX_CELL, MAX_ROWS, MAX_UNPACKED, refuse
from rallymap.intake.readers.geometry import LAT, LON, columns_of
from rallymap.intake.readers.raw_table import CountKnown, Opened
from rallymap.intake.readers.records import NAMED_VALUE, table_of
from rallymap.language import phrase

Record = dict[str, str]
_TAG = re.compile(r"<[^>]{0,200}>")
_GEOMETRIES = frozenset({"Point", "LineString", "Polygon"})
_LEAST_KNOWN = 2
_PIECE = 4096


def is_markup(content: bytes) -> bool:
    """Return whether a file is KML or GPX."""
    start = content[:2000].lower()
    return b"<kml" in start or b"<gpx" in start


def read_kmz(content: bytes, count_known: CountKnown) -> Opened | None:
    """Read the first KML file of an archive; return None if there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = next((part for part in archive.infolist() if part.filename.lower().endswith(".kml")), None)
            if part is None:
                return None
            if part.file_size > MAX_UNPACKED:
                refuse(
                    phrase("This file unpacks to {file_size} MiB; that is too much.", file_size=part.file_size // 2**20)
                )
            return read_markup(archive.read(part), count_known)
    except IntakeError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return None


def read_markup(content: bytes, count_known: CountKnown) -> Opened:
    """Read the placemarks of KML or the waypoints of GPX.

    Parameters
    ----------
    content
        The file's bytes.
    count_known
        Counts known column names; lines of a description such as "Date: 5 May 2022" then become columns.

    Raises
    ------
    IntakeError
        If it is damaged, declares entities, or contains no points.
    """
    try:
        has_entities = declares_entities(content)
        root = None if has_entities else ElementTree.fromstring(content)  # noqa: S314 - without entities
    except (ElementTree.ParseError, ValueError, LookupError) as err:
        refuse(phrase("This KML or GPX file is damaged; export it again."), value=str(err))
    if root is None:
        refuse(phrase("This file declares entities; export it again without them."))
    is_gpx = local_name(root.tag) == "gpx"
    records = list(_waypoints(root) if is_gpx else _placemarks(root, count_known))
    if not records:
        refuse(phrase("This file holds no points."))
    return Opened("GPX" if is_gpx else "KML", (table_of("", records),))


def declares_entities(content: bytes) -> bool:
    """Return whether a file has a DOCTYPE before its root element, in any encoding.

    Raises
    ------
    ParseError
        If the part before the root element is damaged.
    """
    found: list[bool] = []

    def note(*, is_type: bool) -> None:
        found.append(is_type)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: note(is_type=True)
    parser.StartElementHandler = lambda *_: note(is_type=False)
    try:
        for start in range(0, len(content), _PIECE):
            parser.Parse(content[start : start + _PIECE], False)
            if found:
                break
    except expat.ExpatError as err:
        if not found:
            raise ElementTree.ParseError(str(err)) from err
    return found[:1] == [True]


def local_name(tag: object) -> str:
    """Return the name of an element without its namespace."""
    return str(tag).rpartition("}")[2]


def _texts(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for child in element.iter():
        if child is not element and child.text and child.text.strip():
            yield local_name(child.tag), child.text.strip()


def _placemarks(root: ElementTree.Element, count_known: CountKnown) -> Iterator[Record]:
    for number, mark in enumerate(element for element in root.iter() if local_name(element.tag) == "Placemark"):
        if number > MAX_ROWS:
            refuse(phrase("This file has more than {max_rows} points; please split it.", max_rows=MAX_ROWS))
        record: Record = _place_of(mark)
        for name, text in _texts(mark):
            match name:
                case "name" | "description" | "address":
                    record.setdefault(name, text)
                case "when" | "begin":
                    record.setdefault("start", text)
                case "end":
                    record.setdefault("end", text)
        for data in mark.iter():
            if local_name(data.tag) == "Data":
                record.setdefault(data.get("name", "data"), dict(_texts(data)).get("value", ""))
            elif local_name(data.tag) == "SimpleData":
                record.setdefault(data.get("name", "data"), (data.text or "").strip())
        if "date_precision" in record and "id" in record:
            record.pop("description", None)  # our own export: a summary of the other fields
        for name, text in _columns_of_text(record.get("description", ""), count_known).items():
            record.setdefault(name, text)
        yield record


def _place_of(mark: ElementTree.Element) -> Record:
    """Return the columns for the first geometry of a placemark; what is no pair of numbers is kept as it is."""
    found = next((each for each in mark.iter() if local_name(each.tag) in _GEOMETRIES), mark)
    text = next((text for name, text in _texts(found) if name == "coordinates"), "")
    try:
        points: list[list[float]] = [[float(part) for part in item.split(",")[:2]] for item in text.split()]
    except ValueError:
        points = []
    columns = columns_of({"type": local_name(found.tag), "coordinates": points})
    if columns or not text:
        return {name: str(value) for name, value in columns.items()}
    lon, _, lat = text.split()[0].partition(",")
    return {LAT: lat.partition(",")[0], LON: lon}


def _columns_of_text(text: str, count_known: CountKnown) -> Record:
    """Return names and values listed in a description, as in maps made from a spreadsheet."""
    lines = [" ".join(unescape(_TAG.sub(" ", line)).split()) for line in LINE_BREAK.split(text[:MAX_CELL])]
    found = {match[1].strip().casefold(): match[2].strip() for line in lines if (match := NAMED_VALUE.fullmatch(line))}
    return found if count_known(list(found)) >= _LEAST_KNOWN else {}


def _waypoints(root: ElementTree.Element) -> Iterator[Record]:
    for number, point in enumerate(element for element in root.iter() if local_name(element.tag) == "wpt"):
        if number > MAX_ROWS:
            refuse(phrase("This file has more than {max_rows} points; please split it.", max_rows=MAX_ROWS))
        record: Record = {"lat": point.get("lat", ""), "lon": point.get("lon", "")}
        # GPX 1.1: `time` says when the point was made, which is not when an event takes place.
        names = {"name": "name", "desc": "description", "time": "created", "cmt": "comment", "type": "kind"}
        for name, text in _texts(point):
            if name in names:
                record.setdefault(names[name], text)
        for link in point.iter():
            if local_name(link.tag) == "link" and link.get("href"):
                record.setdefault("link", link.get("href", ""))
        yield record
