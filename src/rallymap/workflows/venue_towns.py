"""Venues that name a town: "Iranisches Konsulat Hamburg", "Am Dom, Köln", "Wien, Graben", "Paris, Texas"."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision, Place
from rallymap.folding import fold_letters
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Answer, Candidate, Located, Resolver, candidates_of
from rallymap.venue_words import Head, head_of

_FAR_KM: Final = 30.0
_OTHER_TOWN_KM: Final = 20.0
"""More than the distance of a city's districts, which lists put first as well."""
_A_CITY: Final = 50_000
_A_LARGE_CITY: Final = 100_000
_SPOTS: Final = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)
_FINE: Final = (*_SPOTS, LocationPrecision.CITY)
_MAIN_STATION: Final = frozenset(
    "hauptbahnhof hbf centralstation centralstationen sentralstasjon hovedbanegard hovedbanegarden centraal centrale "
    "rautatieasema".split()
)
_STATION_PAIRS: Final = frozenset({("central", "station"), ("main", "station"), ("gare", "centrale")})


def settle_town(place: Place, answer: Answer, resolver: Resolver, of_venue: Answer) -> Answer:
    """Return the place that venue and text name together, or else the town of the text.

    If the venue clearly names a town far from that of the text, the answer is ambiguous, with both towns.

    Parameters
    ----------
    place
        The place; its venue is not "".
    answer
        The answer to the place text alone.
    of_venue
        The answer to venue and place text together.
    """
    if isinstance(answer, Ambiguous):
        named = _town_in_region(place, resolver)
        points = {(candidate.lat, candidate.lon) for candidate in answer.candidates}
        if named is not None and (named.lat, named.lon) in points:
            return Located(answer.query, named)  # "Cambridge" and the venue "Cambridge, Massachusetts"
    is_spot = isinstance(of_venue, Located) and of_venue.candidate.precision in _SPOTS
    town = answer.candidate if isinstance(answer, Located) else None
    if town is None or town.precision not in _FINE or town.method == "override":
        return of_venue if is_spot else answer
    in_region = _town_in_region(place, resolver)
    before = None if in_region else _town_before_spot(place, resolver, town)
    other = in_region or before or _town_of(place, resolver, of_venue, town)
    far_km = _FAR_KM if before is None else _OTHER_TOWN_KM
    if other is None or measure_km(town.lat, town.lon, other.lat, other.lon) <= far_km:
        return of_venue if is_spot else answer
    return Ambiguous(answer.query, (town, other))


def _town_of(place: Place, resolver: Resolver, of_venue: Answer, town: Candidate) -> Candidate | None:
    if isinstance(of_venue, Located) and of_venue.candidate.precision in _SPOTS:
        return of_venue.candidate
    country = place.country_hint or None
    words = fold_letters(place.venue).split()
    if any(head_of(word) is Head.MISSION for word in words) or _mentions_main_station(words):
        return _sure(resolver.resolve(place.venue, country=country))
    last = place.venue.rpartition(",")[2]
    if any(map(str.isdecimal, last)) or any(head_of(word) is not Head.NONE for word in words[-1:]):
        return None
    if fold_letters(last).strip() == fold_letters(town.admin1 or ""):
        return None  # in Montreal, "Québec" is the province
    found = _sure(resolver.resolve(last.strip(), country=country))
    is_city = found is not None and found.precision is LocationPrecision.CITY and (found.population or 0) >= _A_CITY
    return found if is_city else None


def _town_in_region(place: Place, resolver: Resolver) -> Candidate | None:
    """Return the town of a venue that is only a town with its region or country: "Paris, Texas"."""
    name, comma, _ = place.venue.partition(",")
    if not comma or any(head_of(word) is not Head.NONE for word in fold_letters(name).split()):
        return None
    found = _sure(resolver.resolve(place.venue))
    is_town = found is not None and found.precision is LocationPrecision.CITY and found.venue is None
    return found if is_town else None


def _town_before_spot(place: Place, resolver: Resolver, town: Candidate) -> Candidate | None:
    """Return the city at the start of a venue, "Wien, Ballhausplatz"; a city abroad has to be large.

    None before the name of the town or its region: in Atlanta, "Centennial, GA" is a place there.
    """
    text, comma, rest = (part.strip() for part in place.venue.partition(","))
    words = fold_letters(text).split()
    if not comma or not words or any(map(str.isdecimal, text)) or any(head_of(word) is not Head.NONE for word in words):
        return None
    for within, least in ((place.country_hint or None, _A_CITY), (None, _A_LARGE_CITY)):
        found = _sure(resolver.resolve(text, country=within))
        if found is not None and found.precision is LocationPrecision.CITY and (found.population or 0) >= least:
            return None if _is_around(town, resolver.resolve(rest, country=place.country_hint or None)) else found
    return None


def _is_around(town: Candidate, answer: Answer) -> bool:
    """Return whether the first candidate of an answer is a town, or the region or country that it is in."""
    for found in candidates_of(answer)[:1]:
        if found.precision is LocationPrecision.COUNTRY:
            return found.country == town.country
        if found.precision is LocationPrecision.REGION:
            return (found.country, found.name) == (town.country, town.admin1)
        return measure_km(town.lat, town.lon, found.lat, found.lon) <= _FAR_KM
    return False


def _mentions_main_station(words: list[str]) -> bool:
    return not _MAIN_STATION.isdisjoint(words) or any(pair in _STATION_PAIRS for pair in pairwise(words))


def _sure(answer: Answer) -> Candidate | None:
    is_sure = isinstance(answer, Located) and answer.candidate.confidence >= SURE_CONFIDENCE
    return answer.candidate if isinstance(answer, Located) and is_sure and answer.candidate.precision in _FINE else None
