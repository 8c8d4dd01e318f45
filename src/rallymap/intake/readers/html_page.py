"""Read tables from web pages, saved as HTML or as ".xls" downloads that are actually HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser

from rallymap.countries import read_country_code
from rallymap.intake.cells.linked_text import with_link
from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, MAX_TABLES, check_size, read_span, refuse
from rallymap.intake.readers.charset import decode
from rallymap.intake.readers.month_paragraphs import names_month
from rallymap.intake.readers.page_events import read_page_events
from rallymap.intake.readers.page_footnotes import Footnote, footnotes_of, is_footnote_mark, target_of
from rallymap.intake.readers.raw_table import Opened, RawTable
from rallymap.intake.readers.references import CitedCell, rows_with_sources
from rallymap.language import phrase

_CHARSET = re.compile(rb"charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INLINE = frozenset("span sup sub small b i em strong a abbr ins del u font".split())
"""Inline elements; larger hidden elements are often shown by a script, such as tabs."""
_UNSEEN = frozenset({"sortkey", "sr-only", "visually-hidden", "screen-reader-text", "noprint", "mw-editsection"})
_FIRST_SIGN = 0x1F1E6
_DECLARATION = re.compile(r"<!--|<[!?]")
_BREAKS = frozenset({"br", "p", "div", "li"})
_HEADINGS = frozenset({"title", "h1", "h2", "h3", "h4", "caption"})
_FOOTNOTE = re.compile(r"\d{1,3}|[a-z*†‡§]")
_LEAST_CELLS = 2
_MAX_SPAN = 1000
_MAX_CELLS = 2_000_000
_TOO_LARGE = phrase("This spreadsheet needs too much memory or time; save the sheet you need as CSV.")


def is_page(start: bytes) -> bool:
    """Return whether a file is a web page, by its first bytes."""
    start = start.lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")) or (
        start.startswith(b"<") and (b"<table" in start or b"<html" in start)
    )


def read_page(content: bytes) -> Opened:
    """Read a page's schema.org events, or else its tables.

    A table is named by its caption or the heading before it.

    Raises
    ------
    IntakeError
        If it contains no table.
    """
    stated = _CHARSET.search(content[:4000])
    remark = ""
    try:
        text = content.decode(stated[1].decode("ascii") if stated else "utf-8")
    except (LookupError, UnicodeDecodeError):
        text, remark = decode(content)
    if (events := read_page_events(text)) is not None:
        return Opened("HTML", (events,), (remark,) if remark else ())
    plain = _without_declarations(text)
    parser = _TableParser(footnotes_of(plain))
    parser.feed(plain)
    parser.close()
    tables = [
        table for table in parser.tables if len(table.rows) > 1 and max(len(c) for _, c in table.rows) >= _LEAST_CELLS
    ]
    if not tables:
        refuse(
            phrase(
                "This is a web page without a table; copy its events into a spreadsheet and save that as XLSX or CSV."
            )
        )
    for table in tables:
        check_size(len(table.rows), max(len(cells) for _, cells in table.rows))
    return Opened("HTML", tuple(tables[:MAX_TABLES]), (remark,) if remark else ())


def _without_declarations(text: str) -> str:
    """Remove comments, declarations and the beginning of an unclosed tag.

    Python's parser searches for the end of each again, which takes hours for some hundred kilobytes.
    """
    kept, at = list[str](), 0
    while (found := _DECLARATION.search(text, at)) is not None:
        kept.append(text[at : found.start()])
        closing = "-->" if found[0] == "<!--" else ">"
        end = text.find(closing, found.end())
        at = len(text) if end < 0 else end + len(closing)
    plain = "".join([*kept, text[at:]])
    last = plain.rfind(">") + 1
    return plain[:last] + plain[last:].replace("<", " ")


class _Open:
    """A table being parsed; a table inside one of its cells is parsed separately."""

    def __init__(self, name: str, count: Callable[[int], None]) -> None:
        self.name = name
        self._count = count
        self.rows: list[dict[int, CitedCell]] = []
        self.headers: set[int] = set()  # positions of rows that contain only headings
        self.spans: dict[int, tuple[int, CitedCell]] = {}  # by column: following rows that repeat a cell, and the cell
        self.cell: list[str] | None = None
        self.notes: list[Footnote] = []
        self.size = (1, 1)
        self.address = ""

    def begin_row(self) -> None:
        self.end_cell()
        check_size(len(self.rows), 0)
        self._count(len(self.spans))
        row = {column: cell for column, (_, cell) in self.spans.items()}
        self.spans = {column: (left - 1, cell) for column, (left, cell) in self.spans.items() if left > 1}
        self.headers.add(len(self.rows))
        self.rows.append(row)

    def begin_cell(self, attributes: dict[str, str | None], *, is_heading: bool) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row()
        if not is_heading:
            self.headers.discard(len(self.rows) - 1)
        self.cell, self.notes = [], []
        self.size = read_span(attributes.get("rowspan"), _MAX_SPAN), read_span(attributes.get("colspan"), _MAX_SPAN)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        text = "\n".join(" ".join(line.split()) for line in "".join(self.cell).splitlines() if line.strip())[
            : MAX_CELL + 1
        ]
        refs = tuple(address for note in self.notes for address in note.refs)
        cell = CitedCell(text, refs, tuple(note.remark for note in self.notes if note.remark))
        self.cell = None
        row = self.rows[-1]
        if len(row) > MAX_COLUMNS:
            return  # the table is rejected after parsing
        column = next(at for at in range(len(row) + 1) if at not in row)
        self._count(self.size[1])
        for at in range(column, min(column + self.size[1], MAX_COLUMNS + 1)):
            row[at] = cell
            if self.size[0] > 1:
                self.spans[at] = (self.size[0] - 1, cell)

    def table(self) -> RawTable:
        self.end_cell()
        rows = [(number, row, number - 1 in self.headers) for number, row in enumerate(self.rows, 1) if row]
        return RawTable(self.name, list(rows_with_sources(rows)))


class _TableParser(HTMLParser):
    def __init__(self, footnotes: Mapping[str, Footnote]) -> None:
        super().__init__(convert_charrefs=True)
        self._footnotes = footnotes
        self._mark: tuple[int, str] | None = None  # start of the text of a link to a footnote, and the footnote
        self.tables: list[RawTable] = []
        self._open: list[_Open] = []
        self._hidden = 0
        self._heading: list[str] | None = None
        self._last_heading = ""
        self._cells = 0
        self._is_of_flag = False  # whether the next picture is in a flag element
        self._unseen: list[str] = []  # open tags inside a hidden element
        self._raised: int | None = None  # start of a footnote mark's text in its cell

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MAX_CELLS:
            refuse(_TOO_LARGE)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = self._open[-1] if self._open else None
        if tag not in _VOID and (self._unseen or (tag in _INLINE and _is_unseen(attrs))):
            self._unseen.append(tag)
            return
        if tag != "img":
            of_flag = "flag" in (dict(attrs).get("class") or "").casefold()
            self._is_of_flag = of_flag or (self._is_of_flag and tag not in ("td", "th", "tr"))
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "img" and table is not None and table.cell is not None:
            table.cell.append(_flag(attrs, is_flag=self._is_of_flag))
        elif tag == "table" and len(self._open) < 20:
            self._heading = None
            self._open.append(_Open(self._last_heading, self._count))
        elif (tag in _HEADINGS and (table is None or table.cell is None)) or (
            tag == "p" and table is None and not self._last_heading
        ):
            self._heading = []
        elif table is not None and tag == "tr":
            table.begin_row()
        elif table is not None and tag in ("td", "th"):
            table.begin_cell(dict(attrs), is_heading=tag == "th")
        elif table is not None and table.cell is not None and tag in _BREAKS:
            table.cell.append("\n")
        elif table is not None and table.cell is not None and tag == "a":
            table.address = dict(attrs).get("href") or ""
            name = target_of(table.address)
            self._mark = (len(table.cell), name) if name in self._footnotes else None
        elif table is not None and table.cell is not None and tag == "sup":
            self._raised = len(table.cell)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
            return
        table = self._open[-1] if self._open else None
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif self._heading is not None and tag == "p":
            text, self._heading = " ".join("".join(self._heading).split()), None
            self._last_heading = text if names_month(text) else ""
        elif self._heading is not None and tag in _HEADINGS:
            text, self._heading = " ".join("".join(self._heading).split())[:80], None
            if tag == "caption":
                # The date is often in the heading, and the subject in the caption.
                above = self._last_heading
                is_more = any(map(str.isdecimal, above)) and not any(map(str.isdecimal, text))
                text = f"{above}: {text}" if is_more else text
            else:
                self._last_heading = text
            if table is not None:
                table.name = text
        elif table is not None and tag == "table":
            self.tables.append(self._open.pop().table())
        elif table is not None and tag in ("td", "th"):
            table.end_cell()
        elif table is not None and tag == "a":
            table.address = ""
            self._end_mark(table)
        elif table is not None and table.cell is not None and tag == "sup" and self._raised is not None:
            raised = "".join(table.cell[self._raised :]).strip()
            if _FOOTNOTE.fullmatch(raised) and "".join(table.cell[: self._raised]).strip():
                table.cell[self._raised :] = [f"[{raised}]"]  # not a digit of the preceding number
        if tag == "sup":
            self._raised = None

    def _end_mark(self, table: _Open) -> None:
        """Replace the mark of a footnote by the addresses of the footnote."""
        if self._mark is None or table.cell is None:
            return
        (start, name), self._mark = self._mark, None
        if is_footnote_mark("".join(table.cell[start:])):
            del table.cell[start:]
            table.notes.append(self._footnotes[name])

    def handle_data(self, data: str) -> None:
        if self._hidden or self._unseen:
            return
        if self._heading is not None:
            self._heading.append(data)
        table = self._open[-1] if self._open else None
        if table is not None and table.cell is not None:
            table.cell.append(with_link(data, table.address) if table.address and data.strip() else data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.tables.append(self._open.pop().table())


def _is_unseen(attrs: Sequence[tuple[str, str | None]]) -> bool:
    """Return whether an element is hidden, such as the sort keys in Wikipedia tables."""
    given = dict(attrs)
    if "hidden" in given and (given["hidden"] or "hidden") != "until-found":
        return True
    style = "".join((given.get("style") or "").lower().split())
    return "display:none" in style or not _UNSEEN.isdisjoint((given.get("class") or "").split())


def _flag(attrs: Sequence[tuple[str, str | None]], *, is_flag: bool) -> str:
    """Return the flag emoji for a picture of a country's flag, "" for other pictures."""
    given = dict(attrs)
    is_flag = is_flag or "flag" in f"{given.get('src') or ''} {given.get('class') or ''}".casefold()
    code = read_country_code(given.get("alt") or "") if is_flag else None
    return "".join(chr(_FIRST_SIGN + ord(letter) - ord("A")) for letter in code) + " " if code else ""
