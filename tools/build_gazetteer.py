"""Build rallymap's gazetteer (`make gazetteer`); the same sources produce the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from rallymap.places.codes import FROM_CLDR_CITIES, NameRank, PlaceKind
from rallymap.places.gazetteer_file import BLOCK
from tools.gazetteer_countries import add_countries, add_zone_cities
from tools.gazetteer_draft import Draft, DraftPlace
from tools.gazetteer_geonames import add_cities, add_divisions, place_divisions, prefer_names
from tools.gazetteer_lists import (
    add_listed_exonyms,
    add_quarters,
    add_region_names,
    add_shown_names,
    move_misplaced_towns,
)
from tools.gazetteer_regions import add_region_exonyms
from tools.gazetteer_scripts import add_division_names, drop_misfiled_names, find_han_forms
from tools.gazetteer_us import add_census_places, add_postal_localities, read_census, read_counties
from tools.gazetteer_writer import Columns, pack_pieces, write_columns

OUTPUT: Final = Path(__file__).parents[1] / "src" / "rallymap" / "places" / "data" / "gazetteer.bin"


def gather() -> Draft:
    """Read all sources."""
    draft = Draft()
    add_countries(draft)
    codes = add_divisions(draft)
    cities = add_cities(draft, codes)
    print("preferred names:", prefer_names(draft))
    print("misplaced towns:", move_misplaced_towns(draft))
    print("quarters:", add_quarters(draft))
    print("names of regions:", add_region_names(draft))
    print("names of divisions in other scripts:", add_division_names(draft))
    print("names of divisions in other languages:", add_region_exonyms(draft))
    census = read_census()
    place_divisions(draft, census_counties=read_counties(census))
    print("census places:", add_census_places(draft, census))
    print("postal localities:", add_postal_localities(draft))
    print("listed exonyms:", add_listed_exonyms(draft))
    print("names that pages show:", add_shown_names(draft))
    print("names of zone cities:", add_zone_cities(draft, cities))
    print("misfiled names left out:", drop_misfiled_names(draft))
    return draft


def pack(draft: Draft) -> Columns:
    """Convert places to columns: places by kind, country and population; keys sorted by their UTF-8 bytes."""
    places = sorted(draft.places, key=lambda p: (min(p.kind, PlaceKind.CITY), p.country, -p.population, p.kind, p.code))
    number_of = {(place.kind, place.code): number for number, place in enumerate(places)}
    firsts = {kind: sum(place.kind < kind for place in places) for kind in (PlaceKind.ADMIN2, PlaceKind.CITY)}
    countries = [place.country for place in places if place.kind is PlaceKind.COUNTRY]

    def admin1_of(place: DraftPlace) -> int:
        return number_of.get((PlaceKind.ADMIN1, place.admin1), 0)

    def admin2_of(place: DraftPlace) -> int:
        number = number_of.get((PlaceKind.ADMIN2, place.admin2))
        return 0 if number is None else number - firsts[PlaceKind.ADMIN2] + 1

    forms = find_han_forms()
    simplified_key = str.maketrans(forms)
    postings: dict[bytes, list[tuple[int, int]]] = {}
    for number, place in enumerate(places):
        ranks: dict[str, int] = {}
        for key, rank in place.keys.items():
            form = key.translate(simplified_key)
            other = ranks.get(form, rank)
            # Only marked if no other source has the name in any form.
            ranks[form] = min(rank & ~FROM_CLDR_CITIES, other & ~FROM_CLDR_CITIES) | (rank & other & FROM_CLDR_CITIES)
        for key, rank in ranks.items():
            postings.setdefault(key.encode(), []).append((number, rank))
    keys = sorted(postings)
    lengths = np.array([len(key) for key in keys], np.uint8)
    flat = [posting for key in keys for posting in sorted(postings[key], key=lambda p: (p[1] & 0x7F, p[0]))]
    fuzzy = [n for n, key in enumerate(keys) if _is_fuzzy(key, postings[key])]
    fuzzy.sort(key=lambda n: keys[n][::-1])
    names = [place.name.encode() for place in places]
    name_lengths = np.array([len(name) for name in names], np.uint8)
    return {
        "countries": "".join(countries).encode(),
        "admin1_codes": "\n".join(place.code for place in places if place.kind is PlaceKind.ADMIN1).encode(),
        "kind": np.array([place.kind for place in places], np.uint8),
        "country": np.array([countries.index(place.country) for place in places], np.uint8),
        "admin1": np.array([admin1_of(place) for place in places], np.uint16),
        "admin2": np.array([admin2_of(place) for place in places], np.uint16),
        "lat": np.array([round(place.lat * 1e5) for place in places], np.int32),
        "lon": np.array([round(place.lon * 1e5) for place in places], np.int32),
        "population": np.array([place.population for place in places], np.uint32),
        "radius": np.array([round(place.radius_km * 10) for place in places], np.uint16),
        "name_length": name_lengths,
        "names": pack_pieces(b"".join(names), name_lengths),
        "key_length": lengths,
        "keys": pack_pieces(b"".join(keys), lengths),
        "first_keys": b"".join(keys[::BLOCK]),
        "posting_count": np.array([len(postings[key]) for key in keys], np.uint16),
        "posting_place": np.array([number for number, _ in flat], np.uint32),
        "posting_rank": np.array([rank for _, rank in flat], np.uint8),
        "reversed": np.array(fuzzy, np.uint32),
        "han": "".join(f"{character}{form}" for character, form in sorted(forms.items())).encode(),
    }


def _is_fuzzy(key: bytes, postings: list[tuple[int, int]]) -> bool:
    # Typos are only corrected in alphabetic scripts, in names that people write rather than machine transliterations.
    return len(key) >= 4 and min(rank & 0x7F for _, rank in postings) not in (NameRank.ROMANISED, NameRank.CODE)


def main() -> None:
    """Build and print a summary."""
    columns = pack(gather())
    for name, column in columns.items():
        print(f"{name:15} {len(column):>10} {'pieces' if isinstance(column, list) else 'values'}")
    digest = write_columns(columns, OUTPUT)
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes, {len(columns['kind'])} places, sha256 {digest}")


if __name__ == "__main__":
    main()
