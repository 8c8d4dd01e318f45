"""Place names for OpenRefine: the Reconciliation Service API on top of the offline geocoder.

The protocol is version 0.2 of the W3C Entity Reconciliation Community Group. An id contains the point and the names of
a place, so the service stores nothing, and coordinates can be fetched for reconciled cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rallymap.countries import english_country_name, read_country_code
from rallymap.places import SURE_CONFIDENCE, Ambiguous, Candidate, Located, Resolver, candidates_of

VERSIONS = ("0.1", "0.2")
PLACE_TYPE = {"id": "place", "name": "Place"}
MAX_QUERIES = 50
MAX_RESULTS = 10
MAX_IDS = 1_000
_PROPERTIES = {
    "lat": "latitude",
    "lon": "longitude",
    "name": "name",
    "admin1": "state or province",
    "country": "country code",
    "country_name": "country",
    "precision": "precision",
}
_COUNTRY_PROPERTIES = frozenset({"country", "country_code", "land", "pays"})


def manifest(name: str, address: str) -> dict[str, Any]:
    """Return the service manifest.

    Parameters
    ----------
    name
        Name of the site.
    address
        URL of the endpoint without a trailing slash.
    """
    return {
        "versions": list(VERSIONS),
        "name": f"{name}: places",
        "identifierSpace": f"{address}/place/",
        "schemaSpace": f"{address}/type/",
        "defaultTypes": [PLACE_TYPE],
        "batchSize": MAX_QUERIES,
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def reconcile(resolver: Resolver, queries: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a batch of queries; equal texts are geocoded once.

    Raises
    ------
    ValueError
        If the batch violates the protocol, or has more queries than the maximum.
    """
    if len(queries) > MAX_QUERIES:
        raise ValueError(f"At most {MAX_QUERIES} queries are answered at once.")
    return {str(key): {"result": _results(resolver, query)} for key, query in queries.items()}


def extend(ids: Sequence[Any], properties: Sequence[Any]) -> dict[str, Any]:
    """Return properties of places by their ids.

    Raises
    ------
    ValueError
        If the request violates the protocol.
    """
    wanted = [str(one.get("id", "")) if isinstance(one, Mapping) else "" for one in properties]
    if len(ids) > MAX_IDS or any(name not in _PROPERTIES for name in wanted):
        raise ValueError(f"The properties are {', '.join(_PROPERTIES)}, of at most {MAX_IDS} places.")
    rows = {}
    for place_id in ids:
        values = _read_id(str(place_id))
        rows[str(place_id)] = {name: [{"str": values[name]}] if values.get(name) else [] for name in wanted}
    return {"meta": [{"id": name, "name": _PROPERTIES[name]} for name in wanted], "rows": rows}


def proposed_properties() -> dict[str, Any]:
    """List the properties that :func:`extend` returns."""
    return {"type": "place", "properties": [{"id": key, "name": name} for key, name in _PROPERTIES.items()]}


def _results(resolver: Resolver, query: Any) -> list[dict[str, Any]]:
    if not isinstance(query, Mapping) or not isinstance(query.get("query"), str):
        raise ValueError("Each query is an object with a text in “query”.")
    text, properties = query["query"][:500], query.get("properties") or []
    if not isinstance(properties, list):
        raise ValueError("The “properties” of a query are a list.")
    limit = query.get("limit", MAX_RESULTS)
    limit = min(limit, MAX_RESULTS) if isinstance(limit, int) and limit > 0 else MAX_RESULTS
    country = ""
    for one in properties:
        if isinstance(one, Mapping) and str(one.get("pid", "")).casefold() in _COUNTRY_PROPERTIES:
            country = read_country_code(str(one.get("v", ""))) or country
    answer = resolver.resolve(text, country=country or None)
    sure = isinstance(answer, Located) and answer.candidate.confidence >= SURE_CONFIDENCE
    found = candidates_of(answer)
    if isinstance(answer, Located):
        found = (answer.candidate, *(one for one in found if one != answer.candidate))
    return [
        {
            "id": _id_of(candidate),
            "name": candidate.label,
            "description": _describe(candidate),
            "type": [PLACE_TYPE],
            "score": round(100 * candidate.confidence, 1),
            # If several places have the name, none matches automatically, however likely it is.
            "match": sure and number == 0 and not isinstance(answer, Ambiguous),
        }
        for number, candidate in enumerate(found[:limit])
    ]


def _describe(candidate: Candidate) -> str:
    """Return the precision and country; a region such as Kurdistan is in several countries and gets none."""
    country = english_country_name(candidate.country) if candidate.country else ""
    return f"{candidate.precision} in {country}" if country else str(candidate.precision)


def _id_of(candidate: Candidate) -> str:
    names = "~".join(
        part.replace("~", " ")
        for part in (candidate.country, candidate.precision, candidate.admin1 or "", candidate.name)
    )
    return f"{candidate.lat:.5f}~{candidate.lon:.5f}~{names}"


def _read_id(text: str) -> dict[str, str]:
    parts = text.split("~")
    if len(parts) != 6:
        return {}
    lat, lon, country, precision, admin1, name = parts
    return {
        "lat": lat, "lon": lon, "country": country, "country_name": english_country_name(country),
        "precision": precision, "admin1": admin1, "name": name,
    }  # fmt: skip
