"""Cities that a text names together with a part of them: "Praha 6", "Warszawa-Wilanów", "UC Berkeley"."""

from __future__ import annotations

import re
from typing import Final

from rallymap.distances import measure_km
from rallymap.places.codes import ADMIN2, CITY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import Segment
from rallymap.places.readings import GENERIC, Reading
from rallymap.places.vocabulary import REGION_CODES

_A_CITY: Final = 100_000
_DISTRICT_RADIUS_M: Final = 8000.0
_QUARTER_KM: Final = 20.0
_LARGE_QUARTER_KM: Final = 16.0
_ANOTHER_CITY: Final = 100_000
_A_GREAT_CITY: Final = 500_000
_WRITE_QUARTERS_SO: Final = frozenset("DE AT CH LU PL CZ SK".split())
_WITH_HYPHEN: Final = re.compile(r"(?P<city>[^\W\d_]{3,}(?: \d{1,2})?)-(?P<quarter>[^\W\d_]{3,})")
# "6", "16e", "1er", "10ème", "XIII", "XXe": districts have few digits, so that years and postcodes do not match.
_NUMBER: Final = re.compile(r"\d{1,2}(?:er?|eme?|th|st|nd|rd)?|x{0,2}(?:i{1,3}|iv|vi{0,3}|ix|x)(?:er?|eme)?")
_DISTRICT_WORDS: Final = frozenset("arrondissement bezirk kerulet sector district distrito kreis".split())
# Rivers after German town names: "Frankfurt a.M.", "Frankfurt a. d. Oder", "Freiburg i.Br."
_RIVERS: Final = (
    (re.compile(r"(?<=\w\w) ?[ /(]a\. ?d\. ?(?=\w)"), " an der "),
    (re.compile(r"(?<=\w\w)(?: a\. ?|/|/ )M(?:ain)?\b\.?"), " am Main"),
    (re.compile(r"(?<=Frankfurt)(?: a\. ?| ?/ ?| ?\()O(?:der)?\b\.?\)?"), " an der Oder"),
    (re.compile(r"(?<=\w\w) a\. ?Rh?\b\.?"), " am Rhein"),
    (re.compile(r"(?<=\w\w) a\. ?N\b\.?"), " am Neckar"),
    (re.compile(r"(?<=\w\w) i\. ?(?:Br?)\b\.?"), " im Breisgau"),
)
#: Names of universities with several campuses, and their state.
_CAMPUSES: Final = {
    "UC": "california", "CSU": "california", "Cal State": "california", "Cal Poly": "california", "UT": "texas",
    "UW": "wisconsin", "SUNY": "new york", "UMass": "massachusetts", "UNC": "north carolina", "CU": "colorado",
}  # fmt: skip

_CAMPUS_STARTS: Final = tuple(_CAMPUSES)


def write_out_rivers(text: str) -> str:
    """Expand the river or region after a German town name: "Frankfurt a.M." to "Frankfurt am Main"."""
    if " a." not in text and " i." not in text and "/" not in text and "(O" not in text:
        return text  # most texts: avoids five searches
    for pattern, written_out in _RIVERS:
        text = pattern.sub(written_out, text)
    return text


def read_numbered(gazetteer: Gazetteer, words: tuple[str, ...]) -> Reading | None:
    """Read a large city with the number of one of its districts; None if a town has exactly this name.

    The districts themselves are divisions of Prague and Budapest, whose points must not be drawn.
    """
    if len(words) < 2:
        return None
    if words[-1] in _DISTRICT_WORDS:
        words = words[:-1]  # "Wien 6. Bezirk"
    elif len(words) > 2 and words[-2] in _DISTRICT_WORDS:
        words = (*words[:-2], words[-1])  # "București sector 5"
    if len(words) < 2 or not _NUMBER.fullmatch(words[-1]):
        return None
    if any(posting.kind != ADMIN2 and posting.rank <= OFFICIAL for posting in gazetteer.find(join_key(words))):
        return None
    cities = tuple(
        posting
        for posting in gazetteer.find(join_key(words[:-1]))
        if posting.kind == CITY and posting.rank <= EXONYM and gazetteer.population(posting.place) >= _A_GREAT_CITY
    )
    return Reading(cities, GENERIC) if cities else None


def is_city_district(gazetteer: Gazetteer, place: int) -> bool:
    """Return whether a second-level division is so small that its centre is a usable point in a city: "용산구"."""
    return gazetteer.kind(place) == ADMIN2 and gazetteer.radius_m(place) <= _DISTRICT_RADIUS_M


def split_quarter(gazetteer: Gazetteer, segment: Segment) -> tuple[Segment, Segment] | None:
    """Split "Warszawa-Wilanów" into quarter and city; None if it is not a city with a quarter.

    Applies only in countries that use this notation. Germany has no city called Bergen, so "Bergen-Belsen" is not
    split.
    """
    match = _WITH_HYPHEN.fullmatch(segment.text) if "-" in segment.text else None
    if match is None:
        return None
    name = match["city"].partition(" ")[0]
    cities = _find_cities(gazetteer, name)
    if not cities:
        return None
    points = [gazetteer.lat_lon(place) for place in cities]
    named = [posting.place for posting in gazetteer.find(fold_key(match["quarter"])) if posting.kind >= CITY]
    has_quarter = any(  # "Köln-Mülheim" is not Mülheim an der Ruhr
        gazetteer.population(place) < _ANOTHER_CITY
        and any(measure_km(*gazetteer.lat_lon(place), *point) <= _LARGE_QUARTER_KM for point in points)
        for place in named
    )
    for other in _find_cities(gazetteer, match["quarter"]) if not has_quarter else ():
        within_km = _QUARTER_KM if gazetteer.population(other) < _ANOTHER_CITY else _LARGE_QUARTER_KM
        if all(measure_km(*gazetteer.lat_lon(other), *point) > within_km for point in points):
            return None  # "Köln-Bonn" and "Mannheim-Heidelberg" are two cities
    at = len(segment.words) - 1
    quarter = Segment(match["quarter"], segment.words[at:], segment.near, segment.distance_km, (True,), ())
    city = Segment(name, tuple(segment.words[:1]), segment.near, segment.distance_km, (True,), ())
    return quarter, city


def _find_cities(gazetteer: Gazetteer, name: str) -> list[int]:
    """Return the cities with this name in countries that write quarters after a hyphen."""
    return [
        posting.place
        for posting in gazetteer.find(fold_key(name))
        if posting.kind == CITY
        and posting.rank <= EXONYM
        and gazetteer.country(posting.place) in _WRITE_QUARTERS_SO
        and gazetteer.population(posting.place) >= _A_CITY
    ]


def split_campus(gazetteer: Gazetteer, segment: Segment) -> tuple[Segment, Segment] | None:
    """Split "UC Berkeley" and "UW-Madison" into the town and its state; None if the state has no such town."""
    if not segment.text.startswith(_CAMPUS_STARTS):
        return None
    for letters, state in _CAMPUSES.items():
        if not segment.text.startswith((f"{letters} ", f"{letters}-")):
            continue
        start = len(letters.split())
        town = segment.part(start, len(segment.words)).rewrite(segment.words[start:])
        region = gazetteer.admin1_of_code(REGION_CODES[fold_key(state)][0])
        if any(
            gazetteer.admin1(posting.place) == region and posting.kind == CITY and posting.rank <= OFFICIAL
            for posting in gazetteer.find(join_key(town.words))
        ):
            return town, segment.rewrite(tuple(state.split()))
    return None
