"""What the words of one segment may mean: exact names, names inside longer text, names with typos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from rallymap.demonyms import country_of_demonym
from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.counties import districts_of_county
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import adjective_bases, base_words
from rallymap.places.normalize import join_key
from rallymap.places.parse import CASE_ENDING, Segment
from rallymap.places.scripts import is_cjk
from rallymap.places.venue_words import STREET_ENDINGS, Head, head_of
from rallymap.places.vocabulary import (
    COMPASS,
    DIRECTIONS,
    EVENT_WORDS,
    FILLERS,
    IN,
    LOCATIVE,
    PREFIXES,
    REGION_CODES,
    STREET_PREFIXES,
    STREET_WORDS,
    SUFFIXES,
    VENUE_WORDS,
)

_A_CITY: Final = 50_000
_A_GREAT_CITY: Final = 500_000
# Chinese, Japanese and Korean write the institution together with its town.
_WRITTEN_TOGETHER: Final = tuple(
    "공항 机场 機場 空港 駅前 駅 역 火车站 火車站 中央車站 站 市役所 市政厅 市政廳 市政府 시청 大学 大學 대학교".split()
)
_COLOURS: Final = frozenset("white black red blue green golden great big little high".split())
# "Little Tehran" is a quarter of another city, "Free Berlin" a name.
_NEW_NAMES: Final = frozenset(
    "little mini klein kleine kleines petit petite pequena pequeno piccola piccolo lille lilla kucuk young free my our"
    " unser radio".split()
)
# With the next word these make another name: "Mount Wellington" is not in Wellington.
_NAME_STARTS: Final = frozenset(
    "mount mt lake port fort ft saint st point pt cape bay isle new north south east west upper lower old great".split()
)
_COMMON: Final = (VENUE_WORDS | _COLOURS) - {"la"}
_MAX_SPAN: Final = 5
_MAX_SPAN_WORDS: Final = 24


class Match(StrEnum):
    """How the words of a text led to a name, most certain first."""

    EXACT = "exact"
    GENERIC = "generic"  # after leaving off "City of" or the like
    INFLECTED = "inflected"  # in its base form: "Warszawie" for Warszawa
    SPAN = "span"  # the name is part of a longer text
    TYPO = "typo"
    TYPOS = "typos"  # two, of letters left out, added or swapped
    FAR = "far"  # two, and another letter replaces one: rather another name
    SOUND = "sound"


#: Matches with another name than the one written.
GUESSES: Final = (Match.TYPO, Match.TYPOS, Match.FAR)


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch of words and the places it may name.

    Attributes
    ----------
    postings, match
        The places, and how the words led to them.
    cost
        In log units.
    rest
        The words left over.
    unexplained
        How many of them no vocabulary explains: "hilton" in "Paris Hilton".
    """

    postings: tuple[Posting, ...]
    match: Match
    cost: float = 0.0
    rest: str = ""
    unexplained: int = 0


def find_named(gazetteer: Gazetteer, words: tuple[str, ...]) -> list[Posting]:
    """Look the words up as one name, without translated aliases of common words: "White House" for Casablanca."""
    postings = gazetteer.find(join_key(words))
    if len(words) > 1 and postings and all(word in _COMMON for word in words):
        return [posting for posting in postings if posting.rank < ALTERNATE]
    return postings


def read_exactly(gazetteer: Gazetteer, words: tuple[str, ...]) -> Reading | None:
    """Look the words up as one name."""
    postings = find_named(gazetteer, words)
    return Reading(tuple(postings), Match.EXACT) if postings else None


def read_generically(gazetteer: Gazetteer, words: tuple[str, ...]) -> Reading | None:
    """Look the words up without a leading or trailing word that only says what the place is."""
    for prefix in PREFIXES.get(words[0], ()):
        if words[: len(prefix)] == prefix and len(words) > len(prefix):
            postings = find_named(gazetteer, words[len(prefix) :])
            if postings:
                return Reading(tuple(postings), Match.GENERIC, 1.0)
    for suffix in SUFFIXES.get(words[-1], ()):
        if words[-len(suffix) :] == suffix and len(words) > len(suffix):
            postings = find_named(gazetteer, words[: -len(suffix)])
            if postings:
                return Reading(tuple(postings), Match.GENERIC, 1.0)
    if len(words) > 1 and words[0] in DIRECTIONS:
        great = tuple(p for p in gazetteer.find(join_key(words[1:])) if is_great_city(gazetteer, p))
        return Reading(great, Match.GENERIC, 1.0) if great else None
    return None


