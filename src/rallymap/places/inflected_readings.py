"""Read an inflected town name by its base form: "w Warszawie", "בלונדון", "Raekoja plats, Tartus"."""

from __future__ import annotations

from typing import Final

from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.inflection import base_forms, is_locative, is_sufficient_evidence
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import EXACT, INFLECTED, Reading, find_named
from rallymap.places.vocabulary import LOCATIVE
from rallymap.venue_words import STREET, head_of

_A_CITY: Final = 50_000
_SHORTEST_NAME: Final = 4
_LONG_NAME: Final = 10


def read_inflected(gazetteer: Gazetteer, segment: Segment, *, is_hinted: bool = False) -> Reading | None:
    """Read the cities that a segment names in an inflected form; None if there are none.

    Short endings count only if `is_hinted`: something else indicates a language with inflection.
    """
    words = segment.words
    if len(words) > 1 and words[0] in LOCATIVE and (len(words) > 2 or segment.capitals[-1]):
        return _read_inflected_division(gazetteer, words[1:])
    if not all(segment.capitals[-1:]):
        return None
    for form in base_forms(words):
        if not is_hinted and not is_sufficient_evidence(words[-1], form[-1]):
            continue
        if len(form) == 1 and head_of(form[0]) is STREET:
            continue  # Finnish "torilla" is "on the square", not in Tori, Turin
        postings = tuple(
            posting
            for posting in gazetteer.find(join_key(form))
            if posting.kind == CITY and gazetteer.population(posting.place) >= _A_CITY and posting.rank <= ALTERNATE
        )
        if postings:
            return Reading(postings, INFLECTED, 1.0)
    if len(words) == 1 and is_locative(words[0]):
        kinds = (COUNTRY, ADMIN1) if len(words[0]) >= _LONG_NAME else (COUNTRY,)  # "Pirkanmaalla"
        return _read_inflected_division(gazetteer, words, kinds)
    return None


def _read_inflected_division(
    gazetteer: Gazetteer, words: tuple[str, ...], kinds: tuple[int, ...] = (COUNTRY, ADMIN1)
) -> Reading | None:
    """Read the country or division that words with the meaning "in" name: "в Харьковской области", "Ruotsissa"."""
    for form in base_forms(words):
        postings = tuple(
            posting for posting in find_named(gazetteer, form) if posting.kind in kinds and posting.rank <= ALTERNATE
        )
        if postings and len("".join(form)) >= _SHORTEST_NAME:
            return Reading(postings, INFLECTED, 1.0)
    return None


def read_at_home(
    gazetteer: Gazetteer, segment: Segment, readings: list[Reading], home: frozenset[str]
) -> list[Reading]:
    """Re-read a name next to a street, whose language is that of the countries in `home`.

    If all places with this name elsewhere have it as an alternate name, the place in `home` is meant. If no place in
    `home` has the name, it is probably the inflected name of a city there.
    """
    postings = [posting for reading in readings for posting in reading.postings]
    if any(reading.match is not EXACT for reading in readings) and postings:
        return readings
    there = tuple(posting for posting in postings if gazetteer.country(posting.place) in home)
    if there:
        elsewhere = [posting.rank for posting in postings if posting not in there]
        is_alias = min(elsewhere, default=ALTERNATE) >= ALTERNATE
        return [Reading(there, EXACT)] if is_alias else readings
    inflected = read_inflected(gazetteer, segment, is_hinted=True)
    found = tuple(
        posting
        for posting in (inflected.postings if inflected else ())
        if posting.rank <= OFFICIAL and gazetteer.country(posting.place) in home
    )
    return [Reading(found, INFLECTED, 1.0)] if found else readings
