"""Find the gazetteer's name of a city that is written in another language: "Göteborg" is "Gothenburg"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from rallymap.places.codes import ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.normalize import fold_key

MIN_PEOPLE: Final = {OFFICIAL: 15_000, EXONYM: 15_000, ALTERNATE: 200_000}
"""Minimum population of a city by rank of the name: GeoNames lists many ordinary words as names of small places."""
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
    """Return the gazetteer's names of the cities that are called `name` in some language.

    Parameters
    ----------
    name
        A city's name, or any words of a search.
    country
        None for a search, in which the words can mean anything: then only large cities match. For a city's name, the
        alpha-2 code of its country, or "" if unknown.

    Returns
    -------
    names
        Sorted; () if no language calls a city this, or if, in a search, a country or a large city has `name` as its own
        name.
    """
    key = fold_key(name)
    is_search = country is None
    if not key or (is_search and len(key) < (MIN_LETTERS if key.isascii() else MIN_LETTERS_OTHER)):
        return ()
    gazetteer = load_gazetteer()
    postings = gazetteer.find(key)
    if is_search and any(one.kind == COUNTRY for one in postings):
        return ()
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
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def gazetteer_names_begun(beginning: str) -> tuple[str, ...]:
    """Return the gazetteer's names of large cities with a name in some language that begins with `beginning`.

    Returns
    -------
    names
        Sorted; () if the beginning is short or is the name of a country.
    """
    key = fold_key(beginning)
    if len(key) < (MIN_BEGINNING if key.isascii() else MIN_BEGINNING_OTHER):
        return ()
    gazetteer = load_gazetteer()
    if any(one.kind == COUNTRY for one in gazetteer.find(key)):
        return ()
    found = set()
    for number in gazetteer.with_prefix(key):
        whole = len(gazetteer.key(number).decode())
        for one in gazetteer.postings(number):
            if one.kind != CITY or one.rank not in MIN_PEOPLE_BEGUN or whole < MIN_WHOLE[one.rank]:
                continue
            is_large = gazetteer.population(one.place) >= MIN_PEOPLE_BEGUN[one.rank]
            if is_large and len(key) >= MIN_SHARE[one.rank] * whole:
                found.add(gazetteer.name(one.place))
    return tuple(sorted(found))


def names_in_other_languages(cities: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return names in other languages for cities, given as gazetteer name and alpha-2 country code.

    Names are folded and without spaces ("lahaye"); [] for small cities and names that the gazetteer lacks.
    """
    gazetteer = load_gazetteer()
    columns = gazetteer.columns
    rows = [_row_of(name, country) for name, country in cities]
    wanted = np.isin(columns["posting_place"], [row for row in rows if row is not None])
    found: dict[int, list[str]] = {}
    at = np.flatnonzero(wanted)
    firsts = gazetteer.first_postings[:-1]
    keys = np.searchsorted(firsts, at, side="right") - 1
    for key, place, rank in zip(
        keys.tolist(), columns["posting_place"][at].tolist(), columns["posting_rank"][at].tolist(), strict=True
    ):
        if rank in MIN_PEOPLE and gazetteer.population(place) >= MIN_PEOPLE[rank]:
            found.setdefault(place, []).append(gazetteer.key(key).decode())
    return [[] if row is None else found.get(row, []) for row in rows]


def _row_of(name: str, country: str) -> int | None:
    gazetteer = load_gazetteer()
    same = [
        one.place
        for one in gazetteer.find(fold_key(name))
        if one.kind == CITY and gazetteer.country(one.place) == country and gazetteer.name(one.place) == name
    ]
    return max(same, key=gazetteer.population, default=None)