def is_great_city(gazetteer: Gazetteer, posting: Posting) -> bool:
    """Return whether a name is that of a city of half a million or more."""
    return posting.kind == CITY and posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_GREAT_CITY


def read_regions(gazetteer: Gazetteer, words: tuple[str, ...]) -> list[int]:
    """List the first-level divisions that the words abbreviate or name in English."""
    found = (gazetteer.admin1_of_code(code) for code in REGION_CODES.get("".join(words), ()))
    return [place for place in found if place]


def read_spans(gazetteer: Gazetteer, segment: Segment, *, before_institution: bool = False) -> list[Reading]:
    """Find names inside a longer segment, dearer the more words are left over.

    With `before_institution` the "Lund" of "Lund University" counts; otherwise it is the name of a building.
    """
    words = segment.words[:_MAX_SPAN_WORDS]
    count = len(words)
    readings = []
    wholes: list[tuple[int, int]] = []
    for start, end in _spans(count):
        span = words[start:end]
        if any(first <= start and end <= last for first, last in wholes):
            continue  # "San José Poaquil" is not San José
        if not _may_be_name(words, start, end, before_institution) or not is_capitalised(segment, start, end):
            continue
        postings = find_named(gazetteer, span)
        if not postings:
            continue
        rest = (*words[:start], *words[end:])
        plain = sum(not is_explained(word) for word in rest)
        cost = 1.0 + 3.5 * min(plain, 4) - 0.7 * (end - start - 1)
        if start and words[start - 1] in IN:
            cost -= 1.0
        elif end != count and start:
            cost += 2.0  # street names are in the middle of a text
        readings.append(Reading(tuple(postings), Match.SPAN, max(0.5, cost), " ".join(rest), plain))
        if not plain and any(posting.rank <= OFFICIAL for posting in postings):
            wholes.append((start, end))
    return readings


def read_institution(gazetteer: Gazetteer, segment: Segment) -> list[Reading]:
    """Find the town that an institution is named after: "Universität zu Köln", "Göteborgs centralstation"."""
    spans = read_spans(gazetteer, segment, before_institution=True)
    readings = [reading for reading in spans if any(posting.kind == CITY for posting in reading.postings)]
    if any(not reading.unexplained for reading in readings):
        return readings
    words = segment.words
    for ending in _WRITTEN_TOGETHER:
        if words[-1].endswith(ending):
            postings = _find_cities(gazetteer, words[-1].removesuffix(ending))
            if postings:
                return [Reading(postings, Match.INFLECTED, 1.0, ending)]
    for number in (0, len(words) - 1):
        rest = " ".join((*words[:number], *words[number + 1 :]))
        if country_of_demonym(words[number]):
            continue  # the "Armenian church" is not in Armenia, Colombia
        for form in adjective_bases(words[number]) if words[number].isascii() else base_words(words[number]):
            postings = _find_cities(gazetteer, form)
            if postings and segment.capitals[number]:
                return [Reading(postings, Match.INFLECTED, 1.0, rest)]
    return readings


def _find_cities(gazetteer: Gazetteer, word: str) -> tuple[Posting, ...]:
    return tuple(
        posting
        for posting in gazetteer.find(join_key((word,)))
        if posting.kind == CITY and gazetteer.population(posting.place) >= _A_CITY and posting.rank <= ALTERNATE
    )


def is_capitalised(segment: Segment, start: int, end: int) -> bool:
    """Return whether some words of a segment are written like a name: capitals at both ends, "de" and "la" apart."""
    return all(segment.capitals[number] or segment.words[number] in FILLERS for number in {start, end - 1})


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for size in range(min(_MAX_SPAN, count - 1), 0, -1):
        for start in range(count - size, -1, -1):
            yield start, start + size


