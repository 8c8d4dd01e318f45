"""Check for and remove invisible characters and stacked combining marks."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters and symbols that are invisible: the Hangul fillers and the blank Braille pattern."""
_MARK = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u0f71-\u0f84\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
_STACKED = re.compile(f"({_MARK}{{6}}){_MARK}+")


def has_visible(text: str) -> bool:
    """Return whether a text contains a visible letter, digit, punctuation mark or symbol."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANKS for char in text)


def is_unseen(char: str) -> bool:
    """Return whether a character is invisible, or changes the direction of the text around it."""
    return char in _BLANKS or unicodedata.category(char) in ("Cf", "Co", "Cn", "Cc", "Zl", "Zp")


def strip_unseen(text: str) -> str:
    """Strip spaces and format characters, which copying right-to-left text adds, from both ends of a text."""
    start, end = 0, len(text)
    while start < end and _is_at_ends(text[start]):
        start += 1
    while end > start and _is_at_ends(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_at_ends(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"


def limit_marks(text: str) -> str:
    """Drop combining marks beyond the sixth on one letter: no script stacks more, and they would cover other lines."""
    return _STACKED.sub(r"\1", text)
