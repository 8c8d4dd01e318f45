"""Geocode an event: its location, its time zone, and its place check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from rallymap.countries import is_within
from rallymap.distances import measure_km
from rallymap.events import Event, Location, LocationPrecision, Place
from rallymap.language import mark, phrase
from rallymap.places import (
    DRAWN_CONFIDENCE,
    SURE_CONFIDENCE,
    Ambiguous,
    Answer,
    Candidate,
    Located,
    Resolver,
    candidates_of,
    describe_candidate,
)
from rallymap.query.city_parts import city_of_part
from rallymap.store import PlaceCheck
from rallymap.workflows.given_points import Contradiction, find_contradiction
from rallymap.workflows.point_agreement import NEAR_KM
from rallymap.workflows.routes import route_of_place, with_route
from rallymap.workflows.venue_towns import settle_town
from rallymap.workflows.zones import FINE, GIVEN, zone_at

LOW_CONFIDENCE = SURE_CONFIDENCE
"""A location with a lower confidence gets a place check."""
CHOSEN_CONFIDENCE = 0.99
"""Confidence of a candidate that a person chose."""
_OUTSKIRTS_KM: Final = 2.0
"""How far a point may be outside the circle of the town that it is named after."""


class Outcome(StrEnum):
    """The result of geocoding an event's place."""

    LOCATED = "located"
    LOW_CONFIDENCE = "low-confidence"
    AMBIGUOUS = "ambiguous"
    WRONG_COUNTRY = "wrong-country"
    NO_MATCH = "no-match"
    POINT_ELSEWHERE = "point-elsewhere"
    NO_PLACE = "no-place"


_WHY_OPEN: Final[dict[str, str]] = {
    Outcome.AMBIGUOUS: mark("Several places have this name."),
    Outcome.LOW_CONFIDENCE: mark("It is not certain that this is the place meant."),
    Outcome.NO_MATCH: mark("No place of this name is known."),
    Outcome.WRONG_COUNTRY: mark("The place found is in another country than the event says."),
    Outcome.POINT_ELSEWHERE: mark("The coordinates given lie far from the place text."),
}


def place_check_reason(outcome: str) -> str:
    """Return why a place needs a check, as a phrase that is translated when shown."""
    return phrase(_WHY_OPEN.get(outcome, mark("Its place is not sure.")))


@dataclass(frozen=True, slots=True)
class Placed:
    """An event after its place was geocoded.

    Attributes
    ----------
    event
        The event with its location, if one was found; otherwise unchanged.
    outcome
        The result of geocoding.
    candidates
        Places that a person can choose from, best first.
    sentence
        What is wrong with the given coordinates, or which other town the venue names; or "".
    """

    event: Event
    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    sentence: str = ""

    @property
    def to_check(self) -> PlaceCheck | None:
        """The place check for moderators, or None if there is nothing to confirm."""
        if self.outcome in (Outcome.LOCATED, Outcome.NO_PLACE):
            return None
        if self.event.is_online and self.event.location is None and self.outcome is not Outcome.POINT_ELSEWHERE:
            return None  # an online event needs no place
        return PlaceCheck(str(self.outcome), tuple(describe_candidate(c) for c in self.candidates))


def locate(event: Event, resolver: Resolver, known: Answer | None = None) -> Placed:
    """Geocode an event's place as in :func:`locate_place`, and the points of its route.

    If a march's place text is a route, "from Cologne to Bonn", the route is set and the event located at its start.
    """
    placed = locate_place(event, resolver, known)
    if placed.event.location is None and (points := route_of_place(resolver, event)):
        return Placed(_in_its_zone(event.changed(location=points[0].location, route=points)), Outcome.LOCATED)
    event = with_route(resolver, placed.event)
    return placed if event is placed.event else replace(placed, event=event)


def locate_place(event: Event, resolver: Resolver, known: Answer | None = None) -> Placed:
    """Geocode an event's place and set its location if the answer is sure enough to show on the map.

    An answer that is ambiguous, in another country than the event says, or below `DRAWN_CONFIDENCE` sets no location:
    wrong is worse than unknown. Coordinates that came with a row are kept if they agree with its place and country; if
    they contradict them, the event gets no location until a moderator decides, and the coordinates are among the
    candidates.

    Parameters
    ----------
    known
        The resolver's earlier answer to the place text and country alone; None asks now.
    """
    has_words = bool(event.place.text or event.place.venue)
    answer = resolve_place(event.place, resolver, known) if has_words else None
    if event.location is not None:
        event = event.changed(location=_with_country(event.location, resolver))
        contradiction = contradiction_of(event, answer, resolver)
        if contradiction is not None:
            without = event.changed(location=None)
            return Placed(without, Outcome.POINT_ELSEWHERE, contradiction.candidates, contradiction.sentence)
        event = located_event(event, answer)
        return Placed(event.changed(location=_with_town(event.location, resolver)), Outcome.LOCATED)
    if answer is None:
        return Placed(event, Outcome.NO_PLACE)
    candidates = candidates_of(answer)
    if isinstance(answer, Ambiguous):
        of_text = resolve_place(replace(event.place, venue=""), resolver, known)
        if not isinstance(of_text, Located):
            return Placed(event, Outcome.AMBIGUOUS, candidates)
        return Placed(event, Outcome.LOW_CONFIDENCE, candidates, _mentions_other_town(of_text.candidate, candidates))
    if not isinstance(answer, Located):
        return Placed(event, Outcome.NO_MATCH)
    hint = event.place.country_hint
    if hint and answer.candidate.country and not is_within(answer.candidate.country, hint):
        return Placed(event, Outcome.WRONG_COUNTRY, candidates)
    if answer.candidate.confidence < DRAWN_CONFIDENCE:
        return Placed(event, Outcome.LOW_CONFIDENCE, candidates)
    sure = answer.candidate.confidence >= SURE_CONFIDENCE
    return Placed(
        located_event(event, answer), Outcome.LOCATED if sure else Outcome.LOW_CONFIDENCE, () if sure else candidates
    )


