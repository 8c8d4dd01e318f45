"""Bring a cell to one form before it is read: digits of any script, spaces, dashes and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rallymap.intake.cells.linked_text import split_links
from rallymap.intake.lexicon import missing_marks

_SPACES = re.compile(r"\s+")
_SIGNS = str.maketrans(
    {
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "－": "-",
        "’": "'", "‘": "'", "´": "'", "`": "'", "٫": ".", "٬": ",", "،": ",", "：": ":", "／": "/", "～": "-",
        "\u200e": None, "\u200f": None, "\u200b": None, "\ufeff": None, "\u00ad": None,
    }
)  # fmt: skip


def fold_cell(text: str) -> str:
    """Return a cell's text with ASCII digits, plain dashes and single spaces, without addresses behind it."""
    text = split_links(text)[0]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
        text = "".join(
            str(unicodedata.decimal(char)) if not char.isascii() and char.isdecimal() else char for char in text
        )
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=65_536)
def is_missing(text: str, marks: frozenset[str] = frozenset()) -> bool:
    """Return whether a cell says that there is no value, by the usual marks or by those of its column."""
    folded = " ".join(text.split()).casefold().strip("\"'“”„ ")
    if folded in missing_marks() or folded in marks:
        return True
    if folded.startswith(("—", "–", "-")) and folded.strip("—–- ").startswith("("):
        return folded.strip("—–- ()") in missing_marks()
    return False
