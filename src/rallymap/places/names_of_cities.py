"""What the gazetteer calls a city that somebody names in another language: "Göteborg" is its "Gothenburg"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rallymap.places.codes import ALTERNATE, CITY, COUNTRY, EXONYM, PRIMARY
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.normalize import fold_key

MIN_PEOPLE: Final = {EXONYM: 15_000, ALTERNATE: 200_000}
"""Smallest city that a name of this rank stands for: GeoNames lists many words as names of small places."""
MIN_LETTERS: Final = 4
"""Of a name in ASCII letters; with fewer, "man" would be Amman."""
MIN_LETTERS_OTHER: Final = 2
TIMES_LARGER: Final = 10
"""How many times larger a city is than the largest one whose own name it is: "independence" is not Pueblo."""


@lru_cache(maxsize=4096)
def gazetteer_names(name: str) -> tuple[str, ...]:
    """Return the names under which the gazetteer shows the large cities that another language calls `name`.

    Returns
    -------
    names
        Sorted; () where a country or a large city bears `name` itself, and for what no language calls a city.
    """
    key = fold_key(name)
    if len(key) < (MIN_LETTERS if key.isascii() else MIN_LETTERS_OTHER):
        return ()
    gazetteer = load_gazetteer()
    postings = gazetteer.find(key)
    if any(one.kind == COUNTRY for one in postings):
        return ()
    cities = [(one.rank, gazetteer.population(one.place), one.place) for one in postings if one.kind == CITY]
    own = max((people for rank, people, _ in cities if rank == PRIMARY), default=0)
    found = {
        gazetteer.name(place)
        for rank, people, place in cities
        if rank in MIN_PEOPLE and people >= max(MIN_PEOPLE[rank], TIMES_LARGER * own)
    }
    return tuple(sorted(found))
