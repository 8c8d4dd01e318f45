"""Towns inflected after a preposition, in the countries of its language: "w Cieszynie", "v Táboře", "у Трускавці".

Elsewhere an inflected name counts only if a city is meant, because a case ending also fits many other words.
"""

from __future__ import annotations

import math
from typing import Final

from rallymap.places.codes import ALTERNATE, CITY, EXONYM, OFFICIAL
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
_MIN_LETTERS: Final = 3


def find_town_at_home(gazetteer: Gazetteer, preposition: str, segment: Segment) -> Segment | None:
    """Return the segment with its words in the nominative if a town in a country of the preposition is meant.

    None if the words as written are the name of a place that is not far smaller.
    """
    homes = _HOMES.get(preposition)
    if homes is None or not has_name(segment.words) or not all(segment.capitals):
        return None
    written = [_people_as_written(gazetteer, posting, homes) for posting in find_named(gazetteer, segment.words)]
    best, most = None, 0
    for words in base_forms(segment.words):
        if len("".join(words)) >= _MIN_LETTERS:
            for posting in gazetteer.find(join_key(words)):
                people = gazetteer.population(posting.place)
                if people > most and _is_at_home(gazetteer, posting, homes, words[0]):
                    best, most = words, people
    least = max(_A_TOWN, *(_FAR_LARGER * people for people in written), 0)
    return segment.rewrite(best) if best is not None and most >= least else None


def _people_as_written(gazetteer: Gazetteer, posting: Posting, homes: frozenset[str]) -> float:
    """Return the population of a place that the words may mean as written; 0 if they do not mean it."""
    if posting.kind != CITY:
        return math.inf if posting.rank <= EXONYM else 0
    is_likely = posting.rank <= OFFICIAL or gazetteer.country(posting.place) in homes
    people = gazetteer.population(posting.place)
    return people if posting.rank <= ALTERNATE and people >= (_A_VILLAGE if is_likely else _A_CITY) else 0


def _is_at_home(gazetteer: Gazetteer, posting: Posting, homes: frozenset[str], word: str) -> bool:
    is_name = posting.rank <= (EXONYM if word.isascii() else ALTERNATE)
    return posting.kind == CITY and is_name and gazetteer.country(posting.place) in homes
