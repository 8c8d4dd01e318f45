"""JSON-LD with schema.org terms, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from rallymap.dates import DatePrecision
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Source,
    line_of,
)
from rallymap.exports.plain_words import lines_about
from rallymap.exports.provenance import Provenance
from rallymap.exports.record import country_of
from rallymap.language import ENGLISH, use_language
from rallymap.wording import crowd_in_words

Json = dict[str, Any]
SCHEMA: Final = "https://schema.org"
CONTEXT: Final = [
    SCHEMA,
    {"dcterms": "http://purl.org/dc/terms/", "edtf": "http://id.loc.gov/datatypes/edtf/"},
]
_STATUS = {
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.MOVED_ONLINE: "EventMovedOnline",
}
_ATTENDANCE = {
    AttendanceMode.IN_PERSON: "OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.HYBRID: "MixedEventAttendanceMode",
}


def write_jsonld(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as one JSON-LD graph, in chunks; the data set is the first node."""
    dataset = {
        "@type": "Dataset",
        "@id": provenance.address or "#dataset",
        "name": f"{provenance.site}: {provenance.selection}",
        "description": f"Rallies of diasporas, as their sources report them: {provenance.selection}.",
        "license": provenance.licence.url,
        "creditText": provenance.citation,
        "version": provenance.version,
        "datePublished": provenance.made_on.isoformat(),
    }
    head = orjson.dumps({"@context": CONTEXT, "@graph": []})
    yield head[:-2] + b"\n" + orjson.dumps(dataset)
    for event in events:
        yield b",\n" + orjson.dumps(event_jsonld(event, provenance))
    yield b"\n]}\n"


def event_jsonld(event: Event, provenance: Provenance) -> Json:
    """Return a public event as a schema.org Event node in English, without ``@context``."""
    with use_language(ENGLISH):
        return _node(event, provenance)


def _node(event: Event, provenance: Provenance) -> Json:
    when = event.when
    mode = AttendanceMode.ONLINE if event.is_online else event.attendance_mode
    node: Json = {
        "@type": "ExhibitionEvent" if event.kind is Kind.EXHIBITION else "Event",
        "@id": provenance.url_of(event.id) or f"#{event.id}",
        "identifier": event.id,
        "name": _in_languages(event, [event.title, *(one.title for one in event.translations)]),
        "description": _in_languages(event, [event.about, *(one.about for one in event.translations)])
        or " · ".join(list(lines_about(event))[:3]),
        "eventStatus": f"{SCHEMA}/{_STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/{_ATTENDANCE[mode]}",
        "dcterms:license": {"@id": provenance.licence.url},
    }
    if node["@id"].startswith("http"):
        node["url"] = node["@id"]
    if when.start is not None and when.end is not None:
        node["startDate"], last = _start_and_end(event)
        if last:
            node["endDate"] = last
        node["dcterms:date"] = {"@type": "edtf:EDTF", "@value": when.edtf}
    places = [_place(event)] if event.location is not None or event.place.text or event.place.venue else []
    if event.is_online or event.attendance_mode is AttendanceMode.HYBRID:
        places.append({"@type": "VirtualLocation"})  # no URL: the sources say where to take part
    if places:
        node["location"] = places if len(places) > 1 else places[0]
    if event.campaign is not None:
        node["superEvent"] = _series(event.campaign, provenance)
    if event.organisers:
        node["organizer"] = [{"@type": "Organization", "name": name} for name in event.organisers]
    keywords = [event.kind.value, *event.communities, *event.topics]
    node["keywords"] = keywords
    subjects = [_source(source) for source in event.sources] + _claims(event)
    if subjects:
        node["subjectOf"] = subjects
    return node


def _in_languages(event: Event, texts: Sequence[str]) -> Json | list[str | Json] | str:
    """Return an event's text and its translations as values with ``@language`` if known (JSON-LD 1.1).

    A single text without a known language stays a string, and no text is "". An ``inLanguage`` of the event would say
    which language is spoken there, which is unknown.
    """
    tags = [event.language, *(one.language for one in event.translations)]
    values: list[str | Json] = [
        {"@language": tag, "@value": text} if tag else text for tag, text in zip(tags, texts, strict=True) if text
    ]
    return values if len(values) > 1 else next(iter(values), "")


