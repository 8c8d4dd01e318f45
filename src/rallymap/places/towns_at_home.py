"""Towns inflected after a preposition, in the countries of its language: "w Cieszynie", "v Táboře", "у Трускавці".

Elsewhere an inflected name counts only if a city is meant, because a case ending also fits many other words.
"""

from __future__ import annotations

import math
from typing import Final

from rallymap.places.codes import ADMIN2, ALTERNATE, CITY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import base_forms
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import find_named, has_name

_HOMES: Final = {
    preposition: frozenset(countries.split())
    for prepositions, countries in (
        ("w we", "PL"), ("v ve", "CZ SK SI"), ("u", "HR BA RS ME"), ("в во", "RU BY UA KZ BG MK"),
        ("във", "BG"), ("у", "UA BY RS BA ME"), ("στο στη στην στον στα στις στους", "GR CY"), ("li", "TR SY IQ IR"),
    )
    for preposition in prepositions.split()
}  # fmt: skip
_A_TOWN: Final = 5000
_A_VILLAGE: Final = 1000
_A_CITY: Final = 50_000
_FAR_LARGER: Final = 10
_NOT_FAR_SMALLER: Final = 0.2  # of a place abroad: "u Puli" is in Pula, and Puli in Taiwan has more people
_MIN_LETTERS: Final = 3


def find_town_at_home(gazetteer: Gazetteer, preposition: str, segment: Segment) -> Segment | None:
    """Return the segment with its words in the nominative if a town in a country of the preposition is meant.

    None if the words as written are the name of a place there that is not far smaller, or of a far larger one abroad.
    """
    homes = _HOMES.get(preposition)
    if homes is None or not has_name(segment.words) or not all(segment.capitals):
        return None
    written = [_least_people(gazetteer, posting, homes) for posting in find_named(gazetteer, segment.words)]
    best, most = None, 0
    for words in base_forms(segment.words):
        if len("".join(words)) >= _MIN_LETTERS:
            for posting in gazetteer.find(join_key(words)):
                people = gazetteer.population(posting.place)
                if people > most and _is_at_home(gazetteer, posting, homes, words[0]):
                    best, most = words, people
    least = max(_A_TOWN, *written, 0)
    return segment.rewrite(best) if best is not None and most >= least else None


def _least_people(gazetteer: Gazetteer, posting: Posting, homes: frozenset[str]) -> float:
    """Return how many people a town needs to be meant rather than a place that the words name as written."""
    is_at_home = gazetteer.country(posting.place) in homes
    if posting.kind != CITY and (is_at_home or posting.kind != ADMIN2):
        return math.inf if posting.rank <= EXONYM else 0
    people = gazetteer.population(posting.place)
    least = _A_VILLAGE if is_at_home or posting.rank <= OFFICIAL else _A_CITY
    if posting.rank > ALTERNATE or people < least:
        return 0
    return people * (_FAR_LARGER if is_at_home else _NOT_FAR_SMALLER)


def _is_at_home(gazetteer: Gazetteer, posting: Posting, homes: frozenset[str], word: str) -> bool:
    is_name = posting.rank <= (EXONYM if word.isascii() else ALTERNATE)
    return posting.kind == CITY and is_name and gazetteer.country(posting.place) in homes
