"""Geocode a place text: try overrides, landmarks, the gazetteer, remembered answers and services, in this order."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final, Protocol

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.language import digits, mark
from rallymap.places.answers import Ambiguous, Answer, Candidate, Located, NoMatch, candidates_of
from rallymap.places.gazetteer import Gazetteer, load_gazetteer
from rallymap.places.landmarks import Landmarks, load_landmarks
from rallymap.places.normalize import fold_key
from rallymap.places.offline import OfflineAnswers
from rallymap.places.overrides import IsOpen, Overrides
from rallymap.places.parse import MAX_TEXT, split_segments
from rallymap.places.remembered import forget_answers
from rallymap.places.several import read_route
from rallymap.places.suggest import suggest_places

_ASK_BELOW: Final = 0.3


class PlaceService(Protocol):
    """A second stage that is asked where the gazetteer has no answer."""

    def look_up(self, text: str, country: str) -> tuple[Candidate, ...]:
        """Ask for a text; no candidates if the service knows none."""


class Resolver:
    """Turns place texts into answers; safe to share between threads.

    Parameters
    ----------
    gazetteer
        The offline place names.
    overrides
        The operator's decisions, which win over all.
    landmarks
        Rally places whose exact point is known.
    service
        An online service for texts that nothing else knows or is in the least sure of; None, as by default, asks
        nobody.
    answers_path
        The file of remembered answers, for :meth:`forget`; it need not exist. None for none.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        overrides: Overrides | None = None,
        landmarks: Landmarks | None = None,
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
            As written, in any script: "Gothenburg, Sweden", "پاریس", "in front of the parliament, Oslo".
        country
            ISO 3166-1 alpha-2 code that is known from elsewhere; the answer is never outside it and its territories.
        near
            `(lat, lon)` in degrees of the event's other places, which make nearby candidates likelier.
        codes
            What two-letter codes in the text mean, as `decide_codes` finds it for a whole column; "" if unknown.

        Returns
        -------
        answer
            `Located`, `Ambiguous` or `NoMatch`.

        Raises
        ------
        PlaceServiceError, PlaceRefusedError
            Only if the resolver has an online service, and that fails.
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
        """List places that a text being typed may become, offline, the largest first.

        Parameters
        ----------
        prefix
            What is typed so far; [] for less than two letters (one in scripts that need no more).
        limit
            How many at most.
        country
            Alpha-2 code; places elsewhere are left out.
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
        answer = self._offline.find_anew(prefix, hint, (), "")
        return list(candidates_of(answer)[:limit])

    def nearest_town(self, lat: float, lon: float, country: str = "") -> Candidate | None:
        """Return the town nearest to a point (decimal degrees), with `country` that of one country; None for none."""
        place = self._gazetteer.nearest_town(lat, lon, country)
        return None if place is None else self._offline.describe(place, 1.0)

    def towns_of_route(self, text: str) -> list[str]:
        """List the towns of a text that says a way from one to another, from start to end; [] for any other text."""
        return read_route(self._gazetteer, text)

    def remember_override(
        self,
        text: str,
        country: str | None,
        decision: Candidate | tuple[float, float],
        *,
        note: str = "",
        event_id: str = "",
    ) -> Candidate:
        """Keep a moderator's decision: from now on this text means this place.

        Parameters
        ----------
        text, country
            As they were asked.
        decision
            The chosen candidate, or `(lat, lon)` in degrees of a dragged pin or typed coordinates, which is taken as
            exact to 150 m.
        note
            Why, for readers of the overrides file; never who decided.
        event_id
            The event that it was decided for, with which the decision is deleted; "" for none.

        Returns
        -------
        candidate
            What `resolve` answers from now on.

        Raises
        ------
        ValueError
            If the coordinates are out of range.
        PlaceError
            If the file cannot be written.
        """
        hint = (country or "").strip().upper()
        if isinstance(decision, Candidate):
            # Whose answer it was stays with it: the licence of a service's data asks to be named.
            method = decision.method if decision.method.startswith("service:") else "override"
            candidate = dataclasses.replace(decision, method=method, confidence=1.0)
        else:
            lat, lon = decision
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise ValueError(f"{lat}, {lon} is not a latitude and longitude")
            candidate = self._describe_pin(text, hint, lat, lon)
        self._overrides.save(text, hint, candidate, note=note, event_id=event_id)
        return self._named_by_its_town(candidate)

    def forget(self, event_ids: Collection[str], texts: Collection[str]) -> None:
        """Delete what was remembered of events that are taken down: decisions made for them, answers to their texts.

        Raises
        ------
        PlaceError
            If the overrides file cannot be written; the answers are deleted even so.
        """
        if self._answers_path is not None and self._answers_path.exists():
            forget_answers(self._answers_path, texts)
        self._offline.find.cache_clear()
        self._overrides.forget(event_ids)

    def _override(self, text: str, country: str) -> Candidate | None:
        found = self._overrides.find(text, country)
        return None if found is None else self._named_by_its_town(found)

    def _named_by_its_town(self, candidate: Candidate) -> Candidate:
        """Return a candidate whose name names no venue: an event's public view shows the name as that of its city."""
        if candidate.precision not in (LocationPrecision.VENUE, LocationPrecision.DISTRICT) or not candidate.name:
            return candidate
        town = self._offline.finder.find_city(candidate.name, candidate.country, candidate.lat, candidate.lon)
        if town is not None:
            return candidate
        return dataclasses.replace(candidate, name="", venue=candidate.venue or candidate.name)

    def _describe_pin(self, text: str, country: str, lat: float, lon: float) -> Candidate:
        # The pin gets the name and region of a place that the text may mean, if that place is close by.
        answer = self._offline.find_anew(text[:MAX_TEXT], country, (), "")
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
    """Make a resolver over the shipped gazetteer and rally places, which are loaded once per process.

    Parameters
    ----------
    overrides_path
        The operator's overrides file; it need not exist yet. None keeps decisions in memory only.
    service
        An opt-in online second stage (see `rallymap.places.remote`).
    is_open
        Whether the public sees the exact location of an event (see `rallymap.places.overrides.Overrides`); None, for
        callers that may see everything, takes all for public.
    answers_path
        The file of remembered answers, from which a takedown deletes.
    """
    return Resolver(
        load_gazetteer(),
        overrides=Overrides(overrides_path, is_open),
        landmarks=load_landmarks(),
        service=service,
        answers_path=answers_path,
    )
