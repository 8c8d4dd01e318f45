"""Folding of text for comparison: two spellings of one word become the same letters."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

# Letters that Unicode does not decompose, reduced to the letter people type instead.
_DROPPED: Final = {
    "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe",
    "ß": "ss", "ŋ": "n", "ĸ": "k", "ə": "e", "ɛ": "e", "ɔ": "o", "ʉ": "u", "ɨ": "i", "ƙ": "k", "ɗ": "d",
    "ɓ": "b", "ƴ": "y", "ŀ": "l", "ſ": "s", "ǝ": "e",
}  # fmt: skip
# Arabic script: one letter for each of the shapes that keyboards of different countries produce. The hamza carriers
# lose their hamza, as most writers leave it out.
_ARABIC: Final = {
    "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ێ": "ی", "ے": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه",
    "ہ": "ه", "ھ": "ه", "ۃ": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ۆ": "و", "ۇ": "و", "ۋ": "و",
    "ء": "", "ٔ": "", "ٰ": "", "ڵ": "ل", "ڕ": "ر", "ں": "ن", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ڭ": "گ",
}  # fmt: skip
_OTHER: Final = {"ё": "е", "ґ": "г", "ҙ": "з", "ʻ": "", "ʼ": "", "ʹ": "", "ʺ": "", "ˈ": "", "־": " "}
_LETTERS: Final = str.maketrans({**_DROPPED, **_ARABIC, **_OTHER})
# Marks to drop: the accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic. Vowel signs of
# Indic scripts and the voicing marks of Japanese are letters to their readers and stay.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]+"
)
# Apostrophes join ("Coeur d'Alene" is also written "Coeur dAlene"); other punctuation parts words.
_APOSTROPHES: Final = re.compile("['’‘`´ʼʻʿʾ׳״\"“”ʹ\u0640]+")
_JOINERS: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ASCII_WORDS: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_ASCII_OTHER: Final = re.compile("[^a-z0-9]")


@functools.lru_cache(maxsize=512)  # one text is folded for several questions
def fold_letters(text: str) -> str:
    """Reduce text to plain lower-case letters, digits and single spaces.

    Applies Unicode NFKC, case folding, the dropping of accents and points, and one form for each Arabic-script
    letter; what is not a letter, a digit or a mark that spells is a space. Empty text gives "".
    """
    if text.isascii():
        text = text.lower()
        if _ASCII_WORDS.fullmatch(text):
            return text
        return _ASCII_OTHER.sub(" ", _APOSTROPHES.sub("", text)).strip()
    text = unicodedata.normalize("NFKC", _JOINERS.sub("", text)).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text))).translate(_LETTERS)
    text = _APOSTROPHES.sub("", text)
    if text.isalnum():
        return text
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).strip()
