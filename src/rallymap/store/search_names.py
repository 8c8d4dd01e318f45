"""Names of countries and communities in the languages of the pages, for searches.

Events are indexed with English names. A query with a name in another language finds them by the English one:
"Norge", "Норвегія" and "نروژ" find "Norway". These names are not in the index, so a new language needs no new index.
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
"""Words of a question that are looked at together."""
MIN_BEGINNING: Final = 5
"""Letters from which the beginning of a name matches it: with fewer, "hong" would be Hungary in French."""

Words = tuple[str, ...]


def is_name(words: Words) -> bool:
    """Return whether folded words are the whole name of a country or community in a language other than English."""
    return words in _names()


def english_names(words: Words) -> tuple[Words, ...]:
    """Return the English names of what folded words are the name of, or one word the beginning; () for nothing."""
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
    """Return English names by the names in each other language, without those that are the same."""
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
