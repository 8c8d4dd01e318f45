"""Read links, merged areas and formats of OpenDocument spreadsheets, which the library does not provide."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from rallymap.intake.readers.formula_links import Link, Links, link_of_formula
from rallymap.intake.readers.ods_styles import CellStyles
from rallymap.intake.readers.workbook_formats import CellFormat, Formats

_PIECE = 256 * 1024
_MAX_LINKS = 50_000
_MAX_SPANS = 20_000
_MOST_REPEATED = 300
_TABLE, _ROW, _LINK, _COMMENT = "table:table", "table:table-row", "text:a", "office:annotation"
_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(slots=True)
class SheetParts:
    """Parts of a sheet besides its values.

    Attributes
    ----------
    links
        Addresses by cell.
    spans
        Merged areas: row, column, last row, last column, from 0.
    without_value
        Cells with a formula and no value, by row and column, from 0.
    formats
        Formats that change the meaning of a value, by cell.
    marked
        Texts with footnote marks and struck-through words, by the text that the library gives.
    """

    links: Links = field(default_factory=dict)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    without_value: frozenset[tuple[int, int]] = frozenset()
    formats: Formats = field(default_factory=dict)
    marked: Mapping[str, str] = field(default_factory=dict)


class _Finder:
    """Parser that counts rows and columns of the sheets and collects the address of each cell."""

    def __init__(self) -> None:
        self.found: dict[str, SheetParts] = {}
        self._sheet_parts = SheetParts()
        self._styles = CellStyles()
        self._comments = 0
        self._repeated = 1
        self._row = self._column = self._next_row = self._next_column = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE:
            self._sheet_parts, self._next_row = SheetParts(), 0
            self.found.setdefault(attributes.get("table:name", ""), self._sheet_parts)
            self._styles.begin_table()
        elif name == _ROW:
            self._row, self._next_column = self._next_row, 0
            self._next_row += int(attributes.get("table:number-rows-repeated", 1))
        elif name in _CELLS:
            self._column = self._next_column
            self._repeated = int(attributes.get("table:number-columns-repeated", 1))
            self._next_column += self._repeated
            self._span(attributes)
            self._keep(link_of_formula(attributes.get("table:formula", "")))
            self._format(attributes)
        elif name == _COMMENT:
            self._comments += 1
        elif name == _LINK and not self._comments:
            address = attributes.get("xlink:href", "")
            self._keep(Link(address) if address.startswith(("http://", "https://")) else None)
        else:
            self._styles.start(name, attributes)

    def _keep(self, link: Link | None) -> None:
        if link is None:
            return
        for column in range(self._column, self._column + min(self._repeated, _MOST_REPEATED)):
            if self._count == _MAX_LINKS:
                return
            links = self._sheet_parts.links
            first = links.get((self._row, column))
            links[self._row, column] = link if first is None else first._replace(more=(*first.more, link.address))
            self._count += 1

    def _format(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("office:value-type", "")
        shows = {"percentage": "%", "currency": attributes.get("office:currency") or "¤"}.get(kind, "")
        style = self._styles.format_of(attributes, self._column) if kind else CellFormat()
        shown = style._replace(shows=shows or style.shows)
        if (shown.shows or shown.is_struck) and self._repeated <= _MOST_REPEATED:
            for column in range(self._column, self._column + self._repeated):
                self._sheet_parts.formats[self._row, column] = shown

    def _span(self, attributes: dict[str, str]) -> None:
        rows = int(attributes.get("table:number-rows-spanned", 1))
        columns = int(attributes.get("table:number-columns-spanned", 1))
        if (rows > 1 or columns > 1) and len(self._sheet_parts.spans) < _MAX_SPANS:
            area = (self._row, self._column, self._row + rows - 1, self._column + columns - 1)
            self._sheet_parts.spans.append(area)

    def end(self, name: str) -> None:
        if name == _COMMENT:
            self._comments -= 1


def parts_of_ods(archive: zipfile.ZipFile) -> dict[str, SheetParts]:
    """Return addresses and merged areas by sheet name.

    Raises
    ------
    ValueError
        If the content is not XML.
    """
    finder = _Finder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    try:
        with archive.open("content.xml") as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
    except expat.ExpatError as err:
        raise ValueError(str(err)) from err
    return finder.found
