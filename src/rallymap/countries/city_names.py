"""Names of large cities, and of time zones named after cities, in the reader's language.

The names come from CLDR, for the about 400 cities that time zones are named after, and from ``city_names.csv``, for
about 700 cities that are large or where exiles often rally. The table was written for rallymap, and a test compares it
with the gazetteer. The table has priority over CLDR. Other cities keep the gazetteer's name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from babel.core import get_global

from rallymap.countries.reader import read_country_code
from rallymap.folding import fold_letters
from rallymap.language import ENGLISH, current_language, isolated, languages, tr
from rallymap.language.cldr import cldr_locale

_SEPARATORS: Final = re.compile("[,،、，()（）]")
_NO_COUNTRY: Final = "ZZ"
"""CLDR's code for zones without a country, such as UTC."""
TABLE: Final = Path(__file__).with_name("city_names.csv")
"""Columns: gazetteer name, alpha-2 code of the country, then one per language; empty if equal to the gazetteer name,
which is usually the English one."""


def city_name(name: str, country: str) -> str:
    """Return a city's name in the reader's language; unchanged if no translation is known.

    Parameters
    ----------
    name
        Name in the gazetteer.
    country
        ISO 3166-1 alpha-2 code of its country, so that Paris in Texas keeps its name.
    """
    # The gazetteer writes "Reykjavík" and "St. John's", CLDR "Reykjavik" and "St. John’s".
    return _named(current_language().code).get((fold_letters(name), country), name)


def is_city_alone(text: str, name: str, region: str, country: str) -> bool:
    """Return whether a text is only a name of a city, in any language, with or without its region and country.

    Parameters
    ----------
    name, region, country
        The city's name in the gazetteer, and what it is in.
    """
    first, *rest = (part.strip() for part in _SEPARATORS.split(text))
    key = fold_letters(name), country
    names = {_named(language.code).get(key, name) for language in languages()} | {name}
    around = [part for part in rest if part and fold_letters(part) != fold_letters(region)]
    is_named = fold_letters(first) in map(fold_letters, names)
    return is_named and all(read_country_code(part) == country for part in around)


def zone_name(zone: str) -> str:
    """Format an IANA time zone for readers: "Oslo time" for "Europe/Oslo".

    A zone without a city, such as "UTC", is returned unchanged.
    """
    present = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(present, _NO_COUNTRY)
    if country == _NO_COUNTRY:
        return zone
    city = _city_of(present, current_language().code) or city_name(_last_part(present), country)
    # Translators: a time zone by its city, as "14:00 (Oslo time)".
    return tr("{city} time", city=isolated(city))


def zones_by_name() -> Mapping[str, str]:
    """Return IANA time zones by their :func:`zone_name` in the reader's language.

    A name that two zones share is left out. Former names of zones are ignored.
    """
    found: dict[str, list[str]] = {}
    for zone in get_global("zone_territories"):
        if zone not in get_global("zone_aliases"):
            found.setdefault(zone_name(zone), []).append(zone)
    return {name: zones[0] for name, zones in found.items() if len(zones) == 1}


def _city_of(zone: str, code: str) -> str:
    """Return CLDR's name of a zone's city in a language, without soft hyphens; "" if there is none."""
    zones = cldr_locale(code).time_zones
    # CLDR keeps some names under a zone's former name, such as "America/Buenos_Aires" or "Asia/Calcutta".
    named = (zones.get(known, {}).get("city") for known in (zone, *_former_names().get(zone, ())))
    return next(filter(None, named), "").replace("\u00ad", "")


def _last_part(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _former_names() -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = {}
    for former, zone in get_global("zone_aliases").items():
        names.setdefault(zone, []).append(former)
    return names


@lru_cache(maxsize=32)
def _named(code: str) -> Mapping[tuple[str, str], str]:
    """Return a language's city names by folded gazetteer name and country."""
    by_cldr = {city: named for city, zone in _zones().items() if (named := _city_of(zone, code))}
    if code == ENGLISH.code:
        by_cldr = {}  # the gazetteer's names are English, except those in the table
    return by_cldr | {city: row[code] or row["name"] for city, row in _table().items() if code in row}


@cache
def _table() -> Mapping[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(fold_letters(row["name"]), row["country"]): row for row in csv.DictReader(file)}


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    found = {}
    for zone, country in get_global("zone_territories").items():
        # If English has no name of its own, the name comes from the zone id (UTS 35, "Time Zone Format").
        found[fold_letters(_city_of(zone, ENGLISH.code) or _last_part(zone)), country] = zone
    return found
