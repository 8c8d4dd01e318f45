"""Parse and write the link parameters of a filter, with a sentence for each invalid value."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from rallymap.countries import read_shown_country
from rallymap.dates import EARLIEST, LATEST, DatePrecision
from rallymap.events import (
    ID_PATTERN,
    MAX_NAME,
    MAX_PEOPLE,
    AttendanceMode,
    CrowdGiver,
    EventStatus,
    Kind,
    LocationPrecision,
)
from rallymap.language import digits, mark, tr, trn
from rallymap.query.areas import DIGITS, MAX_CORNERS, MAX_RADIUS_KM, Box, Circle, Ring, is_ring, rounded_ring

MAX_VALUES: Final = 50
"""Maximum number of values for one part of a filter."""
UNKNOWN: Final = "unknown"
MAX_QUERY: Final = 200
"""Maximum number of characters of a search text."""

FACETS: Final = {
    "kinds": "kind",
    "countries": "country",
    "organisers": "organiser",
    "communities": "community",
    "cities": "city",
    "topics": "topic",
    "statuses": "status",
    "attendance_modes": "attendance_mode",
    "publishers": "publisher",
    "date_precisions": "date_precision",
    "place_precisions": "place_precision",
    "campaigns": "campaign",
    "crowd_by": "crowd_by",
}
"""Filter parts that are lists of values, and their names in links."""
PARAMETERS: Final = frozenset(
    {"q", "from", "to", "undated", *FACETS.values(), "near", "radius_km", "bbox", "area"}
    | {"crowd", "crowd_min", "crowd_max", "has_source"}
)
"""All names of parameters that belong to a filter."""
ONCE: Final = PARAMETERS - set(FACETS.values())
"""Parameters that may occur only once in a link."""

CHOICES: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "kind": (mark("“{value}” is not a kind of event; it is left out."), frozenset(Kind)),
    "status": (mark("“{value}” is not a life status; it is left out."), frozenset(EventStatus)),
    "attendance_mode": (
        mark("“{value}” is not a way to take part; it is left out."),
        frozenset(AttendanceMode),
    ),
    "date_precision": (mark("“{value}” is not a precision of dates; it is left out."), frozenset(DatePrecision)),
    "place_precision": (
        mark("“{value}” is not a precision of places; it is left out."),
        frozenset({*LocationPrecision, UNKNOWN}),
    ),
    # Translators: {value} is what a link says; it may say police, organisers, press, others, nobody.
    "crowd_by": (mark("“{value}” does not say who gives numbers of people; it is left out."), frozenset(CrowdGiver)),
}
# int() accepts more, such as 1_0.
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
_YES_NO: Final = {"yes": True, "no": False}
_KNOWN: Final = {"known": True, "none": False}
_NO_CHOICE: Final = {
    # Translators: known, none, yes and no are what a link may say; keep them.
    "crowd": mark("“crowd” is known or none; it is left out."),
    "has_source": mark("“has_source” is yes or no; it is left out."),
}
Parameters = Mapping[str, Sequence[str]]


def read_parts(parameters: Parameters, complaints: list[str]) -> dict[str, Any]:
    """Return the parts of a filter by name; add a sentence to `complaints` for each invalid value, which is dropped."""
    parts: dict[str, Any] = {}
    for facet, name in FACETS.items():
        given = [value.strip() for value in parameters.get(name, ()) if value.strip()]
        parts[facet] = tuple(_checked(name, given, complaints))
    return parts | {
        "text": _text(parameters, complaints),
        "period": _period(parameters, complaints),
        "undated": last_of(parameters, "undated") != "0",
        "near": _near(parameters, complaints),
        "bbox": _bbox(parameters, complaints),
        "area": _area(parameters, complaints),
        "crowd": _crowd(parameters, complaints),
        "crowd_known": _choice(parameters, "crowd", _KNOWN, complaints),
        "has_source": _choice(parameters, "has_source", _YES_NO, complaints),
    }


def write_parts(parts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the parameters that :func:`read_parts` reads; default values are left out."""
    parameters: dict[str, list[str]] = {"q": [parts["text"]]} if parts["text"] else {}
    if parts["period"] is not None:
        parameters["from"], parameters["to"] = ([day.isoformat()] for day in parts["period"])
    for facet, name in FACETS.items():
        if parts[facet]:
            parameters[name] = list(parts[facet])
    if not parts["undated"]:
        parameters["undated"] = ["0"]
    if parts["near"] is not None:
        lat, lon, radius_km = parts["near"]
        parameters |= {"near": [_join(lat, lon)], "radius_km": [_join(radius_km)]}
    if parts["bbox"] is not None:
        south, west, north, east = parts["bbox"]
        parameters["bbox"] = [_join(west, south, east, north)]
    if parts["area"]:
        parameters["area"] = [";".join(_join(lon, lat) for lat, lon in parts["area"])]
    if parts["crowd"] is not None:
        parameters |= {
            name: [str(limit)]
            for name, limit in zip(("crowd_min", "crowd_max"), parts["crowd"], strict=True)
            if limit is not None
        }
    for part, name, words in (("crowd_known", "crowd", _KNOWN), ("has_source", "has_source", _YES_NO)):
        if parts[part] is not None:
            parameters[name] = [word for word, value in words.items() if value is parts[part]]
    return parameters


