"""Read lists of records in XML, as published by cities and calendars, and feeds with the dates of events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree

from rallymap.intake.limits import refuse
from rallymap.intake.readers.markup import declares_entities, local_name
from rallymap.intake.readers.raw_table import CountKnown, Opened
from rallymap.intake.readers.records import table_of
from rallymap.language import phrase

_OTHERS: Final = frozenset("osm workbook svg urlset sitemapindex plist opml".split())
"""Root elements of formats that contain no records of events."""
_FEEDS: Final = frozenset({"rss", "feed", "RDF"})
_ITEMS: Final = frozenset({"item", "entry"})
_OF_POST: Final = frozenset("pubdate published updated lastbuilddate date modified created issued guid".split())
"""Elements with the date of a post in a feed, which is not the date of an event."""
_LEAST_KNOWN: Final = 2
_MAX_DEPTH: Final = 6


def read_xml(content: bytes, count_known: CountKnown) -> Opened:
    """Read the most frequent repeated elements as records; their attributes and child elements are columns.

    Raises
    ------
    IntakeError
        If the file is damaged, declares entities, or has no list with fields of events.
    """
    try:
        root = None if declares_entities(content) else ElementTree.fromstring(content)  # noqa: S314 - without entities
    except (ElementTree.ParseError, ValueError, LookupError) as err:
        refuse(_NOT_READ, value=str(err))
    if root is None:
        refuse(phrase("This file declares entities; export it again without them."))
    if local_name(root.tag).casefold() in _OTHERS:
        refuse(_NOT_READ)
    is_feed = local_name(root.tag) in _FEEDS
    elements = [part for part in root.iter() if local_name(part.tag) in _ITEMS] if is_feed else _repeated(root)
    records = [_record(element, is_feed=is_feed) for element in elements]
    names = list(dict.fromkeys(name for record in records for name in record))
    if count_known(names) < _LEAST_KNOWN or (is_feed and not any(_names_day(name) for name in names)):
        refuse(_NOT_READ)
    return Opened("XML", (table_of("", records),))


_NOT_READ: Final = phrase("This XML format is not read; KML, GPX, GeoJSON, JSON, iCalendar, spreadsheets and CSV are.")


def _repeated(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the largest group of sibling elements with the same name that have children or attributes."""
    best: list[ElementTree.Element] = []
    for parent in root.iter():
        if len(parent) <= len(best):
            continue
        by_name: dict[object, list[ElementTree.Element]] = {}
        for child in parent:
            if len(child) > 1 or len(child.attrib) > 1:
                by_name.setdefault(child.tag, []).append(child)
        best = max((best, *by_name.values()), key=len)
    return best


def _record(element: ElementTree.Element, *, is_feed: bool) -> dict[str, Any]:
    found = dict(_parts(element, 0))
    return {name: value for name, value in found.items() if not (is_feed and name.casefold() in _OF_POST)}


def _parts(element: ElementTree.Element, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield attributes and child elements by name; children with the same name become a list."""
    for name, text in element.attrib.items():
        if not name.startswith("{"):
            yield name, text.strip()
    by_name: dict[str, list[Any]] = {}
    for child in element:
        by_name.setdefault(local_name(child.tag), []).append(_value(child, depth + 1))
    for name, values in by_name.items():
        filled = [value for value in values if value]
        yield name, filled[0] if len(filled) == 1 else filled


def _value(element: ElementTree.Element, depth: int) -> Any:
    text = (element.text or "").strip()
    if depth >= _MAX_DEPTH or not (len(element) or (element.attrib and not text)):
        return text or element.get("href", "")
    return dict(_parts(element, depth)) | ({"text": text} if text else {})


def _names_day(name: str) -> bool:
    return any(word in name.casefold() for word in ("start", "begin", "when", "dtstart", "eventdate", "event_date"))
