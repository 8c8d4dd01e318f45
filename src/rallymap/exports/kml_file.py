"""KML 2.3 (OGC): one placemark per event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from rallymap.events import Event, line_of
from rallymap.exports.plain_words import lines_about
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import COLUMNS, fixed_cells
from rallymap.exports.unwritable import without_unwritable

_SHOWN = frozenset({"title", "about"})


def write_kml(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as KML, in chunks; an event without a place is a placemark without a point."""
    out = StringIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    _open(xml, "kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    _open(xml, "Document")
    _text(xml, "name", f"{provenance.site}: {provenance.selection}")
    _text(xml, "description", escape(f"{provenance.citation} Licence: {provenance.licence.url}"))
    for event in events:
        _placemark(xml, event, provenance)
        yield _taken(out)
    xml.endElement("Document")
    xml.endElement("kml")
    yield _taken(out) + b"\n"


def _placemark(xml: XMLGenerator, event: Event, provenance: Provenance) -> None:
    _open(xml, "Placemark", {"id": f"event-{event.id}"})
    _text(xml, "name", event.title)
    # Viewers interpret a description as HTML.
    _text(xml, "description", "<br>".join(escape(line) for line in lines_about(event)))
    if event.when.start is not None and event.when.end is not None:
        _open(xml, "TimeSpan")
        _text(xml, "begin", event.when.start.isoformat())
        _text(xml, "end", event.when.end.isoformat())
        xml.endElement("TimeSpan")
    _open(xml, "ExtendedData")
    cells = [(column.name, cell) for column, cell in zip(COLUMNS, fixed_cells(event), strict=True)]
    translated = [
        cell
        for one in event.translations
        for cell in ((f"title:{one.language}", one.title), (f"about:{one.language}", one.about))
    ]
    for name, cell in [*cells, *translated, ("url", provenance.url_of(event.id))]:
        if cell not in (None, "") and name not in _SHOWN:
            _open(xml, "Data", {"name": name})
            _text(xml, "value", str(cell).lower() if isinstance(cell, bool) else str(cell))
            xml.endElement("Data")
    xml.endElement("ExtendedData")
    line = line_of(event.route)
    if line:
        _open(xml, "MultiGeometry")
    if event.location is not None:
        _open(xml, "Point")
        _text(xml, "coordinates", f"{event.location.lon!r},{event.location.lat!r}")
        xml.endElement("Point")
    if line:
        _open(xml, "LineString")
        _text(xml, "tessellate", "1")
        _text(xml, "coordinates", " ".join(f"{lon!r},{lat!r}" for lat, lon in line))
        xml.endElement("LineString")
        xml.endElement("MultiGeometry")
    xml.endElement("Placemark")
    xml.ignorableWhitespace("\n")


def _open(xml: XMLGenerator, name: str, attributes: dict[str, str] | None = None) -> None:
    xml.startElement(name, AttributesImpl(attributes or {}))


def _text(xml: XMLGenerator, name: str, text: str) -> None:
    _open(xml, name)
    xml.characters(without_unwritable(text))
    xml.endElement(name)


def _taken(out: StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()
