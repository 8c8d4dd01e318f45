"""Names of countries and communities in the page languages, for searches.

Events are indexed with English names. A query in another language is translated to the English name: "Norge",
"Норвегія" and "نروژ" find "Norway". These names are not in the index, so a new language does not require reindexing.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Final

from rallymap.community_names import NAMES, community_name
from rallymap.countries import country_names, english_country_name
from rallymap.language import ENGLISH, languages, use_language
from rallymap.store.search_folding import fold_words

LONGEST_NAME: Final = 6
"""Maximum number of query words that are matched together."""
MIN_BEGINNING: Final = 5
"""Minimum number of letters for a prefix match: with fewer, "hong" would be Hungary in French."""

Words = tuple[str, ...]


def is_name(words: Words) -> bool:
    """Return whether folded words are the full name of a country or community in a language other than English."""
    return words in _names()


def english_names(words: Words) -> tuple[Words, ...]:
    """Return the English names for a translated name, or for one word that is its prefix; () for no match."""
    found = set(_names().get(words, ()))
    if len(words) == 1 and len(words[0]) >= MIN_BEGINNING:
        known = _single_words()
        at = bisect_left(known, words[0])
        while at < len(known) and known[at].startswith(words[0]):
            found |= _names()[(known[at],)]
            at += 1
    return tuple(sorted(found))


@cache
def _names() -> dict[Words, set[Words]]:
    """Return English names by their translations that differ."""
    english = {code: tuple(fold_words(english_country_name(code))) for code in country_names()}
    names: dict[Words, set[Words]] = {}
    for language in languages():
        if language.code == ENGLISH.code:
            continue
        with use_language(language):
            called = [(name, english[code]) for code, name in country_names().items()]
            called += [(community_name(name), tuple(fold_words(name))) for name in NAMES]
        for name, meant in called:
            words = tuple(fold_words(name))
            if words and words != meant:
                names.setdefault(words, set()).add(meant)
    return names


@cache
def _single_words() -> list[str]:
    return sorted(words[0] for words in _names() if len(words) == 1)
