"""GeoJSON (RFC 7946): a collection with one feature per event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import orjson

from rallymap.events import Event, line_of
from rallymap.exports.provenance import Provenance
from rallymap.exports.record import Json, event_record


def write_geojson(events: Iterable[Event], provenance: Provenance) -> Iterator[bytes]:
    """Write events as GeoJSON, in chunks.

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

    Its geometry is a point, or null. Only an event with a route has a geometry collection: its point first, then the
    line, so that a reader that expects points finds one. The points of the route are a property, too. A line across the
    antimeridian is split there (section 3.1.9); otherwise programs draw it around the world.
    """
    geometry: Json | None = None
    if event.location is not None:
        geometry = {"type": "Point", "coordinates": [event.location.lon, event.location.lat]}
        if line := line_of(event.route):
            geometry = {"type": "GeometryCollection", "geometries": [geometry, _drawn(line)]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": event_record(event, provenance)}


def _drawn(line: Sequence[tuple[float, float]]) -> Json:
    """Return a line through points (latitude, longitude), split where it crosses the antimeridian."""
    (first_lat, first_lon), *_ = line
    parts = [[[first_lon, first_lat]]]
    for (lat, lon), (next_lat, next_lon) in pairwise(line):
        if abs(next_lon - lon) > 180:
            edge = 180.0 if lon > 0 else -180.0
            at_edge = lat + (next_lat - lat) * (edge - lon) / (next_lon + 2 * edge - lon)
            parts[-1].append([edge, round(at_edge, 6)])
            parts.append([[-edge, round(at_edge, 6)]])
        parts[-1].append([next_lon, next_lat])
    whole = [part for part in parts if any(point != part[0] for point in part)]
    if len(whole) > 1:
        return {"type": "MultiLineString", "coordinates": whole}
    return {"type": "LineString", "coordinates": whole[0] if whole else [[lon, lat] for lat, lon in line]}
