"""Names of states, provinces and nations in the languages of the pages, which the gazetteer does not have in full.

``data/region_names.csv`` was written for rallymap: the regions in which exiles often rally, and whose names differ
between languages. A test compares it with the gazetteer.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from rallymap.places.normalize import fold_key

TABLE: Final = Path(__file__).parent / "data" / "region_names.csv"
"""Columns: gazetteer name, alpha-2 code of the country, then one per language; several names are separated by "|"."""


def regions_named(key: str) -> frozenset[str]:
    """Return the gazetteer's names of the regions that a folded name means in some language; empty for none."""
    return names_of_regions().get(key, frozenset())


def regions_begun(beginning: str) -> Iterator[str]:
    """Yield the gazetteer's names of the regions with a name in some language that begins with a folded text."""
    known = _sorted_keys()
    at = bisect_left(known, beginning)
    while at < len(known) and known[at].startswith(beginning):
        yield from names_of_regions()[known[at]]
        at += 1


@cache
def names_of_regions() -> Mapping[str, frozenset[str]]:
    """Return the gazetteer's names of regions by folded name in another language."""
    return {key: frozenset(name for name, _ in found) for key, found in countries_of_regions().items()}


@cache
def countries_of_regions() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return the gazetteer's names and countries of regions by folded name in another language."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, country, *others = row.values()
            # Not a set: the map in one file has these in their order, and its bytes are always the same.
            keys = dict.fromkeys(fold_key(other) for cell in others for other in cell.split("|"))
            keys.pop(fold_key(name), None)
            for key in keys:
                found[key] = found.get(key, frozenset()) | {(name, country)}
    return found


@cache
def _sorted_keys() -> list[str]:
    return sorted(names_of_regions())
