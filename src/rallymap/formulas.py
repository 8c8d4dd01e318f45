"""Prevent spreadsheet programs from running a text as a formula, and undo this on import.

Spreadsheet programs read a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break as a formula. A
leading apostrophe makes it text.

A text inside a cell can become one of its own: where commas are decimal signs, Excel splits a CSV at semicolons and
line breaks, whatever its quotation marks say, and LibreOffice offers semicolons and tabs. After such a character an
apostrophe is set before what could call a function, another file or a program; a harmless "- item" of a list stays.
:func:`unguard_cell` restores every text that :func:`guard_cell` changed.
"""

from __future__ import annotations

import re

RISKY_SIGNS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters of texts that need a guard at their start."""
_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
# Without one of these three, a formula can only compute with the cells of its file.
_CALL = r"(?=[^;\n\r\t]*[(|!\uff08])"
_RISKY_INSIDE = re.compile(rf"(?<=[;\n\r\t])(?=[ '\"]*{_SIGN}{_CALL})")
_GUARDED_INSIDE = re.compile(rf"(?<=[;\n\r\t])'(?=[ '\"]*{_SIGN}{_CALL})")


def guard_cell(text: str) -> str:
    """Prepend an apostrophe to what a spreadsheet program would run as a formula; numbers are unchanged."""
    text = _RISKY_INSIDE.sub("'", text)
    return f"'{text}" if text[:1] in RISKY_SIGNS and _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard_cell(text: str) -> str:
    """Remove the apostrophes that :func:`guard_cell` added."""
    text = text[1:] if _GUARDED.match(text) and not _NUMBER.fullmatch(text) else text
    return _GUARDED_INSIDE.sub("", text)
