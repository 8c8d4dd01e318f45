"""Names of large cities, and of the time zones named after some of them, in the reader's language.

They are those that CLDR names time zones after, and ``city_names.csv``. CLDR has some 400, about one in three of the
cities with events. The table adds some 140 that exiles often rally in; it was written for rallymap, and a test compares
it with the gazetteer. Other cities keep the gazetteer's name.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.core import get_global

from rallymap.folding import fold_letters
from rallymap.language import ENGLISH, current_language, isolated, languages, tr
from rallymap.language.cldr import cldr_locale

_NO_COUNTRY: Final = "ZZ"
"""What CLDR gives for zones of no country, such as UTC."""
TABLE: Final = Path(__file__).with_name("city_names.csv")
"""Columns: the gazetteer's name, the country's alpha-2 code, then one for each language; empty where it is the same."""


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


def zone_name(zone: str) -> str:
    """Return an IANA time zone as readers name it, "Oslo time" for "Europe/Oslo".

    One that is named after no city, as "UTC", comes back as it is.
    """
    present = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(present, _NO_COUNTRY)
    if country == _NO_COUNTRY:
        return zone
    zones = cldr_locale(current_language().code).time_zones
    # CLDR keeps some names under the name that the zone had before, "America/Buenos_Aires".
    named = (zones.get(known, {}).get("city") for known in (present, *_former_names().get(present, ())))
    city = next(filter(None, named), "").replace("\u00ad", "")
    # Translators: a time zone by its city, as "14:00 (Oslo time)".
    return tr("{city} time", city=isolated(city or city_name(present.rpartition("/")[2].replace("_", " "), country)))


@cache
def _former_names() -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = {}
    for former, zone in get_global("zone_aliases").items():
        names.setdefault(zone, []).append(former)
    return names


@lru_cache(maxsize=1 << 16)
def folded_names(name: str, country: str) -> frozenset[str]:
    """Return a city's name and its names in all languages, as :func:`rallymap.folding.fold_letters` writes them.

    Parameters
    ----------
    name, country
        As for :func:`city_name`.
    """
    folded = fold_letters(name)
    return _known().get((folded, country), frozenset()) | {folded}


@cache
def _known() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the folded names of all languages by folded name and country."""
    known: dict[tuple[str, str], set[str]] = {}
    for language in languages():
        if language.code == ENGLISH.code:
            continue
        for city, named in _named(language.code).items():
            known.setdefault(city, set()).add(fold_letters(named))
    return {city: frozenset(names) for city, names in known.items()}


@lru_cache(maxsize=32)
def _named(code: str) -> Mapping[tuple[str, str], str]:
    """Return the names of a language by folded English name and country, without the hyphens that may break a line."""
    zones = cldr_locale(code).time_zones
    cities = {city: zones.get(zone, {}).get("city") for city, zone in _zones().items()}
    by_cldr = {city: named.replace("\u00ad", "") for city, named in cities.items() if named}
    return {(fold_letters(row["name"]), row["country"]): row[code] for row in _table() if row.get(code)} | by_cldr


@cache
def _table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    english = cldr_locale("en").time_zones
    found = {}
    for zone, country in get_global("zone_territories").items():
        # Where English has no name of its own, the zone's is it (UTS 35, "Time Zone Format").
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        found[fold_letters(name), country] = zone
    return found
