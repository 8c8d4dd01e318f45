"""The offline gazetteer as a geopy geocoder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from rallymap.places.answers import Answer, Candidate, Located, candidates_of, describe_candidate
from rallymap.places.resolve import Resolver, default_resolver

_STRUCTURED: Final = ("amenity", "street", "city", "county", "state", "country")
Query = str | Mapping[str, str]


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no type hints
    """Geocode with the gazetteer that ships with rallymap; nothing leaves the machine.

    Works wherever a geopy geocoder does, also under pandas' `apply`. `Location.raw` holds the answer: `outcome`
    (``located`` or ``ambiguous``), `confidence`, `precision`, `radius_m`, `name`, `admin1`, `country`, `venue`,
    `method`, and `candidates`, all that the text may mean. An ambiguous text gives its likeliest place, so look at
    `outcome`, or ask with ``exactly_one=False``.

    Parameters
    ----------
    resolver
        Whom to ask; by default the shipped gazetteer alone.
    """

    def __init__(self, resolver: Resolver | None = None) -> None:
        super().__init__()
        self._resolver = resolver or default_resolver()

    def geocode(
        self,
        query: Query,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002, RUF100  geopy's own arguments; nothing here can time out
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        near: Iterable[tuple[float, float]] = (),
    ) -> Location | list[Location] | None:
        """Find the place that a text names.

        Parameters
        ----------
        query
            Place text, or a mapping with any of ``amenity street city county state country``.
        exactly_one
            Give one location, or the list of all candidates, best first.
        timeout
            Taken and left alone, as geopy's callers pass it.
        limit
            Give at most this many locations.
        country_codes
            One or more ISO 3166-1 alpha-2 codes; places elsewhere are not given.
        near
            `(lat, lon)` of places that the wanted one is likely close to.

        Returns
        -------
        locations
            One location, or a list, or None if no place is known.
        """
        text = query if isinstance(query, str) else ", ".join(query[part] for part in _STRUCTURED if query.get(part))
        codes = [country_codes] if isinstance(country_codes, str) else list(country_codes or [""])
        points = tuple(near)
        answers = [self._resolver.resolve(text, code, points) for code in codes]
        found = sorted(
            ((candidate, answer) for answer in answers for candidate in candidates_of(answer)),
            key=lambda pair: -pair[0].confidence,
        )
        locations = [_as_location(candidate, answer) for candidate, answer in found[:limit]]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


def _as_location(candidate: Candidate, answer: Answer) -> Location:
    raw: dict[str, Any] = {**describe_candidate(candidate)}
    raw["outcome"] = "located" if isinstance(answer, Located) else "ambiguous"
    raw["candidates"] = [describe_candidate(other) for other in candidates_of(answer)]
    return Location(candidate.label, (candidate.lat, candidate.lon), raw)
