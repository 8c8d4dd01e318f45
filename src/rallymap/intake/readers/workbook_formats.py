"""Read what XLSX cells show besides their values: percent, currency, months, struck-through text, footnotes, errors.

The library gives values only: 0.75 for "75%", the first day for "March 2022", "5001" for "500" with a footnote mark.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

_MAX_SHARED = 32 * 1024 * 1024
_MAX_STYLES = 2_000
_NUMBER_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_FONTS = re.compile(r"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(r"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_CELL_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)=\"([^\"]*)\"")
_STRIKE = re.compile(r"<(?:\w+:)?strike(?:\s+val=\"(?:1|true|on)\")?\s*/>")
_SUPERSCRIPT = re.compile(r"<(?:\w+:)?vertAlign\s+val=\"superscript\"")
_ITEM = re.compile(r"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>", re.DOTALL)
_RUN = re.compile(r"<(?:\w+:)?r>(.*?)</(?:\w+:)?r>", re.DOTALL)
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", re.DOTALL)
_PHONETIC = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_SPACE = re.compile(r"[_*].")
"""A space as wide as a sign, such as "_€" in thousands without a currency, and a sign that fills the cell."""
_QUOTED = re.compile(r"\"[^\"]*\"|\\.")
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_BUILT_IN = {"9": "0%", "10": "0.00%", "17": "mmm-yy"}
_CURRENCIES = dict.fromkeys(("5", "6", "7", "8", "42", "44"), "$0")
_MARK = re.compile(r"\s*\(?(\d{1,2}(?:\s?[,;/]\s?\d{1,2})*)\)?\s*")
_UNIT = re.compile(r"(?:(?<![^\W\d_])[ckdm]?m|\bCO)$")
_FIRST_OF_MONTH = re.compile(r"\d{4}-\d{2}-01")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class CellFormat(NamedTuple):
    """How a cell shows its value.

    Attributes
    ----------
    shows
        "%", "month", "year", or a currency sign; "" for anything else.
    is_struck
        Whether the whole cell is struck through.
    error
        The error that the cell contains, such as "#REF!"; "" if none.
    """

    shows: str = ""
    is_struck: bool = False
    error: str = ""


Formats = dict[tuple[int, int], CellFormat]
"""Formats by row and column of the cell, from 0."""


@dataclass(frozen=True, slots=True)
class WorkbookFormats:
    """Formats of a workbook.

    Attributes
    ----------
    styles
        Format of each style that changes the meaning of a value, by its number.
    marked
        Texts with footnote marks and struck-through words, by the text that the library gives.
    """

    styles: Mapping[bytes, CellFormat]
    marked: Mapping[str, str]


def read_formats(archive: zipfile.ZipFile) -> WorkbookFormats:
    """Read styles and shared texts of an XLSX archive; what is missing gives no formats."""
    return WorkbookFormats(_styles(_text_of(archive, "xl/styles.xml")), _marked_texts(archive))


def mark_runs(runs: str) -> tuple[str, str]:
    """Return the text of formatted runs (XML) without formats, and with footnote marks and struck-through words."""
    plain = marked = ""
    for run in _RUN.findall(_PHONETIC.sub("", runs)):
        text = html.unescape("".join(_TEXT.findall(run)))
        mark = _MARK.fullmatch(text) if _SUPERSCRIPT.search(run) and plain.strip() else None
        if mark is not None and not _UNIT.search(plain):
            marked += "".join(f"[{number}]" for number in re.findall(r"\d+", mark[1]))
        elif _STRIKE.search(run) and (words := text.strip()):
            marked += text.replace(words, f"~~{words}~~")
        else:
            marked += text
        plain += text
    return plain, marked


def exact_columns(rows: list[tuple[int, tuple[str, ...]]], formats: Formats) -> frozenset[int]:
    """Return the columns with days that are not the first of a month, although their format shows only the month."""
    by_number = dict(rows)
    return frozenset(
        column
        for (row, column), cell_format in formats.items()
        if cell_format.shows in ("month", "year")
        and (cells := by_number.get(row + 1)) is not None
        and column < len(cells)
        and _DAY.match(cells[column])
        and not _FIRST_OF_MONTH.match(cells[column])
    )


def as_shown(text: str, cell_format: CellFormat, *, is_exact: bool) -> str:
    """Return the text of a cell as its format shows it; `is_exact` if the days of its column are meant."""
    if cell_format.error:
        return text or cell_format.error
    if not text:
        return text
    shows = cell_format.shows
    if shows in ("month", "year"):
        if not is_exact and _FIRST_OF_MONTH.fullmatch(text):
            text = text[:4] if shows == "year" and text[5:7] == "01" else text[:7]
    elif shows and _NUMBER.fullmatch(text):
        text = f"{round(float(text) * 100, 4):g}%" if shows == "%" else f"{text} {shows}"
    return f"~~{text}~~" if cell_format.is_struck else text


def _styles(text: str) -> dict[bytes, CellFormat]:
    codes = {}
    for match in _NUMBER_FORMAT.finditer(text):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        codes[attributes.get("numFmtId", "")] = html.unescape(attributes.get("formatCode", ""))
    fonts = _FONTS.search(text)
    struck = [_STRIKE.search(match[1] or "") is not None for match in _FONT.finditer(fonts[0] if fonts else "")]
    cells = _CELL_STYLES.search(text)
    found: dict[bytes, CellFormat] = {}
    for number, match in enumerate(_STYLE.finditer(cells[0] if cells else "")):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        wanted = attributes.get("numFmtId", "0")
        font = attributes.get("fontId", "0")
        is_struck = font.isdecimal() and int(font) < len(struck) and struck[int(font)]
        shown = cell_format(wanted, codes.get(wanted, ""), is_struck=is_struck)
        if shown != CellFormat() and len(found) < _MAX_STYLES:
            found[str(number).encode()] = shown
    return found


def cell_format(number: str, code: str, *, is_struck: bool) -> CellFormat:
    """Return what a style shows: by the code of its number format, or the format's number if it is built in."""
    return CellFormat(_shows(code or _BUILT_IN.get(number) or _CURRENCIES.get(number, "")), is_struck)


