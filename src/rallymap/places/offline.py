"""Geocode a text with the shipped files only: the gazetteer and the lists of landmarks and missions."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Final

from rallymap.countries import FormerState, english_country_name, former_state
from rallymap.distances import measure_km
from rallymap.events import DRAWN_CONFIDENCE, SURE_CONFIDENCE, LocationPrecision
from rallymap.language import mark
from rallymap.places.answers import Ambiguous, Answer, Candidate, Located, NoMatch, candidates_of
from rallymap.places.areas import find_area, find_area_in
from rallymap.places.city_parts import is_city_district
from rallymap.places.codes import ADMIN1, ADMIN2, COUNTRY
from rallymap.places.common_nouns import is_common_noun, limit_noun
from rallymap.places.confidence import REGION_ONLY, SURE_SHARE, rate
from rallymap.places.finder import Finding, PlaceFinder
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.landmarks import Landmarks
from rallymap.places.missions import load_missions
from rallymap.places.normalize import fold_key
from rallymap.places.nowhere import NO_TOWN_NAMED, SEVERAL_PLACES, explain_nowhere
from rallymap.places.only_towns import is_large_and_sure, names_only_a_town
from rallymap.places.parse import NEAR_RADIUS_M
from rallymap.places.readings import GUESSES
from rallymap.places.score import Group
from rallymap.places.seats import find_seat
from rallymap.places.several import read_several
from rallymap.places.several_countries import names_several_countries
from rallymap.places.venue_finder import VenueFinder
from rallymap.places.ways import A_CITY, ONE_END, split_way
from rallymap.places.whole_country import read_whole_country

_MAX_CANDIDATES: Final = 8
_KEPT_ANSWERS: Final = 16_384  # a file of 100 000 rows may name more than 10 000 places, in any order
_MIN_CONFIDENCE: Final = 0.15  # a guess from part of the text or with edits, which is probably wrong
_MIN_SHARE: Final = 0.01
_SAME_TOWN_KM: Final = 25.0
_AT_SEAT: Final = 0.75  # the text gives the country, and no town
_WHOLE_COUNTRY: Final = 0.95
_FORMER_CONFIDENCE: Final = 0.6  # the borders have changed, and the text gives no town
_PRECISION: Final[dict[int, LocationPrecision]] = {
    COUNTRY: LocationPrecision.COUNTRY,
    ADMIN1: LocationPrecision.REGION,
    ADMIN2: LocationPrecision.REGION,
}
_finder_of = functools.lru_cache(maxsize=4)(PlaceFinder)

Points = tuple[tuple[float, float], ...]


class OfflineAnswers:
    """Offline geocoder with a cache; the files never change while the process runs."""

    def __init__(self, gazetteer: Gazetteer, landmarks: Callable[[], Landmarks] | None) -> None:
        self.finder = _finder_of(gazetteer)
        self._venues = VenueFinder(self.finder, landmarks, load_missions) if landmarks is not None else None
        # Reports and imports often repeat the same towns.
        self.find = functools.lru_cache(maxsize=_KEPT_ANSWERS)(self.geocode_uncached)

    def geocode_uncached(self, text: str, country: str, near: Points, codes: str) -> Answer:
        """Geocode a place text without the cache."""
        answer, finding = self._find(text, country, near, codes)
        found = candidates_of(answer)
        if finding is None or (found and found[0].confidence >= DRAWN_CONFIDENCE):
            return answer
        area = find_area_in(text, country, found[0] if found else None)
        if area is not None:
            return Located(text, area)
        host, seat = find_seat(self.finder.gazetteer, finding.parts, country)
        if not seat:
            return answer
        there = candidates_of(self._find(f"{text}, {seat}", host, near, codes)[0])
        if not there or there[0].confidence < DRAWN_CONFIDENCE:
            return answer
        return Located(text, dataclasses.replace(there[0], confidence=min(_AT_SEAT, there[0].confidence)))

    def _find(self, text: str, country: str, near: Points, codes: str) -> tuple[Answer, Finding | None]:
        nowhere = explain_nowhere(text, country)
        if not nowhere and is_common_noun(self.finder.gazetteer, text, country):
            nowhere = NO_TOWN_NAMED
        if nowhere:
            return NoMatch(text, nowhere), None
        area = None if country else find_area(text)
        if area is not None:
            return Located(text, area), None
        finding = self.finder.find(text, country, near, codes)
        is_only_a_town = names_only_a_town(self.finder.gazetteer, text, finding)
        if not is_only_a_town:
            several = self._find_country_or_several(text, country, near, codes)
            if several is not None:
                return several, None
        answer = limit_noun(self.finder.gazetteer, text, country, self._answer(text, country, finding))
        if is_only_a_town and is_large_and_sure(answer):
            return answer, finding  # no landmark that needs no town has the name of a large city
        answer = self._at_landmark(text, country, finding) or self._with_landmarks(answer, country, finding)
        if not candidates_of(answer):
            answer = self._at_end_of_route(text, country, near, codes) or answer
        return answer, finding

    def _find_country_or_several(self, text: str, country: str, near: Points, codes: str) -> Answer | None:
        """Answer a text that names a former state, a whole country, or several places; None for any other text."""
        former = former_state(text)
        if former is not None:
            return self._describe_former(text, country, former)
        whole = read_whole_country(text)
        if whole and country in ("", whole) and self.finder.gazetteer.has_country(whole):
            return Located(text, self.describe(self._place_of_country(whole), _WHOLE_COUNTRY))
        if not country and names_several_countries(self.finder.gazetteer, text):
            return NoMatch(text, SEVERAL_PLACES)
        towns = read_several(self.finder.gazetteer, text)
        return self._choose_between(text, towns, country, near, codes) if towns else None

    def _describe_former(self, text: str, country: str, former: FormerState) -> Answer:
        """Answer for a former state: the present state if it covers the whole territory, otherwise no match."""
        if len(former.successors) == 1 and country in ("", former.successors[0]):
            candidate = self.describe(self._place_of_country(former.successors[0]), _FORMER_CONFIDENCE)
            return Located(text, dataclasses.replace(candidate, name=former.dated_name))
        # Translators: {words} is a former state with its years, such as "Yugoslavia (until 1992)".
        return NoMatch(text, mark("{words} is no longer a country; give the town."), former.dated_name)

    def _place_of_country(self, code: str) -> int:
        postings = self.finder.gazetteer.find(fold_key(english_country_name(code)))
        return next(
            posting.place
            for posting in postings
            if posting.kind == COUNTRY and self.finder.gazetteer.country(posting.place) == code
        )

    def _choose_between(self, text: str, towns: list[str], country: str, near: Points, codes: str) -> Answer:
        # "Oslo and Bergen" are two events, or one event whose place a person must choose.
        answers = [self.geocode_uncached(town, country, near, codes) for town in towns]
        countries = {each[0].country for each in map(candidates_of, answers) if each}
        found = [
            dataclasses.replace(candidate, confidence=candidate.confidence / len(towns))
            for answer in answers
            if (candidate := _prefer_town(answer, countries)) is not None
        ]
        if len(found) > 1:
            return Ambiguous(text, tuple(sorted(found, key=lambda candidate: -candidate.confidence)))
        return next((answer for answer in answers if candidates_of(answer)), answers[0])

    def _at_end_of_route(self, text: str, country: str, near: Points, codes: str) -> Located | None:
        """Answer a route between two venues with their town, if both ends name only one."""
        found = [
            candidate
            for end in split_way(text)
            for candidate in candidates_of(self.geocode_uncached(end, country, near, codes))[:1]
            if candidate.precision is LocationPrecision.CITY and (candidate.population or 0) >= A_CITY
        ]
        towns = {(candidate.lat, candidate.lon): candidate for candidate in found}
        if len(towns) != 1:
            return None
        town = found[0]
        return Located(text, dataclasses.replace(town, confidence=min(ONE_END, town.confidence), venue=None))

    def _at_landmark(self, text: str, country: str, finding: Finding) -> Located | None:
        candidate = self._venues.find(text, country, finding) if self._venues is not None else None
        return None if candidate is None else Located(text, candidate)

    def _with_landmarks(self, answer: Answer, country: str, finding: Finding) -> Answer:
        """Put landmarks first that a text without a town may mean: "Rynek Główny", "the White House"."""
        found = candidates_of(answer)
        if self._venues is None or (found and found[0].confidence >= SURE_CONFIDENCE):
            return answer
        landmarks = self._venues.guess(answer.query, country, finding)
        towns = [each for each in found if each.precision is LocationPrecision.CITY][:1]
        if not landmarks or any(
            measure_km(town.lat, town.lon, each.lat, each.lon) <= _SAME_TOWN_KM for town in towns for each in landmarks
        ):
            return answer  # "San Francisco City Hall" names its town
        least = landmarks[-1].confidence
        others = tuple(dataclasses.replace(each, confidence=min(each.confidence, least)) for each in found)
        both = (*landmarks, *others)[:_MAX_CANDIDATES]
        return Ambiguous(answer.query, both) if len(both) > 1 else Located(answer.query, both[0])

    def _answer(self, text: str, country: str, finding: Finding) -> Answer:
        if not finding.groups:
            return _not_known(text, country, finding)
        rated = [
            (self._candidate(group, finding), group)
            for group in finding.groups[:_MAX_CANDIDATES]
            if group.share >= _MIN_SHARE or group is finding.groups[0]
        ]
        # The confidence of some evidence is capped whatever its share, so sort by confidence.
        rated.sort(key=lambda pair: -pair[0].confidence)
        best, group = rated[0]
        is_guess = group.best.match in GUESSES and best.confidence < REGION_ONLY
        if is_guess and group.best.admin1 in finding.named_regions:
            # "Khajauli, Bihar": an unknown place in a known region.
            region = self.describe(group.best.admin1, REGION_ONLY, finding.parts[group.best.segment].segment.text)
            return Located(text, region, tuple(candidate for candidate, _ in rated))
        if finding.is_weak and best.confidence < _MIN_CONFIDENCE:
            return _not_known(text, country, finding)
        candidates = tuple(candidate for candidate, _ in rated)
        if len(candidates) > 1 and group.share < SURE_SHARE:
            return Ambiguous(text, candidates)
        return Located(text, best, candidates[1:])

    def _candidate(self, group: Group, finding: Finding) -> Candidate:
        candidate = self.describe(group.best.place, rate(self.finder.gazetteer, group, finding), finding.venue)
        segment = finding.parts[group.best.segment].segment
        if not segment.near:
            return candidate
        # The place is near the town, not in it.
        around = max(NEAR_RADIUS_M, 1000 * segment.distance_km)
        return dataclasses.replace(candidate, radius_m=candidate.radius_m + around)

    def describe(self, place: int, confidence: float, venue: str = "") -> Candidate:
        """Convert a gazetteer place to a candidate; `confidence` from 0 to 1."""
        gazetteer = self.finder.gazetteer
        lat, lon = gazetteer.lat_lon(place)
        admin1 = gazetteer.admin1(place)
        return Candidate(
            lat, lon, gazetteer.name(place),
            gazetteer.name(admin1) if admin1 and admin1 != place else None,
            gazetteer.country(place),
            _precision(gazetteer, place),
            gazetteer.radius_m(place), confidence, gazetteer.population(place) or None, venue or None,
        )  # fmt: skip


def _prefer_town(answer: Answer, countries: set[str]) -> Candidate | None:
    """Return the first candidate, or, instead of a country, a town in one of `countries`.

    Next to Irbid, "عمان" is Amman rather than Oman.
    """
    found = candidates_of(answer)
    if not found or found[0].precision is not LocationPrecision.COUNTRY:
        return found[0] if found else None
    towns = (each for each in found if each.precision is LocationPrecision.CITY and each.country in countries)
    return next(towns, found[0])


def _precision(gazetteer: Gazetteer, place: int) -> LocationPrecision:
    if is_city_district(gazetteer, place):
        return LocationPrecision.DISTRICT
    return _PRECISION.get(gazetteer.kind(place), LocationPrecision.CITY)


def _not_known(text: str, country: str, finding: Finding) -> NoMatch:
    words = " ".join(finding.parts[0].segment.text.split()) if finding.parts else ""
    if not country:
        sentence = mark("No place called “{words}” is known; check the spelling or add the town.")
        return NoMatch(text, sentence, words[:80])
    sentence = mark("No place called “{words}” is known in {country}; check the spelling or add the town.")
    return NoMatch(text, sentence, words[:80], country)
