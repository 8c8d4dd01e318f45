"""Web addresses of cells and in HYPERLINK formulas."""

from __future__ import annotations

import re
from typing import NamedTuple

_TEXT = r'"((?:[^"]|""){1,1900})"'
_FORMULA = re.compile(rf"\s*(?:\w+:)?=?\s*HYPERLINK\(\s*{_TEXT}\s*(?:[;,]\s*(?:{_TEXT})?[^\"]*)?\)\s*", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class Link(NamedTuple):
    """Link of a cell.

    Attributes
    ----------
    address
        "" if it cannot be read.
    shown
        Text that the cell shows if the file contains no value, or "".
    more
        Further addresses of the cell.
    """

    address: str
    shown: str = ""
    more: tuple[str, ...] = ()


Links = dict[tuple[int, int], Link]
"""Links by row and column of the cell, from 0."""


def link_of_formula(formula: str) -> Link | None:
    """Return the link of ``=HYPERLINK("https://example.org";"Report")``; None for other formulas.

    The address is "" if it is concatenated or taken from another cell.
    """
    if "HYPERLINK(" not in formula.upper():
        return None
    match = _FORMULA.fullmatch(formula)
    address = match[1].replace('""', '"') if match else ""
    if match is None or not _WEB.fullmatch(address):
        return Link("")
    return Link(address, (match[2] or "").replace('""', '"').strip() or address)