def last_of(parameters: Parameters, name: str) -> str:
    """Return the last value of a parameter; "" if it is missing."""
    values = parameters.get(name, ())
    return values[-1].strip() if values else ""


def _join(*numbers: float) -> str:
    return ",".join(f"{number:.{DIGITS}f}".rstrip("0").rstrip(".") for number in numbers)


def _numbers(text: str, count: int) -> tuple[float, ...] | None:
    parts = text.split(",", count)
    if not all(map(_NUMBER.fullmatch, parts)):
        return None
    numbers = tuple(map(float, parts))
    return numbers if len(numbers) == count and all(map(math.isfinite, numbers)) else None


def _text(parameters: Parameters, complaints: list[str]) -> str:
    text = " ".join(last_of(parameters, "q").split())
    if len(text) > MAX_QUERY:
        complaints.append(
            trn(
                "“q” has more than {n} character; it is left out.",
                "“q” has more than {n} characters; it is left out.",
                MAX_QUERY,
            )
        )
        return ""
    return text


def _period(parameters: Parameters, complaints: list[str]) -> tuple[date, date] | None:
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        text = last_of(parameters, name)
        days[name] = read_day(text, is_last=name == "to")
        if text and days[name] is None:
            complaints.append(
                tr(
                    "“{text}” is not a day; write 2020-02-01, 2020-02 or 2020. The link's “{name}” is left out.",
                    text=text[:40],
                    name=name,
                )
            )
    if days["from"] is None and days["to"] is None:
        return None
    first, last = days["from"] or EARLIEST, days["to"] or LATEST
    if first > last:
        # Translators: from and to are what a link says; keep them.
        complaints.append(tr("“from” is later than “to”; the two days are swapped."))
        first, last = last, first
    return first, last


