"""Answers of a resolver: located, ambiguous, or no match."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.countries import city_name, country_name
from rallymap.events import LocationPrecision
from rallymap.language import ENGLISH, isolated, tr, use_language


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a text may mean.

    Attributes
    ----------
    lat, lon
        Decimal degrees, WGS 84; for a region or country its centre, which must not be drawn as a point.
    name
        The gazetteer's name of the town, region or country; "" if an override is not near a known town.
    admin1
        English or local name of the first-level division, or None.
    country
        ISO 3166-1 alpha-2 code, or "" if an override has none.
    precision
        What the point represents.
    radius_m
        Estimated radius of the place in metres.
    confidence
        Share of such answers that are correct, 0 to 1.
    population
        Number of inhabitants, or None if the source does not say.
    venue
        The words of the text that name a point within the place, or None.
    method
        ``gazetteer``, ``override``, ``well-known`` (a landmark), ``given`` or ``service:<name>``.
    note
        What distinguishes the candidate from others with the same name, shown to people, or "": a translatable English
        sentence.
    """

    lat: float
    lon: float
    name: str
    admin1: str | None
    country: str
    precision: LocationPrecision
    radius_m: float
    confidence: float
    population: int | None = None
    venue: str | None = None
    method: str = "gazetteer"
    note: str = ""

    @property
    def label(self) -> str:
        """Display name with region and country: "Gothenburg, Västra Götaland, Sweden"; do not store it."""
        parts = [name for name in (city_name(self.name, self.country) or self.venue,) if name]
        if self.admin1 and self.admin1 != self.name:
            parts.append(self.admin1)
        country = country_name(self.country)
        if country and country not in (self.name, *parts):
            parts.append(country)
        name = isolated(parts[0]) if parts else ""
        for part in parts[1:]:
            name = tr("{place}, {country}", place=name, country=isolated(part))
        # Translators: a place with what sets it apart from others: "Oslo, Norway (latitude and longitude swapped?)".
        return tr("{place} ({note})", place=name, note=tr(self.note)) if self.note else name


@dataclass(frozen=True, slots=True)
class Located:
    """The text means this place; `alternatives` are less likely places, best first."""

    query: str
    candidate: Candidate
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may mean any of the `candidates` (two or more, most likely first); a person must choose."""

    query: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No place is known for the text.

    Attributes
    ----------
    message
        Reason shown to people: a translatable sentence, because answers are stored and read in several languages.
    words
        Value of ``{words}`` in the sentence: the part of the text that it is about.
    country
        Alpha-2 code for ``{country}`` in the sentence, or "".
    """

    query: str
    message: str
    words: str = ""
    country: str = ""

    @property
    def reason(self) -> str:
        """The reason in the reader's language."""
        return tr(self.message, words=self.words, country=country_name(self.country))


Answer = Located | Ambiguous | NoMatch


def candidates_of(answer: Answer) -> tuple[Candidate, ...]:
    """Return all places of an answer, most likely first; () for `NoMatch`."""
    if isinstance(answer, Located):
        return (answer.candidate, *answer.alternatives)
    return answer.candidates if isinstance(answer, Ambiguous) else ()


def describe_candidate(candidate: Candidate) -> dict[str, str | float | int | None]:
    """Convert a candidate to plain values for JSON: rounded coordinates, label, precision, confidence and so on.

    The label is always in English, because these values are stored and written to files.
    """
    with use_language(ENGLISH):
        label = candidate.label
    return {
        "label": label,
        "lat": round(candidate.lat, 5),
        "lon": round(candidate.lon, 5),
        "precision": str(candidate.precision),
        "radius_m": round(candidate.radius_m),
        "confidence": round(candidate.confidence, 3),
        "name": candidate.name,
        "admin1": candidate.admin1,
        "country": candidate.country,
        "population": candidate.population,
        "venue": candidate.venue,
        "method": candidate.method,
        **({"note": candidate.note} if candidate.note else {}),
    }
