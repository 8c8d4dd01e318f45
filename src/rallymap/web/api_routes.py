"""The API: public events as JSON or GeoJSON, page by page, without a session."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.exports.formats import FORMATS
from rallymap.exports.geojson_file import feature_of
from rallymap.exports.record import event_record
from rallymap.query.listing import Listing, PageRequest
from rallymap.query.snapshot import Snapshot
from rallymap.store.events import get_public_event, get_public_events, list_disclosed_ids
from rallymap.web.reader_language import in_language
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.workflows.exports import describe_export, moment_of, read_rows
from rallymap.workflows.services import Services

MEDIA_TYPES: Final = {"json": "application/json", "geojson": FORMATS["geojson"].media_type}
OPEN_HEADERS: Final = {"Access-Control-Expose-Headers": "Content-Disposition, ETag, Link"}
Asked = tuple[PageRequest, str, str]


def api_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the routes below ``/api/``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """
    api = _Api(services)
    return [Route("/api/v1/events", api.events), Route("/api/v1/events/{event_id}", api.event)]


class _Api:
    """The endpoints; as plain functions, Starlette runs each in a thread."""

    def __init__(self, services: Callable[[], Services]) -> None:
        self._services = services
        self._answers = SnapshotAnswers(services)

    def events(self, request: Request) -> Response:
        """List events, newest first; ``format=geojson`` gives a FeatureCollection."""
        wanted = "geojson" if request.query_params.get("format") == "geojson" else "json"

        def read(parameters: dict[str, list[str]]) -> Asked:
            chosen = parameters.pop("format", ["json"])
            if chosen not in ([name] for name in MEDIA_TYPES):
                raise ListingRequestError(f"“format” is one of {', '.join(MEDIA_TYPES)}.")
            asked = PageRequest.from_query_params(parameters)
            return asked, chosen[0], site_address(request, self._services().settings)

        return self._answers.send(request, read, self._page, MEDIA_TYPES[wanted], by_day=True, headers=OPEN_HEADERS)

    def _page(self, snapshot: Snapshot, asked: Asked) -> bytes:
        page, chosen, address = asked
        services = self._services()
        now = services.now()
        _require_own_version(page, snapshot, services)
        disclosed: list[str] = []
        if page.changed_since is not None and math.isfinite(page.changed_since[1]):
            disclosed = services.db.read(list_disclosed_ids, page.changed_since[1], moment_of(snapshot, now))
        rows, following, total = page.page(snapshot, disclosed)
        provenance = describe_export(services.settings, address, snapshot, page.listing, now)
        events = read_rows(services.db, snapshot, rows, now, get_public_events)
        body: dict[str, Any] = {"type": "FeatureCollection"} if chosen == "geojson" else {}
        body |= provenance.as_json() | {"total": total, "next": _next(address, page, chosen, following)}
        if chosen == "geojson":
            body["features"] = [feature_of(event, provenance) for event in events]
        else:
            body["events"] = [event_record(event, provenance) for event in events]
        return orjson.dumps(body)

    def event(self, request: Request) -> Response:
        """Return one event; for a merged event, the one that it was merged into."""

        def read(parameters: dict[str, list[str]]) -> tuple[str, str]:
            if parameters:
                raise ListingRequestError(f"“{min(parameters)[:40]}” is not a parameter here; there are none.")
            return request.path_params["event_id"], site_address(request, self._services().settings)

        def answer(snapshot: Snapshot, asked: tuple[str, str]) -> bytes:
            services, (event_id, address) = self._services(), asked
            now = services.now()
            event = services.db.read(get_public_event, event_id, moment_of(snapshot, now))
            provenance = describe_export(services.settings, address, snapshot, Listing(), now)
            said = provenance.as_json()
            return orjson.dumps(
                event_record(event, provenance) | {name: said[name] for name in ("license", "version", "exported")}
            )

        return self._answers.send(request, read, answer, MEDIA_TYPES["json"], by_day=True, headers=OPEN_HEADERS)


def _require_own_version(page: PageRequest, snapshot: Snapshot, services: Services) -> None:
    """Reject a version newer than the site's: after a restore, a copy may have events that the site lost.

    Raises
    ------
    ListingRequestError
        With instructions.
    """
    since = page.changed_since
    # Another process may already have published the newer version, so ask the database too.
    if since is not None and since[0] > snapshot.dataset_version and since[0] > services.db.dataset_version():
        raise ListingRequestError(
            "“updated_since” is later than the version of this site, which may have been restored from a backup: "
            "take all events again."
        )


def _next(address: str, page: PageRequest, chosen: str, cursor: str) -> str | None:
    """Return the URL of the next page, or None for the last."""
    if not cursor:
        return None
    parameters = page.to_query_params() | {"cursor": [cursor]}
    if chosen != "json":
        parameters["format"] = [chosen]
    return f"{address}api/v1/events?{urlencode(in_language(parameters), doseq=True)}"
