"""Language of a row's title and summary, and translations of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count

from rallymap.events import MAX_ITEMS, MAX_TEXT, MAX_TITLE
from rallymap.intake.groups import split_name
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.tables.tagged_headings import TAGGED, language_of_heading
from rallymap.language import clean_tag, phrase

_MOST = {"title": MAX_TITLE, "about": MAX_TEXT}


@dataclass(slots=True)
class _Texts:
    """Title and summary in one language, with their cells."""

    title: str = ""
    about: str = ""
    cells: list[Cell] = field(default_factory=list)


def promote_tagged(row: Row) -> None:
    """Use the first title in a stated language as the title if the row has no other."""
    tagged = next((key for key in row.cells if key.startswith("title:")), "")
    if tagged and not row.first("title"):
        row.cells["title"] = row.cells.pop(tagged)


def read_languages(row: Row) -> None:
    """Write ``language`` and the group ``translation`` of a row whose title and summary are already written.

    If a text under a heading with a language, such as ``name:uk``, equals the title, it gives the title's language and
    is not a translation. Invalid values are left out with a note.
    """
    if not _has_languages(tuple(row.cells)) and not _said_of_title(row):
        return  # most rows
    found = _by_language(row)
    language = _language_of_title(row)
    about = row.first("about")
    of_about = [tag for tag, name, cell in _tagged(row) if name == "about" and about and cell.text == about.text]
    if language and of_about and language not in of_about:
        row.texts.pop("about", None)  # it was only written in another language
    if language:
        row.texts["language"] = language
        if (same := found.pop(language, None)) is not None:
            _fill(row, same)
    numbers = count(1)
    for tag, texts in list(found.items())[:MAX_ITEMS]:
        number = next(numbers)
        parts = {"language": tag, "title": texts.title, "about": texts.about}
        row.texts |= {f"translation{number}_{part}": text for part, text in parts.items() if text}


def _fill(row: Row, same: _Texts) -> None:
    """Use texts in the original's language if the row has no other; otherwise add notes."""
    for name, text in (("title", same.title), ("about", same.about)):
        if text and not row.texts.get(name):
            row.texts[name] = text
        elif text and text != row.texts[name]:
            for cell in same.cells:
                row.leave_out(cell, phrase("The row has another text in the same language."))


def _language_of_title(row: Row) -> str:
    cell = row.first("language")
    tag = clean_tag(cell.text) if cell is not None else ""
    if tag is None and cell is not None:
        row.leave_out(cell, phrase("This is not the code of a language, such as fa or zh-Hant."))
    title, said = row.first("title"), _said_of_title(row)
    same = (tag for tag, name, cell in _tagged(row) if name == "title" and title and cell.text == title.text)
    return tag or said or next(same, "")


def _said_of_title(row: Row) -> str:
    """Return the language in the heading of the title, or ""."""
    title = row.first("title")
    return language_of_heading(title.column.heading) if title is not None else ""


@lru_cache(maxsize=512)
def _has_languages(fields: tuple[str, ...]) -> bool:
    """Return whether any of the fields of a row can give a language."""
    return any(name.startswith(("language", "translation")) or ":" in name for name in fields)


def _by_language(row: Row) -> dict[str, _Texts]:
    """Return the row's further texts by language tag; a second text in a language is left out."""
    found: dict[str, _Texts] = {}
    for tag, name, cell in (*_tagged(row), *_numbered(row)):
        texts = found.setdefault(tag, _Texts())
        text = _line(cell.text) if name == "title" else cell.text.strip()
        if len(text) > _MOST[name]:
            row.leave_out(cell, phrase("This is longer than the {most} characters that fit.", most=_MOST[name]))
        elif getattr(texts, name):
            row.leave_out(cell, phrase("The row has another text in the same language."))
        else:
            setattr(texts, name, text)
            texts.cells.append(cell)
    return {tag: texts for tag, texts in found.items() if texts.title or texts.about}


def _tagged(row: Row) -> Iterator[tuple[str, str, Cell]]:
    """Yield the cells under headings with a language."""
    for name, cells in row.cells.items():
        if ":" in name and (match := TAGGED.fullmatch(name)) is not None:
            yield from ((match[2], match[1], cell) for cell in cells)


def _numbered(row: Row) -> Iterator[tuple[str, str, Cell]]:
    """Yield the cells of the numbered columns in our own tables."""
    numbers: dict[int, dict[str, Cell]] = {}
    for name, cells in row.cells.items():
        if (split := split_name(name)) is not None and split[0] == "translation":
            numbers.setdefault(split[1], {})[split[2]] = cells[0]
    for _, parts in sorted(numbers.items()):
        stated = parts.pop("language", None)
        tag = clean_tag(stated.text) if stated is not None else ""
        for name, cell in parts.items():
            if tag:
                yield tag, name, cell
            else:
                row.leave_out(cell, phrase("The table does not say which language this text is in."))


def _line(text: str) -> str:
    return " ".join(text.split())
