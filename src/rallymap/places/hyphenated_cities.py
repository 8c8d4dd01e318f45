"""Large cities that a hyphen joins, each a place of its own: "Mannheim-Heidelberg", "Dallas-Fort Worth, TX"."""

from __future__ import annotations

import re
from itertools import permutations
from typing import Final

from rallymap.distances import measure_km
from rallymap.places.city_parts import split_quarter
from rallymap.places.codes import ADMIN1, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import split_segments
from rallymap.places.readings import find_cities

_A_CITY: Final = 100_000
_DIRECTIONS: Final = frozenset(
    "noord zuid oost west nord sud ost north south east nordost nordwest sudost sudwest norte sur este oeste oriente"
    " centrum zentrum center centre central centro mitte kuzey guney dogu bati merkez polnoc poludnie".split()
)
_HYPHEN: Final = re.compile(r"(?<=\w\w\w)-(?=\w\w[\w.])")  # also "Minneapolis-St. Paul"


def set_apart(gazetteer: Gazetteer, text: str) -> str:
    """Write dashes between the cities that hyphens join; return any other text unchanged.

    "Winston-Salem" is one city, and "Köln-Mülheim" a quarter, as are "London-Barnet" and "Rotterdam-Noord".
    """
    first = next(iter(split_segments(text)), None) if "-" in text else None
    names = _HYPHEN.split(first.text) if first else []
    if first is None or len(names) < 2 or gazetteer.find(join_key(first.words)) or split_quarter(gazetteer, first):
        return text
    cities = [_find_city(gazetteer, name) for name in names]
    is_several = None not in cities and not any(
        _is_within(gazetteer, part, city) for city, part in permutations(filter(None, cities), 2)
    )
    return text.replace(first.text, " – ".join(names), 1) if is_several else text


def _find_city(gazetteer: Gazetteer, name: str) -> int | None:
    """Return the large city that a name means; None if it is a direction, or a more populous state is meant."""
    if fold_key(name) in _DIRECTIONS:
        return None
    [segment] = split_segments(name) or [None]
    postings = [one for one in find_cities(gazetteer, join_key(segment.words)) if one.rank <= EXONYM] if segment else []
    city = max((one.place for one in postings), key=gazetteer.population, default=None)
    if segment is None or city is None or gazetteer.population(city) < _A_CITY:
        return None
    is_state = any(  # "London-Victoria"
        one.kind == ADMIN1
        and one.rank <= OFFICIAL
        and one.place != gazetteer.admin1(city)
        and gazetteer.population(one.place) > gazetteer.population(city)
        for one in gazetteer.find(join_key(segment.words))
    )
    return None if is_state else city


def _is_within(gazetteer: Gazetteer, part: int, city: int) -> bool:
    """Return whether a city is a quarter or borough of a larger one, or both are names of the same place."""
    if gazetteer.population(part) > gazetteer.population(city) or gazetteer.country(part) != gazetteer.country(city):
        return False
    apart_m = 1000 * measure_km(*gazetteer.lat_lon(part), *gazetteer.lat_lon(city))
    return gazetteer.admin1(part) == gazetteer.admin1(city) and apart_m <= gazetteer.radius_m(city)
