"""Guess segments without an exact match: similar spellings, and names by sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rallymap.countries import is_within
from rallymap.places.codes import ALTERNATE, CITY, EXONYM, OFFICIAL
from rallymap.places.consonants import ConsonantFinder, skeleton
from rallymap.places.context import Context
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.options import Option
from rallymap.places.part import Part
from rallymap.places.readings import EXACT, FAR, SOUND, TYPO, TYPOS, Reading, has_name, looks_like_venue
from rallymap.places.scripts import has_vowels, is_han, is_native_script
from rallymap.places.typos import SpellingFinder
from rallymap.places.vowel_letters import find_great_cities

_SAID_CLEARLY: Final = 4.0
_TYPO_COST: Final = {1: 3.5, 2: 7.0}
_UNLIKE_COST: Final = 5.0
_A_TOWN: Final = 15_000
_A_CITY: Final = 50_000
_A_GREAT_CITY: Final = 500_000
_LONG_NAME: Final = 7
_ACRONYM_LETTERS: Final = 4


def is_allowed(gazetteer: Gazetteer, place: int, country: str) -> bool:
    """Return whether a place is allowed if this country was given (alpha-2, or "" for any)."""
    own = gazetteer.country(place)
    return (
        not country
        or own == country
        or is_within(own, country)
        or gazetteer.admin1(place) in gazetteer.claimed_by(country)
    )


def is_small_alias(parts: list[Part], best: Option) -> bool:
    """Return whether the best reading is a small town's alternate name that may be another name with a typo.

    Without support by other segments, and in Arabic or Hebrew script, or a long name in Latin script.
    """
    if best.rank != ALTERNATE or best.population >= _A_CITY or best.is_supported or best.match is not EXACT:
        return False
    key = join_key(parts[best.segment].segment.words)
    is_long = len(parts) == 1 and key.isascii() and len(key) >= _LONG_NAME and best.population < _A_TOWN
    return is_long or not has_vowels(key)


def _has_letters_of(key: str, other: str) -> bool:
    """Return whether one of two names contains all letters of the other, in any order."""
    letters, others = Counter(key), Counter(other)
    return letters <= others or others <= letters


class Guesser:
    """Adds guesses to the readings of segments."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._spellings = SpellingFinder(gazetteer)
        self._consonants = ConsonantFinder(gazetteer)

    def add_guesses(self, parts: list[Part], contexts: list[Context], country: str, *, disagreeing: bool) -> None:
        """Add similar spellings to segments without a reading, or whose reading other segments contradict."""
        has_region = any(part.regions for part in parts)
        claimed = {
            place for context in contexts for code in context.countries for place in self._gazetteer.claimed_by(code)
        }
        for number, part in enumerate(parts):
            words = part.segment.words
            if part.is_venue and not (part.may_be_misspelt and has_name(words)):
                continue
            if part.regions or part.countries or len(words) > 5 or part.segment.near:
                continue
            key = join_key(words)
            if key and not has_vowels(key) and self._is_obscure(part):
                cities = find_great_cities(self._gazetteer, key)
                part.readings.extend([Reading(cities, TYPO, _TYPO_COST[1])] if cities else [])
            elif (
                len(parts) == 1 and part.is_read and len(key) >= _LONG_NAME and key.isascii() and self._is_obscure(part)
            ):
                part.readings.extend(self._read_great_cities(key, country))
            if part.is_read and not (disagreeing and (has_region or self._is_obscure(part))):
                continue
            if not key or key.isdigit() or (len(parts) == 1 and len(key) <= _ACRONYM_LETTERS and part.is_upper):
                continue  # "SOAS" is not a misspelt town
            divisions = {
                place
                for other, context in enumerate(contexts)
                if other != number
                for place, gain in context.admin1.items()
                if gain > _SAID_CLEARLY
                # "México" is the country first, and then one of its states.
                if self._gazetteer.country(place) not in context.countries
                if is_allowed(self._gazetteer, place, country)
            }
            divisions -= claimed  # "Syria" means all of Syria, not only the division that Syria claims
            # "Kurdistan" is a province of Iran, and a region in four countries.
            is_macro_region = any(len(other.countries) > 1 for other in parts if other is not part)
            near_by = tuple(sorted(divisions)) if len(divisions) <= 4 and not is_macro_region else ()
            said = country or self._said_country(contexts)
            extra = 1.5 if looks_like_venue(words) else 0.0
            misspelt = list(self._read_misspelt(key, near_by, said, extra))
            if not has_vowels(key):
                # With two edits among consonants only, it is another name.
                misspelt = [reading for reading in misspelt if reading.match is TYPO or reading.cost < _TYPO_COST[2]]
            if any(reading.match is TYPO for reading in misspelt):
                # "Greenn Bay" is more likely Green Bay with a typo than a place called Bay next to an unknown word.
                part.readings = [reading for reading in part.readings if not reading.unexplained]
            part.readings.extend(misspelt)
            if not part.readings and not key.isascii():
                by_sound = self._read_in_latin if has_vowels(key) else self._read_by_consonants
                part.readings.extend(by_sound(words, near_by, said))

    def _is_obscure(self, part: Part) -> bool:
        """Return whether no city has exactly this name: an exact city is preferred to a similar spelling."""
        gazetteer = self._gazetteer
        return not any(
            posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_CITY
            for reading in part.readings
            for posting in reading.postings
        )

    def _read_great_cities(self, key: str, country: str) -> Iterator[Reading]:
        """Read an alias of a village as a misspelt great city: "Barcalona" is also a name of Barcelonne-du-Gers."""
        for spelling in self._spellings.find(key, country=country):
            great = tuple(
                posting
                for posting in spelling.postings
                if posting.rank <= OFFICIAL and self._gazetteer.population(posting.place) >= _A_GREAT_CITY
            )
            if spelling.edits == 1 and spelling.key[:1] == key[:1] and great:
                yield Reading(great, TYPO, _TYPO_COST[1])

    def _read_misspelt(self, key: str, admin1: tuple[int, ...], country: str, extra: float) -> Iterator[Reading]:
        for spelling in self._spellings.find(key, admin1=admin1, country=country):
            match = TYPO if spelling.edits == 1 else TYPOS if _has_letters_of(key, spelling.key) else FAR
            if match is TYPO and not has_vowels(key) and skeleton(key) != skeleton(spelling.key):
                match = FAR  # "کیشینف" is not Kuching, "کیشینگ", but Kishinev
            cost = _TYPO_COST[spelling.edits] + extra
            if spelling.key[:1] != key[:1]:
                cost += 1.0  # the first letter is rarely wrong
            yield Reading(spelling.postings, match, cost)

    def _read_in_latin(self, words: tuple[str, ...], admin1: tuple[int, ...], country: str) -> Iterator[Reading]:
        """Transliterate a name that is unknown in its script: "Մատամորոս" to Matamoros."""
        from anyascii import anyascii  # few texts need it, and importing it takes 15 ms

        latin = fold_key(anyascii(" ".join(words)))
        postings = tuple(
            posting
            for posting in self._gazetteer.find(latin)
            if posting.rank <= ALTERNATE and posting.kind == CITY
            if not is_han(words[0]) or is_native_script(words[0], self._gazetteer.country(posting.place))
        )
        if postings:
            yield Reading(postings, SOUND, _TYPO_COST[1])
        if is_han(words[0]):
            return  # characters are syllables: "基爾" and "Leer" are not spellings of one name
        for reading in self._read_misspelt(latin, admin1, country, 1.0):
            yield Reading(reading.postings, SOUND, reading.cost)

    def _read_by_consonants(self, words: tuple[str, ...], admin1: tuple[int, ...], country: str) -> Iterator[Reading]:
        """Match an unknown name in Arabic or Hebrew script by its consonants: "ماتاموروس" with Matamoros."""
        for posting, unlike in self._consonants.find(words, country):
            if not admin1 or self._gazetteer.admin1(posting.place) in admin1:
                yield Reading((posting,), SOUND, _TYPO_COST[1] + _UNLIKE_COST * unlike)

    def _said_country(self, contexts: Iterable[Context]) -> str:
        said = {code for context in contexts for code, gain in context.countries.items() if gain > _SAID_CLEARLY}
        return said.pop() if len(said) == 1 else ""
