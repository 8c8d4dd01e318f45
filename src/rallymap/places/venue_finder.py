"""Find the landmark or mission that a text names, only in the town that the text names."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from typing import Final

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.places.answers import Candidate
from rallymap.places.codes import ADMIN1, ADMIN2, ALTERNATE, CITY, OFFICIAL
from rallymap.places.confidence import SURE_SHARE
from rallymap.places.finder import Finding, PlaceFinder
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.landmarks import Landmark, Landmarks
from rallymap.places.missions import Missions
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment, split_segments
from rallymap.places.part import Part
from rallymap.places.readings import is_explained
from rallymap.places.roles import head_of_segment
from rallymap.places.vocabulary import FILLERS, JOURNEY_FROM, JOURNEY_TO
from rallymap.venue_words import MISSION, NONE, head_of

_WITHIN_KM: Final = 20.0
_NEXT_KM: Final = 5.0
_MOST: Final = 0.6  # as a town, Salamanca is as large as the quarter of Madrid
_ELSEWHERE_KM: Final = 50.0
_A_CITY: Final = 100_000
_A_TOWN: Final = 15_000
_CONFIDENCE: Final = 0.97
_WITHOUT_TOWN: Final = 0.38  # below the limit for drawing
_BOTH_SHARED: Final = 0.6  # a town whose squares are not listed may have both names as well
_ONE_END: Final = 0.7
_MAX_GROUPS: Final = 8
_NEAR_M: Final = 500.0
# Words that mark a route only as a pair, before two venues: "de la place de la République à la place de la Nation".
_ROMANCE_FROM: Final = frozenset("de du des da dal dalla del desde depuis".split())
_ROMANCE_TO: Final = frozenset("a al alla ao au aux hasta jusqua".split())


class VenueFinder:
    """Finder of rally venues with known exact points.

    Parameters
    ----------
    finder
        Finder of places in the gazetteer.
    landmarks
        Loads the listed squares and buildings; called for the first text that is not only a large city.
    missions
        Loads the listed embassies; called when a text names one.
    """

    def __init__(
        self, finder: PlaceFinder, landmarks: Callable[[], Landmarks], missions: Callable[[], Missions]
    ) -> None:
        self._finder = finder
        self._landmarks = landmarks
        self._missions = missions
        self._city_of = functools.lru_cache(maxsize=1024)(self._find_city)

    def _find_city(self, place: Landmark) -> int | None:
        return self._finder.find_city(place.city, place.country, place.lat, place.lon)

    def find(self, text: str, country: str, finding: Finding) -> Candidate | None:
        """Find the venue that a text names, if the text also names its town or the venue's name is unique.

        For a march between two venues the answer is the line between them; if only one is known, its town. `finding` is
        the gazetteer's result for the same text; `country` is an alpha-2 code or "".
        """
        tried: set[tuple[str, ...]] = set()
        for segment in (*split_segments(text), *(part.segment for part in finding.parts)):
            if segment.words in tried:
                continue
            tried.add(segment.words)
            journey = self._split_journey(segment)
            if journey is not None:
                start, end = (self._at(part, country, finding) for part in journey)
                if start and end:
                    return _between(start, end)
                found = self._find_between_namesakes(journey, country, finding)
                return found or self._find_town_of_end(start or end, finding)
            found = self._at(segment, country, finding)
            if found is not None:
                return found
        return None

    def guess(self, text: str, country: str, finding: Finding) -> tuple[Candidate, ...]:
        """Return the landmarks that a text may mean if it names a landmark, but neither its town nor anything else.

        They are the best known ones with this name, as options for a person, with a confidence too low for the map.
        """
        wholes = split_segments(text)
        named = [(segment, *self._landmarks().find(segment.words)) for segment in wholes]
        own = {word for _, places, words in named if places for word in words}
        for segment, places, words in named:
            others, again = self._landmarks().find(tuple(word for word in segment.words if word not in words))
            own.update(again if any(place in places for place in others) else ())
        places = [place for _, found, _ in named for place in found]
        if not places or any(not is_explained(word) for segment in wholes for word in set(segment.words) - own):
            return ()
        by_city = {place.city: place for place in reversed(places) if country in ("", place.country)}
        found = sorted(map(self._describe, by_city.values()), key=lambda each: -(each.population or 0))
        return tuple(dataclasses.replace(each, confidence=_WITHOUT_TOWN / len(found)) for each in found)

    def _at(self, segment: Segment, country: str, finding: Finding) -> Candidate | None:
        for place, namesakes, words in self._named(segment):
            if country in ("", place.country) and self._is_meant(place, namesakes, words, finding):
                found = self._describe(place)
                return dataclasses.replace(found, radius_m=found.radius_m + _NEAR_M) if segment.near else found
        return None

    def _named(self, segment: Segment) -> Iterator[tuple[Landmark, int, tuple[str, ...]]]:
        """Yield the venues that a segment may name, the number of venues with the name, and the words of the name."""
        places, words = self._landmarks().find(segment.words)
        if head_of_segment(segment) is MISSION:
            # "Russian mission to the United Nations" is not at the United Nations Headquarters.
            places = [place for place in places if any(head_of(word) is MISSION for word in _words(place.name))]
            missions = self._missions().find(segment)
            yield from ((place, len(missions), segment.words) for place in missions)
        if places:
            cities = len({place.city for place in places})
            yield from ((place, cities, words) for place in places)

    def _split_journey(self, segment: Segment) -> tuple[Segment, Segment] | None:
        """Split "from Hyde Park to Trafalgar Square" into its ends; the second is empty if only one is named."""
        words = segment.words
        for number in range(2, len(words) - 1) if words[0] in _ROMANCE_FROM else ():
            if words[number] in _ROMANCE_TO:
                ends = segment.part(1, number), segment.part(number + 1, len(words))
                named = [any(True for _ in self._named(end)) for end in ends]
                heads = (head_of_segment(end) for end in ends)
                if any(named) and all(is_named or head for is_named, head in zip(named, heads, strict=True)):
                    return ends
        start = next((number for number, word in enumerate(words) if word in JOURNEY_FROM), None)
        first = 0 if start is None else start + 1
        for number in range(first + 1, len(words) - 1):
            if words[number] in JOURNEY_TO:
                ends = segment.part(first, number), segment.part(number + 1, len(words))
                # "Russian mission to the United Nations" is not a march, but "Breitscheidplatz to Adenauerplatz" is.
                is_march = head_of_segment(segment) is not MISSION and any(
                    any(True for _ in self._named(end)) for end in ends
                )
                if start is not None or is_march:
                    return ends
        return None if start is None or start > 2 else (segment.part(first, len(words)), segment.part(0, 0))

    def _find_between_namesakes(
        self, ends: tuple[Segment, Segment], country: str, finding: Finding
    ) -> Candidate | None:
        """Return the line between two venues if only one town has both: "Place de la République", "… Nation"."""
        starts, stops = ([place for place, *_ in self._named(end)] for end in ends)
        pairs = {
            (start.city, start.country): (start, stop)
            for start in reversed(starts)
            for stop in reversed(stops)
            if (start.city, start.country) == (stop.city, stop.country) and country in ("", start.country)
        }
        if len(pairs) != 1:
            return None
        start, stop = next(iter(pairs.values()))
        own = {word for end in ends for word in end.words}
        if not self._are_around(finding, start, own):
            return None
        found = _between(self._describe(start), self._describe(stop))
        city = self._city_of(start)
        is_sure = (
            start.is_unique
            or stop.is_unique
            or any(
                posting.place == city
                for part in finding.parts
                for reading in part.readings
                for posting in reading.postings
            )
        )
        return found if is_sure else dataclasses.replace(found, confidence=_BOTH_SHARED)

    def _find_town_of_end(self, end: Candidate | None, finding: Finding) -> Candidate | None:
        """Return the town of the only known end of a march, if the text names no town: "Dam to the river"."""
        if end is None or finding.groups:
            return None
        town = self._finder.find_city(end.name, end.country, end.lat, end.lon)
        if town is None:
            return None
        return dataclasses.replace(
            end, precision=LocationPrecision.CITY, radius_m=self._finder.gazetteer.radius_m(town), confidence=_ONE_END,
            venue=None,
        )  # fmt: skip

    def _is_meant(self, place: Landmark, namesakes: int, words: tuple[str, ...], finding: Finding) -> bool:
        gazetteer = self._finder.gazetteer
        city = self._city_of(place)
        own = set(words)
        if _is_elsewhere(self._finder.gazetteer, place, own, finding):
            return False
        for part in finding.parts:
            if own >= set(part.segment.words):
                continue  # a town with the landmark's name is no evidence
            next_to_it = tuple(word for word in part.segment.words if word not in own and word not in FILLERS)
            named = (part.segment.words, next_to_it) if own & set(part.segment.words) else (part.segment.words,)
            if any(city == posting.place for name in named for posting in gazetteer.find(join_key(name))):
                return True  # "Oslo", or the rest of "Plaza Bolívar de Bogotá"
            if own & set(part.segment.words) and self._is_other_city(place, next_to_it):
                return False  # "Koekamp Brussel"
        head = max(map(head_of, words), default=NONE)
        for group in finding.groups[:_MAX_GROUPS]:
            if own >= set(finding.parts[group.best.segment].segment.words):
                continue
            lat, lon = gazetteer.lat_lon(group.best.place)
            is_fine = group.best.kind >= ADMIN2 and (place.is_unique or group.share >= _MOST)
            # Montreuil, next to Paris, has its own Place de la République.
            within_km = _WITHIN_KM if place.is_unique or head is MISSION else _NEXT_KM
            if is_fine and measure_km(lat, lon, place.lat, place.lon) <= within_km:
                return True
        if not place.is_unique or namesakes > 1:
            return False
        # The name alone ("Stortinget") is enough; next to a town elsewhere it means another building with this name.
        return self._are_around(finding, place, own)

    def _are_around(self, finding: Finding, place: Landmark, own: set[str]) -> bool:
        """Return whether the text names only the landmark (words in `own`) and its country or region."""
        city = self._city_of(place)
        others = [part for part in finding.parts if part.is_read and not own >= set(part.segment.words)]
        admin1 = self._finder.gazetteer.admin1(city) if city is not None else 0
        return all(self._holds(part, place.country, admin1) for part in others)

    def _is_other_city(self, place: Landmark, words: tuple[str, ...]) -> bool:
        """Return whether words are the name of large cities, none of which is near the landmark."""
        gazetteer = self._finder.gazetteer
        cities = [
            posting.place
            for posting in gazetteer.find(join_key(words))
            if posting.kind == CITY
            and gazetteer.population(posting.place) >= (_A_TOWN if posting.rank <= OFFICIAL else _A_CITY)
            and posting.rank <= ALTERNATE
        ]
        apart = (measure_km(*gazetteer.lat_lon(city), place.lat, place.lon) for city in cities)
        return bool(cities) and min(apart) > _ELSEWHERE_KM

    def _holds(self, part: Part, country: str, admin1: int) -> bool:
        """Return whether a part names the country or region of a landmark: Hamburg is not that of Alexanderplatz."""
        if country in part.countries or admin1 in part.regions:
            return True
        return any(
            posting.place == admin1
            or (posting.kind < ADMIN1 and self._finder.gazetteer.country(posting.place) == country)
            for reading in part.readings
            for posting in reading.postings
        )

    def _describe(self, place: Landmark) -> Candidate:
        gazetteer = self._finder.gazetteer
        city = self._city_of(place)
        admin1 = gazetteer.admin1(city) if city is not None else 0
        return Candidate(
            place.lat,
            place.lon,
            place.city,
            gazetteer.name(admin1) if admin1 else None,
            place.country,
            place.precision,
            place.radius_m,
            _CONFIDENCE,
            gazetteer.population(city) if city is not None else None,
            place.name,
            "well-known",
        )


def _is_elsewhere(gazetteer: Gazetteer, place: Landmark, own: set[str], finding: Finding) -> bool:
    """Return whether the text clearly names another town, by its region: "Hyde Park, London, Ontario"."""
    if not finding.groups or finding.groups[0].share < SURE_SHARE:
        return False
    best = finding.groups[0].best
    if best.kind < CITY or not best.is_supported or own >= set(finding.parts[best.segment].segment.words):
        return False
    return measure_km(*gazetteer.lat_lon(best.place), place.lat, place.lon) > _ELSEWHERE_KM


def _words(name: str) -> list[str]:
    return [word for segment in split_segments(name) for word in segment.words]


def _between(start: Candidate, end: Candidate) -> Candidate:
    """Return the line between two venues as a candidate: its middle, with half its length as radius."""
    half_m = 500 * measure_km(start.lat, start.lon, end.lat, end.lon)
    radius_m = half_m + max(start.radius_m, end.radius_m)
    return dataclasses.replace(
        start,
        lat=(start.lat + end.lat) / 2,
        lon=(start.lon + end.lon) / 2,
        precision=start.precision if half_m < start.radius_m else LocationPrecision.DISTRICT,
        radius_m=radius_m,
        venue=f"{start.venue} – {end.venue}" if start.venue != end.venue else start.venue,
    )
