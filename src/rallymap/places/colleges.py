"""Universities that are named after a region or country: "Ohio University, Athens", "University of Ghana, Legon"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import CITY, COUNTRY, EXONYM
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.part import Part
from rallymap.places.readings import find_named, read_regions

# Beginnings of words for a university.
_STEMS: Final = tuple(
    fold_letters(
        "universi univerzi uniwersy yliopisto egyetem университ університ πανεπιστ دانشگاه جامعه אוניברסיט 大学 대학"
    ).split()
)
_JOINING: Final = frozenset(("university", "college", "state", "of", "the", "at", "in", "national"))


def find_homes(gazetteer: Gazetteer, words: Sequence[str], towns: Sequence[Part]) -> tuple[list[int], tuple[str, ...]]:
    """Return the first-level divisions, or else the countries, that a university named after one can be in.

    Divisions count only if they contain one of the towns: Ohio, in "Ohio University, Athens". So do countries that
    share their name with a division: Georgia, in "University of Georgia, Tbilisi".
    """
    if not any(word.startswith(_STEMS) for word in words):
        return [], ()
    named = tuple(word for word in words if word not in _JOINING)
    regions = read_regions(gazetteer, named)
    places = [posting.place for town in towns for reading in town.readings for posting in reading.postings]
    towns_in = {gazetteer.admin1(place) for place in places if gazetteer.kind(place) >= CITY}
    homes = [region for region in regions if region in towns_in]
    if homes or not named:
        return homes, ()
    countries = {
        gazetteer.country(posting.place)
        for posting in find_named(gazetteer, named)
        if posting.kind == COUNTRY and posting.rank <= EXONYM
    }
    if regions:
        countries &= {gazetteer.country(place) for place in places if gazetteer.kind(place) >= CITY}
    return [], tuple(sorted(countries))
