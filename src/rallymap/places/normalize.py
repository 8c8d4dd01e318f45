"""Fold place names, so that spelling variants have the same key.

The same folding creates the keys of the shipped gazetteer and of lookups, so run `make gazetteer` after a change. A key
contains only letters and digits, without case, accents, spaces and punctuation, so that "McLean" and "Mc Lean",
"Kermān" and "Kerman", "شهر کرد" and "شهر‌کرد" are equal.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Collection
from typing import Final

from rallymap.folding import fold_letters

# Letters written as two ("Goeteborg", "Koeln"); the other habit, dropping the accent ("Kobenhavn"), is the default
# folding.
_TRANSCRIBED: Final = str.maketrans({"ö": "oe", "ä": "ae", "ü": "ue", "ø": "oe", "å": "aa"})
# Words with the same meaning, replaced by one form both in the gazetteer and in lookups.
SHORT_FORMS: Final = {
    "st": "saint", "ste": "sainte", "sankt": "saint", "sint": "saint", "mt": "mount", "mtn": "mountain",
    "ft": "fort", "twp": "township", "hts": "heights", "spgs": "springs", "jct": "junction", "bch": "beach",
    "vlg": "village", "pk": "park",
}  # fmt: skip
_has_no_short_form: Final = SHORT_FORMS.keys().isdisjoint


def join_key(words: Collection[str]) -> str:
    """Join folded words to a gazetteer key; abbreviations in names are expanded ("st" -> "saint")."""
    if _has_no_short_form(words):  # nearly always, and without a Python loop
        return "".join(words)
    return "".join([SHORT_FORMS.get(word, word) for word in words])


def spellings_of(word: str) -> set[str]:
    """Return a folded word with its abbreviations, or with the words that it abbreviates: "st", "saint", "sankt"."""
    written_out = join_key((word,))
    return {word, written_out, *(short for short, long in SHORT_FORMS.items() if long == written_out)}


@functools.lru_cache(maxsize=65536)
def fold_key(text: str) -> str:
    """Reduce a name to its gazetteer key: the folded words without spaces; "" without letters and digits."""
    return join_key(fold_letters(text).split())


def fold_variants(name: str) -> tuple[str, ...]:
    """Return the keys of a gazetteer name, the plain one first.

    A name with ö, ä, ü, ø or å also gets a key with these letters expanded (oe, ae, ue, oe, aa).
    """
    plain = fold_key(name)
    composed = unicodedata.normalize("NFC", name).casefold()
    written_out = composed.translate(_TRANSCRIBED)
    if written_out == composed:
        return (plain,)
    return (plain, fold_key(written_out))
