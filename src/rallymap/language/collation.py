"""Sort order of names in the reader's language: Å comes after Z in Swedish and Norwegian, but not in German.

No library fits: PyICU must be compiled against ICU's headers, which an installation by ``make`` or from a wheel does
not have, and pyuca supports only Unicode's default order. So this module contains the alphabets of the supported
languages (from CLDR's "exemplarCharacters" and collation tailorings), and for traditional Chinese the numbers of
strokes, as in CLDR. Page scripts use ``Intl.Collator``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from rallymap.language.speech import current_language

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS: Final[Mapping[str, str]] = {
    "fa": "آاءبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
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
    "nb": {"ä": "æ", "ö": "ø", "ü": "y"},
    "sv": {"æ": "ä", "ø": "ö", "ü": "y"},
    "fa": {"ي": "ی", "ك": "ک", **dict.fromkeys("أإئؤ", "ء")},
    "ar": {"أ": "ا", "إ": "ا", "آ": "ا", "ئ": "ي", "ى": "ي", "ؤ": "و", "ة": "ه", "ی": "ي", "ک": "ك"},
}
"""Letters that a language sorts like another letter."""
_NO_ACCENT: Final = {"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th"}
_SEPARATORS: Final = {"-": 1, ",": 2, ":": 3, "(": 4, ")": 5, "/": 6}
_OWN, _OTHER, _HAN = 1_000, 10_000, 2_000_000

_BIG5_BY_STROKES: Final = (
    (
        0xA440, 0xA442, 0xA454, 0xA4A1, 0xA540, 0xA5E0, 0xA6EA, 0xA8C3, 0xAB45, 0xADBC, 0xB0AE, 0xB3C3, 0xB6C3, 0xB9AC,
        0xBBF5, 0xBEA7, 0xC075, 0xC24F, 0xC35F, 0xC455, 0xC4D7, 0xC56B, 0xC5C8, 0xC5F1, 0xC655, 0xC665, 0xC66C, 0xC676,
        0xC679, 0xC67D,
    ),
    (
        0xC940, 0xC940, 0xC946, 0xC94D, 0xC963, 0xC9AB, 0xCA5A, 0xCBB1, 0xCDDD, 0xD0C8, 0xD44B, 0xD851, 0xDCB1, 0xE0F0,
        0xE4E6, 0xE8F4, 0xECB9, 0xEFBA, 0xF1EB, 0xF440, 0xF5C0, 0xF6D7, 0xF7D2, 0xF879, 0xF8EF, 0xF96C, 0xF9A6, 0xF9BE,
        0xF9C6, 0xF9D0,
    ),
)  # fmt: skip
"""The two parts of the character set Big5 are sorted by strokes: the first code with 1, 2, 3 ... strokes in each."""
_MOST_STROKES: Final = 64


def name_order(name: str) -> tuple[list[int], str]:
    """Return the sort key of a name in the current language: ``sorted(names, key=name_order)``.

    Spaces and digits come first, then the language's alphabet, then other scripts. Case and accents are ignored, unless
    an accented letter is part of the alphabet. Traditional Chinese characters are sorted by strokes. The
    name itself breaks ties.
    """
    return _name_order(name, current_language().code)


@lru_cache(maxsize=20_000)  # A run of a page sorts a thousand names, mostly those of the run before.
def _name_order(name: str, code: str) -> tuple[list[int], str]:
    ranks, same = _ranks(code), _SAME.get(code, {})
    text = name.replace("I", "ı").replace("İ", "i") if code == "tr" else name
    found: list[int] = []
    by_strokes = code == "zh-Hant"
    for letter in unicodedata.normalize("NFC", text.casefold()):
        strokes = _strokes(letter) if by_strokes and letter.isalpha() else 0
        found += [_HAN + strokes * _HAN + ord(letter)] if strokes else _rank(same.get(letter, letter), ranks)
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
    return [0] if letter.isspace() else [_SEPARATORS[letter]] if letter in _SEPARATORS else []


def _strokes(letter: str) -> int:
    """Return the number of strokes of a Chinese character, 64 if it is not in Big5; 0 of a letter of other scripts."""
    if not "\u4e00" <= letter <= "\u9fff":
        return 0
    try:
        code = int.from_bytes(letter.encode("big5"))
    except UnicodeEncodeError:
        return _MOST_STROKES
    return bisect_right(_BIG5_BY_STROKES[code >= _BIG5_BY_STROKES[1][0]], code)


@lru_cache(maxsize=64)
def _ranks(code: str) -> dict[str, int]:
    alphabet = _ALPHABETS.get(code, _LATIN)
    return {letter: _OWN + at for at, letter in enumerate(dict.fromkeys(alphabet + _LATIN))}
