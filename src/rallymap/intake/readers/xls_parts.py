"""Read formats and links of cells in legacy XLS workbooks (BIFF8 in a compound file), which the library does not give.

The layout of both is in Microsoft's [MS-CFB] and [MS-XLS]; records that are cut off end the reading.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from rallymap.intake.readers.formula_links import Link
from rallymap.intake.readers.ods_links import SheetParts
from rallymap.intake.readers.workbook_formats import CellFormat, cell_format

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFF0
"""Numbers from here on are no sectors."""
_MINI = 64
_SIZES = {9: 512, 12: 4096}
"""Bytes in a sector, by their number in the header."""
_ENTRY = 128
_HEADER_SECTORS = 109
_BOUND_SHEET, _FONT, _FORMAT, _STYLE, _END, _HYPERLINK = 0x85, 0x31, 0x41E, 0xE0, 0x0A, 0x1B8
_ONE_CELL = frozenset({0x06, 0x203, 0x27E, 0xFD, 0x204, 0xD6})
"""Records of one cell: formula, number, compressed number, shared text, text and text with formats."""
_SEVERAL_NUMBERS, _FORMULA, _ERROR = 0xBD, 0x06, 0x205
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_WEB_LINK = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_STRUCK = 0x08
_UNUSED_FONT = 4
"""No font has this number; those after it are one too high."""
_MAX_PARTS = 400_000
Record = tuple[int, bytes]


@dataclass(slots=True)
class _Workbook:
    """Parts of the workbook that its sheets share."""

    sheets: dict[int, str] = field(default_factory=dict)
    fonts: list[bool] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)

    def formats(self) -> dict[int, CellFormat]:
        """Return the styles that change the meaning of a value, by number."""
        found = {}
        for number, (font, code) in enumerate(self.styles):
            at = font - (font > _UNUSED_FONT)
            is_struck = at < len(self.fonts) and self.fonts[at]
            shown = cell_format(str(code), self.codes.get(code, ""), is_struck=is_struck)
            if shown != CellFormat():
                found[number] = shown
        return found


def parts_of_xls(content: bytes) -> dict[str, SheetParts]:
    """Return formats and links of the sheets of an XLS workbook, by name; {} for a damaged file or another format."""
    try:
        stream = _workbook_stream(content)
        workbook = _globals(stream)
        formats = workbook.formats()
        starts = sorted(workbook.sheets)
        # A damaged file can have thousands of sheets that overlap; each is read up to the next one.
        ends = dict(zip(starts, [*starts[1:], len(stream)], strict=True))
        return {name: _sheet(stream[start : ends[start]], formats) for start, name in workbook.sheets.items()}
    except (struct.error, IndexError, ValueError):
        return {}


def is_xls(content: bytes) -> bool:
    """Return whether the content is a compound file, as XLS workbooks are."""
    return content.startswith(_SIGNATURE)


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream of the workbook in a compound file; empty if there is none."""
    if not is_xls(content):
        return b""
    size = _SIZES.get(struct.unpack_from("<H", content, 30)[0], 0)
    if not size:
        return b""
    first_folder, cutoff, first_mini = struct.unpack_from("<I4xII", content, 48)
    next_list = struct.unpack_from("<I", content, 68)[0]
    lists = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76))
    per_sector = size // 4
    seen = 0
    while next_list < _NO_SECTOR and seen * size < len(content):
        *more, next_list = struct.unpack_from(f"<{per_sector}I", content, (next_list + 1) * size)
        lists += more
        seen += 1
    table: list[int] = []
    for sector in lists:
        if sector < _NO_SECTOR and len(table) * size < len(content) + size * per_sector:
            table += struct.unpack_from(f"<{per_sector}I", content, (sector + 1) * size)
    folder = _chain(content, first_folder, table, size, size)
    entries: dict[str, tuple[int, int]] = {}
    for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", folder, at + 64)[0]
        name = folder[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        entries.setdefault(name, struct.unpack_from("<II", folder, at + 116))
    if "Workbook" not in entries:
        return b""
    start, length = entries["Workbook"]
    root = struct.unpack_from("<I", folder, 116)[0]  # the first entry begins the stream of small sectors
    if length >= cutoff:
        return _chain(content, start, table, size, size)[:length]
    small = _chain(content, root, table, size, size)
    links = _chain(content, first_mini, table, size, size)
    return _chain(small, start, list(struct.unpack(f"<{len(links) // 4}I", links)), _MINI, 0)[:length]


def _chain(content: bytes, first: int, table: list[int], size: int, skipped: int) -> bytes:
    """Join the sectors of a chain; `skipped` is the number of bytes before the first sector."""
    pieces: list[bytes] = []
    while first < len(table) and len(pieces) * size <= len(content):  # a damaged chain can be a circle
        pieces.append(content[skipped + first * size : skipped + (first + 1) * size])
        first = table[first]
    return b"".join(pieces)


def _records(stream: bytes) -> Iterator[Record]:
    """Yield the records of the workbook's globals or of a sheet."""
    start = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _END:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _globals(stream: bytes) -> _Workbook:
    workbook = _Workbook()
    for kind, body in _records(stream):
        if kind == _BOUND_SHEET:
            workbook.sheets[struct.unpack_from("<I", body)[0]] = _text(body[7:], body[6])
        elif kind == _FONT:
            workbook.fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK))
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", body)
            workbook.codes[number] = _text(body[4:], length)
        elif kind == _STYLE:
            workbook.styles.append(struct.unpack_from("<HH", body))
    return workbook


def _text(body: bytes, length: int) -> str:
    """Read a text after its length: one byte of flags, then characters of one or two bytes."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return body[1 : 1 + length].decode("latin-1")


def _sheet(stream: bytes, formats: dict[int, CellFormat]) -> SheetParts:
    parts = SheetParts()
    for kind, body in _records(stream):
        if len(parts.formats) + len(parts.links) > _MAX_PARTS:
            break
        if kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", body)
            if style in formats:
                parts.formats[row, column] = formats[style]
            is_error = kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff"
            if is_error and (error := _ERRORS.get(body[8])):
                parts.formats[row, column] = CellFormat(error=error)
        elif kind == _ERROR and body[7] and (error := _ERRORS.get(body[6])):
            parts.formats[struct.unpack_from("<HH", body)] = CellFormat(error=error)
        elif kind == _SEVERAL_NUMBERS:
            row, column = struct.unpack_from("<HH", body)
            for at in range(4, len(body) - 2, 6):
                style = struct.unpack_from("<H", body, at)[0]
                if style in formats:
                    parts.formats[row, column + (at - 4) // 6] = formats[style]
        elif kind == _HYPERLINK and (address := _address(body)):
            row, _, column, _ = struct.unpack_from("<HHHH", body)
            parts.links[row, column] = Link(address)
    return parts


def _address(body: bytes) -> str:
    """Return the web address of a link, "" for links to files and cells."""
    at = body.find(_WEB_LINK)
    if at < 0:
        return ""
    length = struct.unpack_from("<I", body, at + 16)[0]
    return body[at + 20 : at + 20 + length].decode("utf-16-le", "replace").partition("\0")[0]
