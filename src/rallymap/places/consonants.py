"""Find towns by the consonants of their names, for Arabic and Hebrew script, which rarely write short vowels.

"ماتاموروس" and "Matamoros" both have the consonants m-t-m-r-s. Letters that the scripts do not distinguish, or that
languages write differently, form one class: p, b, f and v; g, k, q, kh and j; s, z, sh and ch. Among towns with the
same classes, those whose consonants match exactly and whose vowels match the written ones are more likely.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from typing import Final, NamedTuple

from rallymap.folding import fold_letters
from rallymap.places.codes import CITY, EXONYM
from rallymap.places.gazetteer import Gazetteer, Posting

_MIN_POPULATION: Final = 30_000
_MIN_POPULATION_IN_COUNTRY: Final = 1000
_LONG_WORD: Final = 7
_MAX_TOWNS: Final = 6
# Maximum difference of two names by number of consonants; names with fewer than two consonants are not compared.
_MAX_DISTANCE: Final = {2: 1.0}
_MAX_DISTANCE_LONG: Final = 2.0
_CLASSES: Final = {
    "b": "bpfvبپفڤבפף", "t": "tتطثטת", "k": "kgjXجگکقغخגכךקח", "d": "dدذضד", "s": "szcSCZTزسصظژشچזסצץש",
    "r": "rرר", "l": "lلל", "m": "mمמם", "n": "nنנן",
}  # fmt: skip
_CLASS_OF: Final = {letter: name for name, letters in _CLASSES.items() for letter in letters}
# Sounds written with several Latin letters, replaced by one sign: S for sh, C for ch, Z for zh, T for ts, X for kh.
_LATIN: Final = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        ("tsch|tch|ch", "C"), ("sch|sh", "S"), ("zh", "Z"), ("ts|tz", "T"), (r"c(?![eiy])|ck|qu?", "k"), ("kh", "X"),
        ("gh", "g"), ("ph", "f"), ("th", "t"), ("x", "ks"),
    )
)  # fmt: skip
_SEMITIC: Final = re.compile("تش|تس|טש|טס")
_DOUBLE: Final = re.compile(r"(\w)\1")
#: Letters, and the Latin letters or signs that they stand for.
_USED_FOR: Final = {
    letter: latin
    for letters, latin in (
        ("پ", "p"), ("ب", "bpv"), ("ف", "fvp"), ("ڤ", "v"), ("פף", "pf"), ("ב", "bv"), ("ک", "kX"), ("ق", "kg"),
        ("خ", "Xj"), ("غ", "gX"), ("ج", "jgZ"), ("گ", "g"), ("ג", "g"), ("ק", "k"), ("כך", "kX"), ("ח", "XC"),
        ("سص", "scz"), ("زظ", "zsZ"), ("ش", "SCs"), ("ژ", "Zjz"), ("چ", "C"), ("ז", "zZj"), ("ס", "sc"),
        ("צץ", "TzCc"), ("ש", "SsC"),
    )
    for letter in letters
}  # fmt: skip
_OTHER_CONSONANT: Final = 0.6
_VOWELS: Final = {
    letter: vowel
    for vowel, letters in (("a", "aاعאע"), ("o", "ouwvوו"), ("i", "eiyیי"), ("h", "hهحה"))
    for letter in letters
}
#: A written vowel, and those that it can stand for; a final h is often an a.
_STANDS_FOR: Final = {"a": "ao", "o": "o", "i": "i", "h": "hai"}
_UNWRITTEN: Final = 0.3
_UNWRITTEN_AT_START: Final = 0.8
_UNWRITTEN_BESIDE_ANOTHER: Final = 0.15
_ADDED: Final = {"a": 0.9, "o": 0.9, "i": 0.9, "h": 0.4}
_OTHER_VOWEL: Final = 0.8
_NEAR_VOWEL: Final = 0.2


class _Spelling(NamedTuple):
    """A name as consonant classes, the consonants themselves, and the vowels before, between and after them."""

    classes: str
    letters: str
    between: tuple[str, ...]


def _spell(word: str) -> _Spelling:
    if word.isascii():
        for pattern, sign in _LATIN:
            word = pattern.sub(sign, word)
    else:
        word = _SEMITIC.sub("چ", word)
    classes, letters, between = [], [], [""]
    for letter in _DOUBLE.sub(r"\1", word):
        if letter in _CLASS_OF:
            classes.append(_CLASS_OF[letter])
            letters.append(letter)
            between.append("")
        else:
            between[-1] += letter
    return _Spelling("".join(classes), "".join(letters), tuple(between))


def skeleton(word: str) -> str:
    """Reduce a folded name to its consonant classes."""
    return _spell(word).classes


class ConsonantFinder:
    """Finder of towns by consonants: those with at least 30 000 people, or 1000 in a given country.

    The index is built on first use.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._lock = threading.Lock()
        self._index = functools.lru_cache(maxsize=2)(self._make_index)

    def find(self, words: tuple[str, ...], country: str) -> list[tuple[Posting, float]]:
        """Return the towns that sound like the words, in a country (alpha-2, or "" for any), most similar first.

        Each has a distance: 0 for the same sounds, plus about 1 for each different sound.
        """
        name = _spell("".join(words))
        if len(name.classes) < min(_MAX_DISTANCE):
            return []
        most = _MAX_DISTANCE.get(len(name.classes), _MAX_DISTANCE_LONG)
        with self._lock:
            index = self._index(country)
        unlike = [(_distance(_spell(latin), name), place) for place, latin in index.get(name.classes, ())]
        likely = sorted(pair for pair in unlike if pair[0] <= most)[:_MAX_TOWNS]
        return [(Posting(place, EXONYM, CITY), cost) for cost, place in likely]

    def _make_index(self, country: str) -> dict[str, list[tuple[int, str]]]:
        towns: dict[str, list[tuple[int, str]]] = {}
        for place in self._gazetteer.towns_of(_MIN_POPULATION_IN_COUNTRY if country else _MIN_POPULATION):
            if country in ("", self._gazetteer.country(place)):
                for latin in _forms(fold_letters(self._gazetteer.name(place)).split()):
                    towns.setdefault(skeleton(latin), []).append((place, latin))
        return towns


