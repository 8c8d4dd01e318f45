"""Rows between those of events: what is said about dates, and about years without a protest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PART: Final = "(?:yyyy|jjjj|aaaa|dd|tt|jj|mm|yy|гггг|дд|мм)"
_FORMAT: Final = re.compile(rf"{_PART}(?:[-./ ]{_PART}){{1,2}}(?: hh:mm)?")
_WHETHER: Final = frozenset(
    ("protest", "is protest", "any protest", "protest event", "protest occurred", "event occurred")
)
_NO: Final = frozenset(("0", "0.0", "no", "n", "false"))


def is_date_format(text: str) -> bool:
    """Return whether a text is what a row of units has for a date: "YYYY-MM-DD"."""
    return _FORMAT.fullmatch(text.casefold()) is not None


def says_nothing_happened(header: Sequence[str], cells: Sequence[str]) -> bool:
    """Return whether a column that says if anything happened says no, as Mass Mobilization has it for quiet years."""
    return any(
        cell.strip().casefold() in _NO and heading.casefold().replace("_", " ").strip() in _WHETHER
        for heading, cell in zip(header, cells, strict=False)
    )
