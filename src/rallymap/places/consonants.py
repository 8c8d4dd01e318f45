"""Towns by the consonants of their names, for Arabic and Hebrew script, which seldom write short vowels.

"ماتاموروس" and "Matamoros" have the consonants m-t-m-r-s. Letters that the scripts do not distinguish, or that
languages write differently, are one class: p, b, f and v; g, k, q, kh and j; s, z, sh and ch. What may be a
vowel is left out.
"""

from __future__ import annotations

import re
import threading
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import OSA

from rallymap.folding import fold_letters
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.gazetteer import Gazetteer, Posting

_MIN_POPULATION: Final = 30_000
_LONG_WORD: Final = 7
_MIN_CONSONANTS: Final = 3
_MAX_TOWNS: Final = 6
_MIN_LIKENESS: Final = 0.5
_CLASSES: Final = {
    "b": "bpfvبپفڤבפף", "t": "tتطثטת", "k": "kgqjجگکقغخגכךקח", "d": "dدذضד", "s": "szcزسصظژشچזסצץש",
    "r": "rرר", "l": "lلל", "m": "mمמם", "n": "nنנן",
}  # fmt: skip
_VOWELS: Final = str.maketrans({"ا": "a", "ع": "a", "و": "o", "ی": "i", "א": "a", "ע": "a", "ו": "o", "י": "i"})
_CLASS_OF: Final = {ord(letter): name for name, letters in _CLASSES.items() for letter in letters}
_LATIN: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"sch|tsch|tch|sh|zh|ch|ts|tz|c(?=[eiy])", "s"),
        (r"ck|kh|gh|qu|c", "k"), ("ph", "f"), ("th", "t"), ("x", "ks"),
    )
)  # fmt: skip
_SEMITIC: Final = re.compile("تش|تس|טש")
_DOUBLE: Final = re.compile(r"(\w)\1")


def skeleton(word: str) -> str:
    """Reduce a folded name to the classes of its consonants."""
    if word.isascii():
        for pattern, letters in _LATIN:
            word = pattern.sub(letters, word)
    else:
        word = _SEMITIC.sub("ش", word)
    classes = _DOUBLE.sub(r"\1", word).translate(_CLASS_OF)
    return "".join(letter for letter in classes if letter in _CLASSES)


class ConsonantFinder:
    """Finds towns of 30 000 people or more by consonants; the index is made at the first question."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lock = threading.Lock()
        self._towns: dict[str, list[tuple[int, str]]] | None = None

    def find(self, words: tuple[str, ...], country: str) -> list[tuple[Posting, float]]:
        """List the towns that sound like the words, in a country (alpha-2, or "" for any), with their likeness 0..1."""
        name = "".join(words)
        consonants = skeleton(name)
        if len(consonants) < _MIN_CONSONANTS:
            return []
        spelled = "".join(fold_letters(anyascii(name.translate(_VOWELS))).split())
        found = [
            (Posting(place, NameRank.EXONYM, PlaceKind.CITY), OSA.normalized_similarity(spelled, latin))
            for place, latin in self._index().get(consonants, ())
            if country in ("", self._gazetteer.country(place))
        ]
        likely = [pair for pair in found if pair[1] >= _MIN_LIKENESS]
        return sorted(likely, key=lambda pair: (-pair[1], pair[0].place))[:_MAX_TOWNS]

    def _index(self) -> dict[str, list[tuple[int, str]]]:
        with self._lock:
            if self._towns is None:
                towns: dict[str, list[tuple[int, str]]] = {}
                for place in self._gazetteer.towns_of(_MIN_POPULATION):
                    words = fold_letters(self._gazetteer.name(place)).split()
                    # "Heroica Matamoros" is called Matamoros.
                    for latin in {"".join(words), words[-1]} if len(words[-1]) >= _LONG_WORD else {"".join(words)}:
                        if latin.isascii():
                            # Persian writes v as it writes o and u, Arabic as f.
                            for form in {skeleton(latin), skeleton(latin.replace("v", "").replace("w", ""))}:
                                towns.setdefault(form, []).append((place, latin))
                self._towns = towns
            return self._towns
