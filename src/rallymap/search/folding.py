"""Fold a text to the words that a search compares; the same for events and for queries."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rallymap.folding import fold_letters

MAX_WORD: Final = 60
UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b6-\u17d3\u3099\u309a]*"
)
_EACH_UNSPACED: Final = re.compile(f"({UNSPACED.pattern})")
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")


def fold_words(text: str) -> list[str]:
    """Return the folded words of a text; in scripts without spaces each letter is a word."""
    folded = fold_letters(text)
    if not folded.isascii():
        folded = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), folded)
        folded = " ".join(_EACH_UNSPACED.split(folded))
    return [word[:MAX_WORD] for word in folded.split()]
