"""GeoParquet 1.1: the table with typed columns and points, for GIS programs and data frames."""

from __future__ import annotations

import struct
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import Cell, Column, EventCells
from rallymap.exports.table_rows import opened_table

if TYPE_CHECKING:
    import pyarrow as pa

GEOMETRY: Final = "geometry"
ROWS_AT_ONCE: Final = 10_000
_READ_AT_ONCE: Final = 65_536
_POINT: Final = struct.Struct("<BIdd")
_LITTLE_ENDIAN, _POINT_TYPE = 1, 1
_ARROW_SCHEMA: Final = "ARROW:schema"
"""Key of the Arrow schema in the file's metadata, base64 of Arrow's IPC format."""


def write_geoparquet(events: Iterable[EventCells], provenance: Provenance) -> Iterator[bytes]:
    """Write the columns of the CSV with their types, and `geometry`: WKB points, longitude before latitude.

    An event without a place has a null geometry. There is no ``crs``, which means OGC:CRS84: WGS 84 in degrees.
    Licence, citation and selection are in the file's metadata under ``rallymap``.
    """
    # Imported here because pyarrow takes a third of a second, and most processes never write this format.
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened_table(events) as table, tempfile.TemporaryFile() as file:
        schema = _schema(table.columns)
        bounds = _Bounds()
        with pq.ParquetWriter(file, schema, compression="zstd", store_schema=False) as writer:
            while rows := list(islice(table.rows, ROWS_AT_ONCE)):
                writer.write_table(pa.table(_columns(table.columns, rows, bounds), schema=schema))
            said = {"geo": orjson.dumps(_geo(bounds)), "rallymap": orjson.dumps(provenance.as_json())}
            # Written at the end, when the bounds are known, and into Arrow's schema too: many readers look only there.
            arrow = b64encode(schema.with_metadata(said).serialize().to_pybytes())
            writer.add_key_value_metadata(said | {_ARROW_SCHEMA: arrow})
        file.seek(0)
        while piece := file.read(_READ_AT_ONCE):
            yield piece


class _Bounds:
    """The bounding box of all points: west, south, east, north."""

    box: tuple[float, float, float, float] | None = None

    def add(self, lon: float, lat: float) -> None:
        west, south, east, north = self.box or (lon, lat, lon, lat)
        self.box = (min(west, lon), min(south, lat), max(east, lon), max(north, lat))


def _geo(bounds: _Bounds) -> dict[str, Any]:
    """Return the file's geo metadata as specified by GeoParquet 1.1.0."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if bounds.box is not None:
        column["bbox"] = bounds.box
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def _schema(columns: Sequence[Column]) -> pa.Schema:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = [pa.field(column.name, types[column.type], metadata={"description": column.meaning}) for column in columns]
    return pa.schema([*fields, pa.field(GEOMETRY, pa.binary())])


def _columns(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], bounds: _Bounds) -> dict[str, list[Any]]:
    names = [column.name for column in columns]
    lat, lon = names.index("lat"), names.index("lon")
    found: dict[str, list[Any]] = {}
    for at, column in enumerate(columns):
        cells = [row[at] if row[at] != "" else None for row in rows]
        found[column.name] = (
            [date.fromisoformat(str(c)) if c else None for c in cells] if column.type == "date" else cells
        )
    found[GEOMETRY] = [_point(row[lon], row[lat], bounds) for row in rows]
    return found


def _point(lon: Cell, lat: Cell, bounds: _Bounds) -> bytes | None:
    if not isinstance(lon, float | int) or not isinstance(lat, float | int):
        return None
    bounds.add(lon, lat)
    return _POINT.pack(_LITTLE_ENDIAN, _POINT_TYPE, lon, lat)
