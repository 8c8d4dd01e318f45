"""CSV (RFC 4180, UTF-8) with one row per event, and its metadata file (W3C CSVW)."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from urllib.parse import quote

import orjson

from rallymap.events import MAX_ITEMS
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import COLUMNS, GROUPS, EventCells, column_named, columns_for
from rallymap.exports.table_rows import IN_MEMORY
from rallymap.formulas import RISKY_SIGNS, guard_cell

ROWS_AT_ONCE = 500
_READ_AT_ONCE = 65_536
_GENERATED = ("id", "kind", "status", "date_edtf", "date_precision", "start_time", "end_time", "location_precision")
"""Text columns with generated values, which no spreadsheet program interprets as formulas."""
_TEXTS = [at for at, column in enumerate(COLUMNS) if column.type == "string" and column.name not in _GENERATED]
_FLAGS = [at for at, column in enumerate(COLUMNS) if column.type == "boolean"]
_YES_NO = {True: "yes", False: "no"}
_GAPS = [[chr(0xDCFB + group) + chr(0xDC80 + size) for size in range(MAX_ITEMS + 1)] for group in range(len(GROUPS))]
"""The marker after the last item of a group in a row, by group and number of items.

Two lone surrogates, which no text of an event contains; in the file, their two bytes never occur together in UTF-8.
"""
_GAP = re.compile(rb",([\xfb-\xff][\x80-\xa8])")


def write_csv(events: Iterable[EventCells], _provenance: Provenance, *, bom: bool = False) -> Iterator[bytes]:
    """Write events as CSV, in chunks; memory stays flat.

    The file only has the table: :func:`csv_metadata` has the licence, the citation and the meaning of columns. Cells
    that a spreadsheet program would run as formulas start with an apostrophe; the import removes it.

    The number of columns is only known after the last event. Rows are spooled to a temporary file, with a marker at the
    end of each group of columns, where empty cells are inserted when the file is read.

    Parameters
    ----------
    bom
        Whether the file starts with a byte order mark, by which Excel recognises UTF-8.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        sizes = _spool_rows(events, spool)
        header = ",".join(column.name for column in columns_for(sizes)) + "\r\n"
        yield (b"\xef\xbb\xbf" if bom else b"") + header.encode()
        gaps = {
            _GAPS[group][size].encode(errors="surrogateescape"): b"," * ((most - size) * len(parts))
            for group, (most, parts) in enumerate(zip(sizes, GROUPS.values(), strict=True))
            for size in range(most + 1)
        }
        spool.seek(0)
        while lines := spool.readlines(_READ_AT_ONCE):
            yield _GAP.sub(lambda found: gaps[found[1]], b"".join(lines))


def _spool_rows(events: Iterable[EventCells], spool: IO[bytes]) -> list[int]:
    """Write rows with markers for gaps; return the largest size of each group."""
    sizes = [0] * len(GROUPS)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, event in enumerate(events, 1):
        row = event.fixed
        for at in _TEXTS:
            text = row[at]
            # A call per cell would double the total time. The texts of an event have no other control characters.
            if isinstance(text, str) and (text[:1] in RISKY_SIGNS or ";" in text or "\n" in text):
                row[at] = guard_cell(text)
        for at in _FLAGS:
            row[at] = _YES_NO[row[at] is True]
        for group, items in enumerate(event.groups):
            for cells in items:
                row += [
                    (guard_cell(cell) if cell[:1] in RISKY_SIGNS or ";" in cell or "\n" in cell else cell)
                    if cell.__class__ is str
                    else (_YES_NO[cell] if cell.__class__ is bool else cell)
                    for cell in cells
                ]
            size = len(items)
            if size > sizes[group]:
                sizes[group] = size
            row.append(_GAPS[group][size])
        writer.writerow(row)
        if number % ROWS_AT_ONCE == 0:
            spool.write(_taken(out))
    spool.write(_taken(out))
    return sizes


def csv_metadata(provenance: Provenance, *, file_name: str, header: Sequence[str]) -> bytes:
    """Return the description of a CSV file for the W3C's "CSV on the Web", to be saved next to the file.

    Parameters
    ----------
    header
        The names of the file's columns.
    """
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": quote(file_name),
        "dc:title": f"{provenance.site}: {provenance.selection}",
        "dc:license": {"@id": provenance.licence.url},
        "dc:bibliographicCitation": provenance.citation,
        "dc:date": provenance.made_on.isoformat(),
        "dc:hasVersion": provenance.version,
        "tableSchema": {
            "columns": [
                {
                    "titles": column.name,
                    "name": column.name,
                    "datatype": {"base": "boolean", "format": "yes|no"} if column.type == "boolean" else column.type,
                    "dc:description": column.meaning,
                }
                for column in map(column_named, header)
            ],
            "primaryKey": "id",
        },
    }
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode(errors="surrogateescape")
