"""Calibrated confidence of an answer: the share of similar answers that are correct.

The shares were measured on 9 800 names with known coordinates that are not part of the benchmark: GeoNames towns alone,
with their country and next to a venue, in ten languages, and with one or two random typos; Census townships and
counties. The share is set lower if real typos differ from random ones (the place may be missing in the gazetteer).
`docs/places.md` shows the calibration on the benchmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rallymap.countries import read_country_code
from rallymap.places.calibration import calibrate
from rallymap.places.city_parts import is_city_district
from rallymap.places.codes import (
    ADMIN1,
    ADMIN2,
    ALTERNATE,
    CITY,
    CODE,
    COUNTRY,
    EXONYM,
    OFFICIAL,
    ROMANISED,
    SHORTENED,
)
from rallymap.places.contradictions import limits_by_contradiction
from rallymap.places.finder import Finding
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.glued_names import limit_of_glued
from rallymap.places.namesake_quarters import limits_by_dedication, limits_by_namesakes
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.options import Option
from rallymap.places.part import Part
from rallymap.places.readings import (
    EXACT,
    FAR,
    GENERIC,
    INFLECTED,
    SOUND,
    SPAN,
    TYPO,
    TYPOS,
    has_name,
    is_common_name,
    is_great_city,
)
from rallymap.places.score import Group
from rallymap.places.scripts import has_vowels, is_foreign_script, is_native_script
from rallymap.places.shared_names import has_larger_namesake, has_namesakes, shares_name_with_town
from rallymap.places.street_names import is_commemorated, is_english_abroad
from rallymap.places.vocabulary import DIRECTIONS
from rallymap.venue_words import LOCAL, is_civic

#: Below this share of the score, a person must choose between the place and its namesakes.
SURE_SHARE: Final = 0.88
_MATCH: Final = {
    EXACT: 0.99, GENERIC: 0.96, INFLECTED: 0.93,
    SPAN: 0.94, TYPO: 0.95, TYPOS: 0.85, FAR: 0.8, SOUND: 0.6,
}  # fmt: skip
_RANK: Final = {ROMANISED: 0.6, SHORTENED: 0.95, CODE: 0.3}
_SMALL_ALIAS: Final = 0.75
_SMALL_TOWN: Final = 10_000
_ALIAS_WITH_TYPO: Final = 0.5
_SHORT_WITH_TYPO: Final = {TYPO: (7, 0.8), TYPOS: (9, 0.75), FAR: (10, 0.7)}
_DISAGREES: Final = 0.25
_UNREAD_NAME: Final = 0.93
_VENUE_WORDS_ALONE: Final = 0.3  # "Hauptbahnhof" is also a hamlet
_A_CITY: Final = 100_000
_A_GREAT_CITY: Final = 500_000
_UNEXPLAINED: Final = 0.35
_UNEXPLAINED_SUPPORTED: Final = 0.7
_QUARTER_BEFORE_CITY: Final = 0.6
_UNEXPLAINED_SMALL: Final = 0.1
_TYPO_ALONE: Final = 0.7
_TYPOS_ALONE: Final = 0.35
_FEW_LETTERS: Final = 8
_FAR_SPELLING: Final = 0.3
_TYPO_BESIDE_NAME: Final = 0.75  # another town has exactly this name
_SOUND: Final = 0.35
_SOUND_SUPPORTED: Final = 0.6
_FOREIGN_SCRIPT: Final = 0.39
_A_TOWN: Final = 15_000
_UNRIVALLED: Final = 0.95
_UNVOWELLED: Final = 0.75  # in Arabic and Hebrew script many names are written alike
_CODE_LETTERS: Final = 3
_DOUBTFUL_CODE: Final = 0.7
_MACRO_REGION: Final = 0.6  # a province can have the name of a region in several countries
_MACRO_REGION_ALONE: Final = 0.39  # "Kurdistan" spans four countries
_A_DISTRICT: Final = 0.75  # one of several districts of a county
_PART_OF_A_CITY: Final = 0.75  # "Little London" is in Jamaica, "East London" is in South Africa, or a part of London
_SAME_START: Final = 5  # letters: "Washington DC" is Washington
_US_ALIAS: Final = 0.75  # often a quarter of another town, or a post office
_NEAR: Final = 0.75
_CALLED_A_SQUARE: Final = 0.75  # "Union Square" is a place in Massachusetts, and a square in many towns
_SQUARES: Final = frozenset(("square", "plaza", "park", "gate", "garden", "gardens", "bridge", "gardens", "circle"))
_COMMEMORATED: Final = 0.35  # "Azadî" and "Liberty" are squares in many towns
_QUARTERS: Final = frozenset("chinatown koreatown japantown greektown downtown midtown uptown".split())
_WITH_ARTICLE: Final = 0.35  # "the Spire" is no alias of Speyer
_SHORT_ALIAS: Final = 0.75  # "Rede" is an alias of Rhede, and a village
_SHORT_ALIAS_LETTERS: Final = 6
_SHARED_INSTITUTION: Final = 0.75  # "Kingston Town Hall": several towns with this name have one
_CIVIC_IN_ENGLISH: Final = frozenset("hall cityhall court airport cathedral harbour harbor".split())
_ENGLISH_BESIDE_FOREIGN: Final = 0.75  # "Royal Courts of Justice, Strand" is not in Norway
_SMALL_ALONE: Final = 0.75  # quarters of cities that are in no list have names of hamlets elsewhere: "Belgravia"
_SHARED_NAME: Final = 0.75  # "Tuscany" is also a quarter of Calgary
_NAMED_AT_WILL: Final = frozenset(("hotel", "hotels", "opera", "theatre", "theater", "theatre", "club"))
_PUBLIC_HOTELS: Final = frozenset(("ville", "police", "region", "departement", "prefecture"))  # "Hôtel de ville"
_NAMED_AFTER: Final = 0.75  # the Gare de Lyon is in Paris
_SHORT: Final = 0.35
_SHORT_NAME: Final = 2
#: For a region or country that contains a named but unknown place.
REGION_ONLY: Final = 0.35


def rate(gazetteer: Gazetteer, group: Group, finding: Finding) -> float:
    """Return the confidence of a group, 0 to 1: its share of the score, times the accuracy of its kind of match."""
    option = group.best
    part = finding.parts[option.segment]
    rank = option.rank
    population = option.population
    is_town = option.kind >= CITY
    confidence = group.share * _MATCH[option.match] * _RANK.get(rank, 1.0)
    if rank == ALTERNATE:
        # Large towns have genuine names in many languages; alternate names of villages often belong to a neighbour or
        # are outdated.
        if population < _SMALL_TOWN and is_town:
            confidence *= _SMALL_ALIAS
        if option.match in _SHORT_WITH_TYPO:
            confidence *= _ALIAS_WITH_TYPO
    if option.match in _SHORT_WITH_TYPO:
        letters, share = _SHORT_WITH_TYPO[option.match]
        if sum(map(len, part.segment.words)) < letters:
            confidence *= share
    if finding.has_unread_name and option.kind <= ADMIN1:
        # The text also names something smaller that is unknown: the region is correct, but not precise enough.
        return group.share * REGION_ONLY
    if not option.agrees:
        confidence *= _DISAGREES
    if finding.has_unread_name:
        confidence *= _UNREAD_NAME
    if option.match is not INFLECTED and not has_name(part.segment.words):
        is_in_state = any(option.admin1 in other.regions for other in finding.parts)  # "Park City, Utah"
        least = _SMALL_TOWN if option.is_supported else _A_CITY
        confidence *= _VENUE_WORDS_ALONE if option.rank > OFFICIAL or (population < least and not is_in_state) else 1.0
        confidence = confidence if population >= _SMALL_TOWN else min(confidence, _SMALL_ALONE)
    confidence = calibrate(confidence) if group.share >= SURE_SHARE else confidence
    return min(confidence, *_caps(gazetteer, option, group.share, part, finding))


def _is_as_short_as_a_code(part: Part) -> bool:
    letters = "".join(part.segment.words)
    return len(letters) <= _CODE_LETTERS and letters.isascii()


def _is_quarter_of_many(words: tuple[str, ...]) -> bool:
    """Return whether quarters of many cities have this name: "Chinatown", "Little Italy"."""
    return words[0] in _QUARTERS or (words[0] == "little" and read_country_code(" ".join(words[1:])) is not None)


def _is_part_of_a_city(gazetteer: Gazetteer, part: Part) -> bool:
    words = part.segment.words
    return (words[0] in DIRECTIONS or words[0] == "little") and any(
        is_great_city(gazetteer, posting) for posting in gazetteer.find(join_key(words[1:]))
    )


def _names_civic_building(finding: Finding) -> bool:
    return any(
        part.is_venue and not _CIVIC_IN_ENGLISH.isdisjoint(part.segment.words) and not has_name(part.segment.words)
        for part in finding.parts
    )


def _ends_with_own_city(option: Option, part: Part) -> bool:
    """Return whether a city follows one unknown word in Arabic or Hebrew script: "نازی‌آباد تهران"."""
    words = part.segment.words
    is_last = option.rest == " ".join(words[: len(option.rest.split())])
    return (
        is_last
        and option.unexplained <= 2
        and not has_vowels(words[-1])
        and is_native_script(words[-1], option.country)
    )


def _is_far_spelling(option: Option, part: Part) -> bool:
    """Return whether a short name has two edits and is probably another name: "Khajauli" for Khagaul."""
    letters = sum(map(len, part.segment.words))
    return option.match is FAR and letters <= _FEW_LETTERS


def _caps(gazetteer: Gazetteer, option: Option, share: float, part: Part, finding: Finding) -> Iterator[float]:
    """Yield upper limits of the confidence, whatever the shares are: kinds of evidence that are often wrong."""
    yield part.segment.max_confidence
    population = option.population
    is_town = option.kind >= CITY
    is_alias = option.rank == ALTERNATE and part.segment.words[0].isascii()
    key = join_key(part.segment.words)
    if is_alias and option.country == "US":
        is_own_name = option.is_supported or key.startswith(fold_key(gazetteer.name(option.place))[:_SAME_START])
        if population < _A_GREAT_CITY or not is_own_name:
            yield _US_ALIAS  # "Salt River" is not Phoenix
    if is_town and not option.is_supported and len(finding.parts) == 1:
        if population < (_A_CITY if is_common_name(part.segment.words) else _SMALL_TOWN):
            yield _SMALL_ALONE
        yield from limits_by_namesakes(gazetteer, part.segment.words, option.place)
        yield from limits_by_dedication(part.segment.words)
    yield from limits_by_contradiction(gazetteer, option, finding.parts, has_unread_name=finding.has_unread_name)
    if option.match is SPAN and option.unexplained:
        is_city = population >= _A_CITY and (
            option.rank <= EXONYM or is_native_script(join_key(part.segment.words), option.country)
        )
        yield (
            _UNEXPLAINED_SUPPORTED
            if option.is_supported and is_city
            else _QUARTER_BEFORE_CITY
            if population >= _A_GREAT_CITY and _ends_with_own_city(option, part)
            else _UNEXPLAINED
            if is_city
            else _UNEXPLAINED_SMALL
        )
    if option.match is SPAN and population < _SMALL_TOWN and not option.is_supported:
        yield _UNEXPLAINED_SMALL
    is_misspelt = option.match in _SHORT_WITH_TYPO and not option.is_supported
    if is_misspelt and population < _A_CITY:
        is_likely = option.match is TYPO and population >= _SMALL_TOWN
        yield _TYPO_ALONE if is_likely else _TYPOS_ALONE
    if is_misspelt and is_alias and key[0] != fold_key(gazetteer.name(option.place))[0]:
        yield _TYPOS_ALONE  # "Echapei" is not Chapei, Zhabei
    is_exonym = option.kind == ADMIN1 and option.rank >= EXONYM
    if is_exonym and not option.is_supported and shares_name_with_town(gazetteer, option, part):
        yield _SHARED_NAME
    yield limit_of_glued(gazetteer, option, part.segment.words)
    if is_town and part.countries and population < _A_CITY and len(finding.parts) == 1:
        yield _MACRO_REGION_ALONE  # "Champagne" is a region, and villages are called so
    if _is_far_spelling(option, part):
        yield _FAR_SPELLING
    if option.match is FAR and not option.is_supported:
        yield _TYPOS_ALONE  # "Twin Cities" is not Tri-Cities, nor "Naziabad" Ghaziabad
    if option.match in _SHORT_WITH_TYPO and part.is_read:
        yield _TYPO_BESIDE_NAME
    if option.match is SOUND:
        yield _SOUND_SUPPORTED if option.is_supported else _SOUND
    is_attested = option.rank <= EXONYM or population >= _A_TOWN or option.is_supported
    is_foreign = option.rank > EXONYM and is_foreign_script(key, option.country)
    if is_foreign and not option.is_supported and (not is_attested or has_larger_namesake(gazetteer, option)):
        yield _FOREIGN_SCRIPT
    if not option.is_supported and not has_vowels(key) and share < _UNRIVALLED:
        yield _UNVOWELLED
    if len(key) <= _CODE_LETTERS and option.match is TYPO and not has_vowels(key) and not option.is_supported:
        yield _SHORT  # "برغ" is more likely Berg than Prague
    if len(key) <= _CODE_LETTERS and key.isascii() and option.rank >= ALTERNATE and not option.is_supported:
        yield _SHORT  # "Dam" is an alias of Dome in Ghana
    if len(finding.parts) > 1 and all(_is_as_short_as_a_code(each) for each in finding.parts):
        yield _SHORT
    if option.kind == ADMIN2 and option.place in part.districts and option.rank > OFFICIAL:
        yield _A_DISTRICT
    if len(part.countries) > 1 and not is_town and option.kind != COUNTRY:
        is_one = any(option.place in gazetteer.claimed_by(code) for code in part.countries)  # Crimea
        yield _MACRO_REGION if len(finding.parts) > 1 or is_one else _MACRO_REGION_ALONE
    if part.is_venue and part.head is LOCAL:
        if not _NAMED_AT_WILL.isdisjoint(part.segment.words) and _PUBLIC_HOTELS.isdisjoint(part.segment.words):
            yield _UNEXPLAINED
        if population < _A_CITY / 2 or not any(map(is_civic, part.segment.words)):
            yield _NAMED_AFTER  # Darling Harbour is in Sydney
    if is_town and not option.is_supported and option.match is EXACT and _is_part_of_a_city(gazetteer, part):
        yield _PART_OF_A_CITY
    if is_town and not option.is_supported and population < _A_CITY:
        if _is_quarter_of_many(part.segment.words):
            yield _COMMEMORATED
        if is_commemorated(part.segment.words):
            yield _COMMEMORATED if population < _A_TOWN else _CALLED_A_SQUARE
        if is_alias and population < _A_CITY / 2 and option.match is EXACT and len(key) <= _SHORT_ALIAS_LETTERS:
            yield _SHORT_ALIAS
    if is_town and part.segment.words[0] == "the" and option.rank >= EXONYM:
        yield _WITH_ARTICLE
    if is_town and not option.is_supported and _names_civic_building(finding) and has_namesakes(gazetteer, option):
        yield _SHARED_INSTITUTION
    if (
        is_town
        and not option.is_supported
        and population < _A_TOWN
        and any(part.is_venue and is_english_abroad(part.segment.words, option.country) for part in finding.parts)
    ):
        yield _ENGLISH_BESIDE_FOREIGN
    is_square = is_town and option.match is EXACT and any(word in _SQUARES for word in part.segment.words)
    if is_square and not option.is_supported and population < _A_CITY:
        yield _CALLED_A_SQUARE
    if option.is_doubtful_code:
        yield _DOUBTFUL_CODE
    if part.segment.near:
        yield _NEAR
    if len(key) <= _SHORT_NAME and key.isascii() and (finding.has_unread_name or not part.is_upper):
        yield _SHORT
    is_region = option.kind <= ADMIN2 and not is_city_district(gazetteer, option.place)
    if is_region and (finding.has_unread_name or finding.has_venue):
        yield REGION_ONLY
