"""Texts that name only countries, at least two: "Iran and Iraq", "USA / Canada"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rallymap.countries import read_country_code
from rallymap.countries.territories import is_within
from rallymap.places.code_words import CODE_LETTERS
from rallymap.places.codes import ADMIN1, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import join_key
from rallymap.places.parse import split_segments, split_weakly
from rallymap.places.vocabulary import AND

_JOINTS: Final = frozenset(" ,/&+;،、，\n")
_HYPHEN: Final = re.compile(r"(?<=\w)[-–](?=\w)")
# Territories with a party that holds that they belong to the other country, and one that they do not.
_A_CITY: Final = 50_000
_DISPUTED: Final = frozenset(("EH", "FK", "PS", "TW", "XK"))


def names_several_countries(gazetteer: Gazetteer, text: str) -> bool:
    """Return whether a text consists of the names of two or more countries.

    A territory next to its state is one place: "Puerto Rico, USA". So is a region or town next to its country if only a
    comma separates them ("Georgia, USA"); next to a slash, only a region with more people than the country of its name.
    With a word for "and" they are two. A disputed territory and the state that claims it are two, except for "Kosovo,
    Serbia" in the order of an address.
    """
    text = _HYPHEN.sub("/", text)
    if _JOINTS.isdisjoint(text):
        return False
    pieces: list[Sequence[Posting]] = []
    countries: list[set[str]] = []
    for words in _split(text):
        postings = gazetteer.find(join_key(words))
        named = {gazetteer.country(p.place) for p in postings if p.kind == COUNTRY and p.rank <= EXONYM}
        named = named or (set() if any(_is_city(gazetteer, p) for p in postings) else _read_country(words))
        if not named:
            return False
        pieces.append(postings)
        countries.append(named)
    if len(pieces) < 2 or set.intersection(*countries):
        return False
    every_word = [word for part in split_segments(text) for word in part.words]
    has_and = "&" in text or any(word in AND for word in every_word)
    has_slash = "/" in text or "+" in text
    if (has_and or has_slash) and gazetteer.find(join_key(every_word)):
        return False
    if has_and:
        return True
    territory = _territory(countries)
    if territory:
        # Nobody holds that Palestine is a part of Israel, so "Palestine, Israel" is no address.
        is_address = not has_slash and territory not in countries[-1] and territory != "PS"
        return territory in _DISPUTED and not is_address
    # "#Luxembourg #Ukraine" is in the city of Luxembourg: other tags are topics.
    every_country = set().union(*countries) if "#" in text else None
    return not any(
        _has_namesake(
            gazetteer,
            piece,
            every_country or set().union(*countries[:at], *countries[at + 1 :]),
            is_larger=has_slash,
        )
        for at, piece in enumerate(pieces)
    )


def _is_city(gazetteer: Gazetteer, posting: Posting) -> bool:
    return posting.kind == CITY and posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_CITY


def _read_country(words: Sequence[str]) -> set[str]:
    """Return the country of a name that the gazetteer has only for small towns: "فلسطين"."""
    letters = "".join(words)
    code = None if letters.isascii() and len(letters) <= CODE_LETTERS else read_country_code(" ".join(words))
    return {code} if code else set()


def _territory(countries: Sequence[set[str]]) -> str:
    """Return the named territory that belongs to the other countries; "" if there is none."""
    return next(
        (
            code
            for named in countries
            for code in sorted(named)
            if all(any(is_within(code, other) for other in others) for others in countries)
        ),
        "",
    )


def _has_namesake(gazetteer: Gazetteer, piece: Sequence[Posting], others: set[str], *, is_larger: bool) -> bool:
    """Return whether a country's name is also the name of a place in one of the other countries.

    Parameters
    ----------
    is_larger
        Whether only a region with more people than the country counts.
    """
    people = max((gazetteer.population(posting.place) for posting in piece if posting.kind == COUNTRY), default=0)
    return any(
        gazetteer.country(posting.place) in others
        and posting.rank <= OFFICIAL
        and (
            posting.kind == ADMIN1 and gazetteer.population(posting.place) > people
            if is_larger
            else ADMIN1 <= posting.kind <= CITY
        )
        for posting in piece
    )


def _split(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words between commas, slashes and words for "and"."""
    for whole in split_segments(text):
        for part in split_weakly(whole):
            words = part.words
            joints = [-1, *(number for number, word in enumerate(words) if word in AND), len(words)]
            yield from (words[start + 1 : end] for start, end in pairwise(joints) if end > start + 1)
