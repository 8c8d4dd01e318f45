"""Regions that people abbreviate in a search: "NRW", "NSW", "B.C."."""

from __future__ import annotations

from functools import cache
from typing import Final

from rallymap.countries import is_country
from rallymap.folding import fold_letters
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.vocabulary import REGION_CODES, REGION_TABLES

MIN_UNMISTAKABLE: Final = 3
"""Minimum number of letters of an abbreviation that also counts in small letters, if it has no vowel: "nrw"."""
_NAME: Final = 5
"""Minimum number of letters of a name in the tables; shorter ones are abbreviations."""
_VOWELS: Final = frozenset("AEIOUY")


def regions_of_letters(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded names of the regions that a search abbreviates; () for other words.

    In small letters most abbreviations are also words, such as "act". Those of two letters that are also the code of a
    country, such as "DE", mean no region.
    """
    capitals = letters.upper()
    return region_letters().get(capitals, ()) if letters == capitals or is_unmistakable(capitals) else ()


def is_unmistakable(capitals: str) -> bool:
    """Return whether an abbreviation is no word in small letters either."""
    return len(capitals) >= MIN_UNMISTAKABLE and not _VOWELS & set(capitals)


@cache
def region_letters() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the folded names of regions, English and own, by their abbreviation in capitals."""
    gazetteer, found = load_gazetteer(), {}
    for letters, names in _names_by_capitals().items():
        codes = () if is_country(letters) else REGION_CODES.get(fold_letters(letters), ())
        if codes:
            own = [gazetteer.name(place) for code in codes if (place := gazetteer.admin1_of_code(code))]
            found[letters] = tuple(sorted({tuple(fold_letters(name).split()) for name in (*names, *own)}))
    return found


def _names_by_capitals() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in ";".join(table for table, _ in REGION_TABLES).split(";"):
        words = entry.split()
        names = tuple(word.replace("-", " ") for word in words if len(word) >= _NAME and not word.isupper())
        for word in words:
            if word.isalpha() and word.isupper():
                found[word] = (*found.get(word, ()), *names)
    return found
