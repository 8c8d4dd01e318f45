"""Kinds of events in a search: "Mahnwache", "мітинг"; events are indexed with the English name."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from rallymap.events import Kind
from rallymap.intake.lexicon import read_list
from rallymap.language import ENGLISH, languages, tr, use_language
from rallymap.search.folding import fold_words
from rallymap.search.names import MIN_BEGINNING, Words
from rallymap.wording import KIND_LABELS

_ALSO_ENGLISH: Final = frozenset({("manifestation",)})
"""Labels that are an English word of their own: an event with the word itself comes first."""


def kind_names(text: str) -> tuple[Words, ...]:
    """Return the English labels of the kinds that pages in other languages call this; () for other words."""
    return tuple(sorted(labels().get(tuple(fold_words(text)), ())))


def kinds_of_other_words(word: str) -> tuple[Words, ...]:
    """Return the English labels of the kinds that a folded word may mean: "demo", "تظاهرات", "kundgeb".

    Other words for kinds, and beginnings of labels, are also words of events: look for those first.
    """
    if other := other_words().get((word,)):
        return (other,)
    known, found = _single_words(), set[Words]()
    at = bisect_left(known, word) if len(word) >= MIN_BEGINNING else len(known)
    while at < len(known) and known[at].startswith(word):
        found |= labels()[(known[at],)]
        at += 1
    return tuple(sorted(found))


@cache
def labels() -> dict[Words, set[Words]]:
    """Return English labels of kinds by the labels of all other languages."""
    names: dict[Words, set[Words]] = {}
    for language in languages():
        if language.code == ENGLISH.code:
            continue
        with use_language(language):
            called = [(tuple(fold_words(tr(label))), tuple(fold_words(label))) for label in KIND_LABELS.values()]
        for words, meant in called:
            if words not in ((), meant) and words not in _ALSO_ENGLISH:
                names.setdefault(words, set()).add(meant)
    return names


@cache
def other_words() -> dict[Words, Words]:
    """Return English labels of kinds by the words for them in about thirty languages."""
    found: dict[Words, Words] = {}
    for kind, words in read_list("kinds"):
        for word in words:
            folded = tuple(fold_words(word))
            if folded:
                found.setdefault(folded, tuple(fold_words(KIND_LABELS[Kind(kind)])))
    return found


@cache
def _single_words() -> list[str]:
    return sorted(words[0] for words in labels() if len(words) == 1)
