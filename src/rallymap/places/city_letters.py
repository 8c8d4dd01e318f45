"""Large cities that people abbreviate next to a venue: "SF City Hall", "Pershing Square LA"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rallymap.distances import measure_km
from rallymap.places.codes import ALTERNATE, CITY
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment
from rallymap.places.part import Part
from rallymap.places.readings import EXACT, Reading
from rallymap.venue_words import LEADING

#: The city, then what distinguishes it from others with this name.
CITIES: Final = {
    "LA": (("los", "angeles"), ("california",)),
    "SF": (("san", "francisco"), ("california",)),
    "NYC": (("new", "york", "city"),),
    "DC": (("washington",), ("dc",)),
    "HK": (("hong", "kong"),),
    "KL": (("kuala", "lumpur"),),
    "CDMX": (("mexico", "city"),),
    "CABA": (("buenos", "aires"), ("argentina",)),
    "SLC": (("salt", "lake", "city"),),
    "OKC": (("oklahoma", "city"),),
    "A'DAM": (("amsterdam",),),
    "R'DAM": (("rotterdam",),),
    "B'HAM": (("birmingham",), ("england",)),
    "BLN": (("berlin",),),
    "MTL": (("montreal",), ("quebec",)),
}


#: Abbreviations that always mean the city, also alone or next to anything: "Houston Street, NYC".
_UNMISTAKABLE: Final = frozenset(("NYC", "CDMX", "SF", "CABA", "A'DAM", "R'DAM", "B'HAM", "BLN", "MTL"))
# The first half of a British postcode; other countries have letters before numbers, too ("M1" is a metro).
_OUTWARD: Final = re.compile(
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GPV]|K[ATWY]|L[ADELNSU]?"
    r"|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)\d{1,2}[A-Z]?"
)
_AROUND_LOS_ANGELES_KM: Final = 40.0
_A_TOWN: Final = 1000
_MAX_LETTERS: Final = 5
_UNSURE: Final = 0.75

# Postcode districts of London; districts with one letter, such as "W8", also exist in other cities.
_LONDON: Final = re.compile(r"(?:EC|NW|SE|SW|WC)\d{1,2}[A-Z]?")


CAPITALS_ONLY: Final = frozenset(("LA", "KL"))
"""Abbreviations that are words of other languages in small letters: an article, "o'clock"."""


def city_of_letters(letters: str) -> tuple[tuple[str, ...], ...]:
    """Return the folded names of the city that a search abbreviates; () for other words."""
    letters = letters.replace("’", "'")
    capitals = letters.upper()
    if capitals not in CITIES or (capitals in CAPITALS_ONLY and letters != capitals):
        return ()
    name, *rest = CITIES[capitals]
    if rest and rest[0] == (capitals.lower(),):  # "Washington" alone is also a state
        return ((*name, *rest[0]), (*name, *capitals.lower()))
    return (name,)


def spell_out_city(segment: Segment) -> list[Segment] | None:
    """Replace a segment that is only the abbreviation of a city by its name; None for other segments."""
    if len(segment.text) > _MAX_LETTERS:
        return None
    if _LONDON.fullmatch(segment.text):
        return [segment.rewrite(("london",)), segment.rewrite(("england",))]
    letters = segment.text.replace("’", "'")
    letters = letters.upper() if segment.is_capital else letters
    if letters not in _UNMISTAKABLE:
        return None
    return [segment.rewrite(words) for words in CITIES[letters]]


def split_london(segment: Segment) -> list[Segment] | None:
    """Split "Whitehall SW1A" into the venue and London; None if it does not end with a London postcode."""
    count = len(segment.words)
    if count < 2 or len(segment.written) < count or not _LONDON.fullmatch(segment.written[-1]):
        return None
    if segment.words[-2] == "london":
        return None  # the postcode is removed elsewhere
    district = segment.part(count - 1, count)
    return [segment.part(0, count - 1), district.rewrite(("london",)), district.rewrite(("england",))]


def split_british(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split "Belfast BT1" into town and country; None unless a British postcode follows a British town."""
    count = len(segment.words)
    if count < 2 or len(segment.written) < count or not _OUTWARD.fullmatch(segment.written[-1]):
        return None
    town = segment.part(0, count - 1)
    if any(
        posting.kind == CITY and gazetteer.country(posting.place) == "GB" and posting.rank <= ALTERNATE
        for posting in gazetteer.find(join_key(town.words))
    ):
        return [town, segment.part(count - 1, count).rewrite(("united", "kingdom"))]
    return None


def split_city_letters(segment: Segment) -> list[Segment] | None:
    """Split a venue from the abbreviation of its city at either end; None if there is none.

    Abbreviations count only in capitals, and not if the whole text is in capitals: "VIA LA SPEZIA".
    """
    count = len(segment.words)
    if count < 2 or len(segment.written) < count:
        return None
    for at, start, end in ((count - 1, 0, count - 1), (0, 1, count)):
        city = CITIES.get(segment.written[at])
        venue = segment.part(start, end)
        is_named = len(venue.words) > 1 or venue.words[0] not in LEADING  # "Calle LA" is a street
        if city is not None and is_named and any(word and not word.isupper() for word in venue.written):
            letters = segment.part(at, at + 1)
            return [venue, *(letters.rewrite(words) for words in city)]
    return None


def read_los_angeles(gazetteer: Gazetteer, parts: Sequence[Part]) -> None:
    """Read "LA" as Los Angeles next to a venue or a nearby place; next to towns in Louisiana it is the state."""
    letters = next((part for part in parts if part.segment.text.strip(".") in ("LA", "L.A") and part.regions), None)
    others = [part for part in parts if part is not letters]
    if letters is None or not others:
        return
    california = gazetteer.admin1_of_code("US.CA")
    city = next(p for p in gazetteer.find("losangeles") if gazetteer.admin1(p.place) == california)
    if all(part.is_venue for part in others):
        letters.segment = letters.segment.rewrite(("los", "angeles"))._replace(max_confidence=_UNSURE)
        letters.readings, letters.regions = [Reading((city,), EXACT)], []
        return
    point, louisiana = gazetteer.lat_lon(city.place), set(letters.regions)
    for part in others:
        postings = [] if part.is_venue else [posting for reading in part.readings for posting in reading.postings]
        close = tuple(
            posting
            for posting in postings
            if posting.kind >= CITY and measure_km(*point, *gazetteer.lat_lon(posting.place)) <= _AROUND_LOS_ANGELES_KM
        )
        is_in_state = any(
            gazetteer.admin1(posting.place) in louisiana and gazetteer.population(posting.place) >= _A_TOWN
            for posting in postings
        )
        if close and not is_in_state:
            part.segment, part.readings = part.segment._replace(max_confidence=_UNSURE), [Reading(close, EXACT)]
            letters.readings, letters.regions = [], [california]
