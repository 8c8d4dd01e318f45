"""Geocode a place text: try overrides, landmarks, the gazetteer, the cache and online services, in this order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final, Protocol

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.language import digits, mark
from rallymap.places.answers import Ambiguous, Answer, Candidate, Located, NoMatch, candidates_of
from rallymap.places.gazetteer import Gazetteer, load_gazetteer
from rallymap.places.landmarks import Landmarks, load_landmarks
from rallymap.places.nearest_town import nearest_town
from rallymap.places.normalize import fold_key
from rallymap.places.offline import OfflineAnswers
from rallymap.places.overrides import IsOpen, Overrides
from rallymap.places.parse import MAX_TEXT, split_segments
from rallymap.places.service_answer_cache import delete_cached_answers
from rallymap.places.several import read_route
from rallymap.places.suggest import suggest_places

_ASK_BELOW: Final = 0.3


class PlaceService(Protocol):
    """Second stage for texts that the gazetteer cannot resolve."""

    def look_up(self, text: str, country: str) -> tuple[Candidate, ...]:
        """Look up a text; return () if the service knows no place."""


class Resolver:
    """Resolver of place texts; thread-safe.

    Parameters
    ----------
    gazetteer
        Offline place names.
    overrides
        The operator's decisions, which have priority over everything else.
    landmarks
        Loads the rally places with known exact points, when a text may name one; None for none.
    service
        Online service for texts without a sufficiently confident answer; None (default) for none.
    answers_path
        Cache file of the online service, for :meth:`forget`; may not exist. None for none.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        overrides: Overrides | None = None,
        landmarks: Callable[[], Landmarks] | None = None,
        service: PlaceService | None = None,
        answers_path: Path | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._offline = OfflineAnswers(gazetteer, landmarks)
        self._overrides = overrides or Overrides(None)
        self._service = service
        self._answers_path = answers_path

    @property
    def overrides(self) -> Overrides:
        """The operator's decisions."""
        return self._overrides

    def resolve(
        self,
        text: str,
        country: str | None = None,
        near: Iterable[tuple[float, float]] = (),
        *,
        codes: str = "",
    ) -> Answer:
        """Geocode a place text.

        Parameters
        ----------
        text
            Text as written, in any script: "Gothenburg, Sweden", "پاریس", "in front of the parliament, Oslo".
        country
            ISO 3166-1 alpha-2 code if known from elsewhere; the answer is then always in it or its territories.
        near
            `(lat, lon)` in degrees of other places of the event, which make nearby candidates more likely.
        codes
            Meaning of two-letter codes in the text, from `decide_codes` for a whole column; "" if unknown.

        Returns
        -------
        answer
            `Located`, `Ambiguous` or `NoMatch`.

        Raises
        ------
        PlaceServiceError, PlaceRefusedError
            If the resolver uses an online service and it fails.
        """
        hint = (country or "").strip().upper()
        if not fold_key(text[: MAX_TEXT + 1]):
            return NoMatch(text, mark("There is no place name in this text."))
        if len(text) > MAX_TEXT:
            # Translators: {words} is a number.
            sentence = mark("This text is longer than {words} characters; give the name of the place alone.")
            return NoMatch(text, sentence, digits(MAX_TEXT))
        if hint and not self._gazetteer.has_country(hint):
            return NoMatch(text, mark("{words} is not the two-letter code of a country."), repr(hint))
        override = self._override(text, hint)
        if override is not None:
            return Located(text, override)
        answer = self._offline.find(text, hint, _valid_points(near), codes)
        if self._service is not None and _best_confidence(answer) < _ASK_BELOW:
            return self._ask_service(text, hint) or answer
        return answer

    def suggest(self, prefix: str, limit: int = 8, country: str | None = None) -> list[Candidate]:
        """Return offline suggestions for a text that is being typed, the largest first.

        Parameters
        ----------
        prefix
            Text typed so far; [] for fewer than two letters (one in scripts that need no more).
        limit
            Maximum number of suggestions.
        country
            Alpha-2 code of the country to limit the suggestions to.
        """
        hint = (country or "").strip().upper()
        typed = fold_key(prefix[: MAX_TEXT + 1])
        if len(prefix) > MAX_TEXT or len(typed.encode("utf-8", "replace")) < 2:
            return []
        gazetteer = self._gazetteer
        segments = split_segments(prefix)
        if len(segments) == 1 and not segments[0].near:
            places = suggest_places(gazetteer, typed, limit, hint)
            if places:
                return [self._offline.describe(place, confidence) for place, confidence in places]
        override = self._override(prefix, hint)
        if override is not None:
            return [override]
        answer = self._offline.geocode_uncached(prefix, hint, (), "")
        return list(candidates_of(answer)[:limit])

    def nearest_town(self, lat: float, lon: float, country: str = "") -> Candidate | None:
        """Return the town nearest to a point in decimal degrees, optionally within `country`; None if there is none."""
        place = nearest_town(self._gazetteer, lat, lon, country)
        return None if place is None else self._offline.describe(place, 1.0)

    def towns_of_route(self, text: str) -> list[str]:
        """Return the towns of a route from one town to another, in order; [] for any other text."""
        return read_route(self._gazetteer, text)

    def store_override(
        self,
        text: str,
        country: str | None,
        decision: Candidate | tuple[float, float],
        *,
        note: str = "",
        event_id: str = "",
    ) -> Candidate:
        """Store a moderator's decision: from now on this text means this place.

        Parameters
        ----------
        text, country
            Text and country as given to `resolve`.
        decision
            The chosen candidate, or `(lat, lon)` in degrees of a dragged pin or typed coordinates, whose accuracy is
            set to 150 m.
        note
            Reason, for readers of the overrides file; never who decided.
        event_id
            Event that the decision was made for, "" for none; the decision is deleted with it.

        Returns
        -------
        candidate
            The answer of `resolve` from now on.

        Raises
        ------
        ValueError
            If the coordinates are out of range.
        PlaceError
            If the file cannot be written.
        """
        hint = (country or "").strip().upper()
        if isinstance(decision, Candidate):
            # Keep the name of the service, because its licence requires attribution.
            method = decision.method if decision.method.startswith("service:") else "override"
            candidate = dataclasses.replace(decision, method=method, confidence=1.0)
        else:
            lat, lon = decision
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise ValueError(f"{lat}, {lon} is not a latitude and longitude")
            candidate = self._describe_pin(text, hint, lat, lon)
        self._overrides.save(text, hint, candidate, note=note, event_id=event_id)
        return self._with_town_as_name(candidate)

    def delete_traces(self, event_ids: Collection[str], texts: Collection[str]) -> None:
        """Delete decisions and cached answers of events that are taken down.

        Raises
        ------
        PlaceError
            If the overrides file cannot be written; the cached answers are deleted anyway.
        """
        if self._answers_path is not None and self._answers_path.exists():
            delete_cached_answers(self._answers_path, texts)
        self._offline.find.cache_clear()
        self._overrides.delete(event_ids)

    def _override(self, text: str, country: str) -> Candidate | None:
        found = self._overrides.find(text, country)
        return None if found is None else self._with_town_as_name(found)

    def _with_town_as_name(self, candidate: Candidate) -> Candidate:
        """Move a venue from the name to `venue`: an event's public view shows the name as that of its city."""
        if candidate.precision not in (LocationPrecision.VENUE, LocationPrecision.DISTRICT) or not candidate.name:
            return candidate
        town = self._offline.finder.find_city(candidate.name, candidate.country, candidate.lat, candidate.lon)
        if town is not None:
            return candidate
        return dataclasses.replace(candidate, name="", venue=candidate.venue or candidate.name)

    def _describe_pin(self, text: str, country: str, lat: float, lon: float) -> Candidate:
        # Name and region come from a candidate for the text, if one is close to the pin.
        answer = self._offline.geocode_uncached(text[:MAX_TEXT], country, (), "")
        for candidate in candidates_of(answer):
            if measure_km(lat, lon, candidate.lat, candidate.lon) <= 30 + candidate.radius_m / 1000:
                return dataclasses.replace(
                    candidate, lat=lat, lon=lon, precision=LocationPrecision.VENUE, radius_m=150.0,
                    confidence=1.0, method="override",
                )  # fmt: skip
        return Candidate(lat, lon, text.strip(), None, country, LocationPrecision.VENUE, 150.0, 1.0, method="override")

    def _ask_service(self, text: str, country: str) -> Answer | None:
        assert self._service is not None  # noqa: S101  the caller has looked
        found = tuple(
            candidate for candidate in self._service.look_up(text, country) if country in ("", candidate.country)
        )
        if not found:
            return None
        top = found[0]
        far = [c for c in found[1:] if measure_km(top.lat, top.lon, c.lat, c.lon) > 25]
        return Ambiguous(text, (top, *far)) if far else Located(text, top)


def _best_confidence(answer: Answer) -> float:
    return next((candidate.confidence for candidate in candidates_of(answer)), 0.0)


def _valid_points(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((lat, lon) for lat, lon in points if -90 <= lat <= 90 and -180 <= lon <= 180)


def default_resolver(
    overrides_path: Path | None = None,
    *,
    service: PlaceService | None = None,
    is_open: IsOpen | None = None,
    answers_path: Path | None = None,
) -> Resolver:
    """Create a resolver with the shipped gazetteer and landmarks, which are loaded once per process.

    Parameters
    ----------
    overrides_path
        The operator's overrides file; may not exist yet. None keeps decisions in memory only.
    service
        Optional online second stage (see `rallymap.places.remote`).
    is_open
        Returns whether an event's exact location is public (see `rallymap.places.overrides.Overrides`); None treats all
        as public, for callers that may see everything.
    answers_path
        Cache file of the online service, from which a takedown deletes answers.
    """
    return Resolver(
        load_gazetteer(),
        overrides=Overrides(overrides_path, is_open),
        landmarks=load_landmarks,
        service=service,
        answers_path=answers_path,
    )
