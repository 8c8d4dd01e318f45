"""Convert answers of Nominatim, Photon and Pelias to candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.places.answers import Candidate
from rallymap.places.gazetteer import load_gazetteer

_RADIUS_M: Final = {
    LocationPrecision.VENUE: 150.0,
    LocationPrecision.DISTRICT: 1_500.0,
    LocationPrecision.CITY: 8_000.0,
    LocationPrecision.REGION: 80_000.0,
    LocationPrecision.COUNTRY: 500_000.0,
}
_LAYERS: Final = {
    "country": LocationPrecision.COUNTRY, "dependency": LocationPrecision.COUNTRY,
    "state": LocationPrecision.REGION, "region": LocationPrecision.REGION, "macroregion": LocationPrecision.REGION,
    "county": LocationPrecision.REGION, "macrocounty": LocationPrecision.REGION,
    "city": LocationPrecision.CITY, "locality": LocationPrecision.CITY, "localadmin": LocationPrecision.CITY,
    "town": LocationPrecision.CITY, "village": LocationPrecision.CITY, "hamlet": LocationPrecision.CITY,
    "municipality": LocationPrecision.CITY, "quarter": LocationPrecision.DISTRICT,
    "district": LocationPrecision.DISTRICT, "borough": LocationPrecision.DISTRICT,
    "neighbourhood": LocationPrecision.DISTRICT, "suburb": LocationPrecision.DISTRICT,
}  # fmt: skip
#: The confidence values of services were never evaluated, so their answers never count as certain.
_CONFIDENCE: Final = 0.7

Raw = Mapping[str, Any]


def read_nominatim(lat: float, lon: float, raw: Raw) -> Candidate:
    """Convert a place from Nominatim's ``/search`` with ``addressdetails``; ranks are those of its manual."""
    address: Raw = raw.get("address") or {}
    rank = int(raw.get("place_rank") or 30)
    # Villages (19) and suburbs (19-20) share ranks; the address type distinguishes them.
    precision = _LAYERS.get(str(raw.get("addresstype"))) or (
        LocationPrecision.COUNTRY if rank <= 4
        else LocationPrecision.REGION if rank <= 12
        else LocationPrecision.CITY if rank <= 16
        else LocationPrecision.DISTRICT if rank <= 25
        else LocationPrecision.VENUE
    )  # fmt: skip
    radius = _RADIUS_M[precision]
    box = [float(edge) for edge in raw.get("boundingbox") or ()]
    if len(box) == 4:
        radius = max(50.0, measure_km(box[0], box[2], box[1], box[3]) * 500)
    town = _first(address, "city", "town", "village", "municipality", "hamlet")
    house = " ".join(str(address[part]) for part in ("road", "house_number") if address.get(part))
    name = str(raw.get("name") or house or str(raw.get("display_name") or "").split(",")[0] or town)
    return _build(
        lat, lon, name, town, _first(address, "state", "region", "county"), address.get("country_code"), precision,
        radius, "nominatim",
    )  # fmt: skip


def read_photon(lat: float, lon: float, raw: Raw) -> Candidate:
    """Convert a feature from Photon."""
    properties: Raw = raw.get("properties") or {}
    precision = _LAYERS.get(str(properties.get("type")), LocationPrecision.VENUE)
    extent = [float(edge) for edge in properties.get("extent") or ()]
    radius = _RADIUS_M[precision]
    if len(extent) == 4:  # west, north, east, south
        radius = max(50.0, measure_km(extent[1], extent[0], extent[3], extent[2]) * 500)
    town = str(properties.get("city") or "")
    name = str(properties.get("name") or properties.get("street") or town)
    return _build(
        lat, lon, name, town, str(properties.get("state") or ""), properties.get("countrycode"), precision, radius,
        "photon",
    )  # fmt: skip


def read_pelias(lat: float, lon: float, raw: Raw) -> Candidate:
    """Convert a feature from Pelias; the country is alpha-2 in ``country_code`` or alpha-3 in ``country_a``."""
    properties: Raw = raw.get("properties") or {}
    precision = _LAYERS.get(str(properties.get("layer")), LocationPrecision.VENUE)
    code = str(properties.get("country_code") or "")
    if len(code) != 2:
        gazetteer = load_gazetteer()
        alpha3 = str(properties.get("country_a") or "").casefold()
        code = next((gazetteer.country(p.place) for p in gazetteer.find(alpha3) if p.kind == 0), "")
    return _build(
        lat, lon, str(properties.get("name") or ""), str(properties.get("locality") or ""),
        str(properties.get("region") or ""), code, precision, _RADIUS_M[precision], "pelias",
    )  # fmt: skip


READERS: Final[dict[str, Callable[[float, float, Raw], Candidate]]] = {
    "nominatim": read_nominatim,
    "photon": read_photon,
    "pelias": read_pelias,
}


def share_confidence(candidates: Sequence[Candidate]) -> float:
    """Return the confidence of each of several candidates of a service: 0.7 divided equally."""
    return _CONFIDENCE / max(1, len(candidates))


def _build(
    lat: float,
    lon: float,
    name: str,
    town: str,
    admin1: str,
    country: object,
    precision: LocationPrecision,
    radius_m: float,
    service: str,
) -> Candidate:
    is_fine = precision in (LocationPrecision.VENUE, LocationPrecision.DISTRICT)
    return Candidate(
        lat, lon, (town or name) if is_fine else name, admin1 or None, str(country or "").upper(), precision,
        min(radius_m, 20_000_000.0), _CONFIDENCE, None, name if is_fine and name != town else None,
        f"service:{service}",
    )  # fmt: skip


def _first(address: Raw, *keys: str) -> str:
    return next((str(address[key]) for key in keys if address.get(key)), "")
