"""From a place text to its segments, and what each of them may name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rallymap.countries import successors_of
from rallymap.places.code_words import (
    ALL_KINDS,
    CODE_LETTERS,
    CODED_KINDS,
    find_code_segments,
    is_of_scheme,
    keep_codes,
)
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.index import Gazetteer
from rallymap.places.inflection import base_forms
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment, split_segments, split_weakly
from rallymap.places.readings import (
    Match,
    Reading,
    has_name,
    read_exactly,
    read_generically,
    read_regions,
    split_trailing_region,
)
from rallymap.places.roles import head_of_segment, split_venue
from rallymap.places.venue_words import LEADING, Head

_MIN_POSTCODE: Final = 4
# British, Canadian and Dutch ones have letters: "SW1A 1AA London", "Toronto M5V 2T6", "1012 AB Amsterdam".
_POSTCODE: Final = re.compile(
    r"(?<!\w)(?:[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}|[a-z]\d[a-z] \d[a-z]\d|"
    r"\d{4} [a-z]{2}(?= \w{4})|(?:[adfisbln]|ch|nl|dk|fi|lt|lv|ee|sk|cz|pl) \d{4,5})(?!\w)"
)
_MAX_NAME_WORDS: Final = 6
_A_TOWN: Final = 1000
_A_CITY: Final = 50_000


@dataclass(slots=True)
class Part:
    """A segment with what it may name.

    Attributes
    ----------
    segment
        As it was split off.
    readings
        The names that its words may be.
    regions
        First-level divisions that it abbreviates or names.
    countries
        Countries of the macro-region or former state that it names.
    head
        The word that makes it a venue.
    is_venue
        Its names say nothing about the town.
    is_repeated
        The text has it twice: "Panama, Panama".
    may_be_misspelt
        It may be a town's name with a typo, in spite of its head.
    is_upper
        It is written in capitals as codes are.
    """

    segment: Segment
    readings: list[Reading] = field(default_factory=list)
    regions: list[int] = field(default_factory=list)
    countries: tuple[str, ...] = ()
    head: Head = Head.NONE
    is_venue: bool = False
    is_repeated: bool = False
    may_be_misspelt: bool = False
    is_upper: bool = False

    @property
    def is_read(self) -> bool:
        """It names a place or region as a whole."""
        return bool(self.regions or self.countries) or any(
            reading.match in (Match.EXACT, Match.GENERIC, Match.INFLECTED) for reading in self.readings
        )

    @property
    def is_unread_name(self) -> bool:
        """It seems to name a town that is not known."""
        return not self.is_venue and not self.is_read and has_name(self.segment.words)


def read_parts(gazetteer: Gazetteer, text: str, codes: str = "") -> list[Part]:
    """Split a text and read each segment; `codes` is the scheme of its two-letter codes, or ""."""
    segments = _segments(gazetteer, text)
    # A march from a square and back to it names the square twice, which is no more evidence than once.
    once = list({segment.words: segment for segment in reversed(segments)}.values())[::-1]
    written_apart = find_code_segments(text)
    parts = [_read_part(gazetteer, segment, codes, written_apart) for segment in once]
    regions = {place for part in parts for place in part.regions}
    countries = {code for part in parts for code in _named_countries(gazetteer, part)}
    names_town = any(_names_town(gazetteer, part) for part in parts)
    for part in parts:
        # "Averill Park, NY", "Willow Street, United States": a town of that name lies in what stands beside it.
        if part.head not in (Head.NONE, Head.MISSION) and (
            _lies_in(gazetteer, part, regions) or (not names_town and _lies_in_country(gazetteer, part, countries))
        ):
            part.is_venue, part.head = False, Head.NONE
        # "Broooklyn Park, MD": where a region stands alone beside it, a venue may be a misspelt town.
        part.may_be_misspelt = bool(regions) and not names_town and part.head in (Head.LOCAL, Head.STREET)
    if len(once) < len(segments):
        times = Counter(segment.words for segment in segments)
        for part in parts:
            part.is_repeated = times[part.segment.words] > 1
    if any(part.is_read and part.head is Head.NONE for part in parts):
        for part in parts:
            # "Hyde Park, Sydney": beside a town, the name of a venue is that of no other town.
            part.is_venue = part.is_venue or (
                part.head is not Head.NONE and not _is_town_name(gazetteer, part, _A_CITY)
            )
    for part in parts:
        if part.is_venue:
            part.readings, part.regions, part.countries = [], [], ()
    return parts


def _named_countries(gazetteer: Gazetteer, part: Part) -> set[str]:
    """Return the countries that a part names, by a name and not by a code."""
    return {
        gazetteer.country(posting.place)
        for reading in part.readings
        for posting in reading.postings
        if posting.kind == PlaceKind.COUNTRY and posting.rank <= NameRank.EXONYM
    }


def _names_town(gazetteer: Gazetteer, part: Part) -> bool:
    """Tell whether a part is a town's name and no region's or country's."""
    return part.head is Head.NONE and bool(part.readings) and not part.regions and not _named_countries(gazetteer, part)


def _lies_in_country(gazetteer: Gazetteer, part: Part, countries: set[str]) -> bool:
    return any(
        gazetteer.country(posting.place) in countries
        and posting.kind == PlaceKind.CITY
        and posting.rank <= NameRank.OFFICIAL
        for reading in part.readings
        if reading.match is Match.EXACT
        for posting in reading.postings
    )


