"""Find towns with the same name as the answer, which make it less sure."""

from __future__ import annotations

from typing import Final

from rallymap.places.codes import CITY, OFFICIAL, PRIMARY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key
from rallymap.places.options import Option
from rallymap.places.part import Part

_SMALL_TOWN: Final = 10_000
_NAMESAKE_SHARE: Final = 1 / 20


def has_larger_namesake(gazetteer: Gazetteer, option: Option) -> bool:
    """Return whether a larger town has the same Latin name: 曼徹斯特 is listed for only one Manchester."""
    namesakes = gazetteer.find(fold_key(gazetteer.name(option.place)))
    return any(
        posting.kind >= CITY and gazetteer.population(posting.place) > option.population for posting in namesakes
    )


def has_namesakes(gazetteer: Gazetteer, option: Option) -> bool:
    """Return whether another country has so large a town with this name that the institution may be there."""
    at_least = max(_SMALL_TOWN, option.population * _NAMESAKE_SHARE)
    return any(
        posting.kind == CITY and posting.rank <= OFFICIAL
        and gazetteer.country(posting.place) != option.country
        and gazetteer.population(posting.place) >= at_least
        for posting in gazetteer.find(fold_key(gazetteer.name(option.place)))
    )  # fmt: skip


def shares_name_with_town(gazetteer: Gazetteer, option: Option, part: Part) -> bool:
    """Return whether the exonym of a region is the own name of a town in another country: "Babylon", New York."""
    return any(
        posting.kind == CITY and posting.rank == PRIMARY
        and gazetteer.country(posting.place) != option.country
        and gazetteer.population(posting.place) >= _SMALL_TOWN
        for reading in part.readings
        for posting in reading.postings
    )  # fmt: skip
