"""Read the possible meanings of each segment of a place text."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from rallymap.countries import successors_of
from rallymap.places.city_letters import read_los_angeles
from rallymap.places.city_parts import read_numbered
from rallymap.places.code_words import (
    ALL_KINDS,
    CODE_LETTERS,
    CODED_KINDS,
    COUNTRY_CODES,
    find_code_segments,
    find_region_of_code,
    is_in_code_scheme,
    keep_codes,
)
from rallymap.places.codes import ADMIN2, CITY, CODE, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.colleges import find_homes
from rallymap.places.counties import districts_of_county, leave_out_london
from rallymap.places.country_readings import read_country
from rallymap.places.departments import read_department
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflected_readings import read_at_home, read_inflected
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.named_divisions import read_division
from rallymap.places.namesakes import with_namesakes
from rallymap.places.parse import Segment
from rallymap.places.part import Part, named_countries
from rallymap.places.readings import EXACT, Reading, read_exactly, read_generically, read_regions
from rallymap.places.roles import head_of_segment
from rallymap.places.segmenting import find_segments
from rallymap.places.street_names import countries_of_street
from rallymap.places.topics import find_labels
from rallymap.places.vocabulary import DIRECTIONS, EVENT_WORDS, LABELS
from rallymap.venue_words import LOCAL, MISSION, NONE, STREET

_MAX_NAME_WORDS: Final = 6
_A_TOWN: Final = 1000
_A_CITY: Final = 50_000


def read_parts(gazetteer: Gazetteer, text: str, codes: str = "") -> list[Part]:
    """Split a text and read each segment; `codes` is the scheme of its two-letter codes, or ""."""
    segments = find_segments(gazetteer, text)
    # A march from a square and back to it names the square twice, which is no additional evidence.
    once = list({segment.words: segment for segment in reversed(segments)}.values())[::-1]
    written_apart = find_code_segments(text)
    parts = [_read_part(gazetteer, segment, codes, written_apart) for segment in once]
    venues = [part for part in parts if part.head is not NONE or EVENT_WORDS.issuperset(part.segment.words)]
    home = countries_of_street(word for part in venues for word in part.segment.words) if venues else frozenset()
    for part in parts if home else ():
        if part.head is NONE and not part.regions:
            part.readings = read_at_home(gazetteer, part.segment, part.readings, home)
    for town, part in pairwise(parts):
        _read_code_after_town(gazetteer, town, part, codes)
        read_department(gazetteer, town, part)
    regions = {place for part in parts for place in part.regions}
    countries = {code for part in parts for code in named_countries(gazetteer, part)}
    marked = find_labels(text)
    labels = [part for part in parts[:-1] if part.segment.words in marked or _is_label(part.segment)]
    names_more = bool(labels) and any(_names_town(gazetteer, part) for part in parts if part not in labels)
    for part in labels:
        if names_more or part.segment.words in marked:
            part.is_venue, part.readings = True, []
    if countries <= {"GB"} and all(gazetteer.country(region) == "GB" for region in regions):
        for part in parts:
            _prefer_county(gazetteer, part, parts)
    names_town = any(_names_town(gazetteer, part) for part in parts)
    if not names_town:
        for part in parts:
            _read_capital_district(gazetteer, part)
    read_los_angeles(gazetteer, parts)
    unsure = [part for part in parts if part.segment.max_confidence < 1]
    if unsure and any(_names_town(gazetteer, part) for part in parts if part not in unsure):
        for part in unsure:
            part.is_venue = True  # "Rue Jack London, Nantes": the end of the street name is not a town
    for part in parts:
        if regions and part.countries and not part.regions and _lies_in(gazetteer, part, regions):
            part.countries = ()  # "Palestine, Texas"
        # "Averill Park, NY", "Willow Street, United States": the region contains a town with this name.
        if part.head not in (NONE, MISSION) and (
            _lies_in(gazetteer, part, regions) or (not names_town and _lies_in_country(gazetteer, part, countries))
        ):
            part.is_venue, part.head = False, NONE
        # "Broooklyn Park, MD": next to only a region, a venue may be a misspelt town.
        part.may_be_misspelt = bool(regions) and not names_town and part.head in (LOCAL, STREET)
    if len(once) < len(segments):
        times = Counter(segment.words for segment in segments)
        for part in parts:
            part.is_repeated = times[part.segment.words] > 1
    for part, other in pairwise(parts) if countries else ():
        _read_country_twice(gazetteer, part, other)
    venues = [part for part in parts if part.head is not NONE and not part.is_venue]
    if venues and any(part.is_read and part.head is NONE for part in parts):
        for part in venues:
            # "Hyde Park, Sydney": next to a town, a venue's name does not mean another town.
            part.is_venue = not _is_town_name(gazetteer, part, _A_CITY)
    for part in parts:
        if part.is_venue:
            part.readings, part.regions, part.countries = [], [], ()
            part.home, part.home_countries = find_homes(gazetteer, part.segment.words, parts)
    return parts


def _is_label(segment: Segment) -> bool:
    """Return whether a segment only says what happens at the following place: "Start", "presidio"."""
    return all(word in LABELS for word in segment.words) or (
        not any(segment.capitals) and all(word in EVENT_WORDS for word in segment.words)
    )


def _read_code_after_town(gazetteer: Gazetteer, town: Part, part: Part, codes: str) -> None:
    """Read "(TO)" after "Torino" as the code of its region, if no other region with this code has the town."""
    code = part.segment.text.strip(".")
    if not part.is_upper or len(code) != CODE_LETTERS - 1 or (codes == COUNTRY_CODES and gazetteer.has_country(code)):
        return
    people = _people_in(gazetteer, town, set(part.regions))
    if people is None:
        region = find_region_of_code(gazetteer, town.segment.words, code)
        # "Victoria, CA" is in Canada rather than in Cabañas.
        people = _people_in(gazetteer, town, {region}, code) if region else None
        if region and people == _people_in(gazetteer, town, {region}):
            part.regions, part.readings = [region], []
    elif people < _A_TOWN:
        # "Como CO" is more likely the Italian city than the hamlet in Colorado.
        region = find_region_of_code(gazetteer, town.segment.words, code, _A_CITY)
        part.regions.extend([region] if region else [])


def _read_country_twice(gazetteer: Gazetteer, part: Part, other: Part) -> None:
    """Read "Mexico, Mexique" like "Mexico, Mexico": the country in two languages, so the first is its capital.

    The same applies to "Mexico, MX".
    """
    countries = named_countries(gazetteer, other)
    if other.is_upper and not other.regions:
        countries |= {
            gazetteer.country(posting.place)
            for reading in other.readings
            for posting in reading.postings
            if posting.kind == COUNTRY and posting.rank == CODE
        }
    countries = countries and countries & named_countries(gazetteer, part)
    part.is_repeated = part.is_repeated or any(
        posting.kind == CITY and posting.rank <= EXONYM and gazetteer.country(posting.place) in countries
        for reading in part.readings
        for posting in reading.postings
    )


def _read_capital_district(gazetteer: Gazetteer, part: Part) -> None:
    """Read "DC" as the city of Washington if no town is named: the district consists only of the city."""
    district = gazetteer.admin1_of_code("US.DC")
    if part.is_upper and set(part.regions) == {district}:
        cities = [posting for posting in gazetteer.find("washington") if gazetteer.admin1(posting.place) == district]
        part.readings = [Reading(tuple(p for p in cities if p.kind == CITY), EXACT)]
        part.regions = []


def _names_town(gazetteer: Gazetteer, part: Part) -> bool:
    """Return whether a part is the name of a town, and not of a region or country."""
    return part.head is NONE and bool(part.readings) and not part.regions and not named_countries(gazetteer, part)


def _lies_in_country(gazetteer: Gazetteer, part: Part, countries: set[str]) -> bool:
    return any(
        gazetteer.country(posting.place) in countries and posting.kind == CITY and posting.rank <= OFFICIAL
        for reading in part.readings
        if reading.match is EXACT
        for posting in reading.postings
    )


def _people_in(gazetteer: Gazetteer, part: Part, regions: set[int], country: str = "") -> int | None:
    """Return the population of the largest town with the part's name in the regions or country; None if none."""
    return max(
        (
            gazetteer.population(posting.place)
            for reading in part.readings
            for posting in reading.postings
            if gazetteer.admin1(posting.place) in regions or gazetteer.country(posting.place) == country
            if posting.kind >= CITY
        ),
        default=None,
    )


