"""Names that are equal to a town's only without their spaces: "Mari El" is not Mariel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import CITY, PRIMARY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import join_key
from rallymap.places.options import Option
from rallymap.places.readings import EXACT

_A_CITY: Final = 100_000
_COST: Final = 4.0
_LIMIT: Final = 0.6


def penalise_glued(gazetteer: Gazetteer, options: Iterable[Option], words: tuple[str, ...]) -> None:
    """Add a cost to small towns whose own name is a single word, unlike the text's."""
    for option in options if len(words) > 1 else ():
        if option.match is EXACT and _is_glued(gazetteer, option, words):
            option.cost += _COST


def limit_of_glued(gazetteer: Gazetteer, option: Option, words: tuple[str, ...]) -> float:
    """Return the maximum confidence of a town whose own name is a single word, unlike the text's; otherwise 1."""
    is_alone = option.match is EXACT and not option.is_supported
    return _LIMIT if is_alone and _is_glued(gazetteer, option, words) else 1.0


def _is_glued(gazetteer: Gazetteer, option: Option, words: tuple[str, ...]) -> bool:
    if option.kind < CITY or option.rank != PRIMARY or option.population >= _A_CITY:
        return False
    key = join_key(words)
    # A name with spaces is longer than its key. Names with accents are, too; they are not compared.
    is_as_long = len(words) > 1 and gazetteer.name_bytes(option.place) == len(key)
    return is_as_long and fold_letters(gazetteer.name(option.place)).split() == [key]
