"""Parse grid references: UTM ("32V 597619 6643043"), MGRS ("32VNM 97619 43043") and full plus codes ("9FFGWP7W+3C").

Formulas: Krüger's series in n, as in C. Karney, "Transverse Mercator with an accuracy of a few nanometers" (2011).
"""

from __future__ import annotations

import math
import re

_UTM = re.compile(
    r"(?:UTM:?\s*)?(?:zone:?\s*)?(\d{1,2})\s?([C-HJ-NP-X])[\s,;]+(?:E:?\s*)?(\d{6}(?:\.\d+)?)\s?(?:m?\s?E)?[\s,;]+"
    r"(?:N:?\s*)?(\d{1,8}(?:\.\d+)?)\s?(?:m?\s?N)?",
    re.IGNORECASE,
)
_MGRS = re.compile(r"(?:MGRS:?\s*)?(\d{1,2})\s?([C-HJ-NP-X])\s?([A-HJ-NP-Z])([A-HJ-NP-V])\s?(\d[\d\s]*)", re.IGNORECASE)
_PLUS_CODE = re.compile(r"[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}", re.IGNORECASE)
_DIGITS = "23456789CFGHJMPQRVWX"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_BAND_DEGREES, _FIRST_LATITUDE, _LAST_LATITUDE = 8, -80, 84
_HEMISPHERES = "NS"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_ROWS_BEGIN_IN_EVEN_ZONES = 5
_SQUARE_M, _ROUND_M = 100_000, 2_000_000
_LEAST_DIGITS, _MOST_DIGITS = 6, 10
"""A reference of the military grid is at least exact to 100 m."""
_ZONES = 60
_RADIUS_M, _FLATTENING, _SCALE = 6_378_137.0, 1 / 298.257223563, 0.9996
_FALSE_EAST_M, _FALSE_NORTH_M = 500_000, 10_000_000


def read_grid_reference(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a grid reference, rounded to six digits; None for any other text.

    A reference that can mean two places gives None: "36S" is a band in the north, or the south of zone 36.
    """
    text = text.strip()
    if _PLUS_CODE.fullmatch(text):
        return _from_plus_code(text.upper().replace("+", ""))
    if match := _UTM.fullmatch(text):
        return _from_utm(int(match[1]), match[2].upper(), float(match[3]), float(match[4]))
    if match := _MGRS.fullmatch(text):
        return _from_mgrs(int(match[1]), match[2].upper(), match[3].upper() + match[4].upper(), match[5])
    return None


def _from_plus_code(code: str) -> tuple[float, float] | None:
    lat, lon, size = -90.0, -180.0, 400.0
    for at in range(0, 10, 2):
        size /= 20
        lat += _DIGITS.index(code[at]) * size
        lon += _DIGITS.index(code[at + 1]) * size
    height = width = size
    for char in code[10:]:  # a grid of five rows and four columns
        height, width = height / 5, width / 4
        lat += _DIGITS.index(char) // 4 * height
        lon += _DIGITS.index(char) % 4 * width
    lat, lon = lat + height / 2, lon + width / 2
    return (round(lat, 6), round(lon, 6)) if lat <= 90 and lon <= 180 else None


def _from_utm(zone: int, band: str, east_m: float, north_m: float) -> tuple[float, float] | None:
    if not 1 <= zone <= _ZONES or not _SQUARE_M <= east_m <= 9 * _SQUARE_M:
        return None
    found = []
    for is_south in {band < "N", band == "S"}:
        point = _to_degrees(zone, east_m, north_m, is_south=is_south)
        is_hemisphere = band in _HEMISPHERES and (band == "S") == is_south
        if is_hemisphere or _is_in_band(point[0], band):
            found.append(point)
    return found[0] if len(found) == 1 else None


def _from_mgrs(zone: int, band: str, square: str, digits: str) -> tuple[float, float] | None:
    digits = "".join(digits.split())
    columns = _COLUMNS[(zone - 1) % 3]
    is_complete = len(digits) % 2 == 0 and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS
    if not is_complete or not 1 <= zone <= _ZONES or square[0] not in columns:
        return None
    half = len(digits) // 2
    unit = 10 ** (5 - half)
    row = (_ROWS.index(square[1]) - (0 if zone % 2 else _ROWS_BEGIN_IN_EVEN_ZONES)) % len(_ROWS)
    east = (columns.index(square[0]) + 1) * _SQUARE_M + (int(digits[:half]) + 0.5) * unit
    north = row * _SQUARE_M + (int(digits[half:]) + 0.5) * unit
    for rounds in range(_FALSE_NORTH_M // _ROUND_M):
        point = _to_degrees(zone, east, north + rounds * _ROUND_M, is_south=band < "N")
        if _is_in_band(point[0], band):
            return point
    return None


def _is_in_band(lat: float, band: str) -> bool:
    first = _FIRST_LATITUDE + _BANDS.index(band) * _BAND_DEGREES
    last = _LAST_LATITUDE if band == _BANDS[-1] else first + _BAND_DEGREES
    return first <= lat <= last


def _to_degrees(zone: int, east_m: float, north_m: float, *, is_south: bool) -> tuple[float, float]:
    n = _FLATTENING / (2 - _FLATTENING)
    radius = _SCALE * _RADIUS_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi = (north_m - (_FALSE_NORTH_M if is_south else 0)) / radius
    eta = (east_m - _FALSE_EAST_M) / radius
    beta = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    delta = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    north = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in enumerate(beta, 1))
    east = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in enumerate(beta, 1))
    conformal = math.asin(math.sin(north) / math.cosh(east))
    lat = conformal + sum(d * math.sin(2 * j * conformal) for j, d in enumerate(delta, 1))
    lon = zone * 6 - 183 + math.degrees(math.atan2(math.sinh(east), math.cos(north)))
    return round(math.degrees(lat), 6), round(lon, 6)
