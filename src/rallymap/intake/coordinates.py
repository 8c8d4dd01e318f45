"""Parse pasted coordinates: decimal, degrees and minutes, hemisphere letters, geo: URIs, map links."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from rallymap.errors import InvalidEventError
from rallymap.intake.grid_references import read_grid_reference
from rallymap.language import phrase, tr
from rallymap.visible_text import strip_unseen

MAX_PASTED = 2000
_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*[,;~/|\s]\s*({_NUMBER})\s*")
_COMMA_PAIR = re.compile(r"\s*([+-]?\d{1,3},\d+)(?:\s*[;/|]\s*|\s+|\s*,\s+)([+-]?\d{1,3},\d+)\s*")
_ISO_6709 = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?/?")
_IN_PATH = (
    re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})"),
    re.compile(rf"@({_NUMBER}),({_NUMBER})"),
    re.compile(rf"map=\d+(?:\.\d+)?/({_NUMBER})/({_NUMBER})"),
    re.compile(rf"^/(?:maps/)?(?:search|place|dir)?/*({_NUMBER}),\+?({_NUMBER})"),
)
_QUERY_PAIRS = ("q", "query", "ll", "sll", "center", "cp", "destination", "daddr", "at", "pt", "m", "position")
# These sites put the longitude first: yandex.com/maps/?ll=10.7,59.9, 2gis.com/?m=10.7,59.9/12.
_LON_FIRST_SITES = ("yandex", "2gis", "amap")
_ANGLE = re.compile(
    r"""(?P<before>[NSEW])?\s*
        (?P<degrees>[+-]?\d{1,3}(?:\.\d+)?)\s*(?:°|d(?:eg)?)?\s*
        (?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*(?:'|m(?:in)?)?\s*)?
        (?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:"|''|s(?:ec)?)?\s*)?
        (?P<after>[NSEW])?""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:(?P<lat>lat(?:itud(?:e|ine)?)?|breite|bredde|latitud|y(?=\s*[:=]))"
    r"|(?P<lon>lon(?:g(?:itud(?:e|ine)?)?)?|lng|l(?:ä|ae|a)nge|lengde|x(?=\s*[:=])))\b\.?\s*[:=]?\s*",
    re.IGNORECASE,
)
_HEMISPHERES = {
    letter: re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])\.?|{han}", re.IGNORECASE)
    for letter, words, han in (
        ("N", r"north|nord|norte|norr|nördl(?:\.|ich(?:e)?)|с\.?\s?ш|пн\.?\s?ш|شمال[ی]?", "北[緯纬]"),
        ("S", r"south|süd|sud|sur|sul|syd|sør|südl(?:\.|iche?)|ю\.?\s?ш|пд\.?\s?ш|جنوب[ی]?", "南[緯纬]"),
        ("E", r"east|ost|est|este|leste|öst|øst|östl(?:\.|iche?)|в\.?\s?д|сх\.?\s?д|شرق[ی]?", "[東东][經经経]"),
        ("W", r"west|ouest|oeste|ovest|väst|vest|westl(?:\.|iche?)|з\.?\s?д|зх?\.?\s?д|غرب[ی]?", "西[經经経]"),
    )
}
"""Words for the letters of angles: "48.85° Nord, 2.35° Est", "48.85 с.ш. 2.35 в.д."."""
_PACKED = re.compile(r"(?<![\d.])(\d{2,3})(\d{2})(\d{2}(?:\.\d+)?)\s?(?=[NSEW](?![^\W\d_]))", re.IGNORECASE)
"""Angles without separators, as in aviation: "595446N 0104446E"."""
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{2,})(?=\s?(?:°|[NSEW](?![^\W\d_])))")
_WKT_POINT = re.compile(
    rf"(?:SRID=\d+;)?\s*(?:POINT|LINESTRING)\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+[-+\d.]+)?\s*(?:,[-+\d.,\s]*)?\)",
    re.IGNORECASE,
)
_GEOJSON = re.compile(rf'"coordinates"\s*:\s*\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*(?:,[-\d.\s]*)?\]')
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°", "′": "'", "’": "'", "‘": "'", "´": "'", "`": "'"}
    | {"″": '"', "”": '"', "“": '"', "\u00a0": " ", "\u200e": None, "\u200f": None}
    | {"،": ",", "，": ",", "٫": ".", "．": "."}
)


class PointOrder(StrEnum):
    """How to read the coordinate columns of a table."""

    FIND_OUT = "find-out"
    AS_GIVEN = "as-given"
    SWAPPED = "swapped"
    LEAVE_OUT = "leave-out"


def swap_pair(text: str) -> str | None:
    """Swap a pair of plain numbers; return None if the text states an order, as links do."""
    match = _plain_match(text)
    return f"{match[2]}; {match[1]}" if match is not None else None


def plain_pair(text: str) -> tuple[float, float] | None:
    """Return two plain numbers as written, possibly in brackets; None if the text states an order or is no pair."""
    match = _plain_match(text)
    return (_number(match[1]), _number(match[2])) if match is not None else None


def _plain_match(text: str) -> re.Match[str] | None:
    bare = text.translate(_SIGNS).strip().strip("()[]")
    return _PAIR.fullmatch(bare) or _COMMA_PAIR.fullmatch(bare)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def parse_coordinates(text: str, field: str = "coordinates") -> tuple[float, float]:
    """Parse a pasted pair of coordinates.

    Parameters
    ----------
    text
        ``59.9127, 10.7461``; ``59°54'46"N 10°44'46"E``; ``N59 54.77 E10 44.77``; ``595446N 0104446E``;
        ``geo:59.91,10.75;u=50``; ``59.91 nord, 10.75 est``; ``+59.91+010.75/`` (ISO 6709); ``lon: 10.75, lat: 59.91``;
        ``POINT(10.75 59.91)`` (WKT; for a line its start); a point in GeoJSON; a grid reference (UTM, MGRS, a full
        plus code); or a map link with a point, in the order of its site. Digits of any script are accepted. If nothing
        states the order, the latitude is first.
    field
        Field to attach errors to.

    Returns
    -------
    lat, lon
        Decimal degrees, WGS 84, in [-90, 90] and [-180, 180].

    Raises
    ------
    InvalidEventError
        If the text has another form, or a value is out of range.
    """
    if len(text) > MAX_PASTED:
        raise InvalidEventError(field, tr("This is too long for a pair of coordinates."), value=text[:80])
    plain = "".join(_plain_digit(c) for c in strip_unseen(text).translate(_SIGNS)).strip()
    pair = _from_link(plain) if "://" in plain or plain.lower().startswith("geo:") else _from_numbers(plain)
    if pair is None:
        raise InvalidEventError(
            field,
            tr("These coordinates cannot be read; write latitude and longitude like 59.9127, 10.7461."),
            value=text,
        )
    return check_lat_lon(*pair, field=field)


def check_lat_lon(lat: float, lon: float, *, field: str) -> tuple[float, float]:
    """Return the pair if it is a plausible point on Earth.

    Raises
    ------
    InvalidEventError
        If a value is out of range (the sentence says so if they look swapped), or both are zero.
    """
    if not -90 <= lat <= 90:
        if -180 <= lat <= 180 and -90 <= lon <= 90:
            sentence = phrase(
                "A latitude is between -90 and 90, but this is {lat}; latitude and longitude look swapped.",
                lat=f"{lat:g}",
            )
        else:
            sentence = phrase("A latitude is between -90 and 90 degrees, but this is {lat}.", lat=f"{lat:g}")
        raise InvalidEventError(field, sentence, value=f"{lat}, {lon}")
    if not -180 <= lon <= 180:
        raise InvalidEventError(
            field,
            tr("A longitude is between -180 and 180 degrees, but this is {lon}.", lon=f"{lon:g}"),
            value=f"{lat}, {lon}",
        )
    if lat == 0 and lon == 0:
        raise InvalidEventError(
            field, tr("0, 0 is a point in the sea, and mostly means an empty value; leave it empty.")
        )
    return lat, lon


def _plain_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if not char.isascii() and char.isdecimal() else char


def _from_link(link: str) -> tuple[float, float] | None:
    if link.lower().startswith("geo:"):
        return _pair(link[4:].split(";")[0].split("?")[0])
    try:
        parts = urlsplit(link)
        values = parse_qs(parts.query + "&" + parts.fragment, max_num_fields=50)
    except ValueError:
        return None
    for lat_name, lon_name in (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"), ("y", "x")):
        if lat_name in values and lon_name in values:
            return _pair(f"{values[lat_name][0]} {values[lon_name][0]}")
    pair = _from_link_parts(parts, values)
    is_lon_first = any(label in _LON_FIRST_SITES for label in (parts.hostname or "").split("."))
    return (pair[1], pair[0]) if pair is not None and is_lon_first else pair


def _from_link_parts(parts: SplitResult, values: dict[str, list[str]]) -> tuple[float, float] | None:
    rest = unquote(f"{parts.path}#{parts.fragment}?{parts.query}")
    # The place's own point ("!3d...!4d") is what was clicked; "@" is only the centre of the window.
    found = next((m for m in (pattern.search(rest) for pattern in _IN_PATH) if m), None)
    if found is not None and found.re is _IN_PATH[0]:
        return float(found[1]), float(found[2])
    for name in _QUERY_PAIRS:
        for value in values.get(name, []):
            if pair := _pair(value.removeprefix("loc:").partition("/")[0]):
                return pair
    return (float(found[1]), float(found[2])) if found is not None else None


def _from_numbers(text: str) -> tuple[float, float] | None:
    if match := _WKT_POINT.fullmatch(text.strip()):
        return float(match[2]), float(match[1])
    if (point := read_grid_reference(text)) is not None:
        return point
    if match := _GEOJSON.search(text):
        return float(match[2]), float(match[1])
    if text.startswith("{"):  # JSON
        text = re.sub(r'[{}"]', " ", text).strip()
    for letter, words in _HEMISPHERES.items():
        text = words.sub(letter, text)
    text = _PACKED.sub(r"\1 \2 \3 ", _DECIMAL_COMMA.sub(r"\1.\2", text))
    first = _LABELS.search(text)
    pair = _from_plain(_LABELS.sub(" ", text.replace("&", " ")).strip().strip("()[]").strip())
    # "lon: 10.7, lat: 59.9" states the order itself.
    return (pair[1], pair[0]) if pair is not None and first is not None and first["lon"] else pair


def _from_plain(text: str) -> tuple[float, float] | None:
    if match := _ISO_6709.fullmatch(text):
        return float(match[1]), float(match[2])
    return _pair(text) or _from_angles(text)


def _pair(text: str) -> tuple[float, float] | None:
    if match := _PAIR.fullmatch(text):
        return float(match[1]), float(match[2])
    if match := _COMMA_PAIR.fullmatch(text):
        return float(match[1].replace(",", ".")), float(match[2].replace(",", "."))
    return None


def _from_angles(text: str) -> tuple[float, float] | None:
    """Parse two angles with minutes, seconds or letters; letters can reverse the order."""
    for cut in _cuts(text):
        first, second = _angle(cut[0]), _angle(cut[1])
        if first is None or second is None or bool(first[1]) != bool(second[1]):
            continue
        if {first[1], second[1]} in ({"N"}, {"E"}):
            continue
        return (second[0], first[0]) if first[1] == "E" else (first[0], second[0])
    return None


def _cuts(text: str) -> list[tuple[str, str]]:
    """Yield possible splits of a text into two angles, best first: after a letter, at a comma, in the middle."""
    cuts = [(text[: m.end()], text[m.end() :].lstrip(" ,;/")) for m in re.finditer(r"[NSEW]", text, re.IGNORECASE)]
    cuts += [(text[: m.start()], text[m.start() :]) for m in re.finditer(r"(?<=[\s,;])[NSEW]", text, re.IGNORECASE)]
    cuts += [(text[: m.start()], text[m.end() :]) for m in re.finditer(r"[,;/]", text)]
    words = text.split()
    if len(words) in (2, 4, 6):
        middle = len(words) // 2
        cuts.append((" ".join(words[:middle]), " ".join(words[middle:])))
    return [(one.strip(" ,;/"), two.strip(" ,;/")) for one, two in cuts]


def _angle(text: str) -> tuple[float, str] | None:
    """Parse an angle into signed degrees and its axis: "N" for latitude, "E" for longitude, "" without a letter."""
    match = _ANGLE.fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    letter = (match["before"] or match["after"] or "").upper()
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    signed = match["degrees"].startswith(("+", "-"))
    whole = abs(float(match["degrees"]))
    if minutes >= 60 or seconds >= 60 or (letter and signed) or (match["minutes"] and whole % 1):
        return None
    degrees = whole + minutes / 60 + seconds / 3600
    negative = letter in ("S", "W") or match["degrees"].startswith("-")
    return (-degrees if negative else degrees), {"S": "N", "W": "E"}.get(letter, letter)
