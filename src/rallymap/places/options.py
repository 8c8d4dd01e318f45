"""Possible places of one segment of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rallymap.places.codes import ALTERNATE, CITY, CODE, EXONYM, OFFICIAL, PRIMARY, ROMANISED, SHORTENED
from rallymap.places.readings import Match
from rallymap.places.scripts import is_native_script

#: Cost of weaker name ranks, in log units.
RANK_COST: Final[dict[int, float]] = {
    PRIMARY: 0.0, OFFICIAL: 0.3, EXONYM: 1.0, ALTERNATE: 2.5,
    ROMANISED: 6.0, SHORTENED: 3.0, CODE: 6.0,
}  # fmt: skip
_NATIVE_GAIN: Final = 0.75  # GeoNames does not mark the alternate name that is the town's own
_FOREIGN_COST: Final = 3.0
_A_TOWN: Final = 20_000


@dataclass(slots=True)
class Option:
    """A place that a segment may name.

    Attributes
    ----------
    kind, country, admin1, population
        Copied from the gazetteer, because they are read many times.
    score, cost
        Score and cost in log units.
    unexplained
        Number of remaining words that are in no vocabulary.
    agrees, agrees_well
        Whether no other segment contradicts it; and whether each of them supports it or names no region.
    is_supported
        Whether another segment names its region, country or a nearby town, or the country was given.
    is_coarse
        Whether it is a region or country, or a town whose name more often means one.
    is_doubtful_code
        Whether it was read from the code of a state or country that another country also uses.
    """

    place: int
    rank: int
    match: Match
    segment: int
    kind: int
    country: str
    admin1: int
    population: int
    cost: float = 0.0
    rest: str = ""
    unexplained: int = 0
    score: float = 0.0
    agrees: bool = True
    agrees_well: bool = True
    is_coarse: bool = False
    is_supported: bool = False
    is_doubtful_code: bool = False


def prefer_native(options: list[Option], word: str) -> None:
    """Prefer places in countries that use the script of a word to aliases of places elsewhere.

    "Βέροια" is Véroia, and an old Greek name of Aleppo.
    """
    foreign: list[Option] = []
    has_native_town = False
    for option in options:
        if option.rank != ALTERNATE:
            continue
        if is_native_script(word, option.country):
            option.cost -= _NATIVE_GAIN
            has_native_town = has_native_town or (option.kind == CITY and option.population >= _A_TOWN)
        else:
            foreign.append(option)
    for option in foreign if has_native_town else ():
        option.cost += _FOREIGN_COST
