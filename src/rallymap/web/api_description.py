"""The OpenAPI 3.1 description of the API, and its route."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap import __version__
from rallymap.errors import RallymapError
from rallymap.exports.references import REFERENCE_FORMATS
from rallymap.licences import Licence
from rallymap.trends.compared_sides import FIGURES as COMPARED
from rallymap.trends.compared_sides import SUBJECTS
from rallymap.trends.over_time import UNITS
from rallymap.trends.request import FACET_OF, FIGURES
from rallymap.web.api_parameters import Json, deleted_parameters, filter_parameters, page_parameters
from rallymap.web.assets import OPEN_TO_FRAMES
from rallymap.web.citation_routes import PAGES
from rallymap.web.entity_tags import is_not_modified
from rallymap.web.export_routes import MEDIA_TYPES as EXPORT_TYPES
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import refusal
from rallymap.workflows.services import Services

_TEXT: Final[Json] = {"type": "string"}
_ANY_TEXT: Final[Json] = {"type": ["string", "null"]}
_NUMBER: Final[Json] = {"type": ["integer", "null"]}
_TEXTS: Final[Json] = {"type": "array", "items": _TEXT}

_LANGUAGE: Final[Json] = {
    "name": "lang",
    "in": "query",
    "description": "Language of the words of the answer, such as “de” (BCP 47); names and values stay as they are.",
    "schema": _TEXT,
}
_SIDES: Final = ("left", "right")
_SIDE: Final = "One side: a value, such as a community; of periods two days, such as 2019-01-01/2019-12-31."


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _with(schema: Json, **optional: Json) -> Json:
    """Return an object schema with additional optional properties."""
    return schema | {"properties": schema["properties"] | optional}


_SAID: Final = dict.fromkeys(("title", "license", "citation", "selection", "version", "exported"), _TEXT)
_OF_OPERATOR: Final = dict.fromkeys(("rights", "publisher", "contact"), _TEXT)
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_FIGURES: Final[Json] = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Figure"}}
SCHEMAS: Final[dict[str, Json]] = {
    "Location": _object(
        lat={"type": "number", "minimum": -90, "maximum": 90},
        lon={"type": "number", "minimum": -180, "maximum": 180},
        precision=_TEXT,
        radius_m={"type": "number", "description": "The event was within this distance of the point, metres."},
        confidence={"type": "number", "minimum": 0, "maximum": 1},
        method=_TEXT | {"description": "“withheld”: the exact place is not public yet."},
        name=_TEXT,
        region=_TEXT,
        country=_ANY_TEXT,
    ),
    "Waypoint": _object(
        text=_TEXT,
        lat={"type": ["number", "null"]},
        lon={"type": ["number", "null"]},
        precision=_ANY_TEXT,
        radius_m={"type": ["number", "null"]},
        confidence={"type": ["number", "null"]},
        method=_ANY_TEXT,
        name=_ANY_TEXT,
        region=_ANY_TEXT,
        country=_ANY_TEXT,
    ),
    "Claim": _object(kind=_TEXT, text=_TEXT, by=_TEXT, source=_NUMBER),
    "Crowd": _object(
        low=_NUMBER,
        high=_NUMBER,
        words=_TEXT,
        by=_TEXT,
        source=_NUMBER,
        expected={"type": "boolean", "description": "Expected before the event, and no turnout."},
    ),
    "Source": _object(title=_TEXT, publisher=_TEXT, published=_ANY_TEXT, url=_ANY_TEXT, archived_url=_ANY_TEXT),
    "Translation": _object(language=_TEXT, title=_TEXT, about=_TEXT),
    "Event": _object(
        id=_TEXT,
        url=_ANY_TEXT,
        title=_TEXT,
        kind=_TEXT,
        status=_TEXT,
        attendance_mode=_TEXT | {"description": "in_person, online or hybrid."},
        date=_ANY_TEXT | {"description": "EDTF; null where no source gives it."},
        date_precision=_TEXT,
        start=_ANY_TEXT,
        end=_ANY_TEXT,
        start_time=_ANY_TEXT,
        end_time=_ANY_TEXT,
        time_zone=_ANY_TEXT,
        place=_TEXT,
        venue=_TEXT,
        country=_ANY_TEXT,
        location={"anyOf": [{"$ref": "#/components/schemas/Location"}, {"type": "null"}]},
        route=_list_of("Waypoint"),
        organisers=_TEXTS,
        communities=_TEXTS,
        about=_TEXT,
        language=_ANY_TEXT | {"description": "Of title and about as first written (BCP 47); null where not known."},
        translations=_list_of("Translation"),
        topics=_TEXTS,
        claims=_list_of("Claim"),
        crowd=_list_of("Crowd"),
        sources=_list_of("Source"),
        reported_by_organiser={"type": "boolean"},
        campaign={"type": ["object", "null"], "properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
        revision={"type": "integer", "minimum": 1},
    ),
    "OneEvent": {
        "allOf": [
            {"$ref": "#/components/schemas/Event"},
            _object(**{name: _SAID[name] for name in ("license", "version", "exported")}),
        ]
    },
    "EventList": _with(_object(**_SAID, total=_COUNT, next=_ANY_TEXT, events=_list_of("Event")), **_OF_OPERATOR),
    "Figure": _object(
        columns=_TEXTS,
        rows={"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "null"]}}},
        says=_TEXT | {"description": "What the figure shows, in one sentence."},
        leaves_out=_TEXT | {"description": "What is in no row; “” for nothing."},
    ),
    "Stats": _with(
        _object(**_SAID, total=_COUNT, undated=_COUNT, undated_left_out=_COUNT, figures=_FIGURES), **_OF_OPERATOR
    ),
    "Comparison": _with(
        _object(**_SAID, by=_TEXT, left=_TEXT, right=_TEXT, warnings=_TEXTS, figures=_FIGURES), **_OF_OPERATOR
    ),
    "Deleted": _object(
        deleted={
            "type": "array",
            "items": _object(id=_TEXT, at=_TEXT | {"format": "date-time"}),
        },
        next=_ANY_TEXT,
        version=_TEXT,
    ),
    "Error": _object(error=_TEXT | {"description": "What is wrong and what is accepted, in one sentence."}),
}


def describe_api(site: str, address: str, licence: Licence) -> Json:
    """Return the description as JSON values.

    Parameters
    ----------
    address
        URL of the site, with a trailing slash.
    """
    where = filter_parameters()
    event_id = {"name": "event_id", "in": "path", "required": True, "schema": _TEXT | {"minLength": 1}}
    ending = {"name": "ending", "in": "path", "required": True, "schema": {"enum": list(EXPORT_TYPES)}}
    bom = _choice("bom", ("0", "1"), "1: a CSV file begins with the mark by which Excel recognises UTF-8.")
    listed = _json("EventList") | {"application/geo+json": {}}
    counting = [
        _choice("by", FIGURES, "Figures; all without it.", repeat=True),
        _choice("unit", UNITS, "Of the figure over time."),
        _choice("split", tuple(FACET_OF), "What the figure over time is split by."),
        _choice("format", ("json", "csv"), "CSV holds one figure."),
    ]
    comparing = [
        _choice("by", SUBJECTS, "What is compared.") | {"required": True},
        *({"name": side, "in": "query", "description": _SIDE, "required": True, "schema": _TEXT} for side in _SIDES),
        _choice("figure", COMPARED, "The difference by city (of cities: by community), or over time; both without it."),
        _choice("format", ("json", "csv"), "CSV holds one figure."),
    ]
    as_geojson = _choice("format", ("json", "geojson"), "GeoJSON is a FeatureCollection.")
    cited_page = _choice("page", PAGES[1:], "The page whose link is cited; Explore without it.")
    file_types = _file(*EXPORT_TYPES.values())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site}: public events",
            "version": __version__,
            "description": "Public rallies of diasporas with their sources. No key, no account, no log of visitors.",
            "license": {"name": licence.name, "url": licence.url},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {
            "/api/v1/events": _get(
                "List events, newest first, undated ones last.", [*where, *page_parameters(), as_geojson], listed
            ),
            "/api/v1/events/{event_id}": _get("Give one event.", [event_id], _json("OneEvent"), unknown=True),
            "/api/v1/deleted": _get(
                "List the ids of events that were public and are gone, in the order in which they went.",
                deleted_parameters(),
                _json("Deleted"),
            ),
            "/api/v1/stats": _get("Count events.", [*where, *counting], _json("Stats") | {"text/csv": {}}),
            "/api/v1/compare": _get(
                "Compare two sides, by events in 100 days.",
                [*where, *comparing],
                _json("Comparison") | {"text/csv": {}},
            ),
            "/feeds/events.ics": _get("Give a calendar to subscribe to.", where, {"text/calendar": {}}),
            "/feeds/events.atom": _get("Give the latest changes.", where, {"application/atom+xml": {}}),
            **{
                f"/export/citation.{name}": _get(
                    "Give a citation of the events of a filter for reference managers.",
                    [*where, cited_page],
                    _file(media_type),
                )
                for name, (_, media_type, _) in REFERENCE_FORMATS.items()
            },
            **{
                f"/events/{{event_id}}.{name}": _get(
                    "Give a citation of an event for reference managers.", [event_id], _file(media_type), unknown=True
                )
                for name, (_, media_type, _) in REFERENCE_FORMATS.items()
            },
            "/export/events.{ending}": _get(
                "Give a file of all events of a filter.", [ending, *where, bom], file_types, unknown=True, busy=True
            ),
        },
        "components": {"schemas": SCHEMAS},
    }


def api_description_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/openapi.json``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """

    def describe(request: Request) -> Response:
        try:
            settings = services().settings
        except RallymapError as err:
            return refusal(err, 503)
        body = orjson.dumps(describe_api(settings.site_name, site_address(request, settings), settings.licence))
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = OPEN_TO_FRAMES | {"ETag": etag, "Cache-Control": "no-cache"}
        if is_not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    return [Route("/api/v1/openapi.json", describe)]


