"""Latin spellings of a word in Arabic letters, which leave out most vowels: "پهلوی" is "Pahlavi"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Final

MIN_LETTERS: Final = 4
MAX_SPELLINGS: Final = 3_000
"""Maximum number of spellings; of words with more, only spellings with the usual vowels are tried."""

CONSONANTS: Final = {
    "ب": ("b",), "پ": ("p",), "ت": ("t",), "ث": ("s", "th"), "ج": ("j",), "چ": ("ch",), "ح": ("h",), "خ": ("kh",),
    "د": ("d",), "ذ": ("z",), "ر": ("r",), "ز": ("z",), "ژ": ("zh",), "س": ("s",), "ش": ("sh",), "ص": ("s",),
    "ض": ("z", "d"), "ط": ("t",), "ظ": ("z",), "غ": ("gh",), "ف": ("f",), "ق": ("gh", "q"), "ک": ("k",), "گ": ("g",),
    "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("h",), "ع": ("a", ""),
}  # fmt: skip
"""Folded letters and how Latin letters spell them."""
VOWELS: Final = {
    "first": {"ا": ("a", "e", "i", "o"), "و": ("v", "w"), "ی": ("y",)},
    "between": {"ا": ("a",), "و": ("o", "u", "ou", "v", "av", "ow"), "ی": ("i", "ee", "ei", "y", "ay", "ey")},
    "after a vowel": {"ا": ("a",), "و": ("v", "w"), "ی": ("i", "y")},
    "last": {"ا": ("a",), "و": ("o", "u"), "ی": ("i", "y"), "ه": ("eh", "e", "h", "ah")},
}
"""Letters for vowels by their position in a word."""
GAPS: Final = ("aeo", "iu", " ")
"""What can be between two consonants, the most frequent first; a space is for nothing."""


def latin_spellings(word: str) -> Iterator[str]:
    """Yield the Latin words that a folded word in Arabic letters can be; none for a short or a long word."""
    if len(word) < MIN_LETTERS:
        return
    for gaps in ("".join(GAPS), f"{GAPS[0]} "):
        parts = _parts(word, [gap.strip() for gap in gaps])
        if parts and prod(map(len, parts)) <= MAX_SPELLINGS:
            yield from dict.fromkeys(map("".join, product(*parts)))
            return


def _parts(word: str, gaps: Sequence[str]) -> list[Sequence[str]]:
    """Return the possible spellings of each letter, and of each gap between letters; [] for a word of other letters."""
    parts: list[Sequence[str]] = []
    behind = ""
    for at, letter in enumerate(word):
        where = "first" if not at else "last" if at == len(word) - 1 else "between"
        if behind == "vowel" and where == "between":
            where = "after a vowel"
        vowel, consonant = VOWELS[where].get(letter), CONSONANTS.get(letter)
        if vowel is None and consonant is None:
            return []
        if vowel is None and behind == "consonant":
            parts.append(gaps)
        parts.append(vowel or consonant or ())
        behind = "consonant" if vowel is None else "vowel"
    return parts
