"""Suburbs of large cities that share their name with a town in another country: "Preston", "Woolwich"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from rallymap.distances import measure_many_km
from rallymap.places.codes import CITY, PRIMARY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import join_key

_A_GREAT_CITY: Final = 1_000_000
_QUARTER_KM: Final = 20.0
_A_SUBURB: Final = 15_000  # people
_MUCH_LARGER: Final = 500_000  # people; a town with so many is always preferred to a suburb of the same name
_A_CITY: Final = 100_000
_UNKNOWN_SIZE: Final = 0.39
_SMALLER: Final = 0.75
_CALLED_AFTER_OTHERS: Final = 0.35
_SAINTS: Final = frozenset("st ste saint sainte sankt san sant santa santo sao sveti sfantul szent sint".split())
_CHURCHES: Final = frozenset(
    "church cathedral chapel basilica abbey monastery kirche dom kapelle kloster eglise cathedrale basilique chapelle"
    " iglesia catedral capilla parroquia chiesa duomo cattedrale igreja paroquia se kerk kathedraal kyrka domkyrka"
    " kirke domkirke kirkko kosciol katedra kostel crkva biserica templom".split()
)
# Beginnings of words for monuments, in languages that write the person's name behind them without a preposition.
_MONUMENTS: Final = tuple("памятн бюст сквер споменик паметник помник".split())


def limits_by_dedication(words: tuple[str, ...]) -> Iterator[float]:
    """Yield the limit for a church named after a saint, or a monument after a person, which exists in any town.

    "Iglesia de San José", "памятник Шевченко", which is not in the town that was called Shevchenko.
    """
    is_saint = not _SAINTS.isdisjoint(words) and not _CHURCHES.isdisjoint(words)
    if is_saint or any(word.startswith(_MONUMENTS) for word in words):
        yield _CALLED_AFTER_OTHERS


def limits_by_namesakes(gazetteer: Gazetteer, words: tuple[str, ...], place: int) -> Iterator[float]:
    """Yield upper limits of the confidence in a town if a suburb of a large city elsewhere has the same name.

    Parameters
    ----------
    words, place
        The folded words of the whole text, and the row of the town.
    """
    country, _, people = gazetteer.facts(place)
    if people >= _MUCH_LARGER:
        return
    for posting in gazetteer.find(join_key(words)):
        if posting.kind != CITY or posting.rank != PRIMARY or gazetteer.country(posting.place) == country:
            continue
        others = gazetteer.population(posting.place)
        is_of_unknown_size = not others and people < _A_CITY
        if (is_of_unknown_size or others >= _A_SUBURB) and _is_in_great_city(gazetteer, posting.place):
            yield _UNKNOWN_SIZE if is_of_unknown_size else _SMALLER


def _is_in_great_city(gazetteer: Gazetteer, place: int) -> bool:
    rows, lats, lons = _great_cities(gazetteer)
    near = measure_many_km(lats, lons, *gazetteer.lat_lon(place)) <= _QUARTER_KM
    country = gazetteer.country(place)
    return any(gazetteer.country(row) == country and row != place for row in rows[near].tolist())


@functools.lru_cache(maxsize=4)
def _great_cities(gazetteer: Gazetteer) -> tuple[np.ndarray[Any, Any], ...]:
    rows = np.array(gazetteer.towns_of(_A_GREAT_CITY), np.uint32)
    return rows, gazetteer.columns["lat"][rows] / 1e5, gazetteer.columns["lon"][rows] / 1e5
