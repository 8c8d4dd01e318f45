"""Map names in links and typed texts to the names used in events.

"Iranian" is "Iran", "Göteborg" is "Gothenburg, SE".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rallymap.community_reader import read_community
from rallymap.countries import read_shown_country
from rallymap.folding import fold_letters
from rallymap.places.names_of_cities import gazetteer_names
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot.columns import Dictionaries
from rallymap.query.snapshot.dictionaries import NamesDictionary

_COMMAS: Final = re.compile("[،，、]")
_FACETS = ("communities", "cities", "organisers", "topics", "publishers")


def with_known_names(dictionaries: Dictionaries, event_filter: EventFilter) -> EventFilter:
    """Replace names in a filter by the names used in events, if they mean the same.

    Options, counts and charts use the names of events, so only these can be marked as selected.
    """
    changes = {
        facet: tuple(canonical_name(dictionaries, facet, value) for value in values)
        for facet in _FACETS
        if (values := getattr(event_filter, facet))
    }
    return event_filter.changed(**changes) if changes else event_filter


def canonical_name(dictionaries: Dictionaries, facet: str, value: str) -> str:
    """Return the name used in events for a facet value; the value itself if there is none, or several."""
    if facet == "cities":
        if dictionaries.cities.find(value) >= 0:
            return value
        cities = tuple(dictionaries.cities.values)  # copied, because another thread may append
        names = [city for city, is_meant in zip(cities, is_city_of(cities, (value,)), strict=True) if is_meant]
    elif facet in _FACETS:
        dictionary: NamesDictionary = getattr(dictionaries, facet)
        names = dictionary.spellings(value)
        if not names and facet == "communities":
            names = dictionary.spellings(read_community(value))
    else:
        return value
    return names[0] if len(names) == 1 else value


def is_city_of(cities: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """Return for each city, such as "Oslo, NO", whether it is one of those wanted.

    Parameters
    ----------
    wanted
        "Oslo, NO", "oslo,Norwegen", or "Oslo" for every city with this name; in any language.
    """
    codes_of_name: dict[str, set[str]] = {}
    for text in wanted:
        names, code = _city_asked_for(text)
        for name in names:
            codes_of_name.setdefault(name, set()).add(code)
    return [_is_one_of(city, codes_of_name) for city in cities]


def _city_asked_for(text: str) -> tuple[frozenset[str], str]:
    """Return the folded names that the city can have, and the country's code ("" if not given)."""
    # Pages use these commas: "لندن، بریتانیا" and "倫敦，英國".
    name, _, country = _COMMAS.sub(",", text).rpartition(",")
    code = read_shown_country(country) if name else ""
    if not code:
        name = text
    return frozenset((_folded(name), *map(_folded, gazetteer_names(name, code or "")))), code or ""


def _is_one_of(city: str, codes_of_name: Mapping[str, Collection[str]]) -> bool:
    """Return whether a city's folded name is wanted, with its country's code or without a code."""
    name, country = city.rsplit(", ", 1) if ", " in city else (city, "")
    codes = codes_of_name.get(_folded(name), ()) if name else ()
    return "" in codes or country in codes


_folded = lru_cache(maxsize=1 << 16)(fold_letters)  # each city of the events, for each filter
