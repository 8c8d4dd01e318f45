"""The time zone of a place, for times of day without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from tzfpy import get_tz

from rallymap.distances import measure_km
from rallymap.events import Location, LocationPrecision, Place
from rallymap.intake.fields import ZoneFinder
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Answer, Candidate, Located, Resolver, candidates_of

GIVEN = "given"
"""Value of `Location.method` for an event whose row gives coordinates."""
FINE = (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)
"""Precisions of places with a single time zone."""
_FAR_KM = 200.0


@lru_cache(maxsize=16_384)
def zone_at(lat: float, lon: float) -> str:
    """Return the IANA zone of a point (decimal degrees), or "" at sea and if unknown."""
    zone = get_tz(lon, lat)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the system's zone list can be older than tzfpy's
        return ""
    return "" if zone.startswith("Etc/") else zone


@cache
def zone_of_country(country: str) -> str:
    """Return a zone of a country with a single time zone, or "" if it has several."""
    clocks: dict[tuple[timedelta | None, ...], str] = {}
    for zone, territory in get_global("zone_territories").items():
        if territory != country:
            continue
        try:
            clock = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
        clocks.setdefault(tuple(datetime(2024, month, 15, 12, tzinfo=clock).utcoffset() for month in (1, 7)), zone)
    return next(iter(clocks.values())) if len(clocks) == 1 else ""


def zone_finder(resolver: Resolver, picked: Candidate | None = None, known: Answer | None = None) -> ZoneFinder:
    """Return a function that finds the zone of a sure place, for times of day without one.

    Parameters
    ----------
    picked
        The candidate that a person chose for the place, or None.
    known
        The resolver's earlier answer to the place text and country; None geocodes each place.
    """

    def find(place: Place, location: Location | None) -> str:
        point = location or picked
        zone = zone_at(point.lat, point.lon) if point is not None else ""
        if point is not None and (picked is not None or point.method != GIVEN or not place.text):
            return zone
        words = place.text or place.venue
        answer = known if known is not None else resolver.resolve(words, country=place.country_hint or None)
        if point is not None:
            # A point that contradicts its place, for example by a lost sign, does not determine the zone.
            return _zone_of_far_town(answer, point.lat, point.lon) or zone
        if isinstance(answer, Located) and answer.candidate.precision in FINE:
            return zone_at(answer.candidate.lat, answer.candidate.lon)
        if isinstance(answer, Ambiguous) and (zone := _zone_of_all(candidates_of(answer))):
            return zone
        if place.venue and place.text:  # "State Capitol, St. Paul" is more precise than "Minnesota, USA"
            spot = resolver.resolve(f"{place.venue}, {place.text}", country=place.country_hint or None)
            if isinstance(spot, Located) and _is_sure(spot.candidate):
                return zone_at(spot.candidate.lat, spot.candidate.lon)
        # A town that is not found, or not for sure, still has its country's zone, if the country has only one.
        return zone_of_country(place.country_hint)

    return find


def _zone_of_all(candidates: Sequence[Candidate]) -> str:
    """Return the zone of all towns that a text may mean, "" if they have several."""
    zones = {zone_at(one.lat, one.lon) if one.precision in FINE else "" for one in candidates}
    return zones.pop() if len(zones) == 1 else ""


def _is_sure(found: Candidate) -> bool:
    return found.precision in FINE and found.confidence >= SURE_CONFIDENCE


def _zone_of_far_town(answer: Answer, lat: float, lon: float) -> str:
    """Return the zone of a town that is clearly named and far from the point, or ""."""
    if not isinstance(answer, Located) or answer.candidate.precision not in FINE:
        return ""
    named = answer.candidate
    is_far = named.confidence >= SURE_CONFIDENCE and measure_km(lat, lon, named.lat, named.lon) > _FAR_KM
    return zone_at(named.lat, named.lon) if is_far else ""
