"""Find the gazetteer's name of a city or region in another language: "Göteborg" is "Gothenburg"."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np

from rallymap.folding import fold_letters
from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.gazetteer import Gazetteer, Posting, load_gazetteer
from rallymap.places.names_of_regions import names_of_regions, regions_begun, regions_named
from rallymap.places.normalize import fold_key

MIN_PEOPLE: Final = {OFFICIAL: 15_000, EXONYM: 15_000, ALTERNATE: 200_000}
"""Minimum population of a city by rank of the name: GeoNames lists many ordinary words as names of small places."""
MIN_PEOPLE_IN_REGION: Final = 500_000
"""Minimum population of a state or province: names of smaller ones are ordinary words of many languages."""
_DIRECTIONS: Final = frozenset(
    """
    north south east west northern southern eastern western central centre center capital oriental occidental coast
    northeast northwest southeast southwest nord sud est ouest norte sur este oeste sul leste norden süden osten westen
    """.split()
)
"""Names of regions that are ordinary words."""
MIN_LETTERS: Final = 4
"""Minimum number of letters of an ASCII name; otherwise "man" would match Amman."""
MIN_LETTERS_OTHER: Final = 2
TIMES_LARGER: Final = 10
"""Required population ratio to the largest city with this main name: "independence" does not match Pueblo."""
MIN_BEGINNING: Final = 5
"""Minimum number of letters of an ASCII prefix of a name."""
MIN_BEGINNING_OTHER: Final = 3
MIN_PEOPLE_BEGUN: Final = {OFFICIAL: 200_000, EXONYM: 200_000, ALTERNATE: 300_000}
MIN_SHARE: Final = {OFFICIAL: 0.0, EXONYM: 0.0, ALTERNATE: 0.6}
"""Minimum share of a name that its prefix must cover, by rank: "august" does not match Augusta Taurinorum, Turin."""
MIN_WHOLE: Final = {OFFICIAL: 0, EXONYM: 0, ALTERNATE: 7}
"""Minimum number of letters of the whole name, by rank: many short names are ordinary words in some language."""


@lru_cache(maxsize=4096)
def gazetteer_names(name: str, country: str | None = None) -> tuple[str, ...]:
    """Return the gazetteer's names of the cities that are called `name` in some language; in a search also of regions.

    Parameters
    ----------
    name
        A city's name, or any words of a search.
    country
        None for a search, in which the words can mean anything: then only large cities and regions match. For a city's
        name, the alpha-2 code of its country, or "" if unknown.

    Returns
    -------
    names
        Sorted; () if no language calls a place this, or if, in a search, a country or a large city has `name` as its
        own name.
    """
    key = fold_key(name)
    is_search = country is None
    if not key or (is_search and len(key) < (MIN_LETTERS if key.isascii() else MIN_LETTERS_OTHER)):
        return ()
    gazetteer = load_gazetteer()
    postings = gazetteer.find(key)
    if is_search and any(one.kind == COUNTRY for one in postings):
        return tuple(sorted(regions_named(key)))  # "England" is also read as its state
    cities = [
        (one.rank, gazetteer.population(one.place), one.place)
        for one in postings
        if one.kind == CITY and one.rank in MIN_PEOPLE.keys() | {PRIMARY}
        if not country or gazetteer.country(one.place) == country
    ]
    if country:
        return tuple(sorted({gazetteer.name(place) for _, _, place in cities}))
    own = max((people for rank, people, _ in cities if rank == PRIMARY), default=0)
    found = {
        gazetteer.name(place)
        for rank, people, place in cities
        if rank in MIN_PEOPLE and people >= max(MIN_PEOPLE[rank], TIMES_LARGER * own)
    }
    if is_search:
        found |= _regions(gazetteer, key, postings, own) | regions_named(key)
    return tuple(sorted(found))


def _regions(gazetteer: Gazetteer, key: str, postings: Iterable[Posting], own: int) -> set[str]:
    """Return the name of the state or province that another language calls by a key; empty if several are."""
    regions = {one.place: one.rank for one in postings if one.kind == ADMIN1}
    if len(regions) != 1 or key in _DIRECTIONS:
        return set()
    [(region, rank)] = regions.items()
    is_long = not key.isascii() or len(key) >= MIN_WHOLE[ALTERNATE]
    is_meant = rank in (OFFICIAL, EXONYM) or (rank == ALTERNATE and is_long)
    is_large = gazetteer.population(region) >= max(MIN_PEOPLE_IN_REGION, TIMES_LARGER * own)
    return {gazetteer.name(region)} if is_meant and is_large else set()


@lru_cache(maxsize=4096)
def gazetteer_names_begun(beginning: str) -> tuple[str, ...]:
    """Return the gazetteer's names of large cities and regions whose name in some language begins with `beginning`.

    Returns
    -------
    names
        Sorted; () if the beginning is short or is the name of a country.
    """
    key = fold_key(beginning)
    if len(key) < (MIN_BEGINNING if key.isascii() else MIN_BEGINNING_OTHER):
        return ()
    gazetteer = load_gazetteer()
    found = set(regions_begun(key))
    if any(one.kind == COUNTRY for one in gazetteer.find(key)):
        return tuple(sorted(found))
    for number in gazetteer.with_prefix(key):
        whole = gazetteer.key(number).decode()
        for one in gazetteer.postings(number):
            if one.kind in (CITY, ADMIN1) and len(key) >= (least_beginning(one, whole) or math.inf):
                found.add(gazetteer.name(one.place))
    return tuple(sorted(found))


def least_beginning(posting: Posting, key: str) -> int | None:
    """Return the number of letters from which the beginning of a key means its place; None if it never does."""
    gazetteer = load_gazetteer()
    rank, whole = posting.rank, len(key)
    if rank not in MIN_PEOPLE_BEGUN or whole < MIN_WHOLE[rank] or key in _DIRECTIONS:
        return None
    least = MIN_PEOPLE_BEGUN[rank] if posting.kind == CITY else MIN_PEOPLE_IN_REGION
    if gazetteer.population(posting.place) < least:
        return None
    return max(MIN_BEGINNING if key.isascii() else MIN_BEGINNING_OTHER, math.ceil(MIN_SHARE[rank] * whole))


class OtherNames(NamedTuple):
    """Names by which a search finds places, folded.

    Attributes
    ----------
    whole
        By key ("lahaye") the names of all places that :func:`gazetteer_names` gives for it.
    begun
        What :func:`gazetteer_names_begun` finds: key, minimum number of letters, name, and those beginnings that are
        the name of a country and are not found.
    """

    whole: dict[str, list[str]]
    begun: list[tuple[str, int, str, list[str]]]


def names_in_other_languages(wanted: Collection[str]) -> OtherNames:
    """Return the names in other languages of large cities and regions.

    Parameters
    ----------
    wanted
        Their folded gazetteer names, such as "the hague"; others are ignored.
    """
    countries, gazetteer = _keys_of_countries(), load_gazetteer()
    found = OtherNames({}, [])
    for key, posting in _keys_of(wanted):
        if key not in found.whole:
            found.whole[key] = [name for name in map(fold_letters, gazetteer_names(key)) if name in wanted]
        least = least_beginning(posting, key)
        if least is not None and least <= len(key):
            no_city = [key[:end] for end in range(least, len(key) + 1) if key[:end] in countries]
            found.begun.append((key, least, fold_letters(gazetteer.name(posting.place)), no_city))
    for key, names in names_of_regions().items():
        least = MIN_BEGINNING if key.isascii() else MIN_BEGINNING_OTHER
        for name in sorted(named for named in map(fold_letters, names) if named in wanted):
            found.whole[key] = sorted({*found.whole.get(key, ()), name})
            found.begun.append((key, least, name, []))
    return OtherNames({key: names for key, names in found.whole.items() if names}, found.begun)


def simplified_letters(keys: Iterable[str]) -> dict[str, str]:
    """Return the traditional Chinese characters that people type for the simplified ones of keys."""
    used = {letter for key in keys for letter in key}
    return {chr(code): letter for code, letter in load_gazetteer().han_forms.items() if letter in used}


def _keys_of(wanted: Collection[str]) -> Iterator[tuple[str, Posting]]:
    """Yield the keys of all large cities and regions with one of the folded names, each with a posting."""
    gazetteer = load_gazetteer()
    columns = gazetteer.columns
    people, kind = columns["population"], columns["kind"]
    least = np.where(kind == CITY, min(MIN_PEOPLE.values()), MIN_PEOPLE_IN_REGION)
    large = np.flatnonzero(((kind == CITY) | (kind == ADMIN1)) & (people >= least))
    places = [place for place in large.tolist() if fold_letters(gazetteer.name(place)) in wanted]
    at = np.flatnonzero(np.isin(columns["posting_place"], places))
    numbers = np.searchsorted(gazetteer.first_postings[:-1], at, side="right") - 1
    ranks, rows = columns["posting_rank"][at].tolist(), columns["posting_place"][at].tolist()
    for number, place, rank in zip(numbers.tolist(), rows, ranks, strict=True):
        if rank in MIN_PEOPLE:
            yield gazetteer.key(number).decode(), Posting(place, rank, gazetteer.kind(place))


@cache
def _keys_of_countries() -> frozenset[str]:
    gazetteer = load_gazetteer()
    columns = gazetteer.columns
    at = np.flatnonzero(columns["kind"][columns["posting_place"]] == COUNTRY)
    numbers = np.searchsorted(gazetteer.first_postings[:-1], at, side="right") - 1
    return frozenset(gazetteer.key(number).decode() for number in numbers.tolist())
