"""Place of an event: the place text, and coordinates with their precision and origin."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events.choices import LocationPrecision
from rallymap.events.texts import MAX_NAME, clean_country, clean_text
from rallymap.language import tr

SURE_CONFIDENCE, DRAWN_CONFIDENCE = 0.8, 0.4  # below the first, a person checks it; below the second, maps omit it


@dataclass(frozen=True, slots=True)
class Place:
    """The place text.

    Attributes
    ----------
    text
        Text as the source or the organiser wrote it ("Arhus"), never corrected; empty if unknown.
    venue
        The part that names a point in the city ("before the Norwegian parliament"), if known.
    country_hint
        ISO 3166-1 alpha-2 code from the form or the source, or "".
    """

    text: str = ""
    venue: str = ""
    country_hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text("place", self.text, max_length=MAX_NAME))
        object.__setattr__(self, "venue", clean_text("venue", self.venue, max_length=MAX_NAME))
        object.__setattr__(self, "country_hint", clean_country("country", self.country_hint))


@dataclass(frozen=True, slots=True)
class Location:
    """Coordinates with their precision, confidence and origin.

    Attributes
    ----------
    lat, lon
        Decimal degrees, WGS 84; in [-90, 90] and [-180, 180].
    precision
        What the point represents; only a venue or something finer is drawn as a pin.
    radius_m
        Radius in metres within which the event took place, as far as known.
    confidence
        Estimated probability (0 to 1) that the true place is within `radius_m` of the point.
    method
        ``pin``, ``given``, ``gazetteer``, ``well-known``, ``override`` or ``service:<name>``; in public views also
        ``withheld`` (place not disclosed).
    name, admin1, country
        Resolved name, first-level division ("" if none), ISO 3166-1 alpha-2 country ("" if none).
    """

    lat: float
    lon: float
    precision: LocationPrecision
    radius_m: float
    confidence: float
    method: str
    name: str = ""
    admin1: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise InvalidEventError("lat", tr("A latitude is between -90 and 90 degrees."), value=str(self.lat))
        if not -180 <= self.lon <= 180:
            raise InvalidEventError("lon", tr("A longitude is between -180 and 180 degrees."), value=str(self.lon))
        if not 0 <= self.confidence <= 1:
            raise InvalidEventError("confidence", tr("A confidence is between 0 and 1."), value=str(self.confidence))
        if not 0 <= self.radius_m <= 20_040_000:
            raise InvalidEventError(
                "radius_m",
                tr("A radius is between 0 and half the Earth's circumference, in metres."),
                value=str(self.radius_m),
            )
        object.__setattr__(self, "precision", LocationPrecision(self.precision))
        object.__setattr__(self, "name", clean_text("place", self.name, max_length=MAX_NAME))
        object.__setattr__(self, "admin1", clean_text("place", self.admin1, max_length=MAX_NAME))
        object.__setattr__(self, "country", clean_country("country", self.country))
