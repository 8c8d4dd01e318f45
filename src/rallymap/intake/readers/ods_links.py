"""The web addresses behind the cells of an OpenDocument spreadsheet, which its library does not give."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from rallymap.intake.readers.formula_links import Link, Links, link_of_formula

_PIECE = 256 * 1024
_MAX_LINKS = 50_000
_TABLE, _ROW, _LINK = "table:table", "table:table-row", "text:a"
_CELLS = ("table:table-cell", "table:covered-table-cell")


class _Finder:
    """Counts rows and columns of the sheets as they are read, and keeps the address of each cell."""

    def __init__(self) -> None:
        self.found: dict[str, Links] = {}
        self._sheet = ""
        self._row = self._column = self._next_row = self._next_column = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE:
            self._sheet, self._next_row = attributes.get("table:name", ""), 0
        elif name == _ROW:
            self._row, self._next_column = self._next_row, 0
            self._next_row += int(attributes.get("table:number-rows-repeated", 1))
        elif name in _CELLS:
            self._column = self._next_column
            self._next_column += int(attributes.get("table:number-columns-repeated", 1))
            self._keep(link_of_formula(attributes.get("table:formula", "")))
        elif name == _LINK:
            address = attributes.get("xlink:href", "")
            self._keep(Link(address) if address.startswith(("http://", "https://")) else None)

    def _keep(self, link: Link | None) -> None:
        if link is not None and self._count < _MAX_LINKS:
            self.found.setdefault(self._sheet, {}).setdefault((self._row, self._column), link)
            self._count += 1


def links_of_ods(archive: zipfile.ZipFile) -> dict[str, Links]:
    """Return the addresses by sheet, and by row and column from 0; of a cell with several the first.

    Raises
    ------
    ValueError
        If the content is no XML.
    """
    finder = _Finder()
    parser = expat.ParserCreate()
    parser.StartElementHandler = finder.start
    try:
        with archive.open("content.xml") as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece, False)
    except expat.ExpatError as err:
        raise ValueError(str(err)) from err
    return finder.found
