"""Convert the Natural Earth countries of the npm package ``world-atlas`` into rallymap's base map.

Run by ``make basemap`` on the package from ``npm pack``. The same input produces the same bytes. The TopoJSON of
world-atlas stores every border once and closes rings across the antimeridian; drawn unchanged, those rings streak
across the Arctic. Rings are therefore cut at 180 degrees, and the cut edges are filled but never stroked.

The files contain one stream of unsigned LEB128 numbers, signed ones with zigzag encoding::

    bits                        the world is 2**bits units wide, Web Mercator, y down
    arcs, then for each arc     2 * points + stroked, then x y of the first point and x y steps of the others
    countries, then for each    two letters (0 0 for none), rings, then for each ring its arcs (~i: backwards)
"""

from __future__ import annotations

import itertools
import json
import math
import sys
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.iso_3166 import ALPHA2_BY_NUMBER

Point = tuple[float, float]
TARGET = Path(__file__).resolve().parents[1] / "src" / "rallymap" / "assets" / "land"
BITS = {"110m": 15, "50m": 17}
MAX_LATITUDE = 85.0511287798066  # limit of the Web Mercator square
UNOFFICIAL_CODES = {"Kosovo": "XK"}  # user-assigned, as in GeoNames and most other sources


class LandFile:
    """Collects arcs and countries and writes them as one stream."""

    def __init__(self, bits: int) -> None:
        self._scale = 1 << bits
        self._bits = bits
        self._arcs: list[tuple[list[tuple[int, int]], bool]] = []
        self._countries: list[tuple[str, list[list[int]]]] = []

    def add_arc(self, points: Iterable[Point], *, stroked: bool) -> int:
        """Add a line, lon lat in degrees, and return its number; -1 if nothing of it remains."""
        line: list[tuple[int, int]] = []
        for point in points:
            unit = self._to_units(point)
            if not line or line[-1] != unit:
                line.append(unit)
        if len(line) < 2:
            return -1
        self._arcs.append((line, stroked))
        return len(self._arcs) - 1

    def add_country(self, code: str, rings: list[list[int]]) -> None:
        """Add a country; a ring is a list of arc numbers."""
        self._countries.append((code, rings))

    def to_bytes(self) -> bytes:
        """Return the stream described in the module's docstring."""
        out = bytearray()
        _put(out, self._bits)
        _put(out, len(self._arcs))
        for line, stroked in self._arcs:
            _put(out, 2 * len(line) + stroked)
            x = y = 0
            for px, py in line:
                _put(out, _zigzag(px - x))
                _put(out, _zigzag(py - y))
                x, y = px, py
        _put(out, len(self._countries))
        for code, rings in self._countries:
            out += code.encode() if code else b"\0\0"
            _put(out, len(rings))
            for ring in rings:
                _put(out, len(ring))
                for arc in ring:
                    _put(out, _zigzag(arc))
        return bytes(out)

    def _to_units(self, point: Point) -> tuple[int, int]:
        lon, lat = point
        lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))
        y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
        return round((lon / 360 + 0.5) * self._scale), round(y * self._scale)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _put(out: bytearray, number: int) -> None:
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def unwrap(points: Iterable[Point]) -> list[Point]:
    """Continue longitudes beyond 180 degrees instead of jumping by 360."""
    line: list[Point] = []
    shift = 0.0
    for lon, lat in points:
        if line and abs(lon + shift - line[-1][0]) > 180:
            shift += 360 if lon + shift < line[-1][0] else -360
        line.append((lon + shift, lat))
    return line


def cut_ring(ring: list[Point]) -> list[list[Point]]:
    """Cut a closed ring at the antimeridian; a ring around a pole is closed along the pole first."""
    line = unwrap(ring)
    turn = line[-1][0] - line[0][0]
    if abs(turn) > 180:
        pole = -90.0 if line[0][1] < 0 else 90.0
        line += [(line[-1][0], pole), (line[0][0], pole), line[0]]
    pieces = []
    for shift in (-360.0, 0.0, 360.0):
        piece = [(lon + shift, lat) for lon, lat in line]
        for edge, keep_below in ((180.0, True), (-180.0, False)):
            piece = _clip(piece, edge, keep_below=keep_below)
        if len({lon for lon, _ in piece}) > 1:
            pieces.append(piece)
    return pieces