def _lies_in(gazetteer: Gazetteer, part: Part, regions: set[int]) -> bool:
    return any(
        gazetteer.admin1(posting.place) in regions and posting.kind >= CITY
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
        if is_in_code_scheme(gazetteer, place, segment.words, codes)
    ]
    part.countries = countries_of_region(segment.words) or successors_of(segment.words)
    reading = (
        read_numbered(gazetteer, segment.words)
        or _read_side(gazetteer, segment)
        or read_exactly(gazetteer, segment.words)
        or read_division(gazetteer, segment)
    )
    if reading is not None:
        # In a text in all capitals, "MIR" is more likely a town's name than an airport code.
        kinds = ALL_KINDS if written_apart is None else CODED_KINDS
        reading = keep_codes(gazetteer, reading, segment.words, codes, kinds if is_upper else ())
    may_be_country = not part.regions and not part.countries
    if reading is not None and may_be_country:
        reading = read_country(gazetteer, segment, reading)
    if reading is not None and COUNTRY in [kind for _, _, kind in reading.postings]:
        part.head = NONE  # "Royaume-Uni" is not a university
    if reading is None and may_be_country and not part.head:
        reading = read_country(gazetteer, segment, None)  # before "Grande-Bretagne" is read as a part of Bretagne
    if reading is None and not part.countries:
        reading = read_generically(gazetteer, segment.words) or read_inflected(
            gazetteer, segment, is_hinted=segment.near
        )
    part.readings = [with_namesakes(gazetteer, reading, segment.words)] if reading else []
    if segment.near and reading is not None and reading.match is EXACT:
        # A preposition requires another case: "od Brna" means Brno rather than the village of Brna.
        city = read_inflected(gazetteer, segment, is_hinted=True)
        part.readings.extend([city] if city and not _is_town_name(gazetteer, part, _A_TOWN) else [])
    _read_county(gazetteer, part)
    if len("".join(segment.words)) <= CODE_LETTERS and part.is_read:
        part.head = NONE  # "UT" is more likely Utah than a Hungarian street
    if part.head is MISSION and segment.words[0] == "mission" and _is_town_name(gazetteer, part, _A_TOWN):
        part.head = NONE  # "Mission Viejo"; names of embassies begin differently
    part.is_venue = part.head is MISSION or (
        part.head is not NONE and not part.regions and not _is_town_name(gazetteer, part, _A_TOWN)
    )
    return part


