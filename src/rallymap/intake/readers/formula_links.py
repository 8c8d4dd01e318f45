"""Web addresses behind cells and in HYPERLINK formulas."""

from __future__ import annotations

import re
from typing import NamedTuple

_TEXT = r'"((?:[^"]|""){1,1900})"'
_FORMULA = re.compile(rf"\s*(?:\w+:)?=?\s*HYPERLINK\(\s*{_TEXT}\s*(?:[;,]\s*(?:{_TEXT})?[^\"]*)?\)\s*", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class Link(NamedTuple):
    """An address behind a cell.

    Attributes
    ----------
    address
        "" where it cannot be read.
    shown
        What the cell shows where the file holds no value, or "".
    more
        Further addresses of the cell.
    """

    address: str
    shown: str = ""
    more: tuple[str, ...] = ()


Links = dict[tuple[int, int], Link]
"""Link by row and column of its cell, from 0."""


def link_of_formula(formula: str) -> Link | None:
    """Return the link of ``=HYPERLINK("https://example.org";"Report")``; None for other formulas.

    An address that is put together of several parts or is in another cell is "".
    """
    if "HYPERLINK(" not in formula.upper():
        return None
    match = _FORMULA.fullmatch(formula)
    address = match[1].replace('""', '"') if match else ""
    if match is None or not _WEB.fullmatch(address):
        return Link("")
    return Link(address, (match[2] or "").replace('""', '"').strip() or address)
