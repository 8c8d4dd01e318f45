"""GeoJSON (RFC 7946): a collection with one feature for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from rallymap.events import Event, line_of
from rallymap.exports.provenance import Provenance
from rallymap.exports.record import Json, event_record


def write_geojson(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as GeoJSON, in pieces.

    Licence, citation and selection are members of the collection. An event without a place has a null geometry.
    """
    head = orjson.dumps({"type": "FeatureCollection", **provenance.as_json(), "features": []})
    yield head[:-2] + b"\n"
    before = b""
    for event in events:
        yield before + orjson.dumps(feature_of(event, provenance))
        before = b",\n"
    yield b"\n]}\n"


def feature_of(event: Event, provenance: Provenance) -> Json:
    """Return an event as a GeoJSON feature; coordinates are longitude, latitude.

    Its geometry is a point, or null. Only an event with a drawn route has a collection: its point first, then the
    line, so that a reader of points finds one. The points of the route are a property, too.
    """
    geometry: Json | None = None
    if event.location is not None:
        geometry = {"type": "Point", "coordinates": [event.location.lon, event.location.lat]}
        if line := line_of(event.route):
            drawn = {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in line]}
            geometry = {"type": "GeometryCollection", "geometries": [geometry, drawn]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": event_record(event, provenance)}
