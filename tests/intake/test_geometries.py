"""Lines, areas and several points of map files: what they say about the place of an event, and what they do not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rallymap.events import Event
from rallymap.intake.findings import NoteKind
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import Reading, read_events

PARIS = [[2.3522, 48.8566], [2.36, 48.86], [2.37, 48.865]]
SQUARE = [[2.35, 48.85], [2.36, 48.85], [2.36, 48.86], [2.35, 48.86], [2.35, 48.85]]


def _read(content: bytes) -> Reading:
    return read_events(content, ImportOptions())


def _feature(geometry: dict[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": "March", "date": "2021-03-10"} | properties, "geometry": geometry}


def _geojson(*geometries: dict[str, Any]) -> Reading:
    features = [_feature(geometry) for geometry in geometries]
    return _read(json.dumps({"type": "FeatureCollection", "features": features}).encode())


def _points(event: Event) -> tuple[tuple[float, float] | None, list[tuple[float, float]]]:
    route = [(point.location.lat, point.location.lon) for point in event.route if point.location is not None]
    at = event.location
    return (None if at is None else (at.lat, at.lon)), route


def _kept(reading: Reading) -> list[str]:
    return [note.value for row in reading.rows for note in row.notes if note.kind is NoteKind.KEPT]


def _kml(geometry: str) -> Reading:
    return _read(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>March</name>'
        f"<TimeStamp><when>2021-03-10</when></TimeStamp>{geometry}</Placemark></Document></kml>".encode()
    )


def test_line_of_geojson_is_the_route_of_a_march() -> None:
    reading = _geojson({"type": "LineString", "coordinates": PARIS})
    assert [_points(event) for event in reading.events] == [
        ((48.8566, 2.3522), [(48.8566, 2.3522), (48.86, 2.36), (48.865, 2.37)])
    ]


def test_line_of_kml_is_the_route_of_a_march() -> None:
    reading = _kml("<LineString><coordinates>2.3522,48.8566,0 2.36,48.86,0 2.37,48.865,0</coordinates></LineString>")
    assert [_points(event) for event in reading.events] == [
        ((48.8566, 2.3522), [(48.8566, 2.3522), (48.86, 2.36), (48.865, 2.37)])
    ]


def test_march_that_returns_to_its_start_ends_there() -> None:
    reading = _geojson({"type": "LineString", "coordinates": [*PARIS, PARIS[0]]})
    _, route = _points(reading.events[0])
    assert route[0] == route[-1] == (48.8566, 2.3522)
    assert len(route) == 4


def test_recorded_line_keeps_start_and_end_and_twelve_points_at_most() -> None:
    line = [[round(2.3 + n / 10_000, 4), 48.85] for n in range(1_000)]
    _, route = _points(_geojson({"type": "LineString", "coordinates": line}).events[0])
    assert (route[0], route[-1], len(route)) == ((48.85, 2.3), (48.85, 2.3999), 12)


def test_line_between_distant_places_gives_no_point_and_is_kept_for_moderators() -> None:
    reading = _geojson({"type": "LineString", "coordinates": [[51.4, 35.7], [2.35, 48.85]]})
    assert [_points(event) for event in reading.events] == [(None, [])]
    assert _kept(reading) == ["35.70000, 2.35000 – 48.85000, 51.40000"]


def test_small_area_gives_its_middle() -> None:
    assert _points(_geojson({"type": "Polygon", "coordinates": [SQUARE]}).events[0]) == ((48.855, 2.355), [])
    ring = " ".join(f"{lon},{lat}" for lon, lat in SQUARE)
    kml = _kml(
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    assert _points(kml.events[0]) == ((48.855, 2.355), [])


def test_wide_area_gives_no_point() -> None:
    wide = [[2.0, 48.0], [4.0, 48.0], [4.0, 50.0], [2.0, 48.0]]
    reading = _geojson({"type": "MultiPolygon", "coordinates": [[wide]]})
    assert [_points(event) for event in reading.events] == [(None, [])]
    assert _kept(reading) == ["48.00000, 2.00000 – 50.00000, 4.00000"]


def test_further_points_are_kept_for_moderators() -> None:
    reading = _geojson({"type": "MultiPoint", "coordinates": [[2.35, 48.85], [4.36, 50.85]]})
    assert [_points(event) for event in reading.events] == [((48.85, 2.35), [])]
    assert _kept(reading) == ["50.85000, 4.36000"]


def test_point_of_a_collection_counts_before_its_line() -> None:
    line = {"type": "LineString", "coordinates": PARIS}
    point = {"type": "Point", "coordinates": [2.3, 48.8]}
    reading = _geojson({"type": "GeometryCollection", "geometries": [point, line]})
    assert [_points(event) for event in reading.events] == [((48.8, 2.3), [])]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[None, 3]]},
        {"type": "Polygon", "coordinates": {"a": 1}},
        {"type": "GeometryCollection", "geometries": [1, {"type": "Point"}]},
        {"type": "LineString", "coordinates": [[True, False], [1e300, 2]]},
    ],
)
def test_geometry_without_coordinates_gives_no_place(geometry: dict[str, Any]) -> None:
    assert [_points(event) for event in _geojson(geometry).events] == [(None, [])]


def test_unreadable_coordinates_of_kml_are_noted() -> None:
    reading = _kml("<Point><coordinates>east,north</coordinates></Point>")
    assert [_points(event) for event in reading.events] == [(None, [])]
    assert [note.value for row in reading.rows for note in row.notes] == ["north", "east"]