def _lies_in(gazetteer: Gazetteer, part: Part, regions: set[int]) -> bool:
    return any(
        gazetteer.admin1(posting.place) in regions and posting.kind >= PlaceKind.CITY
        for reading in part.readings
        for posting in reading.postings
    )


def _read_part(
    gazetteer: Gazetteer, segment: Segment, codes: str, written_apart: frozenset[tuple[str, ...]] | None
) -> Part:
    is_upper = segment.text.isupper() and (written_apart is None or segment.words in written_apart)
    part = Part(segment, head=head_of_segment(segment), is_upper=is_upper)
    part.regions = [
        place
        for place in read_regions(gazetteer, segment.words)
        if is_of_scheme(gazetteer, place, segment.words, codes)
    ]
    part.countries = countries_of_region(segment.words) or successors_of(segment.words)
    reading = read_exactly(gazetteer, segment.words)
    if reading is not None:
        # In a text all in capitals, "MIR" is a town's name rather than an airport's code.
        kinds = ALL_KINDS if written_apart is None else CODED_KINDS
        reading = keep_codes(gazetteer, reading, segment.words, codes, kinds if is_upper else ())
    reading = reading or read_generically(gazetteer, segment.words) or _read_inflected(gazetteer, segment)
    part.readings = [reading] if reading else []
    if len("".join(segment.words)) <= CODE_LETTERS and part.is_read:
        part.head = Head.NONE  # "UT" is Utah rather than a Hungarian street
    part.is_venue = part.head is Head.MISSION or (
        part.head is not Head.NONE and not part.regions and not _is_town_name(gazetteer, part, _A_TOWN)
    )
    return part


def _read_inflected(gazetteer: Gazetteer, segment: Segment) -> Reading | None:
    """Read the base form of an inflected town's name: "w Warszawie", "בלונדון"."""
    words = segment.words
    if not all(segment.capitals[-1:]):
        return None
    for form in base_forms(words):
        postings = tuple(
            posting
            for posting in gazetteer.find(join_key(form))
            if posting.kind == PlaceKind.CITY
            and gazetteer.population(posting.place) >= _A_CITY
            and posting.rank <= NameRank.ALTERNATE
        )
        if postings:
            return Reading(postings, Match.INFLECTED, 1.0)
    return None


def _is_town_name(gazetteer: Gazetteer, part: Part, min_population: int) -> bool:
    """Tell whether a segment with a venue's word is the very name of a town: "College Park", "Mountain View"."""
    return any(
        posting.kind >= PlaceKind.CITY
        and posting.rank <= NameRank.EXONYM
        and gazetteer.population(posting.place) >= min_population
        for reading in part.readings
        if reading.match is Match.EXACT
        for posting in reading.postings
    )


def _segments(gazetteer: Gazetteer, text: str) -> list[Segment]:
    wholes = split_segments(text)
    if len(wholes) > 1 and not any(whole.near for whole in wholes):
        words = tuple(word for whole in wholes for word in whole.words)
        if len(words) <= _MAX_NAME_WORDS and _is_name_with_comma(gazetteer, wholes, words):
            return [Segment(text.strip(), words, capitals=(True,) * len(words), written=words)]
    segments: list[Segment] = []
    for whole in wholes:
        if _is_whole_name(gazetteer, whole):
            segments.append(whole)
            continue
        for piece in split_weakly(whole):
            segments.extend(_split_further(gazetteer, piece))
    return segments


def _is_whole_name(gazetteer: Gazetteer, whole: Segment) -> bool:
    return bool(
        read_exactly(gazetteer, whole.words)
        or read_regions(gazetteer, whole.words)
        or countries_of_region(whole.words)
        or successors_of(whole.words)
    )


def _split_further(gazetteer: Gazetteer, piece: Segment) -> list[Segment]:
    if _is_whole_name(gazetteer, piece):
        return [piece]
    words = piece.words
    named = _without_postcode(words)
    if named != words and (read_exactly(gazetteer, named) or read_regions(gazetteer, named)):
        return [
            Segment(piece.text, named, piece.near, piece.distance_km, (True,) * len(named), named)
        ]  # "10117 Berlin"
    segments: list[Segment] = []
    for part in split_venue(gazetteer, piece):
        names_venue = head_of_segment(part) >= Head.STATE or any(word in LEADING for word in part.words)
        if names_venue or (part.words != words and _is_whole_name(gazetteer, part)):
            segments.append(part)
        else:
            segments.extend(split_trailing_region(gazetteer, part) or (part,))
    return segments


def _without_postcode(words: tuple[str, ...]) -> tuple[str, ...]:
    rest = tuple(_POSTCODE.sub(" ", " ".join(words)).split())
    return tuple(word for word in rest if not (word.isdigit() and len(word) >= _MIN_POSTCODE))


def _is_name_with_comma(gazetteer: Gazetteer, wholes: Sequence[Segment], words: tuple[str, ...]) -> bool:
    # GeoNames knows some places under names such as "Washington, D.C." or "آمستردام، نیویورک"; but "Tipton, IA" is
    # not the town of Tiptonia.
    last = wholes[-1].words
    if len("".join(last)) <= CODE_LETTERS:
        return False
    postings = gazetteer.find(join_key(words))
    return any(p.kind == PlaceKind.CITY and p.rank <= NameRank.ALTERNATE for p in postings)
