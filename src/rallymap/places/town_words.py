"""Check whether words of a place text are the name of a town, inflected or not."""

from __future__ import annotations

from typing import Final

from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import base_forms
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import find_named, is_explained, read_regions
from rallymap.places.scripts import is_native_script
from rallymap.places.vocabulary import VENUE_WORDS

#: Minimum population of a town after a word for "in", and of one without such a word.
A_TOWN: Final = 1000
A_CITY: Final = 50_000
_A_SMALL_CITY: Final = 40_000
_A_SMALL_TOWN: Final = 10_000
_A_GREAT_CITY: Final = 500_000
_CODE_LETTERS: Final = 2
_PLURAL: Final = ("ах", "ях")  # often a common noun: "в горах" is not in Gori


def as_town(
    gazetteer: Gazetteer, segment: Segment, min_population: int, kinds: tuple[int, ...] = (CITY,)
) -> Segment | None:
    """Return the segment with its words in their base form if it names a town, otherwise None."""
    if all(word in VENUE_WORDS or word.isdigit() for word in segment.words):
        return None
    exact = find_named(gazetteer, segment.words)
    if len("".join(segment.words)) <= _CODE_LETTERS and segment.words[0].isascii():
        exact = tuple(posting for posting in exact if posting.rank <= OFFICIAL)  # "Kedubes AS": of the USA
    named = [posting for posting in exact if _is_town(gazetteer, posting, min_population, kinds)]
    if named and min(posting.rank for posting in named) == ALTERNATE:
        # "w Łodzi", "w Pile": towns elsewhere have these names in another language.
        largest = max(gazetteer.population(posting.place) for posting in named)
        at_least = A_CITY if largest < _A_SMALL_TOWN and COUNTRY in kinds else _A_GREAT_CITY
        for words in base_forms(segment.words):
            if any(_is_town(gazetteer, p, at_least, kinds) and p.rank == PRIMARY for p in _find(gazetteer, words)):
                return segment.rewrite(words)
    if named:
        return segment
    if any(p.kind == ADMIN1 and p.rank <= OFFICIAL for p in exact):
        return segment if COUNTRY in kinds else None
    may_be_small = min_population == A_TOWN and not segment.words[-1].endswith(_PLURAL)
    at_least = _A_SMALL_CITY if may_be_small else A_CITY
    for words in base_forms(segment.words):
        if any(_is_town(gazetteer, posting, at_least, kinds) for posting in _find(gazetteer, words)):
            return segment.rewrite(words)
    if len(segment.words) > 1 and any(read_regions(gazetteer, segment.words[at:]) for at in (-1, -2)):
        head = segment.words[:-1]
        if any(_is_town(gazetteer, posting, min_population, kinds) for posting in gazetteer.find(join_key(head))):
            return segment
    return None


def is_exact_name(gazetteer: Gazetteer, words: tuple[str, ...]) -> bool:
    """Return whether words are exactly the name of a town, in its own script or an official name."""
    return any(
        _is_town(gazetteer, posting, A_CITY, (CITY,))
        and (posting.rank <= EXONYM or is_native_script(words[0], gazetteer.country(posting.place)))
        for posting in find_named(gazetteer, words)
    )


def is_small_town(gazetteer: Gazetteer, words: tuple[str, ...]) -> bool:
    """Return whether words are the main name of a town, and not all from a vocabulary."""
    return not all(is_explained(word) for word in words) and any(
        _is_town(gazetteer, posting, _A_SMALL_TOWN, (CITY,)) and posting.rank == PRIMARY
        for posting in gazetteer.find(join_key(words))
    )


def is_place(gazetteer: Gazetteer, words: tuple[str, ...]) -> bool:
    """Return whether words are the name of any place, region or country."""
    return bool(gazetteer.find(join_key(words))) or bool(read_regions(gazetteer, words))


def _find(gazetteer: Gazetteer, words: tuple[str, ...]) -> tuple[Posting, ...]:
    return gazetteer.find(join_key(words))


def _is_town(gazetteer: Gazetteer, posting: Posting, min_population: int, kinds: tuple[int, ...]) -> bool:
    return posting.kind in kinds and posting.rank <= ALTERNATE and gazetteer.population(posting.place) >= min_population
