"""The places that one segment of a text may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rallymap.places.codes import NameRank
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.readings import Match

#: How much less a weaker claim to a name counts, in log units.
RANK_COST: Final[dict[int, float]] = {
    NameRank.PRIMARY: 0.0, NameRank.OFFICIAL: 0.3, NameRank.EXONYM: 1.0, NameRank.ALTERNATE: 2.5,
    NameRank.ROMANISED: 6.0, NameRank.SHORTENED: 3.0, NameRank.CODE: 6.0,
}  # fmt: skip


@dataclass(slots=True)
class Option:
    """One place that one segment may name.

    Attributes
    ----------
    kind, country, admin1, population
        Those of the place in the gazetteer; they are read many times.
    score, cost
        In log units.
    unexplained
        Words next to the name that no vocabulary explains.
    agrees, agrees_well
        No other segment speaks against it; and what they say fits.
    is_supported
        Another segment names its region, country or a town close by, or the country was given.
    is_coarse
        A region or country, or a town whose name more often means one.
    is_doubtful_code
        It was read from a code of a state or country that another country uses too.
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


def make_option(
    gazetteer: Gazetteer,
    posting: Posting,
    segment: int,
    match: Match = Match.EXACT,
    cost: float = 0.0,
    rest: str = "",
    unexplained: int = 0,
) -> Option:
    """Make the option that a segment, by its number, names the place of a posting."""
    place, rank, kind = posting
    country, admin1, population = gazetteer.facts(place)
    return Option(
        place,
        rank,
        match,
        segment,
        kind,
        country,
        admin1,
        population,
        cost,
        rest,
        unexplained,
    )
