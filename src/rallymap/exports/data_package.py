"""A Data Package (Frictionless, version 2): the table, its schema, and a codebook for people, in a ZIP file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from rallymap.dates import DatePrecision
from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import AttendanceMode, ClaimKind, EventStatus, Kind, LocationPrecision
from rallymap.exports.csv_file import write_csv
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import Column, EventCells, column_named
from rallymap.wording import CLAIM_LABELS, KIND_LABELS, STATUS_LABELS

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE: Final = "events.csv"
VALUES: Final[dict[str, dict[str, str]]] = {
    "kind": {kind.value: KIND_LABELS[kind] for kind in Kind},
    "status": {status.value: STATUS_LABELS[status] for status in EventStatus},
    "attendance_mode": {mode.value: ATTENDANCE_LABELS[mode] for mode in AttendanceMode},
    "date_precision": {one.value: f"known to the {one.value}" for one in DatePrecision if one.value != "unknown"}
    | {"unknown": "no source gives the day"},
    "location_precision": {one.value: f"the point is that of a {one.value}" for one in LocationPrecision},
    "location_method": {
        "gazetteer": "by the name of the town or part of it",
        "well-known": "by the name of the venue, in rallymap’s list",
        "pin": "set on a map by a person",
        "given": "coordinates of a table or form",
        "override": "by the operator’s own list of places",
        "service:NAME": "by an online service",
        "withheld": "the exact place is not public yet",
    },
    "claim1_kind": {kind.value: CLAIM_LABELS[kind] for kind in ClaimKind},
}
"""Allowed values of columns with a fixed list, from the model, with their labels on pages."""
_READ_AT_ONCE = 65_536


def write_package(events: Iterable[EventCells], provenance: Provenance) -> Iterator[bytes]:
    """Write ``events.csv``, ``datapackage.json`` and ``CODEBOOK.md`` as a ZIP file, in chunks."""
    with tempfile.TemporaryFile() as file:
        with ZipFile(file, "w") as archive:
            header = b""
            with archive.open(_entry(TABLE, provenance), "w", force_zip64=True) as table:
                for piece in write_csv(events, provenance):
                    header = header or piece.partition(b"\r\n")[0]
                    table.write(piece)
            columns = [column_named(name) for name in header.decode().split(",")]
            archive.writestr(_entry("datapackage.json", provenance), describe_package(provenance, columns))
            archive.writestr(_entry("CODEBOOK.md", provenance), codebook(provenance, columns))
        file.seek(0)
        while content := file.read(_READ_AT_ONCE):
            yield content


def describe_package(provenance: Provenance, columns: Sequence[Column], *, size: int = 0, sha256: str = "") -> bytes:
    """Return ``datapackage.json`` for a table with these columns.

    Parameters
    ----------
    size, sha256
        Size in bytes and SHA-256 of the table; omitted if not given.
    """
    checks = {"bytes": size, "hash": f"sha256:{sha256}"} if sha256 else {}
    described = {
        "$schema": PROFILE,
        "name": "rallies",
        "title": f"{provenance.site}: {provenance.selection}",
        "description": provenance.citation,
        "version": provenance.version or "0",
        "created": f"{provenance.made_on.isoformat()}T00:00:00Z",
        "licenses": [{**_licence_id(provenance), "path": provenance.licence.url, "title": provenance.licence.name}],
        "contributors": [{"title": provenance.operator or provenance.site, "roles": ["publisher"]}],
        "resources": [
            {
                "name": "events",
                "type": "table",
                "path": TABLE,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                **checks,
                "schema": {
                    "fields": [_field(column) for column in columns],
                    "missingValues": [""],
                    "primaryKey": ["id"],
                },
            }
        ],
    }
    if provenance.address:
        described["homepage"] = provenance.address
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def _licence_id(provenance: Provenance) -> dict[str, str]:
    return {"name": provenance.licence.spdx} if provenance.licence.spdx else {}


def codebook(provenance: Provenance, columns: Sequence[Column]) -> str:
    """Return the codebook as Markdown: the meaning of each column."""
    lines = [
        f"# Codebook: {provenance.site}",
        "",
        f"Cite as: {provenance.citation}",
        f"Licence: {provenance.licence.name}, {provenance.licence.url}",
        *(line for line in (provenance.licence.text,) if line),
        "",
        "Each row is one event as its sources report it. An empty cell means: not known. Numbered columns repeat.",
        "",
        "| Column | Type | Meaning |",
        "|---|---|---|",
        *(f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns),
        "",
        "## Values",
        "",
        "| Column | Value | In words |",
        "|---|---|---|",
        *(f"| `{name}` | `{value}` | {words} |" for name, values in VALUES.items() for value, words in values.items()),
    ]
    return "\n".join(lines) + "\n"


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.type == "boolean":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field


def _entry(name: str, provenance: Provenance) -> ZipInfo:
    """Return the ZIP entry of a file, dated by the export, so that equal events produce equal bytes."""
    day = provenance.made_on
    entry = ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry
