"""Read tables from DOCX and ODT documents, as authorities send them in answer to requests.

Own code over expat, because the libraries load the whole document: python-docx 1.2.0 (with lxml, 15 MB installed) needs
4.7 s and 174 MB for a table of 20 000 rows, odfpy 1.4.1 (of 2020) 3.6 s and 214 MB; this module needs 0.9 s and 0.6 s,
and 37 MB, so that a small file that unpacks to gigabytes can be refused while it is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from rallymap.intake.cells.linked_text import with_link
from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, MAX_TABLES, MAX_UNPACKED, check_size, read_span, refuse
from rallymap.intake.readers.document_links import DocumentLinks, address_of_field, links_of_document
from rallymap.intake.readers.raw_table import Opened, RawTable
from rallymap.intake.readers.references import CitedCell, addresses_in, rows_with_sources
from rallymap.language import phrase

_PIECE = 256 * 1024
_TABLES = frozenset({"w:tbl", "table:table"})
_ROWS = frozenset({"w:tr", "table:table-row"})
_CELLS = frozenset({"w:tc", "table:table-cell", "table:covered-table-cell"})
_COVERED = "table:covered-table-cell"
_TEXTS = frozenset({"w:t", "text:p", "text:h"})
_PARAGRAPHS = frozenset({"w:p", "text:p", "text:h"})
_BLANKS = {"w:br": "\n", "text:line-break": "\n", "w:tab": " ", "text:tab": " ", "text:s": " "}
_UNSEEN = frozenset({"office:annotation", "text:tracked-changes", "text:note-citation"})
_NOTES = frozenset({"w:footnoteReference", "w:endnoteReference"})
_LINKS = frozenset({"w:hyperlink", "text:a", "w:fldSimple"})
_LONGEST_REMARK = 300
_MAX_CELLS = 2_000_000
_LONGEST_NAME = 80
_NO_TABLE = phrase("This is a text document; copy its table into a spreadsheet and save that as XLSX or CSV.")
_TOO_LARGE = phrase("This spreadsheet needs too much memory or time; save the sheet you need as CSV.")


def read_text_document(content: bytes) -> Opened | None:
    """Read the tables of a DOCX or ODT file, each named by the preceding paragraph; None for other archives.

    Raises
    ------
    IntakeError
        If the document contains no table, is damaged, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                kind, part = "DOCX", archive.getinfo("word/document.xml")
            elif "content.xml" in names and b"opendocument.text" in _mimetype(archive):
                kind, part = "ODT", archive.getinfo("content.xml")
            else:
                return None
            if part.file_size > MAX_UNPACKED:
                refuse(_TOO_LARGE)
            tables = _tables_of(archive, part, links_of_document(archive))
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return None
    tables = [table for table in tables if len(table.rows) > 1]
    if not tables:
        refuse(_NO_TABLE)
    for table in tables:
        check_size(len(table.rows), max(len(cells) for _, cells in table.rows))
    return Opened(kind, tuple(tables[:MAX_TABLES]))


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as part:
            return part.read(100)
    except KeyError:
        return b""


def _tables_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, links: DocumentLinks) -> list[RawTable]:
    finder = _Finder(links)
    parser = expat.ParserCreate()
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.CharacterDataHandler = finder.data
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
    except expat.ExpatError as err:
        raise ValueError(str(err)) from err
    return finder.tables


class _Finder:
    """Parser that collects the tables of a document; a table inside a cell becomes text of that cell."""

    def __init__(self, links: DocumentLinks) -> None:
        self.tables: list[RawTable] = []
        self._links = links
        self._rows: list[dict[int, CitedCell]] = []
        self._row: list[CitedCell] = []
        self._pieces: list[str] = []
        self._note: list[str] | None = None  # pieces of the ODT footnote that is being read
        self._notes: list[str] = []  # footnotes of the cell
        self._link: tuple[int, str] | None = None  # start of the linked text, and its address
        self._field: list[str] | None = None  # instruction of a DOCX field
        self._name = ""
        self._depth = self._texts = self._unseen = self._cells = 0
        self._span, self._is_merged, self._left = 1, False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNSEEN:
            self._unseen += 1
        elif name == "text:note":
            self._note = []
        elif name in _NOTES:
            self._notes.append(
                self._links.notes.get((name[2:].removesuffix("Reference"), attributes.get("w:id", "")), "")
            )
        elif name in _LINKS:
            self._begin_link(attributes)
        elif name == "w:fldChar":
            self._at_field(attributes.get("w:fldCharType"))
        elif name in _TABLES:
            self._depth += 1
            if self._depth == 1:
                self._rows = []
        elif name in _TEXTS:
            self._texts += 1
        elif name in _BLANKS:
            self._pieces.append(_BLANKS[name])
        elif self._depth == 1 and name in _ROWS:
            self._row = []
        elif self._depth == 1 and name in _CELLS:
            self._pieces, self._notes, self._link = [], [], None
            self._span, self._is_merged = 1, name == _COVERED
            spanned = read_span(attributes.get("table:number-columns-spanned"), MAX_COLUMNS)
            self._left = self._left if name == _COVERED else spanned - 1
        elif self._depth == 1 and name == "w:gridSpan":
            self._span = read_span(attributes.get("w:val"), MAX_COLUMNS)
        elif self._depth == 1 and name == "w:vMerge":
            self._is_merged = attributes.get("w:val") != "restart"

    def data(self, text: str) -> None:
        if self._field is not None:
            self._field.append(text)
        elif self._note is not None and not self._unseen:
            self._note.append(text)
        elif self._texts and not self._unseen:
            self._pieces.append(text)

    def _begin_link(self, attributes: dict[str, str]) -> None:
        address = (
            attributes.get("xlink:href")
            or self._links.addresses.get(attributes.get("r:id", ""))
            or address_of_field(attributes.get("w:instr", ""))
        )
        if self._note is not None:
            self._note.append(f" {address} ")
        elif address:
            self._link = len(self._pieces), address

    def _at_field(self, kind: str | None) -> None:
        """Follow a DOCX field: its instruction is between "begin" and "separate", its text between that and "end"."""
        if kind == "begin":
            self._field = []
        elif kind == "separate":
            address, self._field = address_of_field("".join(self._field or ())), None
            self._link = (len(self._pieces), address) if address else None
        else:
            self._field = None
            self._end_link()

    def _end_link(self) -> None:
        if self._link is not None:
            (start, address), self._link = self._link, None
            self._pieces[start:] = [with_link("".join(self._pieces[start:]), address)]

    def end(self, name: str) -> None:
        if name in _UNSEEN:
            self._unseen -= 1
        if name in _LINKS:
            self._end_link()
        elif name == "text:note" and self._note is not None:
            self._notes.append(" ".join("".join(self._note).split()))
            self._note = None
        if name in _TEXTS:
            self._texts -= 1
        if name in _PARAGRAPHS:
            self._pieces.append("\n")
            if not self._depth:
                said = " ".join("".join(self._pieces).split())
                self._name, self._pieces = said if 0 < len(said) <= _LONGEST_NAME else self._name, []
        elif name in _TABLES:
            self._depth -= 1
            if not self._depth:
                numbered = [(number, row, False) for number, row in enumerate(self._rows, 1)]
                self.tables.append(RawTable(self._name, list(rows_with_sources(numbered))))
                self._name = ""
        elif self._depth == 1 and name in _CELLS:
            self._end_cell(is_covered=name == _COVERED)
        elif self._depth == 1 and name in _ROWS:
            self._rows.append(dict(enumerate(self._row)))
            check_size(len(self._rows), len(self._row))

    def _end_cell(self, *, is_covered: bool) -> None:
        lines = (" ".join(line.split()) for line in "".join(self._pieces).splitlines())
        text = "\n".join(line for line in lines if line)[: MAX_CELL + 1]
        refs = tuple(address for note in self._notes for address in addresses_in(note))
        remarks = tuple(note for note in self._notes if 0 < len(note) <= _LONGEST_REMARK and not addresses_in(note))
        cell = CitedCell(text, refs, remarks)
        if is_covered and self._left > 0 and self._row:
            cell, self._left = self._row[-1], self._left - 1
        elif self._is_merged and not text and self._rows and len(self._row) in self._rows[-1]:
            cell = self._rows[-1][len(self._row)]
        self._row += [cell] * self._span
        self._cells += self._span
        if self._cells > _MAX_CELLS:
            refuse(_TOO_LARGE)
