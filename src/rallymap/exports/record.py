"""One public event as JSON, for the GeoJSON export and the API."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from rallymap.events import Claim, CrowdClaim, Event, Location, Source, Waypoint
from rallymap.exports.provenance import Provenance

Json = dict[str, Any]


def event_record(event: Event, provenance: Provenance) -> Json:
    """Return a public event as JSON values; unknown values are None, "" or an empty list.

    Days are ISO 8601, `date` is EDTF, and `source` in a claim is the number of a source, from 1.
    """
    when = event.when
    return {
        "id": event.id,
        "url": provenance.url_of(event.id) or None,
        "title": event.title,
        "kind": event.kind.value,
        "status": event.status.value,
        "attendance_mode": event.attendance_mode.value,
        "date": when.edtf or None,
        "date_precision": when.precision.value,
        "start": _day(when.start),
        "end": _day(when.end),
        "start_time": _time(when.start_time),
        "end_time": _time(when.end_time),
        "time_zone": when.zone or None,
        "place": event.place.text,
        "venue": event.place.venue,
        "country": country_of(event) or None,
        "location": None if event.location is None else _location(event.location),
        "route": [_waypoint(point) for point in event.route],
        "organisers": list(event.organisers),
        "communities": list(event.communities),
        "about": event.about,
        "language": event.language or None,
        "translations": [
            {"language": one.language, "title": one.title, "about": one.about} for one in event.translations
        ],
        "topics": list(event.topics),
        "claims": [_claim(claim) for claim in event.claims],
        "crowd": [_crowd(claim) for claim in event.crowd],
        "sources": [_source(source) for source in event.sources],
        "reported_by_organiser": event.by_organiser,
        "campaign": {"id": event.campaign.id, "name": event.campaign.name} if event.campaign else None,
        "revision": event.revision,
    }


def country_of(event: Event) -> str:
    """Return the alpha-2 code of an event's country: that of its location, else the one its source states."""
    return (event.location.country if event.location is not None else "") or event.place.country_hint


def _location(location: Location) -> Json:
    return {
        "lat": location.lat,
        "lon": location.lon,
        "precision": location.precision.value,
        "radius_m": location.radius_m,
        "confidence": location.confidence,
        "method": location.method,
        "name": location.name,
        "region": location.admin1,
        "country": location.country or None,
    }


def _waypoint(point: Waypoint) -> Json:
    names = ("lat", "lon", "precision", "radius_m", "confidence", "method", "name", "region", "country")
    located = dict.fromkeys(names) if point.location is None else _location(point.location)
    return {"text": point.text, **located}


def _claim(claim: Claim) -> Json:
    return {"kind": claim.kind.value, "text": claim.text, "by": claim.by, "source": number_of(claim.source)}


def _crowd(claim: CrowdClaim) -> Json:
    source = number_of(claim.source)
    numbers = {"low": claim.low, "high": claim.high, "words": claim.words}
    return numbers | {"by": claim.by, "source": source, "expected": claim.is_expected}


def _source(source: Source) -> Json:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "published": _day(source.published),
        "url": source.url or None,
        "archived_url": source.archived_url or None,
    }


def number_of(source: int | None) -> int | None:
    """Return the 1-based number of a source; None for none."""
    return None if source is None else source + 1


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _time(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"