def campaign_jsonld(
    campaign: Campaign, days: tuple[date, date] | None, events: Sequence[Event], provenance: Provenance
) -> Json:
    """Return a campaign as a schema.org EventSeries node in English, without ``@context``.

    Parameters
    ----------
    days
        First and last day of the campaign; None if no day is known.
    events
        The public events to include in the node.
    """
    with use_language(ENGLISH):
        series = _series(campaign, provenance)
        if days is not None:
            series |= {"startDate": days[0].isoformat(), "endDate": days[1].isoformat()}
        nodes = [_node(event, provenance) for event in events]
        return series | {"subEvent": [{name: node[name] for name in node if name != "superEvent"} for node in nodes]}


def _series(campaign: Campaign, provenance: Provenance) -> Json:
    url = provenance.url_of_campaign(campaign.id)
    series = {"@type": "EventSeries", "@id": url or f"#{campaign.id}", "name": campaign.name}
    return series | {"url": url} if url else series


def _start_and_end(event: Event) -> tuple[str, str]:
    """Return both ends of an event with a known date; "" as the end if only the time of the start is known.

    Readers take a day without a time for its midnight, which would be before the start.
    """
    when = event.when
    assert when.start is not None  # noqa: S101 - the caller checked
    assert when.end is not None  # noqa: S101 - the same
    if when.start_time is not None and (start := when.starts_at()) is not None:
        zone = ZoneInfo(when.zone)
        end = when.ends_at() if when.end_time is not None else None
        last = "" if when.end == when.start else when.end.isoformat()
        return _moment(start.astimezone(zone)), last if end is None else _moment(end.astimezone(zone))
    if when.precision is DatePrecision.YEAR:
        return f"{when.start.year:04d}", f"{when.end.year:04d}"
    if when.precision is DatePrecision.MONTH:
        return f"{when.start:%Y-%m}", f"{when.end:%Y-%m}"
    return when.start.isoformat(), when.end.isoformat()


def _moment(local: datetime) -> str:
    """Return a time with its offset; without one if the offset has seconds, as Amsterdam's had until 1937.

    ISO 8601 does not allow such offsets, and schema.org accepts a time without one.
    """
    offset = local.utcoffset()
    has_seconds = offset is not None and offset.total_seconds() % 60 != 0
    return (local.replace(tzinfo=None) if has_seconds else local).isoformat()


def _place(event: Event) -> Json:
    location = event.location
    address: Json = {"@type": "PostalAddress"}
    if location is not None and location.precision in (
        LocationPrecision.VENUE,
        LocationPrecision.DISTRICT,
        LocationPrecision.CITY,
    ):
        address["addressLocality"] = location.name or event.place.text
    if location is not None and location.admin1:
        address["addressRegion"] = location.admin1
    if country := country_of(event):
        address["addressCountry"] = country
    named = event.place.venue or (location.name if location is not None else "") or event.place.text
    place: Json = {"@type": "Place", "name": named or country_of(event), "address": address}
    if location is not None:
        place["geo"] = _geo(location)
    if line := line_of(event.route):
        shape = {"@type": "GeoShape", "line": " ".join(f"{lat},{lon}" for lat, lon in line)}
        place["geo"] = [place["geo"], shape] if "geo" in place else shape
    return place


def _geo(location: Location) -> Json:
    point = {"@type": "GeoCoordinates", "latitude": location.lat, "longitude": location.lon}
    if location.precision is LocationPrecision.VENUE:
        return point
    # A circle, because a point alone would claim more precision than is known.
    return {"@type": "GeoCircle", "geoMidpoint": point, "geoRadius": location.radius_m}


def _source(source: Source) -> Json:
    node: Json = {"@type": "CreativeWork", "name": source.title or source.publisher or source.url}
    if source.url:
        node["url"] = source.url
    if source.publisher:
        node["publisher"] = {"@type": "Organization", "name": source.publisher}
    if source.published:
        node["datePublished"] = source.published.isoformat()
    if source.archived_url:
        node["archivedAt"] = source.archived_url
    return node


def _claims(event: Event) -> list[Json]:
    said = [(claim.text, claim.kind.value, claim.by, claim.source) for claim in event.claims]
    said += [(crowd_in_words(claim), "crowd", claim.by, claim.source) for claim in event.crowd]
    nodes = []
    for text, kind, by, source in said:
        node: Json = {"@type": "Claim", "text": text, "genre": kind}
        if by:
            node["creditText"] = by
        if source is not None and event.sources[source].url:
            node["appearance"] = {"@type": "CreativeWork", "url": event.sources[source].url}
        nodes.append(node)
    return nodes
