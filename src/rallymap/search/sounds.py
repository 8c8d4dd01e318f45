"""Consonant keys: words of different scripts with the same key sound alike, such as "Teheran" and "تهران"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

MIN_CONSONANTS: Final = 4

LATIN_MARK: Final = "ǁ"
"""Starts the keys of Latin words; those of other words have another mark, as only different scripts match by sound."""
OTHER_MARK: Final = "ǂ"
CLASSES: Final = (
    ("b", "bpfvبپفڤבפףбпфвβπφ"), ("t", "tتطثטתтτθ"), ("d", "dدذضדдδ"), ("k", "kgqjcجگکقغخגכךקחкгхґκγχ"),
    ("s", "szxسزصظژشچזסצץשсзцшщжчσςζξ"), ("r", "rرרрρ"), ("l", "lلלлλ"), ("m", "mمמмμ"), ("n", "nنנןнν"), ("h", "hهحה"),
)  # fmt: skip
"""Name and letters of each class of consonants."""
DIGRAPHS: Final = (
    (r"t?sch|tch|sh|zh|ch|ts|tz|c(?=[eiy])", "s"), ("kh|gh|qu|ck", "k"), ("ph", "f"), ("th", "t"),
)  # fmt: skip
"""Patterns of Latin letters for one sound, and the letter that replaces them; also valid in JavaScript."""
_CLASS_OF: Final = {ord(letter): name for name, letters in CLASSES for letter in letters}
_DIGRAPHS: Final = tuple((re.compile(pattern), letters) for pattern, letters in DIGRAPHS)
_DOUBLE: Final = re.compile(r"(\w)\1+")


@lru_cache(maxsize=10_000)  # an import indexes the same names thousands of times
def marked_sound(word: str) -> str:
    """Return the consonant key of a word, with the mark of its script; "" if it is too short."""
    sound = _sound(word)
    return (LATIN_MARK if word.isascii() else OTHER_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""


def sound_of_others(letters: tuple[str, ...]) -> str:
    """Return the consonant key by which a word of another script matches this one; "" if it is too short."""
    sound = _sound(letters[0]) if len(letters) == 1 else ""
    return (OTHER_MARK if letters[0].isascii() else LATIN_MARK) + sound if len(sound) >= MIN_CONSONANTS else ""


def _sound(word: str) -> str:
    """Return the classes of a word's consonants; vowels are written differently or not at all in other languages."""
    for pattern, letters in _DIGRAPHS if word.isascii() else ():
        word = pattern.sub(letters, word)
    classes = _DOUBLE.sub(r"\1", word).translate(_CLASS_OF)
    return "".join(c for c in classes.rstrip("h") if c in "btdksrlmnh")
