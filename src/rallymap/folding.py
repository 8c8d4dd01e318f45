"""Fold text for comparison, so that spelling variants of a word become equal."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

# Letters that Unicode does not decompose, and the letter that people type instead.
_DROPPED: Final = {
    "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe",
    "ß": "ss", "ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ʉ": "u", "ɨ": "i", "ƙ": "k", "ɗ": "d",
    "ɓ": "b", "ƴ": "y", "ŀ": "l", "ſ": "s", "ǝ": "e",
}  # fmt: skip
# Arabic script: one letter for the variants that keyboards of different countries produce. Hamzas are dropped, because
# most people do not write them.
_ARABIC: Final = {
    "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ێ": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه",
    "ہ": "ه", "ھ": "ه", "ۃ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ۆ": "و", "ۇ": "و", "ۋ": "و",
    "ء": "", "ٔ": "", "ٰ": "", "ڵ": "ل", "ڕ": "ر", "ں": "ن", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ڭ": "گ",
}  # fmt: skip
_OTHER: Final = {"ё": "е", "ґ": "г", "ҙ": "з", "ʻ": "", "ʼ": "", "ʹ": "", "ʺ": "", "ˈ": "", "־": " "}
LETTERS: Final = {**_DROPPED, **_ARABIC, **_OTHER}
_LETTERS: Final = re.compile(f"[{''.join(LETTERS)}]")
# Marks to drop: accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic. Vowel signs of Indic scripts
# and voicing marks of Japanese count as letters and are kept.
MARKS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]+"
)
# Apostrophes are dropped ("Coeur d'Alene" is also written "Coeur dAlene"); other punctuation separates words.
APOSTROPHES: Final = re.compile("['’‘`´ʼʻʿʾ׳״\"“”ʹ\u0640]+")
JOINERS: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ASCII_WORDS: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_ASCII_OTHER: Final = re.compile("[^a-z0-9]")
_NOT_ALPHANUMERIC: Final = re.compile(r"[^\w ]|_")


@functools.lru_cache(maxsize=512)  # one text is often folded several times
def fold_letters(text: str) -> str:
    """Reduce a text to lower-case letters without accents, digits and single spaces.

    Apply Unicode NFKC and case folding, drop accents and points, and unify Arabic letters. All characters except
    letters, digits and spelling marks become spaces.
    """
    if text.isascii():
        text = text.lower()
        if _ASCII_WORDS.fullmatch(text):
            return text
        return _ASCII_OTHER.sub(" ", APOSTROPHES.sub("", text)).strip()
    text = unicodedata.normalize("NFKC", JOINERS.sub("", text)).casefold()
    text = unicodedata.normalize("NFKD", _replace_letters(text))
    text = _replace_letters(unicodedata.normalize("NFC", MARKS.sub("", text)))
    text = APOSTROPHES.sub("", text)
    if text.isalnum():
        return text
    return _NOT_ALPHANUMERIC.sub(_mark_or_space, text).strip()


def _replace_letters(text: str) -> str:
    # Most texts have few of these letters or none; `str.translate` looks up every letter and takes ten times as long.
    return _LETTERS.sub(lambda match: LETTERS[match[0]], text)


def _mark_or_space(match: re.Match[str]) -> str:
    return match[0] if unicodedata.category(match[0])[0] == "M" else " "