def _shows(code: str) -> str:
    """Return what a number format shows: "%", "month", "year" or a currency sign; "" for anything else."""
    first = _SPACE.sub("", code.partition(";")[0])
    bare = _QUOTED.sub("", first)
    if "%" in bare:
        return "%"
    if (named := _CURRENCY.search(first)) is not None:
        return named[1].strip()
    if (sign := next((char for char in first if unicodedata.category(char) == "Sc"), "")) != "":
        return sign
    letters = set(re.findall(r"[ymdhse]", _IN_BRACKETS.sub("", bare).lower()))
    return {frozenset("ym"): "month", frozenset("y"): "year"}.get(frozenset(letters), "")


def _marked_texts(archive: zipfile.ZipFile) -> dict[str, str]:
    text = _text_of(archive, "xl/sharedStrings.xml")
    if not _STRIKE.search(text) and not _SUPERSCRIPT.search(text):
        return {}
    marked: dict[str, str] = {}
    plain = set()
    for match in _ITEM.finditer(text):
        if "vertAlign" in match[1] or "strike" in match[1]:
            words, with_marks = mark_runs(match[1])
            if words != with_marks:
                marked[words] = with_marks
                continue
        plain.add(html.unescape("".join(_TEXT.findall(_PHONETIC.sub("", match[1])))))
    return {words: with_marks for words, with_marks in marked.items() if words not in plain}


def _text_of(archive: zipfile.ZipFile, part: str) -> str:
    try:
        if archive.getinfo(part).file_size > _MAX_SHARED:
            return ""
    except KeyError:
        return ""
    return archive.read(part).decode("utf-8", "replace")
