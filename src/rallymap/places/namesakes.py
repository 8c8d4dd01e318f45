"""Assign names in other scripts also to towns that share the same English name.

Lists of names in other scripts cover only the largest of them: "Вестмінстер" is listed for Westminster in Colorado,
although Westminster in California is written the same way.
"""

from __future__ import annotations

from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import ALTERNATE, CITY, CODE, EXONYM, PRIMARY
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import join_key
from rallymap.places.readings import EXACT, Reading

# Elsewhere a name in another script is often the town's own name, which its Latin namesakes do not share: 蘇州, 宿州.
_ENGLISH: Final = frozenset(("US", "CA", "GB", "AU", "NZ", "IE"))
_A_TOWN: Final = 15_000
_LONG_NAME: Final = 5  # letters


def with_namesakes(gazetteer: Gazetteer, reading: Reading, words: tuple[str, ...]) -> Reading:
    """Add towns with the same English name in the same country to the reading of a name in another script."""
    if reading.match is not EXACT:
        return reading
    if "".join(words).isascii():
        return _with_spelled_alike(gazetteer, reading, join_key(words))
    ranks = {posting.place: posting.rank for posting in reversed(reading.postings)}
    added = [
        Posting(other.place, posting.rank, other.kind)
        for posting in reading.postings
        if posting.kind == CITY and EXONYM <= posting.rank <= ALTERNATE and gazetteer.country(posting.place) in _ENGLISH
        for other in gazetteer.find(join_key(fold_letters(gazetteer.name(posting.place)).split()))
        if other.kind == CITY
        and other.rank == PRIMARY
        and ranks.get(other.place, CODE) > posting.rank
        and gazetteer.country(other.place) == gazetteer.country(posting.place)
        and gazetteer.population(other.place) >= _A_TOWN
    ]
    if not added:
        return reading
    raised = {posting.place for posting in added}
    kept = (posting for posting in reading.postings if posting.place not in raised)
    return Reading((*kept, *dict.fromkeys(added)), reading.match)


def _with_spelled_alike(gazetteer: Gazetteer, reading: Reading, key: str) -> Reading:
    """Add larger towns if the name is listed as a misspelling of smaller ones: "Ottowa" for Ottawa in Illinois."""
    if len(key) < _LONG_NAME or any(posting.rank != ALTERNATE for posting in reading.postings):
        return reading
    from rapidfuzz.distance import OSA  # few texts need it, and importing it takes 15 ms

    added = []
    for posting in reading.postings:
        name = join_key(fold_letters(gazetteer.name(posting.place)).split())
        if posting.kind == CITY and OSA.distance(name, key) == 1:
            people = gazetteer.population(posting.place)
            namesakes = (other for other in gazetteer.find(name) if other.rank == PRIMARY and other.kind == CITY)
            added += [Posting(o.place, ALTERNATE, CITY) for o in namesakes if gazetteer.population(o.place) > people]
    kept = tuple(dict.fromkeys((*reading.postings, *added)))
    return Reading(kept, reading.match) if added else reading
