"""Large cities that a hyphen joins, each a place of its own: "Mannheim-Heidelberg", "Dallas-Fort Worth, TX"."""

from __future__ import annotations

import re
from typing import Final

from rallymap.places.city_parts import split_quarter
from rallymap.places.codes import EXONYM
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import split_segments
from rallymap.places.readings import find_cities

_A_CITY: Final = 100_000
_HYPHEN: Final = re.compile(r"(?<=\w\w\w)-(?=\w\w\w)")


def set_apart(gazetteer: Gazetteer, text: str) -> str:
    """Write dashes between the cities that hyphens join; return any other text unchanged.

    "Winston-Salem" is one city, and "Köln-Mülheim" a quarter.
    """
    first = next(iter(split_segments(text)), None) if "-" in text else None
    names = _HYPHEN.split(first.text) if first else []
    if first is None or len(names) < 2 or gazetteer.find(join_key(first.words)) or split_quarter(gazetteer, first):
        return text
    return text.replace(first.text, " – ".join(names), 1) if all(_is_city(gazetteer, name) for name in names) else text


def _is_city(gazetteer: Gazetteer, name: str) -> bool:
    return any(
        posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_CITY
        for posting in find_cities(gazetteer, fold_key(name))
    )