def _read_side(gazetteer: Gazetteer, segment: Segment) -> Reading | None:
    """Read "east London" as London; "East London" is the city in South Africa."""
    is_side = len(segment.words) > 1 and segment.words[0] in DIRECTIONS and segment.capitals[:2] == (False, True)
    return read_generically(gazetteer, segment.words) if is_side else None


def _read_county(gazetteer: Gazetteer, part: Part) -> None:
    """Read the county that a part names as its districts, if the gazetteer has no division with this name."""
    part.districts = districts_of_county(gazetteer, part.segment.words)
    if not part.districts:
        return
    own = {posting.place for reading in part.readings for posting in reading.postings if posting.kind == ADMIN2}
    if own.isdisjoint(part.districts):
        held = leave_out_london(gazetteer, part.districts)
        postings = tuple(Posting(place, EXONYM, ADMIN2) for place in held)
        part.readings.append(Reading(postings, EXACT))


def _prefer_county(gazetteer: Gazetteer, part: Part, parts: list[Part]) -> None:
    """Drop towns with the name of a county next to a town in it: "Richmond, Surrey"."""
    held = set(part.districts)
    if held and any(
        posting.kind == CITY and gazetteer.admin2(posting.place) in held
        for other in parts
        if other is not part
        for reading in other.readings
        for posting in reading.postings
    ):
        divisions = tuple(p for reading in part.readings for p in reading.postings if p.place in held)
        part.readings = [Reading(divisions, EXACT)]


def _is_town_name(gazetteer: Gazetteer, part: Part, min_population: int) -> bool:
    """Return whether a segment with a venue word is exactly the name of a town: "College Park", "Mountain View"."""
    return any(
        posting.kind >= CITY and posting.rank <= EXONYM and gazetteer.population(posting.place) >= min_population
        for reading in part.readings
        if reading.match is EXACT
        for posting in reading.postings
    )
