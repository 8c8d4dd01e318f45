"""Read links and formats of cells, errors and formulas of XLSX without a value, and merged areas of ODS.

The library does not provide them.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from rallymap.intake.readers.formula_links import Link, Links, link_of_formula
from rallymap.intake.readers.ods_links import SheetParts, parts_of_ods
from rallymap.intake.readers.workbook_formats import CellFormat, Formats, WorkbookFormats, mark_runs, read_formats
from rallymap.intake.readers.xls_parts import is_xls, parts_of_xls

_PIECE = 256 * 1024
_OVERLAP = 8 * 1024
_MAX_LINKS = 50_000
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^>]{1,4000})>")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]{0,200}\br=\"([A-Z]{1,3}\d{1,7})\"[^>]{0,200}>\s*"
    rb"<(?:\w+:)?f\b[^>]{0,100}>\s*(=?HYPERLINK\([^<]{1,2000})<"
)
_WITHOUT_VALUE = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]{0,200}\br=\"([A-Z]{1,3}\d{1,7})\")(?![^>]{0,200}\bt=\"str\")[^>]{0,200}>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]{0,300}/>|[^>]{0,300}>[^<]{0,8000}</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
"""A cell with a formula and no value; an empty text is a value."""
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]{0,200}\br=\"([A-Z]{1,3}\d{1,7})\")(?=[^>]{0,200}\bt=\"e\")[^>]{0,200}>\s*"
    rb"(?:<(?:\w+:)?f\b(?:[^>]{0,300}/>|[^>]{0,300}>[^<]{0,8000}</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>([^<]{1,20})<"
)
_RICH = re.compile(rb"<(?:\w+:)?is>((?:(?!</(?:\w+:)?is>).){1,8000}?)</(?:\w+:)?is>", re.DOTALL)
_PROPERTIES = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]{0,500}>")
_SINCE_1904 = re.compile(rb"\bdate1904=\"(?:1|true)\"")
_MAX_FORMATS = 400_000
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


def parts_of_sheets(content: bytes) -> dict[str, SheetParts]:
    """Return parts of sheets besides values, by name; {} for a damaged archive or another format.

    The library provides the merged areas of XLSX.

    Sheets are searched in chunks, so that only matches are kept in memory.
    """
    if is_xls(content):
        return parts_of_xls(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" in archive.namelist():
                return parts_of_ods(archive)
            formats = read_formats(archive)
            return {name: _parts(archive, path, formats) for name, path in _sheets(archive)}
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = _relations(archive, "xl/workbook.xml")
    for match in _SHEET.finditer(archive.read("xl/workbook.xml").decode("utf-8", "replace")):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        target = next(
            (targets[value] for key, value in attributes.items() if key.endswith(":id") and value in targets), ""
        )
        if target:
            yield html.unescape(attributes.get("name", "")), target


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return targets by id: paths in the archive, or web addresses."""
    folder, name = posixpath.split(part)
    try:
        text = archive.read(f"{folder}/_rels/{name}.rels").decode("utf-8", "replace")
    except KeyError:
        return {}
    found = {}
    for match in _RELATION.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        target = html.unescape(attributes.get("Target", ""))
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
        found[attributes.get("Id", "")] = target
    return found


def is_since_1904(content: bytes) -> bool:
    """Return whether an XLSX workbook counts days from 1904, as old Macintosh programs did."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            properties = _PROPERTIES.search(archive.read("xl/workbook.xml"))
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False
    return properties is not None and _SINCE_1904.search(properties[0]) is not None


def _parts(archive: zipfile.ZipFile, path: str, formats: WorkbookFormats) -> SheetParts:
    targets = _relations(archive, path)
    found: Links = {}
    cell_formats: Formats = {}
    marked = dict(formats.marked)
    styled = _pattern_of(formats)
    without_value: set[tuple[int, int]] = set()
    with archive.open(path) as part:
        before = b""
        while piece := part.read(_PIECE):
            text = before + piece
            if b"hyperlink" in text or b"HYPERLINK" in text:
                _collect(text, targets, found)
            for match in _WITHOUT_VALUE.finditer(text):
                if (cell := _CELL.fullmatch(match[1].decode("ascii"))) is not None:
                    without_value.add(_position(cell))
            if len(cell_formats) < _MAX_FORMATS:
                _collect_formats(text, formats, styled, cell_formats)
            if b"vertAlign" in text or b"strike" in text:
                marked.update(mark_runs(match[1].decode("utf-8", "replace")) for match in _RICH.finditer(text))
            if len(found) + len(without_value) > _MAX_LINKS:
                break
            before = text[-_OVERLAP:]
    return SheetParts(found, without_value=frozenset(without_value - found.keys()), formats=cell_formats, marked=marked)


def _pattern_of(formats: WorkbookFormats) -> re.Pattern[bytes] | None:
    """Return a pattern for cells whose style changes the meaning of their value, or None if there are none."""
    if not formats.styles:
        return None
    numbers = b"|".join(formats.styles)
    return re.compile(rb"<(?:\w+:)?c\b(?=[^>]{0,200}\bs=\"(" + numbers + rb")\")[^>]{0,200}\br=\"([A-Z]{1,3}\d{1,7})\"")


def _collect_formats(text: bytes, formats: WorkbookFormats, styled: re.Pattern[bytes] | None, into: Formats) -> None:
    for match in styled.finditer(text) if styled is not None else ():
        if (cell := _CELL.fullmatch(match[2].decode("ascii"))) is not None:
            into[_position(cell)] = formats.styles[match[1]]
    for match in _ERROR.finditer(text) if b't="e"' in text else ():
        if (cell := _CELL.fullmatch(match[1].decode("ascii"))) is not None:
            into[_position(cell)] = CellFormat(error=html.unescape(match[2].decode("utf-8", "replace")))


def _collect(text: bytes, targets: dict[str, str], found: Links) -> None:
    for match in _LINK.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[1].decode("utf-8", "replace")))
        target = next((targets.get(value, "") for key, value in attributes.items() if key.endswith(":id")), "")
        cell = _CELL.match(attributes.get("ref", ""))
        if cell and target:
            found[_position(cell)] = Link(target)
    for match in _FORMULA.finditer(text):
        cell = _CELL.fullmatch(match[1].decode("ascii"))
        link = link_of_formula(html.unescape(match[2].decode("utf-8", "replace")))
        if cell and link is not None:
            found[_position(cell)] = link


def _position(cell: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in cell[1]:
        column = column * 26 + ord(letter) - 64
    return int(cell[2]) - 1, column - 1
