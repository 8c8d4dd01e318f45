"""Split a place text into segments and prepare them for reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from rallymap.countries import (
    english_country_name,
    is_shared_name,
    read_country_code,
    read_inverted_country,
    read_joined_country,
    successors_of,
)
from rallymap.folding import fold_letters
from rallymap.places.city_letters import CITIES, spell_out_city, split_british, split_london
from rallymap.places.city_parts import split_campus, split_quarter, write_out_rivers
from rallymap.places.code_words import (
    CODE_LETTERS,
    find_region_of_code,
)
from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, ROMANISED, SHORTENED
from rallymap.places.counties import districts_of_county
from rallymap.places.departments import split_department
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.hebrew_abbreviations import write_out_hebrew
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.mission_streets import split_before_street
from rallymap.places.named_divisions import keep_division
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import Segment, drop_postcode, split_segments, split_weakly
from rallymap.places.readings import (
    has_name,
    is_great_city,
    read_exactly,
    read_regions,
    split_trailing_region,
)
from rallymap.places.roles import head_of_segment, split_venue
from rallymap.places.scripts import is_cjk, is_thai
from rallymap.places.thai import split_thai
from rallymap.places.topics import TOPIC_ALONE, drop_tagged_countries, drop_topic
from rallymap.places.unspaced import split_unspaced
from rallymap.places.vocabulary import DIVISION_WORDS
from rallymap.venue_words import LEADING, NONE, STATE, head_of

_MAX_NAME_WORDS: Final = 6
_A_CITY: Final = 50_000
_IN_BRACKETS: Final = re.compile(r"(?<!\w)([^\W\d_][^\W\d_.'’-]*) ?\(([^\W\d_][^()\d,]{2,30})\)")
_JOINED: Final = re.compile(r"\s[-–—]\s|[&/]")
_CROSSING: Final = re.compile(r"[&+]")
_STREET_CORNER: Final = 0.35  # a crossing of two streets; the town with this name is elsewhere
_PARTICLES: Final = ("", "am", "an der", "in der", "an", "im", "ob der", "vor der")
# In an inverted name these are the words that belong before its beginning: "Wales, New South".
_BEFORE_NAMES: Final = frozenset(
    "north south east west northern southern eastern western new lower upper central nord sud norte sur"
    " северная южная северный западная восточная північна південна західна східна جنوب شمال".split()
)
_DIVISIONS: Final = frozenset("region district county area".split())
# First words of countries' names of several words.
_COUNTRY_STARTS: Final = frozenset(
    "american antigua bosnia british brunei burkina cabo cape cayman central cook costa cote czech dominican el"
    " equatorial falkland faroe french great guinea hong ivory isle marshall new north northern papua puerto san sao"
    " saudi sierra solomon south sri st saint timor trinidad turks united vatican viet western".split()
)
_STATE_WORDS: Final = frozenset(("of", "republic", "federation", "kingdom", "the"))


def find_segments(gazetteer: Gazetteer, text: str) -> list[Segment]:
    """Split a text into segments, each a name, a region, a code, or a venue."""
    text = write_out_rivers(text) if text.isascii() else write_out_hebrew(write_out_rivers(text))
    if "#" in text:
        text = drop_tagged_countries(gazetteer, text)
    wholes: Sequence[Segment] = split_segments(_join_brackets(gazetteer, text) if "(" in text else text)
    if len(wholes) > 1:
        wholes = _join_inverted_names(gazetteer, wholes)
    if len(wholes) > 1 and wholes[0].text not in CITIES and not any(whole.near for whole in wholes):
        words = tuple(word for whole in wholes for word in whole.words)
        if len(words) <= _MAX_NAME_WORDS and _is_name_with_comma(gazetteer, wholes, words):
            return [Segment(text.strip(), words, capitals=(True,) * len(words), written=words)]
    if len(wholes) > 1 and _JOINED.search(text):
        wholes = tuple(_join_countries(gazetteer, wholes))
    segments: list[Segment] = []
    kept = _drop_topics(gazetteer, wholes)
    for whole, following in zip_longest(kept, kept[1:]):
        city = _spell_out_before_state(gazetteer, whole, following)
        city = city or spell_out_city(whole) or split_london(whole) or split_british(gazetteer, whole)
        if city is not None:
            segments.extend(city)
            continue
        campus = split_campus(gazetteer, whole)
        if campus is None and _is_whole_name(gazetteer, whole) and not _is_alias_with_code(gazetteer, whole):
            segments.append(whole)
            continue
        division = keep_division(gazetteer, whole)
        if division is not None:
            segments.append(division)
            continue
        if campus is None and len(whole.words) > 1 and read_country_code(whole.text):
            segments.append(whole)  # "Grande-Bretagne" is not in Brittany
            continue
        parted = campus or split_quarter(gazetteer, whole)
        if parted is not None:
            segments.extend(parted)
            continue
        pieces = split_weakly(whole)
        names = [piece is not whole and _is_whole_name(gazetteer, piece) for piece in pieces]
        is_crossing = _CROSSING.search(whole.text) and any(map(_is_street_name, pieces, names))
        for piece, is_name in zip(pieces, names, strict=True):
            if not is_name:
                segments.extend(_split_further(gazetteer, piece))
            else:
                segments.append(piece._replace(max_confidence=_STREET_CORNER) if is_crossing else piece)
    return segments


def _spell_out_before_state(gazetteer: Gazetteer, whole: Segment, following: Segment | None) -> list[Segment] | None:
    """Replace "LA" before "California" by the city; None if the next segment is not the state of such a city."""
    name, *state = CITIES.get(whole.text, ((),)) if following else ((),)
    if not state or not following or not read_regions(gazetteer, following.words):
        return None
    is_in_state = read_regions(gazetteer, following.words) == read_regions(gazetteer, state[0])
    return [whole.rewrite(name)] if is_in_state else None


def _is_street_name(piece: Segment, is_known: bool) -> bool:
    """Return whether one side of an "&" can be a street name without a word for a street: "Yonge & Dundas"."""
    return not is_known and has_name(piece.words) and not any(head_of(word) for word in piece.words)


def _join_countries(gazetteer: Gazetteer, wholes: Sequence[Segment]) -> Sequence[Segment]:
    """Join neighbouring segments that together are a country's name: "Сараєво, Боснія - Герцеговина"."""
    joined: list[Segment] = []
    for whole in wholes:
        before = joined[-1] if joined else None
        is_city = any(is_great_city(gazetteer, posting) for posting in gazetteer.find(join_key(whole.words)))
        if before and not is_city and read_joined_country(before.text, whole.text):  # but "Congo - Kinshasa"
            words = (*before.words, *whole.words)
            joined[-1] = Segment(f"{before.text}-{whole.text}", words, capitals=(True,) * len(words), written=words)
        else:
            joined.append(whole)
    return joined


