"""Names inside longer segments: a town next to other words, and the town in an institution's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rallymap.demonyms import country_of_demonym
from rallymap.places.adjectives import institution_bases, is_called_after_person
from rallymap.places.codes import CITY, OFFICIAL
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import adjective_bases, base_forms, base_words
from rallymap.places.institution_homes import countries_of_institution
from rallymap.places.parse import Segment
from rallymap.places.readings import INFLECTED, SPAN, Reading, find_cities, find_named, is_explained
from rallymap.places.scripts import has_vowels, is_cjk
from rallymap.places.vocabulary import FILLERS, IN, STREET_PREFIXES, STREET_WORDS, VENUE_WORDS
from rallymap.venue_words import LOCAL, NONE, head_of

_A_TOWN: Final = 15_000
_A_GREAT_CITY: Final = 500_000
_MAX_SPAN: Final = 5
_MAX_HOMES: Final = 4
_MAX_SPAN_WORDS: Final = 24
_MIN_LETTERS: Final = 3
# Chinese, Japanese and Korean attach the institution to its town.
_WRITTEN_TOGETHER: Final = tuple(
    "공항 机场 機場 空港 駅前 駅 역 火车站 火車站 中央車站 站 市役所 市政厅 市政廳 市政府 시청 大学 大學 대학교".split()
)


def read_spans(gazetteer: Gazetteer, segment: Segment, *, before_institution: bool = False) -> list[Reading]:
    """Find names inside a longer segment; the cost increases with the number of remaining words.

    With `before_institution`, "Lund" in "Lund University" counts; otherwise it is part of a building's name.
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
        if len(span) == 1 and len(span[0]) < _MIN_LETTERS and not is_cjk(span[0]):
            postings = tuple(p for p in postings if gazetteer.population(p.place) >= _A_GREAT_CITY)
        if not postings:
            continue
        rest = (*words[:start], *words[end:])
        plain = sum(not is_explained(word) for word in rest)
        cost = 1.0 + 3.5 * min(plain, 4) - 0.7 * (end - start - 1)
        if start and words[start - 1] in IN:
            cost -= 1.0
        elif end != count and start:
            cost += 2.0  # street names are usually in the middle of a text
        readings.append(Reading(tuple(postings), SPAN, max(0.5, cost), " ".join(rest), plain))
        if not plain and any(posting.rank <= OFFICIAL for posting in postings):
            wholes.append((start, end))
    return readings


def read_institution(gazetteer: Gazetteer, segment: Segment) -> list[Reading]:
    """Find the town that an institution is named after: "Universität zu Köln", "Göteborgs centralstation"."""
    if is_called_after_person(segment.words):
        return []
    spans = read_spans(gazetteer, segment, before_institution=True)
    readings = [reading for reading in spans if any(posting.kind == CITY for posting in reading.postings)]
    words = segment.words
    at_home = _read_at_home(gazetteer, segment, readings)
    if at_home is not None:
        return [at_home]
    if any(not reading.unexplained and _has_people(gazetteer, reading) for reading in readings):
        return _read_genitive(gazetteer, words, readings) or readings
    homes = countries_of_institution(words[1:]) if words[0] in FILLERS and segment.capitals[0] else frozenset()
    own = tuple(posting for posting in find_cities(gazetteer, words[0]) if gazetteer.country(posting.place) in homes)
    if own:
        return [Reading(own, INFLECTED, 1.0, " ".join(words[1:]))]  # "Van Belediyesi"
    pair = _read_pair(gazetteer, segment)
    if pair is not None:
        return [pair]
    for number, word in enumerate(words):
        rest = " ".join((*words[:number], *words[number + 1 :]))
        postings: tuple[Posting, ...] = ()
        for ending in _WRITTEN_TOGETHER:
            if word.endswith(ending):
                postings, rest = find_cities(gazetteer, word.removesuffix(ending)), ending
                break
        if not postings and segment.capitals[number] and not country_of_demonym(word) and head_of(word) is NONE:
            # The "Armenian church" is not in Armenia, Colombia.
            others = (*words[:number], *words[number + 1 :])
            forms = [*institution_bases(word, others)]
            if number == len(words) - 1 or all(map(is_explained, words[:number])):
                forms[:0] = adjective_bases(word) if word.isascii() else base_words(word)
            postings = next(filter(None, (find_cities(gazetteer, form) for form in forms)), ())
        if postings:
            return [Reading(postings, INFLECTED, 1.0, rest)]
    return readings


