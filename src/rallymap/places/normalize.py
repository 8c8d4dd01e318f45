"""Fold place names: two spellings of one name become one key.

The same folding makes the keys of the shipped gazetteer and the keys that are looked up, so a change here needs
`make gazetteer`. A key holds letters and digits only: case, accents, spaces and punctuation are gone, which makes
"McLean" and "Mc Lean", "Kermān" and "Kerman", "شهر کرد" and "شهر‌کرد" equal.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Collection
from typing import Final

from rallymap.folding import fold_letters

# Written-out forms of letters: the second habit ("Goeteborg", "Koeln", "Kobenhavn" for ø is the dropped form).
_TRANSCRIBED: Final = str.maketrans({"ö": "oe", "ä": "ae", "ü": "ue", "ø": "oe", "å": "aa"})
# Word forms with one meaning, brought to one of them on both sides.
_WORDS: Final = {
    "st": "saint", "ste": "sainte", "sankt": "saint", "sint": "saint", "mt": "mount", "mtn": "mountain",
    "ft": "fort", "twp": "township", "hts": "heights", "spgs": "springs", "jct": "junction", "bch": "beach",
    "vlg": "village", "pk": "park",
}  # fmt: skip
_has_no_short_form: Final = _WORDS.keys().isdisjoint


def join_key(words: Collection[str]) -> str:
    """Join folded words to a gazetteer key, each abbreviation of a name word written out ("st" -> "saint")."""
    if _has_no_short_form(words):  # nearly always, and without a loop in Python
        return "".join(words)
    return "".join([_WORDS.get(word, word) for word in words])


def spellings_of(word: str) -> set[str]:
    """Return a folded word with its abbreviations, or with what it abbreviates: "st", "saint", "sankt"."""
    written_out = join_key((word,))
    return {word, written_out, *(short for short, long in _WORDS.items() if long == written_out)}


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
