"""Code book sheets, which explain codes in other sheets: labels of variables, and numbered lists of sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rallymap.intake.lexicon import fold
from rallymap.intake.readers.raw_table import RawTable
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.intake.tables.layout import Table

_VARIABLES = frozenset(
    "variable variables var variable name field field name column column name variablenname spalte feld variable "
    "colonne champ campo columna coluna kolom kolumn kolonne zmienna kolumna переменная поле столбец змінна".split()
) | {"variable name", "field name", "column name"}
_CODES = frozenset("code codes value values wert werte valeur valor valores valore waarde värde verdi wartość kod kode "
                   "código codice код значение значення numeric".split())  # fmt: skip
_LABELS = frozenset(
    "label labels meaning description bedeutung beschreibung bezeichnung libellé signification significado "
    "etiqueta descripción descrição etichetta significato betekenis omschrijving betydelse beskrivning beskrivelse "
    "betydning etykieta znaczenie opis метка описание расшифровка".split()
) | {"value label"}
_NUMBERS = frozenset("no nr number id ref nº n № num numéro número numero lfd #".split()) | {""}
_LINKS = frozenset("url link links weblink website enlace lien ссылка посилання".split()) | {
    "source url",
    "web address",
}
_HEADER_ROWS = 5
_MAX_SOURCE_COLUMNS = 8
_MAX_CODES = 500
_LIST = re.compile(r"[\[(]?\s*\d{1,4}(?:\s*[,;/&+]?\s*[\[\](),;\s]\s*\d{1,4})*\s*[\])]?")
_NUMBER = re.compile(r"\d{1,4}")
_SOURCES = frozenset({"source_title", "source_url"})


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Meaning of the codes in a workbook.

    Attributes
    ----------
    labels
        Code and label by folded column name.
    sources
        Address of a source by number.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def find_code_book(raws: Sequence[RawTable]) -> CodeBook:
    """Find the sheets of a workbook that explain codes; a file with one table has none."""
    labels: dict[str, dict[str, str]] = {}
    sources: dict[str, str] = {}
    for raw in raws if len(raws) > 1 else ():
        rows = [raw.header] if raw.header is not None else []
        body = [*rows, *(cells for _, cells in raw.rows[: _MAX_CODES + _HEADER_ROWS])]
        for at, cells in enumerate(body[:_HEADER_ROWS]):
            names = [fold(cell) for cell in cells]
            code, label = _column(names, _CODES), _column(names, _LABELS)
            if code is not None and label is not None and code != label:
                _add_labels(labels, body[at + 1 :], _column(names, _VARIABLES), code, label, raw.name)
                break
            number, link = _column(names, _NUMBERS), _column(names, _LINKS)
            if number == 0 and link is not None and len(names) <= _MAX_SOURCE_COLUMNS:
                sources |= _sources_of(body[at + 1 :], link)
                break
    return CodeBook(labels, sources)


def with_labels(table: Table, book: CodeBook) -> Table:
    """Replace codes in a table by their labels, and numbers of sources by their addresses."""
    meant: dict[int, Mapping[str, str]] = {}
    numbered: set[int] = set()
    for position, heading in enumerate(table.header):
        values = {cells[position].strip() for _, cells in table.rows if position < len(cells)} - {""}
        codes = book.labels.get(fold(heading), {})
        if codes and values and all(_code(value) in codes or _is_none(value) for value in values):
            meant[position] = codes
        elif book.sources and values and any(name in _SOURCES for name, _ in fields_of_heading(heading)[:1]):
            numbers = [set(_NUMBER.findall(value)) if _LIST.fullmatch(value) else {""} for value in values]
            if set().union(*numbers) <= book.sources.keys():
                numbered.add(position)
    if not meant and not numbered:
        return table
    rows = []
    for number, cells in table.rows:
        changed = list(cells)
        for position, codes in meant.items():
            if position < len(cells):
                changed[position] = codes.get(_code(cells[position]), cells[position])
        for position in numbered:
            if position < len(cells):
                changed[position] = "\n".join(book.sources[one] for one in _NUMBER.findall(cells[position]))
        rows.append((number, tuple(changed)))
    return replace(table, rows=rows)


def _column(names: Sequence[str], known: frozenset[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name in known), None)


def _add_labels(
    labels: dict[str, dict[str, str]],
    rows: Sequence[Sequence[str]],
    variable: int | None,
    code: int,
    label: int,
    name: str,
) -> None:
    above = "" if variable is not None else fold(name)
    for cells in rows:
        filled = [*cells, *[""] * (max(code, label, variable or 0) + 1 - len(cells))]
        if variable is not None:
            above = fold(filled[variable]) or above
        if above and filled[code].strip() and filled[label].strip():
            labels.setdefault(above, {})[_code(filled[code])] = filled[label].strip()


def _sources_of(rows: Sequence[Sequence[str]], link: int) -> dict[str, str]:
    return {
        _code(cells[0]): cells[link].strip()
        for cells in rows
        if len(cells) > link and _NUMBER.fullmatch(_code(cells[0])) and cells[link].strip().startswith("http")
    }


def _code(text: str) -> str:
    """Normalise a code, so that both sheets agree: "1" for "1.0"."""
    text = text.strip()
    return text[:-2] if re.fullmatch(r"-?\d+\.0", text) else text


def _is_none(text: str) -> bool:
    return fold(text) in ("", "na", "nan", "none", "null") or re.fullmatch(r"-?9+(?:\.0)?", text.strip()) is not None
