"""Find names within edit distance 2 of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rallymap.places.codes import ALTERNATE
from rallymap.places.gazetteer import Gazetteer, Posting

_MIN_LETTERS: Final = 4
_ENDINGS: Final = ("city", "town", "village", "springs", "beach", "park", "heights")  # dropped in "Traverse, MI"


@dataclass(frozen=True, slots=True)
class NearSpelling:
    """A gazetteer key at edit distance `edits` from the text."""

    key: str
    postings: tuple[Posting, ...]
    edits: int


def max_edits(key: str) -> int:
    """Return the maximum edit distance: 0 for short names, 1 for medium ones, 2 from six letters on."""
    return 0 if len(key) < _MIN_LETTERS else 1 if len(key) < 6 else 2


class SpellingFinder:
    """Finder of similar spellings by optimal string alignment: insertions, deletions, changes, swapped neighbours.

    Only names that share the beginning or the end of the text are compared: edits at both ends are not found.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, key: str, *, admin1: Sequence[int] = (), country: str = "") -> Iterator[NearSpelling]:
        """Yield similar spellings of a key, in some divisions, in a country, or everywhere."""
        edits = max_edits(key)
        if not edits:
            return
        # Most texts have no typos, and importing it takes 15 ms.
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        gazetteer = self._gazetteer
        key = gazetteer.simplified_key(key)
        for ending in _ENDINGS if admin1 else ():
            longer = self._within(gazetteer.find(key + ending), admin1, country)
            if longer:
                yield NearSpelling(key + ending, longer, 1)
        # A single edit leaves the first or last half unchanged, except a swap across the middle. In a region with few
        # names a third is enough, which also finds two edits.
        shared = len(key) // 3 if admin1 or country else len(key) // 2 - 1
        shared = max(2, shared)
        size = len(key.encode("utf-8", "replace"))
        slack = edits * (1 if key.isascii() else 3)
        names = gazetteer.keys_like(
            key[:shared], key[-shared:], range(size - slack, size + slack + 1), admin1=admin1, country=country
        )
        for name, distance, number in process.extract_iter(key, names, scorer=OSA.distance, score_cutoff=edits):
            if distance:
                postings = self._within(gazetteer.postings(number), admin1, country)
                if postings:
                    yield NearSpelling(name, postings, int(distance))

    def _within(self, postings: Iterable[Posting], admin1: Sequence[int], country: str) -> tuple[Posting, ...]:
        gazetteer = self._gazetteer
        return tuple(
            posting
            for posting in postings
            if posting.rank <= ALTERNATE
            and (not admin1 or gazetteer.admin1(posting.place) in admin1)
            and (not country or gazetteer.country(posting.place) == country)
        )
