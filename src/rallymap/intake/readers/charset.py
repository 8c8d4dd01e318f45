"""Decode bytes as UTF-8, or else by heuristics and a detector."""

from __future__ import annotations

import codecs
import re

from rallymap.intake.lexicon import fold, meanings
from rallymap.intake.limits import refuse
from rallymap.intake.readers.double_encoding import repair_double_encoding
from rallymap.intake.readers.latin_encodings import find_latin_encoding
from rallymap.language import phrase, phrase_n

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "koi8_r", "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp", "mac_roman", "cp850",
]  # fmt: skip
_NAMES = {
    "cp1252": "Windows-1252 (Western European)", "cp1250": "Windows-1250 (Central European)",
    "iso8859_2": "ISO 8859-2 (Central European)", "cp1251": "Windows-1251 (Cyrillic)", "gb18030": "GB18030",
}  # fmt: skip
_SINGLE_BYTE = ("cp1252", "cp1250", "cp1254", "cp1251", "cp1253", "cp1257", "cp1256", "cp1255", "cp874")
_CELL = re.compile(r"[,;\t|\"]+")
_SAMPLE = 256 * 1024
_MAX_DAMAGED_SHARE = 0.05
_MOST_ZEROS = 20
"""At most one in this many characters may be a zero byte, which some programs write at the end of a cell."""


def decode(content: bytes) -> tuple[str, str]:
    """Decode a text file.

    Returns
    -------
    text
        The text without byte order marks.
    remark
        A sentence for the user if the encoding is a guess or characters were lost; otherwise "".

    Raises
    ------
    IntakeError
        If it is not text.
    """
    text, remark = _decode(content)
    text, wrong, right = repair_double_encoding(text)
    if wrong and not remark:
        remark = phrase(
            "Letters that a program had damaged were mended: “{wrong}” is “{right}”.", wrong=wrong, right=right
        )
    return text, remark


def _decode(content: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _clean(content.decode(name, "replace")), ""
    try:
        return _clean(content.decode("utf-8")), ""
    except UnicodeDecodeError:
        pass
    zeros = content[:1000].count(0)
    if zeros > len(content[:1000]) // 4:
        name = "utf-16-le" if content[:1000:2].count(0) < zeros // 2 else "utf-16-be"
        return _clean(content.decode(name, "replace")), ""
    damaged = content.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    signs = sum(not char.isascii() for char in damaged)
    if lost <= signs * _MAX_DAMAGED_SHARE:
        return _clean(damaged), phrase_n(
            "{n} sign of this file is damaged; it is shown as �.",
            "{n} signs of this file are damaged; they are shown as �.",
            lost,
        )
    if (mixed := _decode_mixed(content)) is not None:
        return mixed
    name = _detect(content)
    shown = _NAMES.get(name, name)
    return _clean(content.decode(name, "replace")), phrase(
        "This file is not UTF-8; it was read as {shown}.", shown=shown
    )


def _decode_mixed(content: bytes) -> tuple[str, str] | None:
    """Decode a file of which some lines are UTF-8, because it was joined from files; None for other files."""
    lines = content.split(b"\n")
    is_other = [not line.isascii() and "\ufffd" in line.decode("utf-8", "replace") for line in lines]
    if not any(not line.isascii() and not other for line, other in zip(lines, is_other, strict=True)):
        return None
    name = _detect(b"\n".join(line for line, other in zip(lines, is_other, strict=True) if other))
    text = "\n".join(
        line.decode(name if other else "utf-8", "replace") for line, other in zip(lines, is_other, strict=True)
    )
    shown = _NAMES.get(name, name)
    return _clean(text), phrase("Some lines of this file are not UTF-8; they were read as {shown}.", shown=shown)


def _detect(content: bytes) -> str:
    # Only lines with non-ASCII bytes distinguish encodings.
    lines = b"\n".join(line for line in content[: _SAMPLE * 4].splitlines() if not line.isascii())[:_SAMPLE]
    if (latin := find_latin_encoding(lines[:20_000])) is not None:
        return latin
    # Imported lazily: most files are UTF-8.
    from charset_normalizer import from_bytes

    found = from_bytes(lines or content[:_SAMPLE], cp_isolation=_LEGACY)
    best = found.best()
    # Encodings of one family give the same text for most files; choose the most common one then.
    western = content.decode("cp1252", "replace")
    is_western = best is None or western == content.decode(best.encoding, "replace")
    name = "cp1252" if best is None or is_western else best.encoding
    return (
        max((name, *_SINGLE_BYTE), key=lambda one: _known_words(content[:2000], one)) if name in _SINGLE_BYTE else name
    )


def _known_words(content: bytes, name: str) -> int:
    """Count known heading words in a text's first lines, decoded with one encoding."""
    known = meanings("headings")
    text = content.decode(name, "replace")
    return sum(
        fold(cell) in known for line in text.splitlines()[:6] for cell in _CELL.split(line) if not cell.isascii()
    )


def _clean(text: str) -> str:
    text = text.replace("\ufeff", "")  # also between files that were joined
    if text.count("\x00") * _MOST_ZEROS > len(text):
        refuse(phrase("This is neither a text file nor a spreadsheet; give a table, a calendar, GeoJSON or JSON."))
    return text.replace("\x00", "")
