"""The answers of a resolver: located, ambiguous, or no match."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.countries import country_name
from rallymap.events import LocationPrecision
from rallymap.language import ENGLISH, tr, use_language


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a text may mean.

    Attributes
    ----------
    lat, lon
        Decimal degrees, WGS 84; for a region or country its middle, which must not be drawn as a point.
    name
        The gazetteer's own name of the town, region or country; "" where an override is in no known town.
    admin1
        English or local name of the first-level division, or None.
    country
        ISO 3166-1 alpha-2 code, or "" if an override gives none.
    precision
        What the point represents.
    radius_m
        Metres around the point that the place takes up, estimated.
    confidence
        0..1: the share of such answers that are right.
    population
        People who live there, or None where the source does not say.
    venue
        The words of the text that name a point within the place, or None.
    method
        ``gazetteer``, ``override``, ``well-known`` (a landmark), ``given`` or ``service:<name>``.
    note
        What sets the candidate apart from others of the same name, for people, or "": a marked sentence, in English.
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
        """Name with region and country, for people: "Gothenburg, Västra Götaland, Sweden"; never kept."""
        parts = [name for name in (self.name or self.venue,) if name]
        if self.admin1 and self.admin1 != self.name:
            parts.append(self.admin1)
        country = country_name(self.country)
        if country and country != self.name:
            parts.append(country)
        name = ", ".join(parts)
        # Translators: a place with what sets it apart from others: "Oslo, Norway (latitude and longitude swapped?)".
        return tr("{place} ({note})", place=name, note=tr(self.note)) if self.note else name


@dataclass(frozen=True, slots=True)
class Located:
    """The text means this place; `alternatives` are the less likely ones, best first."""

    query: str
    candidate: Candidate
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text may mean any of `candidates` (two or more, most likely first); a person must choose."""

    query: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No place is known for the text.

    Attributes
    ----------
    message
        Why, for people: a marked sentence, because answers are kept and read in several languages.
    words
        What the sentence calls ``{words}``: the part of the text that it is about.
    country
        Alpha-2 code of what it calls ``{country}``, or "".
    """

    query: str
    message: str
    words: str = ""
    country: str = ""

    @property
    def reason(self) -> str:
        """The sentence in the language of the reader."""
        return tr(self.message, words=self.words, country=country_name(self.country))


Answer = Located | Ambiguous | NoMatch


def candidates_of(answer: Answer) -> tuple[Candidate, ...]:
    """List all places that an answer gives, likeliest first; () for `NoMatch`."""
    if isinstance(answer, Located):
        return (answer.candidate, *answer.alternatives)
    return answer.candidates if isinstance(answer, Ambiguous) else ()


def describe_candidate(candidate: Candidate) -> dict[str, str | float | int | None]:
    """Write a candidate as plain values for JSON: rounded coordinates, label, precision, confidence and the rest.

    The label is in English for everybody, because these values are kept and put into files.
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
