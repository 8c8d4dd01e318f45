"""What the shipped files alone say of a text: the gazetteer, and the list of well-known rally places."""

from __future__ import annotations

import dataclasses
import functools
from typing import Final

from rallymap.countries import country_name
from rallymap.events import LocationPrecision
from rallymap.places.answers import Ambiguous, Answer, Candidate, Located, NoMatch, candidates_of
from rallymap.places.codes import PlaceKind
from rallymap.places.confidence import SURE_SHARE, judge
from rallymap.places.finder import Finding, PlaceFinder
from rallymap.places.index import Gazetteer
from rallymap.places.nowhere import explain_nowhere
from rallymap.places.readings import read_two_towns
from rallymap.places.weigh import Group
from rallymap.places.well_known import WellKnownPlaces, locate_well_known

_MOST_CANDIDATES: Final = 8
_KEPT_ANSWERS: Final = 8192
_LEAST_CONFIDENCE: Final = 0.15  # a guess from a part of the text, or with slips, that is likely wrong
_LEAST_SHARE: Final = 0.01
_PRECISION: Final = {
    PlaceKind.COUNTRY: LocationPrecision.COUNTRY,
    PlaceKind.ADMIN1: LocationPrecision.REGION,
    PlaceKind.ADMIN2: LocationPrecision.REGION,
}

Points = tuple[tuple[float, float], ...]


class OfflineAnswers:
    """Answers from files that never change while we run, so each answer is kept for the next time."""

    def __init__(self, gazetteer: Gazetteer, well_known: WellKnownPlaces | None) -> None:
        self.finder = _finder_for(gazetteer)
        self._well_known = well_known
        # Reports and imports repeat their towns.
        self.find = functools.lru_cache(maxsize=_KEPT_ANSWERS)(self.find_anew)

    def find_anew(self, text: str, country: str, near: Points) -> Answer:
        """Look a place text up without the memory of earlier answers."""
        nowhere = explain_nowhere(text)
        if nowhere:
            return NoMatch(text, nowhere)
        towns = read_two_towns(self.finder.gazetteer, text)
        if towns is not None:
            return self._choose_between(text, towns, country, near)
        finding = self.finder.find(text, country, near)
        return self._at_well_known(text, country, finding) or self._answer(text, country, finding)

    def _choose_between(self, text: str, towns: tuple[str, str], country: str, near: Points) -> Answer:
        # "Oslo and Bergen" are two events, or one that somebody must place.
        answers = [self.find_anew(town, country, near) for town in towns]
        found = [
            dataclasses.replace(candidate, confidence=candidate.confidence / 2)
            for answer in answers
            for candidate in candidates_of(answer)[:1]
        ]
        if len(found) == 2:
            return Ambiguous(text, tuple(sorted(found, key=lambda candidate: -candidate.confidence)))
        return next((answer for answer in answers if candidates_of(answer)), answers[0])

    def _at_well_known(self, text: str, country: str, finding: Finding) -> Located | None:
        if self._well_known is None:
            return None
        candidate = locate_well_known(self.finder, self._well_known, text, country, finding)
        return None if candidate is None else Located(text, candidate)

    def _answer(self, text: str, country: str, finding: Finding) -> Answer:
        if not finding.groups:
            return NoMatch(text, self._explain(country, finding))
        candidates = tuple(
            self._candidate(group, finding)
            for group in finding.groups[:_MOST_CANDIDATES]
            if group.share >= _LEAST_SHARE or group is finding.groups[0]
        )
        if finding.is_weak and candidates[0].confidence < _LEAST_CONFIDENCE:
            return NoMatch(text, self._explain(country, finding))
        if len(candidates) > 1 and finding.groups[0].share < SURE_SHARE:
            return Ambiguous(text, candidates)
        return Located(text, candidates[0], candidates[1:])

    def _explain(self, country: str, finding: Finding) -> str:
        words = " ".join(finding.segments[0].text.split()) if finding.segments else ""
        where = f" in {country_name(country)}" if country else ""
        return f"No place called “{words[:80]}” is known{where}; check the spelling or add the town."

    def _candidate(self, group: Group, finding: Finding) -> Candidate:
        return self.describe(group.best.place, judge(self.finder.gazetteer, group, finding), finding.venue)

    def describe(self, place: int, confidence: float, venue: str = "") -> Candidate:
        """Return a gazetteer place as a candidate; `confidence` from 0 to 1."""
        gazetteer = self.finder.gazetteer
        lat, lon = gazetteer.lat_lon(place)
        admin1 = gazetteer.admin1(place)
        return Candidate(
            lat, lon, gazetteer.name(place),
            gazetteer.name(admin1) if admin1 and admin1 != place else None,
            gazetteer.country(place),
            _PRECISION.get(PlaceKind(gazetteer.kind(place)), LocationPrecision.CITY),
            gazetteer.radius_m(place), confidence, gazetteer.population(place) or None, venue or None,
        )  # fmt: skip


@functools.lru_cache(maxsize=4)
def _finder_for(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(gazetteer)
