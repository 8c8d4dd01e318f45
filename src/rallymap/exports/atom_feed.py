"""An Atom feed (RFC 4287) of the events that changed last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from rallymap.events import Event
from rallymap.exports.info import ExportInfo
from rallymap.exports.plain_words import lines_about
from rallymap.exports.unwritable import without_unwritable
from rallymap.language import current_language


def write_atom(changed: Iterable[tuple[Event, datetime]], info: ExportInfo, *, address: str, page: str) -> bytes:
    """Write a feed.

    Parameters
    ----------
    changed
        Events with when the public saw them change last, newest first.
    address
        Of the feed itself.
    page
        Address of the page that shows these events.
    """
    entries = list(changed)
    out = StringIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(
        "feed", AttributesImpl({"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": current_language().code})
    )
    _text(xml, "title", f"{info.site}: {info.selection}")
    _text(xml, "id", address)
    _text(xml, "updated", _moment(entries[0][1]) if entries else f"{info.made_on.isoformat()}T00:00:00Z")
    _text(xml, "rights", info.citation)
    xml.startElement("author", AttributesImpl({}))
    _text(xml, "name", info.site)
    xml.endElement("author")
    _link(xml, "self", address)
    _link(xml, "alternate", page)
    _link(xml, "license", info.licence.url)
    for event, at in entries:
        xml.startElement("entry", AttributesImpl({}))
        _text(xml, "title", event.title)
        _text(xml, "id", info.url_of(event.id))
        _text(xml, "updated", _moment(at))
        _link(xml, "alternate", info.url_of(event.id))
        for term in (event.kind.value, *event.communities):
            xml.startElement("category", AttributesImpl({"term": without_unwritable(term)}))
            xml.endElement("category")
        _text(xml, "content", "\n".join(lines_about(event)))
        xml.endElement("entry")
        xml.ignorableWhitespace("\n")
    xml.endElement("feed")
    return out.getvalue().encode() + b"\n"


def _link(xml: XMLGenerator, relation: str, address: str) -> None:
    xml.startElement("link", AttributesImpl({"rel": relation, "href": address}))
    xml.endElement("link")


def _text(xml: XMLGenerator, name: str, text: str) -> None:
    xml.startElement(name, AttributesImpl({}))
    xml.characters(without_unwritable(text))
    xml.endElement(name)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
