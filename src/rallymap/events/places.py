"""Where an event is: the place text, and coordinates with how we know them."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events.choices import LocationPrecision
from rallymap.events.texts import MAX_NAME, clean_country, clean_text
from rallymap.language import tr

SURE_CONFIDENCE, DRAWN_CONFIDENCE = 0.8, 0.4  # below the first a person looks; below the second no map shows it


@dataclass(frozen=True, slots=True)
class Place:
    """The place text.

    Attributes
    ----------
    text
        As the source or the organiser wrote it ("Arhus"); never corrected. May be empty: not known.
    venue
        The part that names a point in the city ("before the Norwegian parliament"), where it is known.
    country_hint
        ISO 3166-1 alpha-2 code that the form or the source gives, or "".
    """

    text: str = ""
    venue: str = ""
    country_hint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text("place", self.text, most=MAX_NAME))
        object.__setattr__(self, "venue", clean_text("venue", self.venue, most=MAX_NAME))
        object.__setattr__(self, "country_hint", clean_country("country", self.country_hint))


@dataclass(frozen=True, slots=True)
class Location:
    """Coordinates and how we know them.

    Attributes
    ----------
    lat, lon
        Decimal degrees, WGS 84; in [-90, 90] and [-180, 180].
    precision
        What the point represents; anything coarser than a venue is never drawn as a pin.
    radius_m
        Metres around the point within which the event took place, as far as known.
    confidence
        0..1, that the point is within `radius_m` of the true place.
    method
        ``pin``, ``given``, ``gazetteer``, ``well-known``, ``override`` or ``service:<name>``; in public views also
        ``withheld``.
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
        object.__setattr__(self, "name", clean_text("place", self.name, most=MAX_NAME))
        object.__setattr__(self, "admin1", clean_text("place", self.admin1, most=MAX_NAME))
        object.__setattr__(self, "country", clean_country("country", self.country))
