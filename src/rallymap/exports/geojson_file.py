"""GeoJSON (RFC 7946): a collection with one feature for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from rallymap.events import Event
from rallymap.exports.info import ExportInfo
from rallymap.exports.record import Json, event_record


def write_geojson(events: Iterable[Event], info: ExportInfo) -> Iterator[bytes]:
    """Write events as GeoJSON, in pieces.

    Licence, citation and selection are members of the collection. An event without a place has a null geometry.
    """
    head = orjson.dumps({"type": "FeatureCollection", **info.as_json(), "features": []})
    yield head[:-2] + b"\n"
    before = b""
    for event in events:
        yield before + orjson.dumps(feature_of(event, info))
        before = b",\n"
    yield b"\n]}\n"


def feature_of(event: Event, info: ExportInfo) -> Json:
    """Return an event as a GeoJSON feature; coordinates are longitude, latitude."""
    geometry = None
    if event.location is not None:
        geometry = {"type": "Point", "coordinates": [event.location.lon, event.location.lat]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": event_record(event, info)}
