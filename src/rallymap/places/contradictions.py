"""Limit the confidence of answers that contradict the rest of the text: "Bamberg, New York", "Foobar, Dundas"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from rallymap.countries import read_country_code
from rallymap.distances import measure_km
from rallymap.places.codes import ADMIN1, CITY, CODE, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.options import Option
from rallymap.places.part import Part
from rallymap.places.readings import EXACT, FAR, GENERIC, SPAN, TYPOS, is_common_name
from rallymap.places.vocabulary import EVENT_WORDS, FILLERS, VENUE_WORDS

_A_TOWN: Final = 15_000
_A_CITY: Final = 100_000
_A_GREAT_CITY: Final = 500_000
_OF_ITSELF: Final = frozenset(("DE.03", "DE.04", "DE.16", "US.DC"))  # states that are cities
_BESIDE_STRANGER: Final = 0.6  # more likely the state than its city, or an unknown quarter
_TWO_EDITS_BESIDE_TOWN: Final = 0.35  # "Rennes, Quebec" is not Varennes
_GREAT_CITY_ELSEWHERE: Final = 0.35  # "Ukraine, Paris": not the village that was once called so
_BESIDE_UNKNOWN: Final = 0.75  # the unknown name can be a street in another town
_LETTERS_ALONE: Final = 0.75  # "ILO" is an organisation, and Ilo a town in Peru
_CODE_LETTERS: Final = 3
_STATE_LETTERS: Final = 2
_ANOTHER_NAME: Final = 0.39  # "Rainier Beach" is a quarter of Seattle, not a part of Rainier
_CODE_OF_COUNTRY: Final = 0.7  # "London, CA" is more likely in Canada
_FAR_LARGER: Final = 5
_NEAR_NAMESAKE: Final = 0.7  # "Easton, Bristol" is more likely a quarter of the English city
_A_LARGE_CITY: Final = 300_000
_NEARBY_KM: Final = 60.0
_ABOUT_A_PEOPLE: Final = 0.35
_LARGER_THAN_NAMED: Final = 0.35  # "Golan Heights, Israel" is not in the middle of Israel
_PEOPLES: Final = frozenset("roma chin karen shan mon sami fur afar mari komi aari bodo kuki naga".split())
_OF_A_PEOPLE: Final = frozenset(
    "community people peoples rights pride diaspora refugees families activists women youth association holocaust"
    " genocide culture memorial".split()
)
_NAME_WORDS: Final = frozenset(
    "beach village hill hills heights valley grove point springs ridge bay island islands river creek lake lakes north"
    " south east west upper lower new old great little port fort mount gardens side line common commons front field"
    " fields cross green end wood woods moor row".split()
)


def is_next_to_unrelated_town(gazetteer: Gazetteer, parts: Sequence[Part], best: Option) -> bool:
    """Return whether the answer is a city named like its state, next to a town that is not in this state.

    "Montral, Quebec" is not in Quebec City: Montral is a town in Spain.
    """
    regions = set(parts[best.segment].regions)
    if best.kind != CITY or not regions or regions <= {gazetteer.admin1_of_code(code) for code in _OF_ITSELF}:
        return False
    return any(_is_stranger(gazetteer, part, regions, best.place) for part in parts)


def _is_stranger(gazetteer: Gazetteer, part: Part, regions: set[int], city: int) -> bool:
    if part.is_venue or part.regions or not part.is_read or part.countries:
        return False
    postings = [posting for reading in part.readings for posting in reading.postings]
    return (
        any(posting.kind == CITY for posting in postings)
        and not any(posting.kind == COUNTRY and posting.rank <= EXONYM for posting in postings)
        and not any(gazetteer.admin1(posting.place) in regions or posting.place == city for posting in postings)
    )


def _names_town(gazetteer: Gazetteer, part: Part) -> bool:
    return any(
        posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_CITY
        for reading in part.readings
        if reading.match is EXACT
        for posting in reading.postings
    )


def _has_great_namesake(gazetteer: Gazetteer, option: Option, part: Part) -> bool:
    """Return whether the name is that of a great city in another country."""
    return any(
        posting.kind == CITY
        and posting.rank <= OFFICIAL
        and gazetteer.population(posting.place) >= _A_GREAT_CITY
        and gazetteer.country(posting.place) != option.country
        for reading in part.readings
        for posting in reading.postings
    )


def limits_by_contradiction(
    gazetteer: Gazetteer, option: Option, parts: Sequence[Part], *, has_unread_name: bool
) -> Iterator[float]:
    """Yield upper limits of the confidence if another name, or the rest of this one, contradicts the answer."""
    part = parts[option.segment]
    is_small = option.kind >= CITY and option.population < _A_TOWN
    if is_next_to_unrelated_town(gazetteer, parts, option):
        yield _BESIDE_STRANGER
    is_in_region = any(option.admin1 in other.regions for other in parts)  # "Algiers, LA" is in New Orleans
    if option.rank > EXONYM and is_small and not is_in_region and _has_great_namesake(gazetteer, option, part):
        yield _GREAT_CITY_ELSEWHERE
    if option.match in (TYPOS, FAR) and _names_town(gazetteer, part):
        yield _TWO_EDITS_BESIDE_TOWN
    if has_unread_name and is_small and not option.is_supported:
        yield _BESIDE_UNKNOWN
    if option.kind >= CITY and any(_is_code_of_larger(gazetteer, option, part, other) for other in parts):
        yield _CODE_OF_COUNTRY
    if option.kind >= CITY and option.is_supported and _is_near_small_namesake(gazetteer, option, parts):
        yield _NEAR_NAMESAKE
    if option.match is not EXACT and _is_people(part):
        yield _ABOUT_A_PEOPLE
    letters = "".join(part.segment.words)
    if (
        len(parts) == 1
        and len(letters) == _CODE_LETTERS
        and letters.isascii()
        and part.segment.text.strip(".").isupper()
        and option.population < _A_GREAT_CITY
    ):
        yield _LETTERS_ALONE
    if option.population < _A_CITY and _is_another_name(option, part):
        yield _ANOTHER_NAME
    if option.kind <= ADMIN1 and any(_names_smaller(gazetteer, other, option) for other in parts if other is not part):
        yield _LARGER_THAN_NAMED


def _names_smaller(gazetteer: Gazetteer, part: Part, option: Option) -> bool:
    """Return whether a part names something in a region or country that the gazetteer lacks: "Old Town, Virginia"."""
    if part.is_venue or part.regions:
        return False
    places = {posting.place for reading in part.readings for posting in reading.postings}
    if part.countries:  # "Bay Area, California", but not "England, Great Britain"
        return option.place not in places and read_country_code(part.segment.text) is None
    words = part.segment.words
    is_elsewhere = is_common_name(words) and all(
        gazetteer.country(place) != option.country
        or (option.kind == ADMIN1 and gazetteer.admin1(place) != option.place)
        for place in places
    )
    return (is_elsewhere or not part.is_read) and any(
        word in VENUE_WORDS and word not in EVENT_WORDS and word not in FILLERS for word in words
    )


def _is_another_name(option: Option, part: Part) -> bool:
    """Return whether the remaining words change the town's name into another: "South Lamar", "Rice Village"."""
    if option.match is SPAN:
        return any(word in _NAME_WORDS for word in option.rest.split())
    return option.match is GENERIC and part.segment.words[-1] == "village"


