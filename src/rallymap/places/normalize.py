"""Folding of place names: two spellings of one name become one key.

The same folding makes the keys of the shipped gazetteer and the keys that are looked up, so a change here needs
`make gazetteer`. A key holds letters and digits only: case, accents, spaces and punctuation are gone, which makes
"McLean" and "Mc Lean", "Kermān" and "Kerman", "شهر کرد" and "شهر‌کرد" equal.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
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
# Written-out forms of letters: the second habit ("Goeteborg", "Koeln", "Kobenhavn" for ø is the dropped form).
_TRANSCRIBED: Final = str.maketrans({"ö": "oe", "ä": "ae", "ü": "ue", "ø": "oe", "å": "aa"})
# Marks to drop: the accents of Latin, Greek and Cyrillic, the vowel points of Hebrew and Arabic. Vowel signs of
# Indic scripts and the voicing marks of Japanese are letters to their readers and stay.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]+"
)
# Apostrophes join ("Coeur d'Alene" is also written "Coeur dAlene"); other punctuation parts words.
_APOSTROPHES: Final = re.compile("['’‘`´ʼʻʿʾ׳״\"“”ʹ\u0640]+")
_JOINERS: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
# Word forms with one meaning, brought to one of them on both sides.
_WORDS: Final = {
    "st": "saint", "ste": "sainte", "sankt": "saint", "sint": "saint", "mt": "mount", "mtn": "mountain",
    "ft": "fort", "twp": "township", "hts": "heights", "spgs": "springs", "jct": "junction", "bch": "beach",
    "vlg": "village", "pk": "park",
}  # fmt: skip
_ASCII_WORDS: Final = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


def fold_letters(text: str) -> str:
    """Reduce text to plain lower-case letters, digits and single spaces.

    Applies Unicode NFKC, case folding, the dropping of accents and points, and one form for each Arabic-script
    letter; what is not a letter, a digit or a mark that spells is a space. Empty text gives "".
    """
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKC", _JOINERS.sub("", text)).casefold().translate(_LETTERS)
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text))).translate(_LETTERS)
    text = _APOSTROPHES.sub("", text)
    if _ASCII_WORDS.fullmatch(text):
        return text
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).strip()


def join_key(words: Iterable[str]) -> str:
    """Join folded words to a gazetteer key, each abbreviation of a name word written out ("st" -> "saint")."""
    return "".join(_WORDS.get(word, word) for word in words)


@functools.lru_cache(maxsize=65536)
def fold_key(text: str) -> str:
    """Reduce a name to its gazetteer key: the folded words without spaces; "" if it holds no letter or digit."""
    return join_key(fold_letters(text).split())


def fold_variants(name: str) -> tuple[str, ...]:
    """Give the keys under which a gazetteer name is filed, the plain one first.

    A name with ö, ä, ü, ø or å is also filed with these letters written out (oe, ae, ue, oe, aa).
    """
    plain = fold_key(name)
    composed = unicodedata.normalize("NFC", name).casefold()
    written_out = composed.translate(_TRANSCRIBED)
    if written_out == composed:
        return (plain,)
    return (plain, fold_key(written_out))
