"""Export formats by file extension."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from rallymap.errors import ExportError
from rallymap.exports.calendar_file import write_calendar
from rallymap.exports.csv_file import write_csv
from rallymap.exports.data_package import write_package
from rallymap.exports.geojson_file import write_geojson
from rallymap.exports.geoparquet_file import write_geoparquet
from rallymap.exports.jsonld_file import write_jsonld
from rallymap.exports.kml_file import write_kml
from rallymap.exports.provenance import Provenance
from rallymap.exports.xlsx_file import write_xlsx
from rallymap.language import mark


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    Attributes
    ----------
    ending
        File extension without the dot.
    name, purpose
        Name and purpose for people; marked for `tr`.
    media_type
        Media type of responses.
    write
        Takes events and their provenance; yields the file in chunks.
    is_table
        Whether `write` takes cells of events instead of events.
    """

    ending: str
    name: str
    purpose: str
    media_type: str
    write: Callable[[Iterable[Any], Provenance], Iterator[bytes]]
    is_table: bool = False


CSV: Final = "text/csv; charset=utf-8"
"""Media type of CSV files that are not exports."""
_CSV: Final = f"{CSV}; header=present"
_PARQUET: Final = "application/vnd.apache.parquet"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = {
    one.ending: one
    for one in (
        Format("csv", "CSV", mark("tables, R, Python"), _CSV, write_csv, is_table=True),
        Format("xlsx", "XLSX", "Excel, LibreOffice", _XLSX, write_xlsx, is_table=True),
        Format("geojson", "GeoJSON", mark("maps, QGIS"), "application/geo+json", write_geojson),
        Format("parquet", "GeoParquet", "GeoPandas, DuckDB, QGIS", _PARQUET, write_geoparquet, is_table=True),
        Format("kml", "KML", "Google Earth", "application/vnd.google-earth.kml+xml", write_kml),
        Format("ics", "iCalendar", mark("calendars"), "text/calendar; charset=utf-8", write_calendar),
        Format("jsonld", "JSON-LD", mark("linked data"), "application/ld+json", write_jsonld),
        Format("zip", mark("Data package"), mark("CSV with codebook"), "application/zip", write_package, is_table=True),
    )
}
"""All formats by extension."""


def format_of(file_name: str) -> Format:
    """Return the format for a file name.

    Raises
    ------
    ExportError
        If the extension is not supported; the message lists those that are.
    """
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    if ending not in FORMATS:
        raise ExportError(f"“{file_name}” has no ending that is a format; write one of: .{', .'.join(FORMATS)}.")
    return FORMATS[ending]
