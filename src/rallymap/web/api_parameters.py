"""Meaning and accepted values of each API parameter, for the API's description."""

from __future__ import annotations

from typing import Any, Final

from rallymap.countries import country_names
from rallymap.dates import DatePrecision
from rallymap.events import ID_PATTERN, MAX_PEOPLE, AttendanceMode, CrowdGiver, EventStatus, Kind, LocationPrecision
from rallymap.query.areas import MAX_CORNERS, MAX_RADIUS_KM
from rallymap.query.filter_links import FACETS, MAX_QUERY, MAX_VALUES, PARAMETERS, UNKNOWN
from rallymap.query.listing import MOST_PER_PAGE, PAGE_NAMES, USUAL_PER_PAGE

Json = dict[str, Any]
_NUMBER: Final = r"-?\d{1,3}(\.\d+)?"
_TEXT: Final[Json] = {"type": "string"}
_NAME: Final[Json] = _TEXT | {"minLength": 1, "pattern": r"\S"}
_DAY: Final[Json] = {"type": "string", "format": "date"}
_PERIOD: Final[Json] = {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}


def _one_of(*values: str) -> Json:
    return {"type": "string", "enum": list(values)}


MEANINGS: Final[dict[str, tuple[str, Json]]] = {
    "q": ("Words that all must be in an event; a phrase in quotation marks.", _TEXT | {"maxLength": MAX_QUERY}),
    "from": (
        "First day, month or year (2020-02); events that overlap the period match. Undated events then never match.",
        _PERIOD,
    ),
    "to": ("Last day, month or year, inclusive.", _PERIOD),
    "undated": ("0: only events with a known date.", _one_of("0", "1")),
    "kind": ("Kind of event.", _one_of(*(kind.value for kind in Kind))),
    "status": ("Life status.", _one_of(*(status.value for status in EventStatus))),
    "attendance_mode": (
        "How people take part; hybrid: in person and online.",
        _one_of(*(mode.value for mode in AttendanceMode)),
    ),
    "country": ("Country, ISO 3166-1 alpha-2.", _one_of(*sorted(country_names()))),
    "city": ("City: “Oslo, NO”, or “Oslo” for every city of the name.", _NAME),
    "community": ("Whose diaspora gathered.", _NAME),
    "organiser": ("Name of an organiser as the sources write it.", _NAME),
    "topic": ("Keyword.", _NAME),
    "publisher": ("Publisher of a source.", _NAME),
    "date_precision": ("How exactly the date is known.", _one_of(*(one.value for one in DatePrecision))),
    "place_precision": (
        "How exactly the place is known; “unknown”: no place.",
        _one_of(*(one.value for one in LocationPrecision), UNKNOWN),
    ),
    "campaign": ("Id of a campaign, as events have it.", _TEXT | {"pattern": f"^{ID_PATTERN.pattern}$"}),
    "crowd_by": (
        "Who gives a number of people; press: a publisher of a source, nobody: not said.",
        _one_of(*(giver.value for giver in CrowdGiver)),
    ),
    "near": (
        "Latitude,longitude in decimal degrees; needs radius_km.",
        _TEXT | {"pattern": f"^{_NUMBER},{_NUMBER}$"},
    ),
    "radius_km": (
        "Distance from the point of near, km.",
        {"type": "number", "exclusiveMinimum": 0, "maximum": MAX_RADIUS_KM},
    ),
    "bbox": (
        "West,south,east,north in decimal degrees; west above east crosses the antimeridian.",
        _TEXT | {"pattern": f"^{_NUMBER}(,{_NUMBER}){{3}}$"},
    ),
    "area": (f"Corners of an area, 3 to {MAX_CORNERS}: longitude,latitude joined by semicolons.", _TEXT),
    "crowd": ("Whether there is an estimate in numbers.", _one_of("known", "none")),
    "crowd_min": (
        "Fewest people: the highest estimate is at least this; “more than 300” counts as 300.",
        {"type": "integer", "minimum": 0, "maximum": MAX_PEOPLE},
    ),
    "crowd_max": (
        "Most people: the lowest estimate is at most this; “up to 300” counts as 300.",
        {"type": "integer", "minimum": 0, "maximum": MAX_PEOPLE},
    ),
    "has_source": ("Whether there is a source besides its organiser.", _one_of("yes", "no")),
    "limit": (
        "Events on a page.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": USUAL_PER_PAGE},
    ),
    "cursor": ("Where to go on; part of the “next” of an answer.", _TEXT | {"pattern": r"^-?\d{1,10}\.-?\d{1,20}$"}),
    "updated_since": (
        "The “version” of an earlier answer: events published, changed or disclosed since.",
        _TEXT | {"pattern": r"^\d{1,18}(-\d{1,12})?$"},
    ),
}
"""Meaning and JSON schema of one value, for each filter and page parameter."""


def filter_parameters() -> list[Json]:
    """Return the filter parameters as OpenAPI objects."""
    return [_parameter(name) for name in MEANINGS if name in PARAMETERS]


def page_parameters() -> list[Json]:
    """Return the paging parameters as OpenAPI objects."""
    return [_parameter(name) for name in MEANINGS if name in PAGE_NAMES]


def deleted_parameters() -> list[Json]:
    """Return the parameters of the list of deleted events as OpenAPI objects."""
    since = {"name": "since", "in": "query", "description": "First day, in UTC.", "schema": _DAY}
    cursor = _TEXT | {"pattern": r"^\d{1,17}\.\S+$"}
    return [
        since,
        {"name": "cursor", "in": "query", "description": "Part of the “next” of an answer.", "schema": cursor},
    ]


def _parameter(name: str) -> Json:
    meaning, schema = MEANINGS[name]
    if name not in FACETS.values():
        return {"name": name, "in": "query", "description": meaning, "schema": schema}
    return {
        "name": name,
        "in": "query",
        "description": f"{meaning} Can be repeated.",
        "explode": True,
        "schema": {"type": "array", "items": schema, "maxItems": MAX_VALUES},
    }
