"""From an event's place in words to its location, its zone, and what a moderator has to settle."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tzfpy import get_tz

from rallymap.events import Event, Location, LocationPrecision, Place
from rallymap.intake.fields import ZoneFinder
from rallymap.places import Ambiguous, Answer, Candidate, Located, Resolver, candidates_of, describe_candidate
from rallymap.store import PlaceToCheck

LOW_CONFIDENCE = 0.8
"""Located with less than this is worth a moderator's look."""
CHOSEN_CONFIDENCE = 0.99
"""Confidence of a candidate that a person picked."""
NEAR_KM = 50.0
"""Given coordinates take the names of the place in words where it lies no farther away."""
_FINE = (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)


class Outcome(StrEnum):
    """What became of an event's place."""

    LOCATED = "located"
    LOW_CONFIDENCE = "low-confidence"
    AMBIGUOUS = "ambiguous"
    WRONG_COUNTRY = "wrong-country"
    NO_MATCH = "no-match"
    NO_PLACE = "no-place"


@dataclass(frozen=True, slots=True)
class Placed:
    """An event after its place was looked up.

    Attributes
    ----------
    event
        With its location, where there is one; else as it was.
    outcome
        What became of the place.
    candidates
        Places that a person can choose from, best first.
    """

    event: Event
    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()

    @property
    def to_check(self) -> PlaceToCheck | None:
        """What the moderators' list of places gets, or None where there is nothing to settle."""
        if self.outcome in (Outcome.LOCATED, Outcome.NO_PLACE):
            return None
        return PlaceToCheck(str(self.outcome), tuple(describe_candidate(c) for c in self.candidates))


def locate(event: Event, resolver: Resolver) -> Placed:
    """Look an event's place up and give the event its location, if the answer is sure.

    An ambiguous answer, or one in another country than the event says, gives no location: wrong is worse than
    unknown. Coordinates that the event has already are kept.
    """
    if not event.place.text and not event.place.venue:
        return Placed(_in_its_zone(event), Outcome.LOCATED if event.location else Outcome.NO_PLACE)
    answer = resolve_place(event.place, resolver)
    candidates = candidates_of(answer)
    if event.location is not None:
        return Placed(located_event(event, answer), Outcome.LOCATED)
    if isinstance(answer, Ambiguous):
        return Placed(event, Outcome.AMBIGUOUS, candidates)
    if not isinstance(answer, Located):
        return Placed(event, Outcome.NO_MATCH)
    hint = event.place.country_hint
    if hint and answer.candidate.country and answer.candidate.country != hint:
        return Placed(event, Outcome.WRONG_COUNTRY, candidates)
    sure = answer.candidate.confidence >= LOW_CONFIDENCE
    return Placed(
        located_event(event, answer), Outcome.LOCATED if sure else Outcome.LOW_CONFIDENCE, () if sure else candidates
    )


def resolve_place(place: Place, resolver: Resolver) -> Answer:
    """Ask for a place with its venue first, which only well-known venues answer, then without."""
    country = place.country_hint or None
    if place.venue:
        answer = resolver.resolve(", ".join(part for part in (place.venue, place.text) if part), country=country)
        if not place.text:
            return answer
        if isinstance(answer, Located) and answer.candidate.precision is LocationPrecision.VENUE:
            return answer
    return resolver.resolve(place.text, country=country)


def located_event(event: Event, answer: Answer | None, picked: Candidate | None = None) -> Event:
    """Give an event the location of an answer, and the zone of that place where its date has none.

    Parameters
    ----------
    event
        One with a location keeps it, and only takes the place's names where that lies near.
    answer
        Only a ``Located`` one places the event.
    picked
        The candidate that a person chose, which goes before the answer.
    """
    candidate = picked or (answer.candidate if isinstance(answer, Located) else None)
    if candidate is None:
        return _in_its_zone(event)
    if event.location is not None:
        location = _named(event.location, candidate)
    else:
        location = Location(
            candidate.lat,
            candidate.lon,
            candidate.precision,
            candidate.radius_m,
            CHOSEN_CONFIDENCE if picked else candidate.confidence,
            candidate.method,
            candidate.name,
            candidate.admin1 or "",
            candidate.country,
        )
    place = event.place if event.place.venue else replace(event.place, venue=candidate.venue or "")
    return _in_its_zone(event.changed(location=location, place=place))


def zone_at(lat: float, lon: float) -> str:
    """Return the IANA zone of a point (decimal degrees), or "" at sea and where none is known."""
    zone = get_tz(lon, lat)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the system's list can be older than tzfpy's
        return ""
    return "" if zone.startswith("Etc/") else zone


def zone_finder(resolver: Resolver) -> ZoneFinder:
    """Return what finds the zone of a place that is sure, for times of day that come without one."""

    def find(place: Place, location: Location | None) -> str:
        if location is not None:
            return zone_at(location.lat, location.lon)
        answer = resolver.resolve(place.text, country=place.country_hint or None)
        if isinstance(answer, Located) and answer.candidate.precision in _FINE:
            return zone_at(answer.candidate.lat, answer.candidate.lon)
        return ""

    return find


def _in_its_zone(event: Event) -> Event:
    location = event.location
    if location is None or location.precision not in _FINE or event.when.zone or not event.when.is_known:
        return event
    return event.changed(when=replace(event.when, zone=zone_at(location.lat, location.lon)))


def _named(location: Location, candidate: Candidate) -> Location:
    if location.name or _distance_km(location, candidate) > max(NEAR_KM, candidate.radius_m / 1000):
        return location
    return replace(
        location,
        name=candidate.name,
        admin1=candidate.admin1 or "",
        country=location.country or candidate.country,
    )


def _distance_km(location: Location, candidate: Candidate) -> float:
    """Return the great-circle distance by the haversine formula, on a sphere of 6371 km."""
    lat1, lat2 = math.radians(location.lat), math.radians(candidate.lat)
    half = math.radians(candidate.lon - location.lon) / 2
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(a)))
