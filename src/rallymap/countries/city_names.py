"""Names of large cities in the reader's language: those that CLDR names time zones after.

They are some 400, and about one in three of the cities with events. Other cities keep the gazetteer's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from babel.core import get_global

from rallymap.folding import fold_letters
from rallymap.language import ENGLISH, current_language
from rallymap.language.cldr import cldr_locale


def city_name(name: str, country: str) -> str:
    """Return a city's name in the reader's language, as it is where CLDR has none.

    Parameters
    ----------
    name
        As the gazetteer gives it.
    country
        ISO 3166-1 alpha-2 code of the country it is in, so that London in Canada keeps its name.
    """
    code = current_language().code
    if code == ENGLISH.code:
        return name
    # The gazetteer writes "Reykjavík" and "St. John's", CLDR "Reykjavik" and "St. John’s".
    return _named(code).get((fold_letters(name), country), name)


@lru_cache(maxsize=32)
def _named(code: str) -> Mapping[tuple[str, str], str]:
    """Return the names of a language by folded English name and country, without the hyphens that may break a line."""
    zones = cldr_locale(code).time_zones
    cities = {city: zones.get(zone, {}).get("city") for city, zone in _zones().items()}
    return {city: named.replace("\u00ad", "") for city, named in cities.items() if named}


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    english = cldr_locale("en").time_zones
    found = {}
    for zone, country in get_global("zone_territories").items():
        # Where English has no name of its own, the zone's is it (UTS 35, "Time Zone Format").
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        found[fold_letters(name), country] = zone
    return found
