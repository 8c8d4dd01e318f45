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
    """Geocode offline with the gazetteer that ships with rallymap.

    Usable wherever geopy geocoders are, also in pandas' `apply`. `Location.raw` contains the answer: `outcome`
    (``located`` or ``ambiguous``), `confidence`, `precision`, `radius_m`, `name`, `admin1`, `country`, `venue`,
    `method`, and `candidates`, all possible meanings of the text. For an ambiguous text the most likely place is
    returned, so check `outcome`, or use ``exactly_one=False``.

    Parameters
    ----------
    resolver
        Resolver to use; default: the shipped gazetteer only.
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
        """Geocode a place text.

        Parameters
        ----------
        query
            Place text, or a mapping with some of ``amenity street city county state country``.
        exactly_one
            True for one location, False for the list of all candidates, best first.
        timeout
            Ignored; accepted because geopy's callers pass it.
        limit
            Maximum number of locations.
        country_codes
            One or more ISO 3166-1 alpha-2 codes; other places are left out.
        near
            `(lat, lon)` of places that are probably close to the result.

        Returns
        -------
        locations
            One location, a list, or None if the place is unknown.
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
