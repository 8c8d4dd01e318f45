"""Further forms of a word that somebody searches: singular and plural, and typing errors.

Words are folded (:mod:`rallymap.search.folding`). The index contains words as events have them, so all forms are
made from the query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MIN_NUMBERED: Final = 4
"""Minimum number of letters of a word with a singular or plural; in Latin letters one more."""
MIN_STEM: Final = 3
MIN_CORRECTED: Final = 6
"""Minimum number of letters of a word with a typing error: shorter words are one letter away from many others."""

NUMBERS: Final = (
    # English
    ("y", "ies"), ("ch", "ches"), ("sh", "shes"), ("ss", "sses"), ("x", "xes"), ("man", "men"), ("child", "children"),
    # English, French, Spanish
    ("e", "es"), ("a", "as"), ("o", "os"), ("on", "ons"), ("al", "aux"),
    *((letter, f"{letter}s") for letter in "bcdfghklmnprtw"),
    # Spanish
    ("ion", "iones"), ("dad", "dades"), ("er", "eres"), ("or", "ores"), ("al", "ales"),
    # German
    ("ung", "ungen"), ("ion", "ionen"), ("che", "chen"), ("in", "innen"), ("st", "ste"), ("kt", "kte"),
    # Norwegian, Swedish
    ("sjon", "sjoner"), ("tion", "tioner"), ("ing", "inger"), ("ing", "ingar"), ("st", "ster"),
    # Turkish
    ("", "lar"), ("", "ler"),
    # Russian, Ukrainian
    ("ия", "ии"), ("ія", "іі"), ("а", "ы"), ("а", "и"), ("я", "и"), ("я", "і"), ("ь", "и"), ("ь", "і"),
    *((letter, f"{letter}ы") for letter in "бвдзлмнпрст"),
    *((letter, f"{letter}и") for letter in "бвгджзклмнпрстхцчш"),
    # Persian, Arabic
    ("", "ها"), ("ه", "ات"),
)  # fmt: skip
"""Endings of singular and plural in the languages of the pages."""
ALPHABETS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяєіґ",
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
)
"""Folded letters by script: those that a typing error can leave out or replace."""


def other_numbers(word: str) -> tuple[str, ...]:
    """Return the possible plurals of a singular and the other way round; () for a short word.

    They are guesses by endings, to be matched as whole words: most of those that are wrong are no words at all. Plurals
    that begin with their singular are left out, because a search finds them as longer words.
    """
    if len(word) < MIN_NUMBERED + word.isascii():
        return ()
    found = dict[str, None]()
    for singular, plural in NUMBERS:
        if word.endswith(plural) and len(word) - len(plural) + len(singular) >= MIN_STEM:
            found[word.removesuffix(plural) + singular] = None
        if singular and word.endswith(singular) and not plural.startswith(singular):
            found[word.removesuffix(singular) + plural] = None
    return tuple(found)


def near_spellings(word: str) -> Iterator[str]:
    """Yield all words within edit distance 1 of a word; two swapped neighbours count as one edit.

    None for a word that is short, or has letters of other scripts than Latin, Cyrillic and Arabic.
    """
    alphabet = next((letters for letters in ALPHABETS if set(word) <= set(letters)), "")
    if not alphabet or len(word) < MIN_CORRECTED:
        return
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in alphabet:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]
