"""Sort order of names in the reader's language: Å comes after Z in Swedish and Norwegian, but not in German.

No library fits: PyICU must be compiled against ICU's headers, which an installation by ``make`` or from a wheel does
not have, and pyuca supports only Unicode's default order. So this module contains the alphabets of the supported
languages (from CLDR's "exemplarCharacters" and collation tailorings). Page scripts use ``Intl.Collator``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rallymap.language.speech import current_language

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS: Final[Mapping[str, str]] = {
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ku": "abcçdeêfghiîjklmnopqrsştuûvwxyz",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "nb": _LATIN + "æøå",
    "sv": _LATIN + "åäö",
}
_SAME: Final[Mapping[str, Mapping[str, str]]] = {
    "nb": {"ä": "æ", "ö": "ø"},
    "sv": {"æ": "ä", "ø": "ö"},
    "fa": {"ي": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "ئ": "ی", "ؤ": "و"},
    "ar": {"أ": "ا", "إ": "ا", "آ": "ا", "ئ": "ي", "ى": "ي", "ؤ": "و", "ة": "ه", "ی": "ي", "ک": "ك"},
}
"""Letters that a language sorts like another letter."""
_NO_ACCENT: Final = {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"}
_OWN, _OTHER = 1_000, 10_000


def name_order(name: str) -> tuple[list[int], str]:
    """Return the sort key of a name in the current language: ``sorted(names, key=name_order)``.

    Spaces and digits come first, then the language's alphabet, then other scripts. Case and accents are ignored, unless
    an accented letter is part of the alphabet. The name itself breaks ties.
    """
    return _name_order(name, current_language().code)


@lru_cache(maxsize=20_000)  # A run of a page sorts a thousand names, mostly those of the run before.
def _name_order(name: str, code: str) -> tuple[list[int], str]:
    ranks, same = _ranks(code), _SAME.get(code, {})
    text = name.replace("I", "ı").replace("İ", "i") if code == "tr" else name
    found: list[int] = []
    for letter in unicodedata.normalize("NFC", text.casefold()):
        found += _rank(same.get(letter, letter), ranks)
    return found, name


def _rank(letter: str, ranks: Mapping[str, int]) -> list[int]:
    if letter in ranks:
        return [ranks[letter]]
    plain = _NO_ACCENT.get(letter) or unicodedata.normalize("NFD", letter)[0]
    if plain != letter:
        return [rank for each in plain for rank in _rank(each, ranks)]
    if letter.isalpha():
        return [_OTHER + ord(letter)]
    if letter.isalnum():
        return [ord(letter) % _OWN]
    return [0] if letter.isspace() or letter in "-,/()" else []


@lru_cache(maxsize=64)
def _ranks(code: str) -> dict[str, int]:
    alphabet = _ALPHABETS.get(code, _LATIN)
    return {letter: _OWN + at for at, letter in enumerate(dict.fromkeys(alphabet + _LATIN))}
