"""Names one or two slips of the pen away from what was written."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rallymap.places.codes import NameRank
from rallymap.places.index import Gazetteer, Posting

_LEAST_LETTERS: Final = 4
_ENDINGS: Final = ("city", "town", "village", "springs", "beach", "park", "heights")  # left off: "Traverse, MI"
_MOST_CANDIDATES: Final = 20_000


@dataclass(frozen=True, slots=True)
class NearSpelling:
    """A key of the gazetteer that differs from what was written by `edits` slips."""

    key: str
    postings: tuple[Posting, ...]
    edits: int


def most_edits(key: str) -> int:
    """Give how many slips are looked for: none in short names, one in middling, two from eight letters on."""
    return 0 if len(key) < _LEAST_LETTERS else 1 if len(key) < 6 else 2


class SpellingFinder:
    """Finds near spellings by optimal string alignment: insertions, deletions, changes, swapped neighbours."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        # A few regions come up again and again in one run; their names are kept, those of the others let go.
        self._within = functools.lru_cache(maxsize=12)(self._keys_of_division)

    def find_in_division(self, key: str, admin1: int) -> Iterator[NearSpelling]:
        """Find near spellings among all names of one first-level division."""
        edits = most_edits(key)
        if edits:
            names, found = self._within(admin1)
            for ending in _ENDINGS:
                if key + ending in found:
                    yield NearSpelling(key + ending, found[key + ending], 1)
            for name, distance, _ in process.extract_iter(key, names, scorer=OSA.distance, score_cutoff=edits):
                if distance:
                    yield NearSpelling(name, found[name], int(distance))

    def find_anywhere(self, key: str) -> Iterator[NearSpelling]:
        """Find near spellings in the whole gazetteer that agree with the first or the last half of the key."""
        edits = most_edits(key)
        if not edits:
            return
        half = (len(key) + 1) // 2
        gazetteer = self._gazetteer
        numbers = set(list(gazetteer.with_prefix(key[:half]))[:_MOST_CANDIDATES])
        for number, _ in zip(gazetteer.with_suffix(key[len(key) - half :]), range(_MOST_CANDIDATES), strict=False):
            numbers.add(number)
        low, high = len(key.encode()) - 2 * edits, len(key.encode()) + 2 * edits
        texts = {}
        for number in numbers:
            raw = gazetteer.key(number)
            if low <= len(raw) <= high:
                texts[number] = raw.decode()
        for _, distance, number in process.extract_iter(key, texts, scorer=OSA.distance, score_cutoff=edits):
            if distance:
                postings = tuple(p for p in gazetteer.postings(number) if p.rank <= NameRank.ALTERNATE)
                if postings:
                    yield NearSpelling(texts[number], postings, int(distance))

    def _keys_of_division(self, admin1: int) -> tuple[list[str], dict[str, tuple[Posting, ...]]]:
        found = {
            key: tuple(postings)
            for key, postings in self._gazetteer.keys_within(admin1=admin1).items()
            if min(rank for _, rank in postings) <= NameRank.ALTERNATE
        }
        return list(found), found