def _forms(words: list[str]) -> Iterator[str]:
    """Yield the forms of a town's name that may be transliterated: "Heroica Matamoros" is also called Matamoros."""
    for latin in {"".join(words), words[-1]} if len(words[-1]) >= _LONG_WORD else {"".join(words)}:
        if latin.isascii():
            # Persian writes v like o and u, Arabic writes v as f.
            yield from {latin, latin.replace("v", "u").replace("w", "u")}


def _distance(latin: _Spelling, name: _Spelling) -> float:
    """Return the distance of two names with the same consonant classes."""
    unlike = 0.0
    for own, written in zip(latin.letters, name.letters, strict=True):
        unlike += _OTHER_CONSONANT * (own not in _USED_FOR.get(written, own))
    for number, (own, written) in enumerate(zip(latin.between, name.between, strict=True)):
        unlike += _vowel_distance(own, written, at_start=number == 0)
    return unlike


def _vowel_distance(latin: str, written: str, *, at_start: bool) -> float:
    own = {_VOWELS[letter] for letter in latin if letter in _VOWELS}
    vowels = [_VOWELS[letter] for letter in written if letter in _VOWELS]
    if at_start and len(vowels) > 1 and vowels[0] == "a":
        vowels = vowels[1:]  # a leading alef carries the first vowel
    if not vowels:
        return (_UNWRITTEN_AT_START if at_start else _UNWRITTEN) * len(own - {"h"})
    if not own:
        return sum(_ADDED[vowel] for vowel in vowels)
    said = own | ({"a"} if "e" in latin else set())  # e is also written as a
    wrong = sum(said.isdisjoint(_STANDS_FOR[vowel]) for vowel in vowels)
    near = sum(vowel not in said for vowel in vowels) - wrong
    heard = {other for vowel in vowels for other in _STANDS_FOR[vowel]}
    return _OTHER_VOWEL * wrong + _NEAR_VOWEL * near + _UNWRITTEN_BESIDE_ANOTHER * len(own - {"h"} - heard)
