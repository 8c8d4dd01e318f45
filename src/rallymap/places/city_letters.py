"""Large cities that people abbreviate next to a venue: "SF City Hall", "Pershing Square LA"."""

from __future__ import annotations

import re
from typing import Final

from rallymap.places.parse import Segment
from rallymap.places.venue_words import LEADING

#: The city, then what distinguishes it from others with this name.
_CITIES: Final = {
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
}


#: Abbreviations that always mean the city, also alone or next to anything: "Houston Street, NYC".
_UNMISTAKABLE: Final = frozenset(("NYC", "CDMX", "SF", "CABA", "A'DAM", "R'DAM"))


# Postcode districts of London; districts with one letter, such as "W8", also exist in other cities.
_LONDON: Final = re.compile(r"(?:EC|NW|SE|SW|WC)\d{1,2}[A-Z]?")


def spell_out_city(segment: Segment) -> list[Segment] | None:
    """Replace a segment that is only the abbreviation of a city by its name; None for other segments."""
    if _LONDON.fullmatch(segment.text):
        return [segment.rewrite(("london",)), segment.rewrite(("england",))]
    letters = segment.text.replace("’", "'")
    letters = letters.upper() if segment.is_capital else letters
    if letters not in _UNMISTAKABLE:
        return None
    return [segment.rewrite(words) for words in _CITIES[letters]]


def split_london(segment: Segment) -> list[Segment] | None:
    """Split "Whitehall SW1A" into the venue and London; None if it does not end with a London postcode."""
    count = len(segment.words)
    if count < 2 or len(segment.written) < count or not _LONDON.fullmatch(segment.written[-1]):
        return None
    if segment.words[-2] == "london":
        return None  # the postcode is removed elsewhere
    district = segment.part(count - 1, count)
    return [segment.part(0, count - 1), district.rewrite(("london",)), district.rewrite(("england",))]


def split_city_letters(segment: Segment) -> list[Segment] | None:
    """Split a venue from the abbreviation of its city at either end; None if there is none.

    Abbreviations count only in capitals, and not if the whole text is in capitals: "VIA LA SPEZIA".
    """
    count = len(segment.words)
    if count < 2 or len(segment.written) < count:
        return None
    for at, start, end in ((count - 1, 0, count - 1), (0, 1, count)):
        city = _CITIES.get(segment.written[at])
        venue = segment.part(start, end)
        is_named = len(venue.words) > 1 or venue.words[0] not in LEADING  # "Calle LA" is a street
        if city is not None and is_named and any(word and not word.isupper() for word in venue.written):
            letters = segment.part(at, at + 1)
            return [venue, *(letters.rewrite(words) for words in city)]
    return None
