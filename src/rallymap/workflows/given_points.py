"""Check whether the coordinates of a row agree with its place and country; nothing is corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rallymap.countries import country_name, is_within
from rallymap.distances import measure_km
from rallymap.events import Location, LocationPrecision, Place
from rallymap.intake.where import RADIUS_M
from rallymap.language import mark
from rallymap.places import Ambiguous, Answer, Candidate, Resolver
from rallymap.workflows.point_agreement import km_outside, rounded_km, sure_places

_AT_BORDER_KM = 50.0
_Change = Callable[[float, float], tuple[float, float]]
# Translators: set in brackets after a place: what may be wrong with its coordinates.
_SWAPPED = mark("latitude and longitude swapped?")
# Translators: set in brackets after a place: with the coordinates that a table gives.
_AS_GIVEN = mark("as given")
_MISTAKES: tuple[tuple[str, _Change], ...] = (
    (_SWAPPED, lambda lat, lon: (lon, lat)),
    (mark("minus sign of the longitude lost or added?"), lambda lat, lon: (lat, -lon)),
    (mark("minus sign of the latitude lost or added?"), lambda lat, lon: (-lat, lon)),
    (mark("both minus signs lost or added?"), lambda lat, lon: (-lat, -lon)),
    (mark("swapped, and a minus sign lost?"), lambda lat, lon: (-lon, lat)),
    (mark("swapped, and a minus sign lost?"), lambda lat, lon: (lon, -lat)),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A point that does not match the place of its row.

    Attributes
    ----------
    sentence
        For people: the distance of the point, and the error that would explain it.
    candidates
        Choices for a moderator: the point with the likely error corrected, the place text, the given point.
    """

    sentence: str
    candidates: tuple[Candidate, ...]


def find_contradiction(
    location: Location, place: Place, answer: Answer | None, resolver: Resolver
) -> Contradiction | None:
    """Compare a given point with the row's place and country.

    Parameters
    ----------
    location
        The given point in decimal degrees.
    place
        The place text, with the country that the row names.
    answer
        The resolver's answer to the place text; None without a text. An unsure answer contradicts nothing.
    resolver
        Finds the country of a point from nearby towns.
    """
    sure = sure_places(answer)
    point = (location.lat, location.lon)
    if sure:
        nearest = min(sure, key=lambda candidate: km_outside(point, candidate))
        if km_outside(point, nearest) <= 0 or _is_of_another(answer, place, point, resolver):
            return None
        away = measure_km(*point, nearest.lat, nearest.lon)
        where = f"{rounded_km(away)} km from {nearest.label}"
        explained = [(words, other) for words, other in _variants(point) if km_outside(other, nearest) <= 0]
    elif place.country_hint and not _is_in_country(point, place.country_hint, resolver):
        nearest = None
        where = f"not in {country_name(place.country_hint)}"
        explained = [
            (words, other) for words, other in _variants(point) if _is_in_country(other, place.country_hint, resolver)
        ]
    else:
        return None
    mistake = f" {explained[0][0][0].upper()}{explained[0][0][1:]}" if explained else ""
    sentence = f"The coordinates given ({location.lat:g}, {location.lon:g}) lie {where}.{mistake}"
    given = _as_candidate(location, place, _AS_GIVEN)
    guessed = [
        replace(given, lat=lat, lon=lon, note=words, country=nearest.country if nearest else place.country_hint,
                name=nearest.name if nearest else given.name)
        for words, (lat, lon) in explained[:1]
    ]  # fmt: skip
    return Contradiction(sentence, (*guessed, *sure[:1], given))


def _is_of_another(answer: Answer | None, place: Place, point: tuple[float, float], resolver: Resolver) -> bool:
    """Return whether a point is at a lesser-known place with an ambiguous name that the answer does not list."""
    if not isinstance(answer, Ambiguous) or not place.text:
        return False
    found = resolver.resolve(place.text, country=place.country_hint or None, near=(point,))
    return any(km_outside(point, candidate) <= 0 for candidate in sure_places(found))


def choices_of_swapped(
    place: Place, point: tuple[float, float], answer: Answer | None, resolver: Resolver
) -> tuple[Candidate, ...]:
    """Return the choices for a moderator if a table's latitude and longitude columns look swapped.

    Parameters
    ----------
    place
        The place text.
    point
        Latitude and longitude as in the table.
    answer
        The resolver's answer to the place text; None without a text.
    resolver
        Finds the country of a point from nearby towns.
    """
    lat, lon = point
    choices = list(sure_places(answer)[:1])
    for words, at in ((_SWAPPED, (lon, lat)), (_AS_GIVEN, point)):
        if -90 <= at[0] <= 90:
            precision = LocationPrecision.VENUE if place.venue else LocationPrecision.CITY
            location = Location(*at, precision, RADIUS_M[precision], 1.0, "given", country=place.country_hint)
            town = resolver.nearest_town(*at) if at != point else None
            country = place.country_hint or (town.country if town else "")
            choices.append(replace(_as_candidate(location, place, words), country=country))
    return tuple(choices)


def _variants(point: tuple[float, float]) -> Iterator[tuple[str, tuple[float, float]]]:
    for words, change in _MISTAKES:
        lat, lon = change(*point)
        if -90 <= lat <= 90 and (lat, lon) != point:
            yield words, (lat, lon)


def _is_in_country(point: tuple[float, float], country: str, resolver: Resolver) -> bool:
    town = resolver.nearest_town(*point)
    if town is not None and is_within(town.country, country):
        return True
    own = resolver.nearest_town(*point, country=country)
    return own is not None and measure_km(*point, own.lat, own.lon) <= _AT_BORDER_KM


def _as_candidate(location: Location, place: Place, note: str) -> Candidate:
    return Candidate(
        location.lat,
        location.lon,
        "",  # this name is public, but the text of an upcoming event is not
        None,
        place.country_hint,
        location.precision,
        location.radius_m,
        0.0,
        venue=place.text or place.venue or f"{location.lat:.4f}, {location.lon:.4f}",
        method="given",
        note=note,
    )
