"""Tables that rallymap exported, and the columns that only these contain."""

from __future__ import annotations

from collections.abc import Sequence

_OWN_LOCATION = {
    "location_region": "location_admin1", "location_name": "location_name", "location_country": "location_country",
    "location_confidence": "location_confidence", "location_method": "location_method", "radius_m": "radius_m",
    "location_radius_m": "radius_m", "location_precision": "location_precision", "location_lat": "lat",
    "location_lon": "lon",
}  # fmt: skip
"""Headings in our own exports for the method of a location, and their fields."""
_OWN_DERIVED = ("url", "link", "acled_time_precision", "acled_geo_precision", "ccc_size_category")
"""Headings in our own exports that add nothing: the link to an event's own page is not a source."""
_OWN_HEADINGS = {"id", "date_precision"}


def is_own_export(header: Sequence[str]) -> bool:
    """Return whether a table was exported by rallymap."""
    return set(header) >= _OWN_HEADINGS


def own_meanings(header: Sequence[str]) -> dict[str, str]:
    """Return the fields of columns in such a table that describe the method of a location, or add nothing."""
    located = {name: field for name in header if (field := _OWN_LOCATION.get(name.replace(".", "_")))}
    return dict.fromkeys(_OWN_DERIVED, "") | located