def _may_be_name(words: tuple[str, ...], start: int, end: int, before_institution: bool) -> bool:
    span = words[start:end]
    if all(word in VENUE_WORDS or word.isdigit() or (len(word) < 3 and not is_cjk(word)) for word in span):
        return False
    if span[0] in IN or span[-1] in IN or (len(span) == 1 and country_of_demonym(span[0])):
        return False
    if end < len(words) and words[end] in STREET_WORDS:
        return before_institution and head_of(words[end]) is Head.LOCAL
    # "rue de Vienne" and "Place Berlin" begin with the word; in "200 South Capitol Avenue Indianapolis" it ends a name.
    return not (start == 1 and words[0] in STREET_PREFIXES)


def split_trailing_region(gazetteer: Gazetteer, segment: Segment) -> tuple[Segment, Segment] | None:
    """Split "Austin Texas" into town and region or country; None if the last words name neither."""
    words = segment.words
    for size in range(min(4, len(words) - 1), 0, -1):
        tail = words[-size:]
        is_code = size == 1 and segment.written[-1:] == (tail[0].upper(),) and not segment.text.isupper()
        if all(word in VENUE_WORDS for word in tail) and not (is_code and _is_code_of(gazetteer, tail, words[:-1])):
            continue
        if tail == ("hb",) or (size == 1 and not is_code and head_of(tail[0]) is Head.STREET):
            continue  # "Zürich HB" is a station, not in Bremen, and "Bécsi út" a street, not in Utah
        if tail[0] in COMPASS and _is_street(words[-size - 1]):
            continue  # "Pennsylvania Ave NW" is not in North Rhine-Westphalia
        named = (
            bool(read_regions(gazetteer, tail))
            or _is_county_of(gazetteer, tail, words[:-size])
            or any(
                (posting.kind == COUNTRY and posting.rank <= EXONYM)
                or (posting.kind == ADMIN1 and posting.rank <= OFFICIAL)
                for posting in gazetteer.find(join_key(tail))
            )
        )
        if named and not all(word in _NEW_NAMES or word in _NAME_STARTS for word in words[:-size]):
            return segment.part(0, len(words) - size), replace(segment.part(len(words) - size, len(words)), near=False)
    return None


def _is_street(word: str) -> bool:
    return head_of(word) is Head.STREET or word in STREET_ENDINGS


def _is_code_of(gazetteer: Gazetteer, code: tuple[str, ...], town: tuple[str, ...]) -> bool:
    """Return whether a town of this name is in the region: "Toronto ON", but not "Downtown LA"."""
    regions = read_regions(gazetteer, code)
    return any(p.kind == CITY and gazetteer.admin1(p.place) in regions for p in gazetteer.find(join_key(town)))


def _is_county_of(gazetteer: Gazetteer, county: tuple[str, ...], town: tuple[str, ...]) -> bool:
    """Return whether a town of this name is in the county: "Newport Gwent"."""
    districts = districts_of_county(gazetteer, county)
    return bool(districts) and any(
        posting.kind == CITY and gazetteer.admin2(posting.place) in districts
        for posting in gazetteer.find(join_key(town))
    )


def is_explained(word: str) -> bool:
    """Return whether a word is one of a vocabulary: it describes a venue or an event, or joins names."""
    return (
        word in VENUE_WORDS
        or word in FILLERS
        or word in LOCATIVE
        or word in EVENT_WORDS
        or word.isdigit()
        or word == CASE_ENDING
        or head_of(word) is not Head.NONE
    )


def has_name(words: Iterable[str]) -> bool:
    """Return whether a segment has a word that may be a name: not a number, and none that makes a venue."""
    return any(not is_explained(word) for word in words)


def looks_like_venue(words: Iterable[str]) -> bool:
    """Return whether a segment has a word that names a point in a town, or a number."""
    return any(word in VENUE_WORDS or word.isdigit() for word in words)
