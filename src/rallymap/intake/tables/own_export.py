"""Tables that rallymap exported, and meanings of columns that only these tables have."""

from __future__ import annotations

from collections.abc import Sequence

_OWN_LOCATION = {
    "location_region": "location_admin1", "location_name": "location_name", "location_country": "location_country",
    "location_confidence": "location_confidence", "location_method": "location_method", "radius_m": "radius_m",
    "location_radius_m": "radius_m", "location_precision": "location_precision", "location_lat": "lat",
    "location_lon": "lon",
}  # fmt: skip
"""Headings of our own exports that say how a location is known, and the fields they mean."""
_OWN_DERIVED = ("url", "link", "acled_time_precision", "acled_geo_precision", "ccc_size_category")
"""Headings of our own exports that say nothing new: an event's own page here is not a source of it."""
_OWN_HEADINGS = {"id", "date_precision"}


def is_own_export(header: Sequence[str]) -> bool:
    """Return whether a table is what this program exports."""
    return set(header) >= _OWN_HEADINGS


def own_meanings(header: Sequence[str]) -> dict[str, str]:
    """Return what the columns of such a table mean that say how a location is known, or nothing new."""
    located = {name: field for name in header if (field := _OWN_LOCATION.get(name.replace(".", "_")))}
    return dict.fromkeys(_OWN_DERIVED, "") | located