def _read_at_home(gazetteer: Gazetteer, segment: Segment, readings: list[Reading]) -> Reading | None:
    """Find a town by its genitive in the country of the institution's language: "Tukuma slimnīca" is in Latvia.

    A small town counts, too, unless a city elsewhere has exactly this name.
    """
    words = segment.words
    homes = countries_of_institution(words[1:])
    if not homes or len(homes) > _MAX_HOMES or not segment.capitals[0]:
        return None
    if any(posting.rank <= OFFICIAL for reading in readings for posting in reading.postings):
        return None
    for form in institution_bases(words[0], words[1:]):
        own = tuple(
            posting
            for posting in gazetteer.find(form)
            if posting.kind == CITY and posting.rank <= OFFICIAL and gazetteer.country(posting.place) in homes
        )
        if own:
            return Reading(own, INFLECTED, 1.0, " ".join(words[1:]))
    return None


def _read_genitive(gazetteer: Gazetteer, words: tuple[str, ...], readings: list[Reading]) -> list[Reading]:
    """Return the city whose genitive a small town's name is: the "Lahden oikeustalo" is in Lahti, not in Lähden."""
    largest = max(gazetteer.population(posting.place) for reading in readings for posting in reading.postings)
    if largest >= _A_TOWN or len(words) < 2:
        return []
    rest = words[1:]
    cities = (find_cities(gazetteer, base) for base in institution_bases(words[0], rest))
    return [Reading(found, INFLECTED, 1.0, " ".join(rest)) for found in cities if found][:1]


def _read_pair(gazetteer: Gazetteer, segment: Segment) -> Reading | None:
    """Find an inflected town of two words in an institution's name: "администрация Нижнего Новгорода"."""
    words = segment.words
    for start in range(len(words) - 1):
        two = words[start : start + 2]
        if not all(segment.capitals[start : start + 2]) or any(map(is_explained, two)):
            continue
        for form in base_forms(two):
            postings = find_cities(gazetteer, "".join(form))
            if postings:
                return Reading(postings, INFLECTED, 1.0, " ".join((*words[:start], *words[start + 2 :])))
    return None


def _has_people(gazetteer: Gazetteer, reading: Reading) -> bool:
    """Return whether a name is a town's, not a quarter's: the "Тверской" court is in Tver, not in Tverskoy."""
    return any(gazetteer.population(posting.place) for posting in reading.postings)


def is_capitalised(segment: Segment, start: int, end: int) -> bool:
    """Return whether a range of words is written like a name: capitals at both ends, except "de" and "la"."""
    return all(segment.capitals[number] or segment.words[number] in FILLERS for number in {start, end - 1})


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for size in range(min(_MAX_SPAN, count - 1), 0, -1):
        for start in range(count - size, -1, -1):
            yield start, start + size


def _is_short(word: str) -> bool:
    """Return whether a word is too short for a name; in scripts without vowels two letters are enough: قم, رم."""
    return len(word) < (_MIN_LETTERS if has_vowels(word) else _MIN_LETTERS - 1) and not is_cjk(word)


def _may_be_name(words: tuple[str, ...], start: int, end: int, before_institution: bool) -> bool:
    span = words[start:end]
    if all(word in VENUE_WORDS or word.isdigit() or _is_short(word) for word in span):
        return False
    if len(span) == 1 and span[0] in FILLERS:
        return False  # "davanti alla prefettura" is not in Al-Ula
    if span[0] in IN or span[-1] in IN or (len(span) == 1 and country_of_demonym(span[0])):
        return False
    if end < len(words) and words[end] in STREET_WORDS:
        return before_institution and head_of(words[end]) is LOCAL
    # In "rue de Vienne" and "Place Berlin" the street word precedes the name; in "200 South Capitol Avenue
    # Indianapolis" it follows.
    return not (start == 1 and words[0] in STREET_PREFIXES)
