"""Read tables in MediaWiki markup, as copied from the source of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rallymap.intake.cells.linked_text import with_link
from rallymap.intake.limits import MAX_CELL, MAX_COLUMNS, MAX_TABLES, check_size
from rallymap.intake.readers.raw_table import Opened, RawTable, Row

_MAX_LENGTH = 5 * 2**20
_HEADING = re.compile(r"(?m)^={1,6}[ \t]*([^=\n]{1,200})={1,6}[ \t]*$")
_BEGIN = re.compile(r"(?m)^[ \t:*]{0,20}\{\|")
_REF = re.compile(
    r"<ref(?:\s+name\s*=\s*[\"']?(?P<name>[^\"'/>]+)[\"']?)?[^<>]{0,300}?(?:/>|>(?P<text>(?:(?!<ref).)*?)</ref>)",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"https?://[^\s|\]}<>\"]+")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_FILE = re.compile(r"\[\[(?:File|Image|Datei|Fichier|Archivo|Файл):[^\[\]]*\]\]", re.IGNORECASE)
_WEB_LINK = re.compile(r"\[(https?://[^\s\]]+)(?:\s+([^\]]*))?\]")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_TAG = re.compile(r"<!--(?:(?!<!--).)*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s|\"'\[{]+)(?:\s+|(?=\|)))+\|(?!\|)")
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)
_NOTHING = frozenset(
    "cn citation needed fact flagicon dash n/a unknown efn refn sfn notetag center anchor dubious when who "
    "clarify nbsp".split()
) | {"citation needed", "better source needed", "failed verification"}
_DATES = frozenset({"dts", "start date", "date", "dtsh", "end date", "datum", "date table sorting"})
_LISTS = frozenset({"ubl", "unbulleted list", "plainlist", "hlist", "flatlist"})
_LAST = frozenset({"sort", "nts2", "hs", "tooltip"})
_ABOUT = frozenset({"circa", "c.", "ca", "approx"})
_MAX_PASSES = 5


def is_wikitext(text: str) -> bool:
    """Return whether a text contains a table in MediaWiki markup."""
    return "{|" in text and len(text) <= _MAX_LENGTH and next(_bodies(text), None) is not None


def read_wikitext(text: str) -> Opened:
    """Read the tables of a text, each named by its caption or the preceding heading."""
    refs: dict[str, tuple[str, ...]] = {}
    for match in _REF.finditer(text):
        if match["name"] and match["text"]:
            refs[match["name"].strip()] = tuple(_ADDRESS.findall(match["text"]))
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


@dataclass(frozen=True, slots=True)
class _Cell:
    """Text of a cell, and the addresses of its references."""

    text: str
    refs: tuple[str, ...] = ()


def _table(body: str, name: str, refs: Mapping[str, tuple[str, ...]]) -> RawTable:
    rows: list[tuple[dict[int, _Cell], bool]] = []
    spans: dict[int, tuple[int, _Cell]] = {}  # by column: number of following rows that repeat a cell, and the cell
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
            is_header = is_header or plain[0] == "!"
            cells += _split(plain[1:], is_header=plain[0] == "!")
        elif cells:
            cells[-1] += f"\n{line}"
    return RawTable(" ".join(name.split())[:80], list(_with_references(rows)))


def _place(
    cells: Sequence[str], spans: dict[int, tuple[int, _Cell]], refs: Mapping[str, tuple[str, ...]]
) -> dict[int, _Cell]:
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


def _with_references(rows: Sequence[tuple[dict[int, _Cell], bool]]) -> Iterator[Row]:
    """Yield the rows with an additional last column for the references in their cells, if there are any."""
    width = max((max(row) + 1 for row, _ in rows), default=0)
    has_refs = any(cell.refs for row, _ in rows for cell in row.values())
    number = 0
    for row, is_header in rows:
        texts = tuple(row[at].text if at in row else "" for at in range(width))
        if not any(texts):
            continue
        number += 1
        own = "\n".join(dict.fromkeys(address for cell in row.values() for address in cell.refs))
        yield number, (*texts, "source_url" if is_header else own) if has_refs else texts


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


def _read(text: str, named: Mapping[str, tuple[str, ...]]) -> _Cell:
    """Convert a cell to plain text; links follow their words, references are separate."""
    refs: list[str] = []

    def take_ref(match: re.Match[str]) -> str:
        refs.extend(_ADDRESS.findall(match["text"]) if match["text"] else named.get((match["name"] or "").strip(), ()))
        return ""

    text = _FILE.sub("", _BREAK.sub("\n", _REF.sub(take_ref, text)))
    for _ in range(_MAX_PASSES):
        changed = _TEMPLATE.sub(lambda match: _template(match[1]), text)
        if changed == text:
            break
        text = changed
    text = _WEB_LINK.sub(lambda match: with_link(match[2] or "", match[1]) if match[2] else match[1], text)
    text = _TAG.sub("", _LINK.sub(r"\1", text)).replace("'''", "").replace("''", "")
    text = text.replace("&nbsp;", " ").replace("&ndash;", "–")
    said = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return _Cell(said[: MAX_CELL + 1], tuple(refs))


def _template(inner: str) -> str:
    """Return the text of a template if its name is known; otherwise its first value."""
    name, *parts = [part.strip() for part in inner.split("|")]
    name = name.casefold().replace("_", " ")
    values = [part for part in parts if not re.match(r"[\w\s-]{1,20}=", part)]
    if name.startswith("formatnum:"):
        return name.removeprefix("formatnum:")
    if name in _NOTHING or not values:
        return ""
    if name in _DATES and values[0].isdecimal():
        return "-".join(value.zfill(2) for value in values[:3] if value.isdecimal())
    if name == "sortname":
        return " ".join(values[:2])
    if name in _LISTS:
        return "\n".join(values)
    if name in _ABOUT:
        return f"c. {values[0]}"
    return values[-1] if name in _LAST else values[0]
