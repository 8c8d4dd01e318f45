"""Read tables in MediaWiki markup, as copied from the source of a page.

Own code, because wikitextparser has the licence GPL 3, which this project cannot take over, and mwparserfromhell 0.7.2
does not expand cells that span rows or columns, puts a first header row without "|-" outside of the rows, and needs
6.4 s and 175 MB for a table of 5 000 rows (this module: 0.6 s), and 10 s for 60 kB of unclosed tags. Neither knows what
a template means for a reader, which is :mod:`rallymap.intake.readers.wiki_templates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from rallymap.intake.cells.linked_text import with_link
from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, MAX_TABLES, check_size
from rallymap.intake.readers.raw_table import Opened, RawTable
from rallymap.intake.readers.references import CitedCell, addresses_in, rows_with_sources
from rallymap.intake.readers.wiki_templates import with_templates

_MAX_LENGTH = 5 * 2**20
_HEADING = re.compile(r"(?m)^={1,6}[ \t]*([^=\n]{1,200})={1,6}[ \t]*$")
_BEGIN = re.compile(r"(?m)^[ \t:*]{0,20}\{\|")
_REF = re.compile(
    r"<ref(?:\s+name\s*=\s*[\"']?(?P<name>[^\"'/>]+)[\"']?)?[^<>]{0,300}?(?:/>|>(?P<text>(?:(?!<ref).)*?)</ref>)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_FILE = re.compile(r"\[\[(?:File|Image|Datei|Fichier|Archivo|Файл):[^\[\]]*\]\]", re.IGNORECASE)
_WEB_LINK = re.compile(r"\[(https?://[^\s\]]+)(?:\s+([^\]]*))?\]")
_TAG = re.compile(r"<!--(?:(?!<!--).)*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"'\[{]+)(?:\s+|(?=\|)))+\|(?!\|)")
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_LONGEST_REMARK = 300


def is_wikitext(text: str) -> bool:
    """Return whether a text contains a table in MediaWiki markup."""
    return "{|" in text and len(text) <= _MAX_LENGTH and next(_bodies(text), None) is not None


def read_wikitext(text: str) -> Opened:
    """Read the tables of a text, each named by its caption or the preceding heading."""
    refs: dict[str, CitedCell] = {}
    for match in _REF.finditer(text):
        if match["name"] and match["text"]:
            refs[match["name"].strip()] = _read_reference(match["text"])
    tables = []
    for start, body in islice(_bodies(text), MAX_TABLES):
        headings = list(_HEADING.finditer(text, 0, start))
        tables.append(_table(body, _read(headings[-1][1], refs).text if headings else "", refs))
    for table in tables:
        check_size(len(table.rows), max((len(cells) for _, cells in table.rows), default=0))
    return Opened("MediaWiki", tuple(tables))


def _bodies(text: str) -> Iterator[tuple[int, str]]:
    """Yield the position of each table, and its lines between "{|" and "|}"."""
    at = 0
    for begin in _BEGIN.finditer(text):
        if begin.start() < at:
            continue  # a table inside a cell
        line, at = text.find("\n", begin.end()), text.find("\n|}", begin.end())
        if line < 0 or at < 0:
            return
        yield begin.start(), text[line + 1 : at]


def _table(body: str, name: str, refs: Mapping[str, CitedCell]) -> RawTable:
    rows: list[tuple[dict[int, CitedCell], bool]] = []
    spans: dict[int, tuple[int, CitedCell]] = {}  # by column: number of following rows that repeat a cell, and the cell
    cells: list[str] = []
    is_header = False
    for line in [*body.splitlines(), "|-"]:
        plain = line.strip()
        if plain.startswith("|+"):
            name = _read(_ATTRIBUTES.sub("", plain[2:], count=1), refs).text or name
        elif plain.startswith("|-"):
            if cells:
                rows.append((_place(cells, spans, refs), is_header))
            cells, is_header = [], False
        elif plain.startswith(("|", "!")):
            is_header = plain[0] == "!" and (is_header or not cells)  # other rows can begin with a heading, too
            cells += _split(plain[1:], is_header=plain[0] == "!")
        elif cells:
            cells[-1] += f"\n{line}"
    filled = [(row, is_header) for row, is_header in rows if any(cell.text for cell in row.values())]
    numbered = [(number, row, is_header) for number, (row, is_header) in enumerate(filled, 1)]
    return RawTable(" ".join(name.split())[:80], list(rows_with_sources(numbered)))


def _place(
    cells: Sequence[str], spans: dict[int, tuple[int, CitedCell]], refs: Mapping[str, CitedCell]
) -> dict[int, CitedCell]:
    """Return the cells of a row by column, including those that span from rows above; update the open spans."""
    row = {at: cell for at, (_, cell) in spans.items()}
    for at, (left, cell) in list(spans.items()):
        if left > 1:
            spans[at] = (left - 1, cell)
        else:
            del spans[at]
    for written in cells:
        attributes = _ATTRIBUTES.match(written)
        sizes = {which: int(size) for which, size in _SPAN.findall(attributes[0].lower())} if attributes else {}
        cell = _read(written[attributes.end() :] if attributes else written, refs)
        column = next(at for at in range(len(row) + 1) if at not in row)
        for at in range(column, min(column + max(1, sizes.get("col", 1)), MAX_COLUMNS + 1)):
            row[at] = cell
            if sizes.get("row", 1) > 1:
                spans[at] = (sizes["row"] - 1, cell)
    return row


def _split(line: str, *, is_header: bool) -> Iterator[str]:
    """Yield the cells of a line; pipes inside links and templates are not separators."""
    depth, start, at = 0, 0, 0
    while at < len(line):
        pair = line[at : at + 2]
        if pair in ("[[", "{{"):
            depth, at = depth + 1, at + 2
        elif pair in ("]]", "}}"):
            depth, at = max(0, depth - 1), at + 2
        elif depth == 0 and (pair == "||" or (is_header and pair == "!!")):
            yield line[start:at]
            start = at = at + 2
        else:
            at += 1
    yield line[start:]


def _read_reference(text: str) -> CitedCell:
    """Read a reference: its addresses, or its words if it has none."""
    if addresses := addresses_in(text):
        return CitedCell("", addresses)
    words = _read(text, {}).text
    return CitedCell("", (), (words,) if 0 < len(words) <= _LONGEST_REMARK else ())


def _read(text: str, named: Mapping[str, CitedCell]) -> CitedCell:
    """Convert a cell to plain text; links follow their words, references are separate."""
    refs: list[str] = []
    remarks: list[str] = []

    def take_ref(match: re.Match[str]) -> str:
        note = _read_reference(match["text"]) if match["text"] else named.get((match["name"] or "").strip())
        if note is not None:
            refs.extend(note.refs)
            remarks.extend(note.remarks)
        return ""

    text = _FILE.sub("", _BREAK.sub("\n", _REF.sub(take_ref, text)))
    text = with_templates(text, remarks)
    text = _WEB_LINK.sub(lambda match: with_link(match[2] or "", match[1]) if match[2] else match[1], text)
    text = _TAG.sub("", _LINK.sub(r"\1", text)).replace("'''", "").replace("''", "")
    text = text.replace("&nbsp;", " ").replace("&ndash;", "–")
    said = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return CitedCell(said[: MAX_CELL + 1], tuple(refs), tuple(remarks))