def _get(summary: str, parameters: Sequence[Json], content: Json, *, unknown: bool = False, busy: bool = False) -> Json:
    """Return a path item with a single operation.

    Parameters
    ----------
    unknown
        Whether the operation can answer 404.
    busy
        Whether the operation can answer 503 with a time to retry.
    """
    headers = {"ETag": {"description": "Send it in If-None-Match to be answered 304.", "schema": _TEXT}}
    answers: Json = {
        "200": {"description": "The answer.", "headers": headers, "content": content},
        "304": {"description": "What you have is up to date."},
        "400": {"description": "A parameter cannot be used.", "content": _json("Error")},
        "503": {"description": "Not ready. Try again later.", "content": _json("Error")},
    }
    if unknown:
        answers["404"] = {"description": "There is none.", "content": _json("Error")}
        answers["500"] = {"description": "What is stored of it is damaged.", "content": _json("Error")}
    if busy:
        answers["503"] = {"description": "Not ready, or too many at once. Try again later.", "content": _json("Error")}
    return {"get": {"summary": summary, "parameters": [*parameters, _LANGUAGE], "responses": answers}}


def _file(*media_types: str) -> Json:
    return {media_type.partition(";")[0]: {} for media_type in media_types}


def _json(schema: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _choice(name: str, values: Sequence[str], meaning: str, *, repeat: bool = False) -> Json:
    schema: Json = {"type": "string", "enum": list(values)}
    if repeat:
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "description": meaning, "schema": schema}
