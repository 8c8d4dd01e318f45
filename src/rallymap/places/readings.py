"""Possible meanings of the words of a segment: exact names, names inside longer text, names with typos."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.counties import districts_of_county
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import adjective_bases, base_words
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.names_of_regions import countries_of_regions
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import CASE_ENDING, Segment
from rallymap.places.vocabulary import (
    COMPASS,
    DIRECTIONS,
    DIVISION_WORDS,
    EVENT_WORDS,
    FILLERS,
    LOCATIVE,
    PREFIXES,
    REGION_CODES,
    SUFFIXES,
    VENUE_WORDS,
)
from rallymap.venue_words import NONE, STREET, STREET_ENDINGS, head_of

_A_CITY: Final = 50_000
_A_GREAT_CITY: Final = 500_000
_COLOURS: Final = frozenset("white black red blue green golden great big little high".split())
# "Little Tehran" is a quarter of another city, "Free Berlin" a name.
_NEW_NAMES: Final = frozenset(
    "downtown central inner greater metro"
    " little mini klein kleine kleines petit petite pequena pequeno piccola piccolo lille lilla kucuk young free my our"
    " unser radio".split()
)
# With the next word these form another name: "Mount Wellington" is not in Wellington.
_NAME_STARTS: Final = frozenset(
    "mount mt lake port fort ft saint st point pt cape bay isle new north south east west upper lower old great"
    " northern southern eastern western".split()
)
_SAINTS: Final = frozenset("st saint sainte san santa santo sao sankt sint".split())
_OF: Final = frozenset("of de von di do da des du van af del dos av".split())
_CITY_WORDS: Final = frozenset(
    "city town ville ciudad cidade stadt stad sehri город місто شهر مدینه miasto mesto".split()
)
_COMMON: Final = (VENUE_WORDS | _COLOURS) - {"la"}


class Match(StrEnum):
    """How words were matched to a name, most certain first."""

    EXACT = "exact"
    GENERIC = "generic"  # after dropping "City of" or similar
    INFLECTED = "inflected"  # by its base form: "Warszawie" for Warszawa
    SPAN = "span"  # the name is part of a longer text
    TYPO = "typo"
    TYPOS = "typos"  # two, with letters omitted, added or swapped
    FAR = "far"  # two, and a letter replaced: probably another name
    SOUND = "sound"


# The members as names of their own: accessing enum members takes five times as long.
EXACT, GENERIC, INFLECTED, SPAN, TYPO, TYPOS, FAR, SOUND = Match

#: Matches with a name that differs from the text.
GUESSES: Final = (TYPO, TYPOS, FAR)


class Reading(NamedTuple):
    """A sequence of words and the places it may name.

    Attributes
    ----------
    postings, match
        The places, and how the words were matched.
    cost
        Cost in log units.
    rest
        The remaining words.
    unexplained
        Number of remaining words that are in no vocabulary: "hilton" in "Paris Hilton".
    """

    postings: tuple[Posting, ...]
    match: Match
    cost: float = 0.0
    rest: str = ""
    unexplained: int = 0


def find_named(gazetteer: Gazetteer, words: tuple[str, ...]) -> tuple[Posting, ...]:
    """Look up the words as one name, but not as an alias of common words: "White House" is not Casablanca."""
    key = join_key(words)
    postings = gazetteer.find(key)
    if key in countries_of_regions() and not countries_of_region(words):  # "Provence" is less than its state
        postings = _with_regions(gazetteer, key, postings)
    if postings and is_common_name(words):
        return tuple(posting for posting in postings if posting.rank < ALTERNATE)
    if len(words) == 2 and postings and words[0] in LOCATIVE and _has_larger_city(gazetteer, postings, words[1:]):
        return ()  # "a Roma" is not Aroma, and "a Napoli" is not Annapolis
    return postings


def _with_regions(gazetteer: Gazetteer, key: str, postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """Add the regions that other languages call by a key, unless the gazetteer has them: "کریمه" is Crimea."""
    found = {posting.place for posting in postings}
    regions = (
        posting.place
        for name, country in sorted(countries_of_regions()[key])
        for posting in gazetteer.find(fold_key(name))
        if posting.kind == ADMIN1 and gazetteer.country(posting.place) == country
    )
    return (*postings, *(Posting(place, EXONYM, ADMIN1) for place in dict.fromkeys(regions) if place not in found))


def _has_larger_city(gazetteer: Gazetteer, postings: tuple[Posting, ...], words: tuple[str, ...]) -> bool:
    """Return whether a city named by `words` is larger than all places of `postings`."""
    largest = max(gazetteer.population(posting.place) for posting in postings)
    return any(
        posting.kind == CITY
        and posting.rank <= EXONYM
        and gazetteer.population(posting.place) >= max(_A_CITY, largest + 1)
        for posting in gazetteer.find(join_key(words))
    )


def is_common_name(words: tuple[str, ...]) -> bool:
    """Return whether a name consists of a colour or size and a word for a venue: "White House", "Red Bank"."""
    return len(words) > 1 and all(word in _COMMON for word in words)


def read_exactly(gazetteer: Gazetteer, words: tuple[str, ...]) -> Reading | None:
    """Look up the words as one name; None if unknown."""
    postings = find_named(gazetteer, words)
    return Reading(postings, EXACT) if postings else None


def read_generically(gazetteer: Gazetteer, words: tuple[str, ...]) -> Reading | None:
    """Look up the words without a leading or trailing word that only says what the place is; None if unknown."""
    for prefix in PREFIXES.get(words[0], ()):
        if words[: len(prefix)] == prefix and len(words) > len(prefix):
            postings = _divisions_among(find_named(gazetteer, words[len(prefix) :]), prefix)
            if prefix == ("the",) and len(words) == 2:  # "The Strand" is not the town of Strand
                postings = tuple(p for p in postings if p.kind <= ADMIN1 or is_great_city(gazetteer, p))
            if postings:
                return Reading(postings, GENERIC, 1.0)
    for suffix in SUFFIXES.get(words[-1], ()):
        if words[-len(suffix) :] == suffix and len(words) > len(suffix):
            named = words[: -len(suffix)]
            cities = _find_inflected(gazetteer, named)
            postings = _divisions_among(find_named(gazetteer, named), suffix)
            if cities and not any(p.rank <= OFFICIAL and gazetteer.population(p.place) >= _A_CITY for p in postings):
                return Reading(cities, INFLECTED, 1.0)
            if postings:
                return Reading(postings, GENERIC, 1.0)
    if len(words) > 1 and words[0] in DIRECTIONS:
        great = tuple(p for p in gazetteer.find(join_key(words[1:])) if is_great_city(gazetteer, p))
        return Reading(great, GENERIC, 1.0) if great else None
    return None


def _divisions_among(postings: tuple[Posting, ...], affix: tuple[str, ...]) -> tuple[Posting, ...]:
    """Drop towns if the affix denotes a division and a division has the name: "штат Нью-Йорк" is not the city."""
    if not _CITY_WORDS.isdisjoint(affix):
        postings = tuple(posting for posting in postings if posting.kind != COUNTRY)  # "Panama City"
    if affix == ("village",):
        postings = tuple(posting for posting in postings if posting.kind != ADMIN2)  # "Multnomah Village"
    divisions = tuple(posting for posting in postings if posting.kind in (ADMIN1, ADMIN2))
    return divisions if divisions and not DIVISION_WORDS.isdisjoint(affix) else postings


def _find_inflected(gazetteer: Gazetteer, words: tuple[str, ...]) -> tuple[Posting, ...]:
    """Return the cities of an inflected name: "Kölner" in "Kölner Innenstadt", "Oulun" in "Oulun keskusta"."""
    if len(words) > 1:
        return ()
    bases = (*adjective_bases(words[0]), *base_words(words[0]))
    return next((cities for form in bases if (cities := find_cities(gazetteer, form))), ())


def is_great_city(gazetteer: Gazetteer, posting: Posting) -> bool:
    """Return whether a name is that of a city with at least half a million people."""
    return posting.kind == CITY and posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_GREAT_CITY


def read_regions(gazetteer: Gazetteer, words: tuple[str, ...]) -> list[int]:
    """Return the first-level divisions that the words abbreviate or name in English."""
    found = (gazetteer.admin1_of_code(code) for code in REGION_CODES.get("".join(words), ()))
    return [place for place in found if place]


def find_cities(gazetteer: Gazetteer, word: str) -> tuple[Posting, ...]:
    """Return the cities with at least 50 000 people that a folded word names."""
    return tuple(
        posting
        for posting in gazetteer.find(join_key((word,)))
        if posting.kind == CITY and gazetteer.population(posting.place) >= _A_CITY and posting.rank <= ALTERNATE
    )


def split_trailing_region(gazetteer: Gazetteer, segment: Segment) -> tuple[Segment, Segment] | None:
    """Split "Austin Texas" into town and region or country; None if the last words name neither."""
    words = segment.words
    for size in range(min(4, len(words) - 1), 0, -1):
        tail = words[-size:]
        is_code = size == 1 and segment.written[-1:] == (tail[0].upper(),) and not segment.text.isupper()
        if words[-size - 1] in _OF or words[-size - 1] in _SAINTS:
            continue  # "Maison de Russie" is not a town in Russia, and the church of San Salvador is not in El Salvador
        if all(word in VENUE_WORDS for word in tail) and not (is_code and _is_code_of(gazetteer, tail, words[:-1])):
            continue
        if tail == ("hb",) or (size == 1 and not is_code and head_of(tail[0]) is STREET):
            continue  # "Zürich HB" is a station, not in Bremen, and "Bécsi út" is a street, not in Utah
        if tail[0] in COMPASS and _is_street(words[-size - 1]):
            continue  # "Pennsylvania Ave NW" is not in North Rhine-Westphalia
        named = (
            bool(read_regions(gazetteer, tail))
            or _is_county_of(gazetteer, tail, words[:-size])
            or any(
                (posting.kind == COUNTRY and posting.rank <= EXONYM)
                # "Corner store" is not in Štore, Slovenia.
                or (posting.kind == ADMIN1 and posting.rank <= OFFICIAL and all(segment.capitals[-1:]))
                for posting in gazetteer.find(join_key(tail))
            )
        )
        if named and not all(word in _NEW_NAMES or word in _NAME_STARTS for word in words[:-size]):
            return segment.part(0, len(words) - size), segment.part(len(words) - size, len(words))._replace(near=False)
    return None


def _is_street(word: str) -> bool:
    return head_of(word) is STREET or word in STREET_ENDINGS


def _is_code_of(gazetteer: Gazetteer, code: tuple[str, ...], town: tuple[str, ...]) -> bool:
    """Return whether the region with a code contains a town with this name: "Toronto ON", but not "Downtown LA"."""
    regions = read_regions(gazetteer, code)
    return any(p.kind == CITY and gazetteer.admin1(p.place) in regions for p in gazetteer.find(join_key(town)))


def _is_county_of(gazetteer: Gazetteer, county: tuple[str, ...], town: tuple[str, ...]) -> bool:
    """Return whether the county contains a town with this name: "Newport Gwent"."""
    districts = districts_of_county(gazetteer, county)
    return bool(districts) and any(
        posting.kind == CITY and gazetteer.admin2(posting.place) in districts
        for posting in gazetteer.find(join_key(town))
    )


@functools.lru_cache(maxsize=4096)  # several readers look at the same words
def is_explained(word: str) -> bool:
    """Return whether a word is in a vocabulary: it describes a venue or an event, or joins names."""
    return (
        word in VENUE_WORDS
        or word in FILLERS
        or word in LOCATIVE
        or word in EVENT_WORDS
        or word.isdigit()
        or word == CASE_ENDING
        or head_of(word) is not NONE
    )


def has_name(words: Iterable[str]) -> bool:
    """Return whether any of the words may be a name: not a number, and in no vocabulary."""
    for word in words:  # noqa: SIM110  called very often, and a generator takes longer
        if not is_explained(word):
            return True
    return False


def looks_like_venue(words: Iterable[str]) -> bool:
    """Return whether any of the words describes a venue or is a number."""
    return any(word in VENUE_WORDS or word.isdigit() for word in words)