def _join_inverted_names(gazetteer: Gazetteer, wholes: Sequence[Segment]) -> Sequence[Segment]:
    """Join the name of a country or state and what a comma separates from it: "Goma, Congo, DR", "Virginia, West"."""
    joined: list[Segment] = []
    for whole in wholes:
        before = joined[-1] if joined else None
        words = _read_inverted(gazetteer, before, whole) if before else None
        if before and words:
            joined[-1] = Segment(f"{before.text}, {whole.text}", words, capitals=(True,) * len(words), written=words)
        else:
            joined.append(whole)
    return joined


def _read_inverted(gazetteer: Gazetteer, name: Segment, addition: Segment) -> tuple[str, ...] | None:
    """Return the words of an inverted name in their usual order; None if it is not one."""
    words = (*addition.words, *name.words)
    is_name = name.words[-1] not in DIVISION_WORDS | _DIVISIONS  # "Region, Central"
    is_short = is_name and addition.words[-1] in _BEFORE_NAMES and len(words) <= _MAX_NAME_WORDS
    if is_short and any(posting.kind in (COUNTRY, ADMIN1) for posting in gazetteer.find(join_key(words))):
        return words  # "Ireland, Northern" is a part of the United Kingdom, and "Carolina, North" is a state
    code = read_inverted_country(name.text, addition.text)
    if code is None:
        return words if _is_inverted_country(name, addition) else None
    english, plain = fold_letters(english_country_name(code)), read_country_code(name.text)
    if plain and fold_letters(english_country_name(plain)) not in english:
        return None  # "Ireland, North" is not the whole United Kingdom
    formal = f"republic of {english}"  # "Georgia" alone is also a state, and "Djibouti" a city
    return tuple((formal if read_country_code(formal) == code else english).split())  # but not "Republic of China"


def _is_inverted_country(name: Segment, addition: Segment) -> bool:
    """Return whether two segments are a country's name in reverse order: "Lanka, Sri", "Leone, Sierra"."""
    if addition.words[0] not in _COUNTRY_STARTS:
        return False
    joined = f"{addition.text} {name.text}"
    code = read_country_code(joined)
    if code is None:
        return False
    is_english_name = fold_letters(joined) == fold_letters(english_country_name(code))
    return is_english_name or code not in (read_country_code(name.text), read_country_code(addition.text))


def _drop_topics(gazetteer: Gazetteer, wholes: Sequence[Segment]) -> Sequence[Segment]:
    """Drop what the event is about; if nothing else remains, keep it with little confidence."""
    kept = [part for whole in wholes for part in drop_topic(gazetteer, whole)]
    return kept or [whole._replace(max_confidence=TOPIC_ALONE) for whole in wholes]


