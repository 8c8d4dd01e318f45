"""Keep a spreadsheet program from running a text as a formula, and undo this on import.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break is a formula to a spreadsheet program.
An apostrophe before it makes it text. Guarding and unguarding undo each other for every text.
"""

from __future__ import annotations

import re

RISKY_SIGNS = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What every text begins with that :func:`guard_cell` changes."""
_RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def guard_cell(text: str) -> str:
    """Return the text as it may be written into a table that a spreadsheet program opens; numbers stay as they are."""
    if text[:1] not in RISKY_SIGNS:
        return text
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard_cell(text: str) -> str:
    """Return the text that :func:`guard_cell` was given."""
    return text[1:] if _GUARDED.match(text) and not _NUMBER.fullmatch(text) else text
