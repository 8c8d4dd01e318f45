"""Place of an event from separate fields: place text, country, coordinates."""

from __future__ import annotations

import math
from collections.abc import Mapping

from babel.core import get_global

from rallymap.countries import former_state, is_country, read_country_code
from rallymap.errors import InvalidEventError
from rallymap.events import Location, LocationPrecision, Place
from rallymap.intake.coordinates import check_lat_lon, parse_coordinates
from rallymap.intake.field_errors import FieldErrors, read_choice
from rallymap.language import tr

RADIUS_M = {
    LocationPrecision.VENUE: 100.0,
    LocationPrecision.DISTRICT: 2_000.0,
    LocationPrecision.CITY: 10_000.0,
    LocationPrecision.REGION: 100_000.0,
    LocationPrecision.COUNTRY: 500_000.0,
}
"""Radius in metres for given coordinates, by precision."""


def read_country(field: str, text: str) -> str:
    """Parse a country from a name in any language or a code to its alpha-2 code; "" stays "".

    Raises
    ------
    InvalidEventError
        If no country has this code or name, or two have it.
    """
    if not text.strip():
        return ""
    code = read_country_code(text)
    if code is not None:
        return code
    former = former_state(text)
    if former is not None:
        raise InvalidEventError(
            field,
            tr("{country} is no longer a country; write the country of today.", country=former.dated_name),
            value=text,
        )
    raise InvalidEventError(
        field,
        tr("“{text}” is not a country we know; write its two-letter code, such as NO.", text=text.strip()[:40]),
        value=text,
    )


def read_place(fields: Mapping[str, str], errors: FieldErrors) -> Place:
    """Build the place text from ``place_text`` (with ``region`` after it), ``venue`` and ``country``."""
    text = ", ".join(part for part in (fields.get("place_text", ""), fields.get("region", "")) if part)
    venue = fields.get("venue", "")
    return Place(
        errors.attempt(lambda: Place(text=text).text, "", field_for=lambda _: "place_text"),
        errors.attempt(lambda: Place(venue=venue).venue, ""),
        errors.attempt(lambda: read_country("country", fields.get("country", "")), ""),
    )


def read_location(fields: Mapping[str, str], place: Place, errors: FieldErrors, *, method: str) -> Location | None:
    """Build the location from ``coordinates``, or ``lat`` and ``lon``, with ``location_precision``.

    Parameters
    ----------
    fields, errors
        See :func:`rallymap.intake.fields.event_from_fields`.
    place
        The place text. Without ``location_precision``, coordinates are those of a venue only if the place names one,
        otherwise of a city: lists of towns often give one point per town.
    method
        Recorded in the location; ``pin`` is a point that a person set, and therefore a venue.

    Returns
    -------
    location
        None if no coordinates are given, or if they are invalid.
    """
    usual = LocationPrecision.VENUE if place.venue or method == "pin" else LocationPrecision.CITY
    stated = fields.get("location_precision", "")
    precision = errors.attempt(lambda: read_choice("location_precision", stated, LocationPrecision, usual), usual)
    point = errors.attempt(lambda: _point(fields), None)
    if point is None:
        return None
    return _as_exported(fields, point, precision) or Location(
        *point, precision, RADIUS_M[precision], 1.0, method, country=place.country_hint
    )


def _as_exported(
    fields: Mapping[str, str], point: tuple[float, float], precision: LocationPrecision
) -> Location | None:
    """Return a location with all details of our own export, None if a value is missing or not a number."""
    if not fields.get("location_method"):
        return None
    try:
        radius_m, confidence = float(fields.get("radius_m", "")), float(fields.get("location_confidence", ""))
        return Location(
            *point, precision, radius_m, confidence, fields["location_method"], fields.get("location_name", ""),
            fields.get("location_admin1", ""), fields.get("location_country", ""),
        )  # fmt: skip
    except (ValueError, InvalidEventError):
        return None


def _point(fields: Mapping[str, str]) -> tuple[float, float] | None:
    lat, lon, pasted = fields.get("lat", ""), fields.get("lon", ""), fields.get("coordinates", "")
    if pasted:
        return parse_coordinates(pasted)
    if bool(lat) != bool(lon):
        if lat:
            raise InvalidEventError("lon", tr("There is a latitude but no longitude; give both, or neither."))
        raise InvalidEventError("lat", tr("There is a longitude but no latitude; give both, or neither."))
    if not lat:
        return None
    return check_lat_lon(_degrees("lat", lat), _degrees("lon", lon), field="lat")


def _degrees(field: str, text: str) -> float:
    sentence = tr("“{text}” is not a number of degrees; write it like 59.9127.", text=text.strip()[:40])
    try:
        degrees = float(text.replace("−", "-").replace(",", "."))
    except ValueError as err:
        raise InvalidEventError(field, sentence, value=text) from err
    if not math.isfinite(degrees):
        raise InvalidEventError(field, sentence, value=text)
    return degrees


def country_of_zone(zone: str) -> str:
    """Return the ISO code of an IANA time zone's country, or ""."""
    code = str(get_global("zone_territories").get(zone, ""))
    return code if is_country(code) else ""