def _join_brackets(gazetteer: Gazetteer, text: str) -> str:
    """Remove the brackets from "Frankfurt (Oder)" and "Congo (Kinshasa)", the names of a town and of a country."""

    def join(match: re.Match[str]) -> str:
        if is_shared_name(match[1]) and read_country_code(match[0]):
            return f"{match[1]} {match[2]}"
        for particle in _PARTICLES:
            name = f"{match[1]} {particle} {match[2]}"
            postings = gazetteer.find(fold_key(name))
            if any(p.kind == CITY and p.rank <= SHORTENED for p in postings):
                return name
        return match[0]

    return _IN_BRACKETS.sub(join, text)


def _is_whole_name(gazetteer: Gazetteer, whole: Segment) -> bool:
    return bool(
        read_exactly(gazetteer, whole.words)
        or read_regions(gazetteer, whole.words)
        or countries_of_region(whole.words)
        or successors_of(whole.words)
        or districts_of_county(gazetteer, whole.words)
    )


def _split_further(gazetteer: Gazetteer, piece: Segment) -> list[Segment]:
    words = piece.words
    if is_thai(words[0]):
        return split_thai(gazetteer, piece) or [piece]
    if is_cjk(_first_letters(words)):
        unspaced = split_unspaced(gazetteer, piece)
        if unspaced is not None:
            return unspaced
        parts = [piece.part(at, at + 1) for at in range(len(words))]
        is_venue = head_of_segment(piece) is not NONE
        if len(parts) > 1 and not is_venue and any(_is_whole_name(gazetteer, part) for part in parts):
            return parts  # "香港 銅鑼灣"
    in_france = split_department(gazetteer, piece)
    if in_france is not None:
        return in_france
    named = drop_postcode(words)
    if named != words and (read_exactly(gazetteer, named) or read_regions(gazetteer, named)):
        return [
            Segment(piece.text, named, piece.near, piece.distance_km, (True,) * len(named), named)
        ]  # "10117 Berlin"
    if named != words and named == words[: len(named)]:
        region = split_trailing_region(gazetteer, piece.part(0, len(named)))
        if region is not None:
            return list(region)  # "Austin TX 78701"
    segments: list[Segment] = []
    if named == words[1:] and len(named) > 1:
        piece, words = piece.part(1, len(words)), named  # "40124 Bologna BO"
    for part in split_before_street(gazetteer, piece) or split_venue(gazetteer, piece):
        names_venue = head_of_segment(part) >= STATE or any(word in LEADING for word in part.words)
        if names_venue or (part.words != words and _is_whole_name(gazetteer, part)):
            segments.append(part)
        else:
            segments.extend(split_trailing_region(gazetteer, part) or _split_code(gazetteer, part) or (part,))
    return segments


def _first_letters(words: tuple[str, ...]) -> str:
    """Return the first word without a leading postcode: "〒100-0014 東京都", "100台北市"."""
    return next((rest for word in words if (rest := word.lstrip("0123456789"))), "")


def _split_code(gazetteer: Gazetteer, segment: Segment) -> tuple[Segment, Segment] | None:
    """Split "Lausanne VD" into town and code; None if the last word is not the code of the town's region."""
    count = len(segment.words)
    code = segment.written[-1] if segment.written else ""
    if count < 2 or len(code) != CODE_LETTERS - 1 or not code.isupper():
        return None
    town = segment.part(0, count - 1)
    return (town, segment.part(count - 1, count)) if find_region_of_code(gazetteer, town.words, code) else None


def _is_alias_with_code(gazetteer: Gazetteer, whole: Segment) -> bool:
    """Return whether a name is rather a town and its region: "Bari BA", which is an alias of a village, too."""
    return _split_code(gazetteer, whole) is not None and all(
        posting.rank >= ROMANISED for posting in gazetteer.find(join_key(whole.words))
    )


def _is_name_with_comma(gazetteer: Gazetteer, wholes: Sequence[Segment], words: tuple[str, ...]) -> bool:
    # GeoNames has names such as "Washington, D.C." or "آمستردام، نیویورک"; but "Tipton, IA" is not the town Tiptonia.
    last = wholes[-1].words
    if len("".join(last)) <= CODE_LETTERS:
        return False
    if not _STATE_WORDS.isdisjoint(last) and read_country_code(", ".join(whole.text for whole in wholes)):
        return True  # "Korea, Republic of"
    if not _names_city(gazetteer, wholes[0].words) and _names_city(gazetteer, last, _A_CITY):
        return False  # "UiT, Bergen" is not the town Uitbergen
    return _names_city(gazetteer, words)


def _names_city(gazetteer: Gazetteer, words: tuple[str, ...], min_population: int = 0) -> bool:
    return any(
        posting.kind == CITY and posting.rank <= ALTERNATE and gazetteer.population(posting.place) >= min_population
        for posting in gazetteer.find(join_key(words))
    )