def _clip(ring: list[Point], edge: float, *, keep_below: bool) -> list[Point]:
    """Clip a closed ring against one meridian (Sutherland and Hodgman, 1974)."""
    kept: list[Point] = []
    for (lon0, lat0), (lon1, lat1) in itertools.pairwise(ring):
        inside0, inside1 = ((lon <= edge) == keep_below or lon == edge for lon in (lon0, lon1))
        if inside0:
            kept.append((lon0, lat0))
        if inside0 != inside1:
            kept.append((edge, lat0 + (lat1 - lat0) * (edge - lon0) / (lon1 - lon0)))
    if kept and kept[0] != kept[-1]:
        kept.append(kept[0])
    return kept


def cut_line(points: list[Point]) -> Iterator[list[Point]]:
    """Cut a line at the antimeridian, dropping the parts that run along it or below the map's southern edge."""
    piece: list[Point] = []
    for here, there in itertools.pairwise(points):
        jump = there[0] - here[0]
        along_edge = (abs(here[0]) > 179.99 and abs(there[0]) > 179.99) or min(here[1], there[1]) < -MAX_LATITUDE + 0.6
        if abs(jump) > 180 and not along_edge:
            side = math.copysign(180.0, here[0])
            end = there[0] + 2 * side
            lat = here[1] + (there[1] - here[1]) * (side - here[0]) / (end - here[0])
            yield [*(piece or [here]), (side, lat)]
            piece = [(-side, lat), there]
        elif along_edge:
            if piece:
                yield piece
            piece = []
        else:
            piece = [*piece, there] if piece else [here, there]
    if piece:
        yield piece


def convert(topology: dict[str, Any], bits: int) -> bytes:
    """Convert one TopoJSON of countries.

    Parameters
    ----------
    topology
        A quantised topology with the object ``countries``.
    bits
        The world is ``2**bits`` units wide.
    """
    land = LandFile(bits)
    arcs = [_decode_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    numbers: list[int | None] = []
    for arc in arcs:
        pieces = list(cut_line(arc))
        whole = len(pieces) == 1 and pieces[0] == arc
        numbers.append(land.add_arc(arc, stroked=True) if whole else None)
        if not whole:
            for piece in pieces:
                land.add_arc(piece, stroked=True)
    for country in sorted(topology["objects"]["countries"]["geometries"], key=lambda c: str(c["properties"]["name"])):
        name = country["properties"]["name"]
        code = ALPHA2_BY_NUMBER.get(country.get("id", "")) or UNOFFICIAL_CODES.get(name, "")
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        land.add_country(
            code, [r for polygon in polygons for ring in polygon for r in _rings(land, ring, arcs, numbers)]
        )
    return land.to_bytes()


def _rings(land: LandFile, ring: list[int], arcs: list[list[Point]], numbers: list[int | None]) -> Iterator[list[int]]:
    """Yield a ring as arc numbers of the file; one that meets the antimeridian as new, unstroked arcs."""
    found = [(numbers[i if i >= 0 else ~i], i < 0) for i in ring]
    if all(number is not None for number, _ in found):
        kept = [~number if backwards else number for number, backwards in found if number is not None and number >= 0]
        if kept:
            yield kept
        return
    points: list[Point] = []
    for i in ring:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        points += part[1:] if points else part
    for piece in cut_ring(points):
        number = land.add_arc(piece, stroked=False)
        if number >= 0:
            yield [number]


def _decode_arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((min(180.0, x * kx + tx), y * ky + ty))
    return points


def main(package: Path) -> None:
    """Convert both scales from the archive at `package`."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        for scale, bits in BITS.items():
            file = archive.extractfile(f"package/countries-{scale}.json")
            if file is None:
                raise FileNotFoundError(f"countries-{scale}.json is not in {package}")
            data = convert(json.load(file), bits)
            (TARGET / f"land-{scale}.bin").write_bytes(data)
            print(f"land-{scale}.bin: {len(data):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
