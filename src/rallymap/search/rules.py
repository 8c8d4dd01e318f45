"""The rules of the search as data, for a search without a server (``assets/map/single/``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from anyascii import anyascii

from rallymap.community_reader import community_named, words_for_communities
from rallymap.countries.reader import single_words
from rallymap.folding import APOSTROPHES, JOINERS, LETTERS, MARKS, fold_letters
from rallymap.places.city_letters import CAPITALS_ONLY, city_of_letters
from rallymap.places.city_letters import CITIES as CITY_LETTERS
from rallymap.places.names_of_cities import MIN_LETTERS, MIN_LETTERS_OTHER
from rallymap.places.names_of_regions import regions_named
from rallymap.places.normalize import SHORT_FORMS, fold_key
from rallymap.places.region_letters import is_unmistakable, region_letters
from rallymap.search import event_words, folding, forms, kinds, names, sounds, spellings, words

_SPELLED = (range(0xA0, 0x2E80), range(0xA000, 0xAC00), range(0xAC00, 0xD7A4))
"""Scripts whose letters have a Latin form: all but Chinese and Japanese."""


@cache
def rules() -> dict[str, Any]:
    """Return the rules that do not depend on the events."""
    return {
        "letters": LETTERS,
        "patterns": {
            "marks": MARKS.pattern,
            "apostrophes": APOSTROPHES.pattern,
            "joiners": JOINERS.pattern,
            "unspaced": folding.UNSPACED.pattern,
            "quoted": words.QUOTED.pattern,
            "joined": event_words.JOINED.pattern,
        },
        "latin": list(_latin_forms()),
        "short_forms": SHORT_FORMS,
        "numbers": forms.NUMBERS,
        "alphabets": forms.ALPHABETS,
        "sounds": {
            "classes": sounds.CLASSES,
            "digraphs": sounds.DIGRAPHS,
            "latin": sounds.LATIN_MARK,
            "other": sounds.OTHER_MARK,
        },
        "spellings": {"consonants": spellings.CONSONANTS, "vowels": spellings.VOWELS, "gaps": spellings.GAPS},
        "least": {
            "prefix": words.MIN_PREFIX,
            "numbered": forms.MIN_NUMBERED,
            "stem": forms.MIN_STEM,
            "corrected": forms.MIN_CORRECTED,
            "consonants": sounds.MIN_CONSONANTS,
            "spelled": spellings.MIN_LETTERS,
            "beginning": names.MIN_BEGINNING,
            "city": MIN_LETTERS,
            "other_city": MIN_LETTERS_OTHER,
        },
        "most": {
            "word": folding.MAX_WORD,
            "words": words.MAX_WORDS,
            "name": names.LONGEST_NAME,
            "spellings": spellings.MAX_SPELLINGS,
        },
        "city_letters": {letters: _joined(city_of_letters(letters)) for letters in CITY_LETTERS},
        "capitals_only": sorted(CAPITALS_ONLY),
        "region_letters": {letters: _joined(called) for letters, called in region_letters().items()},
        "unmistakable": [letters for letters in region_letters() if is_unmistakable(letters)],
        "country_letters": {letters: " ".join(names.country_of_letters(letters)) for letters in names.CAPITALS},
        "names": _by_words(names.other_names()),
        "kinds": _by_words(kinds.labels()),
        "kind_words": {one[0]: " ".join(label) for one, label in kinds.other_words().items() if len(one) == 1},
    }


def names_of_communities(texts: str) -> dict[str, str]:
    """Return the names of communities that texts contain, by their other words.

    Parameters
    ----------
    texts
        Folded words with a space before and after each.
    """
    found = {}
    named_in: dict[str, bool] = {}
    for word in dict.fromkeys((*words_for_communities(), *(one for one in single_words() if not one.isascii()))):
        name = "" if regions_named(fold_key(word)) else " ".join(folding.fold_words(community_named(word)))
        if name and name != word:
            if name not in named_in:
                named_in[name] = f" {name} " in texts
            if named_in[name]:
                found[" ".join(folding.fold_words(word))] = name
    return found


def _by_words(named: dict[tuple[str, ...], set[tuple[str, ...]]]) -> dict[str, list[str]]:
    return {" ".join(one): _joined(sorted(meant)) for one, meant in sorted(named.items())}


def _joined(phrases: Iterable[tuple[str, ...]]) -> list[str]:
    return [" ".join(phrase) for phrase in phrases]


def _latin_forms() -> Iterator[tuple[int, str]]:
    """Yield runs of folded letters that are not ASCII: the first one's code, and their Latin forms, on a line each."""
    for codes in _SPELLED:
        first, run = -1, list[str]()
        for code in codes:
            if _is_folded(chr(code)):
                first = first if run else code
                run.append(anyascii(chr(code)))
            elif run:
                yield first, "\n".join(run)
                run = []
        if run:
            yield first, "\n".join(run)


def _is_folded(letter: str) -> bool:
    return letter.isalnum() and fold_letters(letter) == letter
