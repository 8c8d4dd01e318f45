"""Find the countries of a point offline, from the time zone map that ships with tzfpy.

The time zone map uses OpenStreetMap's borders, simplified to a few hundred metres. Unicode CLDR assigns each zone to
one country; :data:`_SHARED_ZONES` adds further countries.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from babel.core import get_global
from tzfpy import get_tz

from rallymap.distances import KM_PER_DEGREE

BORDER_KM = 1.0
"""A point this close to a border counts as in both countries, because the borders are simplified.

With this tolerance, 21 of the 235 150 towns in the shipped gazetteer are outside the country that it assigns them to,
nearly all in disputed areas.
"""
_AROUND = 8
_SHARED_ZONES = {
    # Zones that cover a second country, or that GeoNames assigns to another country than CLDR. If a border is disputed,
    # both sides are listed: the country of an event's moderators is not a statement about the border.
    "Africa/El_Aaiun": "EH MA",
    "America/Coyhaique": "CL",  # missing from Babel's data
    "America/Puerto_Rico": "PR US",
    "America/St_Thomas": "VI US",
    "Arctic/Longyearbyen": "SJ NO",
    "Asia/Bangkok": "TH VN",
    "Asia/Famagusta": "CY TR",
    "Asia/Hebron": "PS IL",
    "Asia/Jerusalem": "IL PS SY",
    "Europe/Belgrade": "RS XK",
    "Europe/Simferopol": "UA RU",
    "Pacific/Guam": "GU US",
    "Pacific/Pago_Pago": "AS US",
    "Pacific/Palau": "PW US",
    "Pacific/Saipan": "MP US",
}


def countries_around(lat: float, lon: float, *, within_km: float = BORDER_KM) -> frozenset[str]:
    """Return the countries that a point can be in, given the map's tolerance.

    Parameters
    ----------
    lat, lon
        Decimal degrees, WGS 84.
    within_km
        Tolerance in kilometres: countries this close to the point count as well.

    Returns
    -------
    codes
        ISO 3166-1 alpha-2 codes (and XK for Kosovo); empty on the open sea and in gaps of Antarctica.
    """
    found = set(_countries_at(lat, lon))
    north = within_km / KM_PER_DEGREE
    east = north / max(math.cos(math.radians(lat)), 0.01)
    for step in range(_AROUND):
        turn = 2 * math.pi * step / _AROUND
        around_lat = min(max(lat + north * math.sin(turn), -90.0), 90.0)
        around_lon = (lon + east * math.cos(turn) + 180.0) % 360.0 - 180.0
        found.update(_countries_at(around_lat, around_lon))
    return frozenset(found)


def country_at(lat: float, lon: float, *, rather: Collection[str] = ()) -> str:
    """Return the country of a point, "" on the open sea.

    Parameters
    ----------
    lat, lon
        Decimal degrees, WGS 84.
    rather
        Preferred codes, best first, used if the point is close to a border or its zone covers several countries.
    """
    possible = countries_around(lat, lon)
    for code in rather:
        if code in possible:
            return code
    own = _countries_at(lat, lon)
    return own[0] if own else next(iter(sorted(possible)), "")


def _countries_at(lat: float, lon: float) -> tuple[str, ...]:
    """Return the countries of the time zone at a point, the most likely first."""
    zone = get_tz(lon, lat)
    if zone in _SHARED_ZONES:
        return tuple(_SHARED_ZONES[zone].split())
    code = get_global("zone_territories").get(zone, "")
    return (code,) if len(code) == 2 and code != "ZZ" else ()
