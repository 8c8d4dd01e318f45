"""Croissant 1.0 (MLCommons): a JSON-LD description of the CSV table, for search engines and machine learning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import Column

CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.0"
_CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Final = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Text",  # "yes" and "no", as in the CSV
    "date": "sc:Date",
}


def describe_croissant(
    provenance: Provenance, columns: Sequence[Column], *, file_name: str, sha256: str, size: int
) -> bytes:
    """Return the description of a CSV table.

    Parameters
    ----------
    file_name
        Name of the table, which is in the same folder as the description.
    sha256
        SHA-256 of the table, in hexadecimal digits.
    size
        Size of the table in bytes.
    """
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": "rallies",
        "description": f"Rallies of diasporas, as their sources report them: {provenance.selection}.",
        "license": provenance.licence.url,
        "url": provenance.address or provenance.licence.url,
        "version": f"{provenance.version.partition('-')[0] or 0}.0.0",
        "datePublished": provenance.made_on.isoformat(),
        "citeAs": provenance.citation,
        "creator": {"@type": "sc:Organization", "name": provenance.site},
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file_name,
                "name": file_name,
                "contentUrl": file_name,
                "contentSize": f"{size} B",
                "encodingFormat": "text/csv",
                "sha256": sha256,
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "events",
                "name": "events",
                "description": "Each record is one event.",
                "key": {"@id": "events/id"},
                "field": [_field(column, file_name) for column in columns],
            }
        ],
    }
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def _field(column: Column, file_name: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"events/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": file_name}, "extract": {"column": column.name}},
    }