def _is_people(part: Part) -> bool:
    """Return whether a part names a people that shares its name with a town: "Roma community centre"."""
    words = part.segment.words
    return any(word in _PEOPLES and after in _OF_A_PEOPLE for word, after in pairwise(words))


def _is_code_of_larger(gazetteer: Gazetteer, option: Option, part: Part, other: Part) -> bool:
    """Return whether a code means the state of a town, or a country with a far larger town of this name."""
    if option.admin1 not in other.regions or len("".join(other.segment.words)) != _STATE_LETTERS:
        return False
    countries = {
        gazetteer.country(posting.place)
        for reading in other.readings
        for posting in reading.postings
        if posting.kind == COUNTRY and posting.rank == CODE
    }
    least = max(_A_CITY, _FAR_LARGER * option.population)
    return any(
        posting.kind == CITY
        and posting.rank <= OFFICIAL
        and gazetteer.country(posting.place) in countries
        and gazetteer.population(posting.place) >= least
        for reading in part.readings
        for posting in reading.postings
    )


def _is_near_small_namesake(gazetteer: Gazetteer, option: Option, parts: Sequence[Part]) -> bool:
    """Return whether a town is only near a small namesake of a far larger city: "Easton, Bristol".

    It is more likely a quarter of that city, which the gazetteer lacks.
    """
    others = [part for part in parts if part is not parts[option.segment] and part.readings]
    if len(others) != 1 or others[0].regions:
        return False
    places = [p.place for reading in others[0].readings for p in reading.postings if p.rank <= EXONYM]
    if any(
        place in (option.admin1, gazetteer.admin2(option.place)) or gazetteer.kind(place) == COUNTRY for place in places
    ):
        return False
    people = {
        gazetteer.population(place): measure_km(*gazetteer.lat_lon(option.place), *gazetteer.lat_lon(place))
        for place in places
        if gazetteer.kind(place) >= CITY
    }
    largest = max(people, default=0)
    near = max((number for number, km in people.items() if km <= _NEARBY_KM), default=0)
    return largest >= _A_LARGE_CITY and near < _A_CITY and near * _FAR_LARGER < largest
