"""Taking a place text apart into segments: "Stortinget, near Oslo" -> "Stortinget" and, marked as near, "Oslo"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.vocabulary import NEAR

MAX_TEXT: Final = 400
_MAX_SEGMENTS: Final = 8
_STRONG: Final = re.compile(r"[,;|\n\r\t،؛，、；()\[\]{}]+|(?:\s+[-–—·•:]+\s*)|--+|\s*[–—]\s+|: ")
_WEAK: Final = re.compile(r"[/+&]+")
_NEAR: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(word) for word in sorted(NEAR, key=lambda w: (-len(w), w))) + r")(?!\w)"
)
_THE: Final = re.compile(r"^(?:the|der|die|das|la|le|les|l|el|al)\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text between separators.

    Attributes
    ----------
    text
        As written, trimmed.
    words
        Folded words, abbreviations not written out.
    near
        It names a place close to the one that is meant ("Villepinte near Paris").
    """

    text: str
    words: tuple[str, ...]
    near: bool = False


def split_segments(text: str) -> list[Segment]:
    """Split a text at commas, brackets, dashes and words such as "near"; at most eight segments, no empty ones."""
    segments: list[Segment] = []
    for part in _STRONG.split(text):
        folded = fold_letters(part)
        if not folded:
            continue
        pieces = _split_near(folded)
        for number, (near, words) in enumerate(pieces):
            # Only a part without "near" in it can be shown as it was written.
            written = part.strip(" .:-–—") if len(pieces) == 1 and not number else words
            segments.append(Segment(written, tuple(words.split()), near))
    return segments[:_MAX_SEGMENTS]


def split_weakly(segment: Segment) -> list[Segment]:
    """Split one segment further at slashes and the like; a list of one if there are none."""
    parts = [part for part in _WEAK.split(segment.text) if fold_letters(part)]
    if len(parts) < 2:
        return [segment]
    return [Segment(part.strip(), tuple(fold_letters(part).split()), segment.near) for part in parts]


def _split_near(folded: str) -> list[tuple[bool, str]]:
    pieces: list[tuple[bool, str]] = []
    near, start = False, 0
    for match in _NEAR.finditer(folded):
        before = folded[start : match.start()].strip()
        if before:
            pieces.append((near, before))
        near, start = True, match.end()
    rest = _THE.sub("", folded[start:].strip()) if near else folded[start:].strip()
    if rest:
        pieces.append((near, rest))
    return pieces or [(False, folded)]
