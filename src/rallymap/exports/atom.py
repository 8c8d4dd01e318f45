"""Atom feeds (RFC 4287): the elements that all feeds share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from rallymap.exports.unwritable import without_unwritable
from rallymap.language import current_language

ATOM: Final = "application/atom+xml; charset=utf-8"
"""Media type of Atom feeds."""


@dataclass(frozen=True, slots=True)
class FeedHead:
    """The metadata of a feed; empty texts are omitted.

    Attributes
    ----------
    id
        Permanent id of the feed.
    updated
        Last change of its newest entry, in UTC.
    author
        The site.
    address, page
        URL of the feed itself, and of the page that shows the same events.
    licence
        URL of the licence.
    """

    title: str
    id: str
    updated: datetime
    author: str
    address: str
    page: str
    subtitle: str = ""
    rights: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `link` is the page it links to, `terms` its categories."""

    title: str
    id: str
    updated: datetime
    link: str
    terms: tuple[str, ...] = ()
    content: str = ""


def write_feed(head: FeedHead, entries: Iterable[FeedEntry]) -> bytes:
    """Return a feed in UTF-8; characters that XML does not allow are removed."""
    out = StringIO()
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(
        "feed", AttributesImpl({"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": current_language().code})
    )
    _text(xml, "title", head.title)
    _text(xml, "subtitle", head.subtitle)
    _text(xml, "id", head.id)
    _text(xml, "updated", _moment(head.updated))
    _text(xml, "rights", head.rights)
    xml.startElement("author", AttributesImpl({}))
    _text(xml, "name", head.author)
    xml.endElement("author")
    _link(xml, "self", head.address)
    _link(xml, "alternate", head.page)
    _link(xml, "license", head.licence)
    for entry in entries:
        xml.startElement("entry", AttributesImpl({}))
        _text(xml, "title", entry.title)
        _text(xml, "id", entry.id)
        _text(xml, "updated", _moment(entry.updated))
        _link(xml, "alternate", entry.link)
        for term in entry.terms:
            xml.startElement("category", AttributesImpl({"term": without_unwritable(term)}))
            xml.endElement("category")
        _text(xml, "content", entry.content)
        xml.endElement("entry")
        xml.ignorableWhitespace("\n")
    xml.endElement("feed")
    return out.getvalue().encode() + b"\n"


def _link(xml: XMLGenerator, relation: str, address: str) -> None:
    if address:
        xml.startElement("link", AttributesImpl({"rel": relation, "href": address}))
        xml.endElement("link")


def _text(xml: XMLGenerator, name: str, text: str) -> None:
    if text:
        xml.startElement(name, AttributesImpl({}))
        xml.characters(without_unwritable(text))
        xml.endElement(name)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
