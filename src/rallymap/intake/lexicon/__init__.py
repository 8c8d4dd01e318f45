"""Words in about thirty languages for headings, kinds, statuses, attendance modes and missing values.

The lists are CSV files in this folder: one line per meaning, with words separated by semicolons.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from rallymap.intake.lexicon.page_words import page_words

_SHORT = 100
_NOT_WORD = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0654\u0655\u0670]")
_ONE_LETTER = str.maketrans("أإآٱيىكİı", "اااایی" + "ک" + "Ii")
_WITH_STROKE = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
"""Letters that Unicode does not decompose, and how people type them: "tytul" for "tytuł"."""
_NEED_ACCENTS = frozenset({"designation", "mes", "ter", "sin", "mesa", "buyer", "prev"})
"""Words that mean something else with accents: "désignation" is a title, "designation" a job; "meş" a march."""
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z][a-z])")


def fold(text: str) -> str:
    """Normalise a text for comparison: NFKC, lower case, single spaces between words.

    Variants of Arabic letters are unified, and so are dotted and dotless "i", whose capitals Turkish writes as "İ" and
    "I"; vowel marks (also Hebrew ones) are removed.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_ONE_LETTER)
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold()).strip()


_fold_short = lru_cache(maxsize=16_384)(_fold)
"""Cache for texts that often repeat, such as headings, towns and statuses."""


def without_accents(text: str) -> str:
    """Remove accents from the Latin letters of a folded text; other scripts keep their marks."""
    if text.isascii():
        return text
    return "".join(map(_base_of, text)).replace("ß", "ss")


@cache
def _base_of(char: str) -> str:
    base = _WITH_STROKE.get(char) or unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


@cache
def meanings(name: str) -> dict[str, tuple[str, ...]]:
    """Return the meanings of each folded word in a list, the first meaning first; also without accents.

    Words of the app's own pages come last.
    """
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in (*read_list(name), *((meaning, (word,)) for meaning, word in page_words(name))):
        for word in words:
            as_written = fold(word)
            for folded in {as_written, without_accents(as_written)} - (_NEED_ACCENTS - {as_written}):
                if folded and meaning not in found.get(folded, ()):
                    found[folded] = (*found.get(folded, ()), meaning)
    return found


@cache
def missing_marks() -> frozenset[str]:
    """Return the markers of missing values, in lower case and stripped."""
    return frozenset(word for _, words in read_list("missing") for word in words) | {""}


def read_list(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines of a list: meaning and words; the list of missing values has no meanings."""
    text = resources.files(__name__).joinpath(f"{name}.csv").read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    return [(row[0] if len(row) > 1 else "", tuple(filter(None, row[-1].split(";")))) for row in rows if row]