def _mentions_other_town(town: Candidate, candidates: tuple[Candidate, ...]) -> str:
    """Return a sentence that names a venue's town, if it differs from that of the place text."""
    other = next((one for one in candidates if (one.lat, one.lon) != (town.lat, town.lon)), None)
    if other is None:
        return ""
    label = describe_candidate(other)["label"]
    return phrase("The exact place names another town: {place}.", place=label)


def contradiction_of(event: Event, answer: Answer | None, resolver: Resolver) -> Contradiction | None:
    """Return what contradicts coordinates that came with a row; None for other locations, and if they agree."""
    if event.location is None or event.location.method != GIVEN:
        return None
    return find_contradiction(event.location, event.place, answer, resolver)


def resolve_place(place: Place, resolver: Resolver, known: Answer | None = None) -> Answer:
    """Geocode a place with its venue, which only landmarks match, then without; `known` as in :func:`locate`.

    If the venue names a town far from that of the place text, the answer is ambiguous.
    """
    country = place.country_hint or None
    if place.venue and not place.text:
        return resolver.resolve(place.venue, country=country)
    answer = known if known is not None else resolver.resolve(place.text, country=country)
    if not place.venue:
        return answer
    return settle_town(place, answer, resolver, resolver.resolve(f"{place.venue}, {place.text}", country=country))


def located_event(event: Event, answer: Answer | None, picked: Candidate | None = None) -> Event:
    """Set an event's location from an answer, and the zone of that place if its date has none.

    Parameters
    ----------
    event
        An event with a location keeps it, and only takes the place's names if the location is near that place.
    answer
        Only a ``Located`` answer sets a location.
    picked
        The candidate that a person chose; it overrides the answer.
    """
    candidate = picked or (answer.candidate if isinstance(answer, Located) else None)
    if candidate is None:
        return _in_its_zone(event)
    if event.location is not None:
        location = _with_name(event.location, candidate)
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


def candidate_from_plain(plain: Mapping[str, Any]) -> Candidate:
    """Return the candidate that a place check stores as plain values."""
    return Candidate(
        float(plain["lat"]),
        float(plain["lon"]),
        str(plain.get("name", plain["label"])),
        plain.get("admin1") or None,
        str(plain.get("country") or ""),
        LocationPrecision(plain.get("precision") or LocationPrecision.CITY),
        float(plain.get("radius_m") or 5_000.0),
        float(plain.get("confidence") or 0.0),
        venue=plain.get("venue") or None,
        method=str(plain.get("method") or "gazetteer"),
        note=str(plain.get("note") or ""),
    )


def _in_its_zone(event: Event) -> Event:
    location = event.location
    if location is None or location.precision not in FINE or event.when.zone or not event.when.is_known:
        return event
    return event.changed(when=replace(event.when, zone=zone_at(location.lat, location.lon)))


def _with_country(location: Location, resolver: Resolver) -> Location:
    """Set the country of a point without one to that of the nearest town."""
    town = None if location.country else resolver.nearest_town(location.lat, location.lon)
    return location if town is None else replace(location, country=town.country)


def _with_name(location: Location, candidate: Candidate) -> Location:
    away_km = measure_km(location.lat, location.lon, candidate.lat, candidate.lon)
    if location.name or away_km > max(NEAR_KM, candidate.radius_m / 1000):
        return location
    # "Norway" is no name of a point in a town.
    is_coarser = location.precision.is_in_a_city and not candidate.precision.is_in_a_city
    return replace(
        location,
        name="" if is_coarser else candidate.name,
        admin1=candidate.admin1 or "",
        country=location.country or candidate.country,
    )


def _with_town(location: Location | None, resolver: Resolver) -> Location | None:
    """Name a given point that its place text does not name: the town around it, or the city that this is a part of."""
    if location is None or location.name or location.method != GIVEN or not location.precision.is_in_a_city:
        return location
    town = resolver.nearest_town(location.lat, location.lon)
    if town is None or not is_within(town.country, location.country):
        return location
    city = city_of_part(town.name, town.country, town.lat, town.lon)
    around = (town, city) if city else (town,)
    away_km = min(measure_km(location.lat, location.lon, one.lat, one.lon) - one.radius_m / 1000 for one in around)
    if away_km > _OUTSKIRTS_KM:
        return location
    return replace(location, name=city.name if city else town.name, admin1=location.admin1 or town.admin1 or "")
