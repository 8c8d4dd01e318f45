"""CSV (RFC 4180, UTF-8) with one row for each event, and the metadata file that belongs to it (W3C CSVW)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import orjson

from rallymap.events import Event
from rallymap.exports.info import ExportInfo
from rallymap.exports.table_columns import column_named
from rallymap.exports.table_rows import opened_table
from rallymap.formulas import RISKY_SIGNS, guard_cell

ROWS_AT_ONCE = 500
_YES_NO = {True: "yes", False: "no"}


def write_csv(events: Iterable[Event], _info: ExportInfo, *, bom: bool = False) -> Iterator[bytes]:
    """Write events as CSV, in pieces.

    A pure table: :func:`csv_metadata` says licence, citation and the meaning of columns. Cells that a spreadsheet
    program would run as a formula begin with an apostrophe; import takes it off.

    Parameters
    ----------
    bom
        Whether the file begins with the mark by which Excel recognises UTF-8.
    """
    with opened_table(events) as table:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        yield (b"\xef\xbb\xbf" if bom else b"") + _taken(out)
        for number, row in enumerate(table.rows, 1):
            # Numbers and None are written as they are; few texts begin with a sign that may make them a formula.
            writer.writerow(
                [
                    (cell if cell[:1] not in RISKY_SIGNS else guard_cell(cell))
                    if cell.__class__ is str
                    else (_YES_NO[cell] if cell.__class__ is bool else cell)
                    for cell in row
                ]
            )
            if number % ROWS_AT_ONCE == 0:
                yield _taken(out)
        if rest := _taken(out):
            yield rest


def csv_metadata(info: ExportInfo, *, file_name: str, header: Sequence[str]) -> bytes:
    """Describe a CSV file in JSON as the W3C's "CSV on the Web" wants it; it is saved next to the file.

    Parameters
    ----------
    header
        The names of the file's columns.
    """
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file_name,
        "dc:title": f"{info.site}: {info.selection}",
        "dc:license": {"@id": info.licence.url},
        "dc:bibliographicCitation": info.citation,
        "dc:date": info.made_on.isoformat(),
        "dc:hasVersion": info.version,
        "tableSchema": {
            "columns": [
                {"titles": column.name, "name": column.name, "datatype": column.type, "dc:description": column.meaning}
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
    return text.encode()
