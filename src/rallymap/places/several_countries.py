"""Texts that name only countries, at least two: "Iran and Iraq", "USA / Canada"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rallymap.places.codes import ADMIN1, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import join_key
from rallymap.places.parse import split_segments, split_weakly
from rallymap.places.vocabulary import AND

_JOINTS: Final = frozenset(" ,/&+;،、，\n")
_EXPLICIT: Final = frozenset("/&+")


def names_several_countries(gazetteer: Gazetteer, text: str) -> bool:
    """Return whether a text consists of the names of two or more countries.

    "Georgia, USA" does not: with only a comma, the first name can be a region or town in the second country.
    """
    if _JOINTS.isdisjoint(text):
        return False
    pieces: list[Sequence[Posting]] = []
    countries: list[set[str]] = []
    for words in _split(text):
        postings = gazetteer.find(join_key(words))
        named = {gazetteer.country(p.place) for p in postings if p.kind == COUNTRY and p.rank <= EXONYM}
        if not named:
            return False
        pieces.append(postings)
        countries.append(named)
    if len(pieces) < 2 or set.intersection(*countries):
        return False
    if not _EXPLICIT.isdisjoint(text) or any(word in AND for part in split_segments(text) for word in part.words):
        return not gazetteer.find(join_key([word for part in split_segments(text) for word in part.words]))
    inside = {
        gazetteer.country(posting.place)
        for postings in pieces
        for posting in postings
        if ADMIN1 <= posting.kind <= CITY and posting.rank <= OFFICIAL
    }
    return inside.isdisjoint(set().union(*countries))


def _split(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words between commas, slashes and words for "and"."""
    for whole in split_segments(text):
        for part in split_weakly(whole):
            words = part.words
            joints = [-1, *(number for number, word in enumerate(words) if word in AND), len(words)]
            yield from (words[start + 1 : end] for start, end in pairwise(joints) if end > start + 1)
