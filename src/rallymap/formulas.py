"""Prevent spreadsheet programs from running a text as a formula, and undo this on import.

Spreadsheet programs read a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break as a formula. A
leading apostrophe makes it text. :func:`unguard_cell` restores every text that :func:`guard_cell` changed.
"""

from __future__ import annotations

import re

RISKY_SIGNS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters of the texts that :func:`guard_cell` changes."""
_RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def guard_cell(text: str) -> str:
    """Prepend an apostrophe to a text that a spreadsheet program would run as a formula; numbers are unchanged."""
    if text[:1] not in RISKY_SIGNS:
        return text
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard_cell(text: str) -> str:
    """Remove the apostrophe that :func:`guard_cell` added."""
    return text[1:] if _GUARDED.match(text) and not _NUMBER.fullmatch(text) else text