def read_day(text: str, *, is_last: bool) -> date | None:
    """Parse a day, or the first or last day of a month or year: "2020-02-01", "2020-02", "2020"; None if invalid."""
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        return None
    year, *rest = map(int, text.split("-"))
    month = rest[0] if rest else (12 if is_last else 1)
    try:
        latest = monthrange(year, month)[1]
        found = date(year, month, rest[1] if len(rest) == 2 else (latest if is_last else 1))
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _checked(name: str, given: Sequence[str], complaints: list[str]) -> Iterable[str]:
    if len(given) > MAX_VALUES:
        complaints.append(
            trn(
                "At most {n} value of “{name}” fits in one link; the others are left out.",
                "At most {n} values of “{name}” fit in one link; the others are left out.",
                MAX_VALUES,
                name=name,
            )
        )
    for value in given[:MAX_VALUES]:
        complaint, known = CHOICES.get(name, ("", frozenset()))
        if complaint and value.lower() not in known:
            complaints.append(tr(complaint, value=value[:40]))
        elif name == "country" and read_shown_country(value) is None:
            complaints.append(tr("“{value}” is not a country's two-letter code; it is left out.", value=value[:40]))
        elif name == "campaign" and not ID_PATTERN.fullmatch(value):
            complaints.append(tr("“{value}” is not the id of a campaign; it is left out.", value=value[:40]))
        elif len(value) > MAX_NAME:
            complaints.append(
                trn(
                    "A name in the link is longer than {n} character; it is left out.",
                    "A name in the link is longer than {n} characters; it is left out.",
                    MAX_NAME,
                )
            )
        else:
            read = value.lower() if complaint else value
            yield (read_shown_country(value) or value) if name == "country" else read


def _near(parameters: Parameters, complaints: list[str]) -> Circle | None:
    text, radius = last_of(parameters, "near"), last_of(parameters, "radius_km")
    if not text and not radius:
        return None
    point, reach = _numbers(text, 2), _numbers(radius, 1)
    if point is None or not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        complaints.append(tr("“near” is latitude,longitude in decimal degrees, such as 59.91,10.75; it is left out."))
    elif reach is None or not 0.001 <= reach[0] <= MAX_RADIUS_KM:
        complaints.append(tr("“near” needs “radius_km”, a number of kilometres from 0.001 to 20040; it is left out."))
    else:
        return point[0], point[1], reach[0]
    return None


def _bbox(parameters: Parameters, complaints: list[str]) -> Box | None:
    text = last_of(parameters, "bbox")
    if not text:
        return None
    numbers = _numbers(text, 4)
    if numbers is not None:
        west, south, east, north = numbers
        if -90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180:
            return south, west, north, east
    complaints.append(
        tr("“bbox” is west,south,east,north in decimal degrees, such as 4.1,57.9,31.2,71.2; it is left out.")
    )
    return None


def _area(parameters: Parameters, complaints: list[str]) -> Ring:
    text = last_of(parameters, "area")
    corners = [_numbers(corner, 2) for corner in text.split(";", MAX_CORNERS + 1)] if text else []
    ring = rounded_ring([(corner[1], corner[0]) for corner in corners if corner])
    if None not in corners and is_ring(ring):
        return ring
    if text:
        complaints.append(
            tr(
                "“area” has 3 to {n} corners, each longitude,latitude in decimal degrees and joined by “;”, "
                "such as 10.6,59.8;10.9,59.8;10.9,60; it is left out.",
                n=digits(MAX_CORNERS),
            )
        )
    return ()


def _crowd(parameters: Parameters, complaints: list[str]) -> tuple[int | None, int | None] | None:
    limits: list[int | None] = []
    for name in ("crowd_min", "crowd_max"):
        text = last_of(parameters, name)
        is_number = text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) <= MAX_PEOPLE
        if text and not is_number:
            limit = digits(str(MAX_PEOPLE))
            said = tr("“{name}” is a whole number of people from 0 to {most}; it is left out.", name=name, most=limit)
            complaints.append(said)
        limits.append(int(text) if text and is_number else None)
    least, most = limits
    if least is not None and most is not None and least > most:
        complaints.append(tr("“crowd_min” is above “crowd_max”; it is left out."))
        return None, most
    return None if least is None and most is None else (least, most)


def _choice(parameters: Parameters, name: str, words: Mapping[str, bool], complaints: list[str]) -> bool | None:
    text = last_of(parameters, name)
    if text and text not in words:
        complaints.append(tr(_NO_CHOICE[name]))
    return words.get(text)
