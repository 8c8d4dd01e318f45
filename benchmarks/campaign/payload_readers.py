"""Strict parsers for every format: yield where a payload is more than text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import html5lib
import openpyxl
from pyarrow import ArrowException, parquet

from benchmarks.campaign.payload_shapes import TAG


def faults_of(path: str, body: bytes) -> Iterator[str]:
    """Parse an answer like its readers, and yield where a payload became markup, a formula or a line of its own."""
    text = body.decode("utf-8", "replace")
    ending = path.partition("?")[0].rpartition(".")[2]
    if "format=csv" in path or ending == "csv":
        yield from _formulas(text)
    elif ending == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(body))
        cells = (cell for sheet in sheets for row in sheet for cell in row)
        yield from (f"formula {cell.value!r}" for cell in cells if cell.data_type == "f")
    elif ending == "zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in (name for name in archive.namelist() if name.endswith((".csv", ".json"))):
                yield from (f"{name}: {fault}" for fault in faults_of(name, archive.read(name)))
    elif ending == "parquet":
        yield from (f"no table: {err}" for err in _unreadable_parquet(body))
    elif ending == "bib":
        yield from (f"command {found!r}" for found in re.findall(r"\\input|\n@", text))
    elif ending == "ris":
        yield from (f"line {line[:40]!r}" for line in text.split("\n")[1:] if line.startswith("TY  - "))
    elif ending in ("json", "geojson", "jsonld") or path.startswith("/api"):
        json.loads(text)
    elif ending in ("xml", "atom", "kml"):
        if any(_name(element.tag) == TAG for element in ElementTree.fromstring(text).iter()):  # noqa: S314 - our own
            yield "an element of a payload"
    elif ending == "ics":
        unfolded = re.sub(r"\r\n[ \t]", "", text)
        yield from (line[:60] for line in unfolded.split("\r\n") if line.startswith(("ATTENDEE", f"={TAG}")))
        if unfolded.count("BEGIN:VEVENT\r\n") != unfolded.count("END:VEVENT\r\n"):
            yield "a calendar entry that a payload began"
    else:
        yield from html_faults(text)


def _unreadable_parquet(body: bytes) -> Iterator[str]:
    try:
        parquet.read_table(io.BytesIO(body))
    except ArrowException as err:
        yield str(err)


def _formulas(text: str) -> Iterator[str]:
    """Yield cells that begin like a formula, also after a character at which a program may begin another cell."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            if re.match(r"[=+@\t\r]|-(?!\d)", cell) or re.search(r"[;\n\t] *[=+@-][^;\n\t]*[(|!]", cell):
                yield f"formula {cell[:40]!r}"


def html_faults(text: str) -> Iterator[str]:
    """Parse HTML as a browser does, and yield where a payload became an element, a handler or an address."""
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        name = _name(element.tag)
        if name == TAG:
            yield "an element of a payload"
        for attribute, value in element.attrib.items():
            if _name(str(attribute)).startswith("on") and TAG in value:
                yield f"a handler of a payload: {attribute}"
            if _name(str(attribute)) in ("href", "src", "action", "ping", "style") and (
                (re.match(r"\s*(javascript|data|vbscript):", value) and TAG in value) or f"//{TAG}" in value
            ):
                yield f"an address of a payload: {attribute}={value[:60]}"
        is_refresh = name == "meta" and "http-equiv" in element.attrib
        if (is_refresh or name in ("base", "form")) and any(TAG in value for value in element.attrib.values()):
            yield f"an element {name} of a payload"


def header_faults(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield headers that a payload began, and those in which it is not encoded."""
    for name, value in headers:
        plain = re.sub(r"%[0-9A-Fa-f]{2}|[\w.~*'-]", "", value) if TAG in value else ""
        if TAG in name.lower() or (name.lower() == "set-cookie" and TAG in value) or set(plain) & set("<>\\\r\n"):
            yield f"a header of a payload: {name}: {value[:60]!r}"


def terminal_faults(text: str) -> Iterator[str]:
    """Yield characters that a terminal would execute, or that reorder what follows."""
    for line in text.split("\n"):
        if found := re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line):
            yield f"characters for a terminal: {found[:5]!a} in {line[:60]!a}"


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
