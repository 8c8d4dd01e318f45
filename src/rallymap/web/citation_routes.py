"""Citations for reference managers: of an event's page, and of the events of a filter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.events import ID_PATTERN
from rallymap.exports.references import REFERENCE_FORMATS, reference_of_event, reference_of_selection
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_event
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers, without_view
from rallymap.workflows.exports import describe_export, moment_of
from rallymap.workflows.services import Services

PAGES: Final = ("", "trends", "compare")
"""Paths of the pages that show the events of a filter; "" is Explore."""


def citation_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the routes ``/events/ID.bib`` and ``/export/citation.bib``, and those of the other formats.

    The second takes the parameters of a link to Explore, and `page` for a link to another page.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name and URL.
    """
    answers = SnapshotAnswers(services)

    def of_event(ending: str, request: Request) -> Response:
        event_id = request.path_params["event_id"]
        # An id from a URL only goes into a header if it has the form of our ids.
        name = event_id if ID_PATTERN.fullmatch(event_id) else "event"
        _, media_type, write = REFERENCE_FORMATS[ending]

        def answer(snapshot: Snapshot, address: str) -> bytes:
            shared = services()
            now = shared.now()
            event = shared.db.read(get_public_event, event_id, moment_of(snapshot, now))
            provenance = describe_export(settings, address, snapshot, Listing(), now)
            return write(reference_of_event(event, provenance))

        return answers.send(
            request,
            lambda _parameters: site_address(request, settings),
            answer,
            media_type,
            by_day=True,
            headers=_headers(f"{name}.{ending}"),
        )

    def of_selection(ending: str, request: Request) -> Response:
        _, media_type, write = REFERENCE_FORMATS[ending]

        def read(parameters: dict[str, list[str]]) -> tuple[Listing, str, str]:
            page = parameters.pop("page", [""])[-1]
            if page not in PAGES:
                raise ListingRequestError(f"“page” is one of: {', '.join(PAGES[1:])}; without it, Explore is cited.")
            listing = Listing.from_query_params(without_view(parameters))
            query = urlencode(parameters, doseq=True, quote_via=quote)
            return listing, site_address(request, settings), f"{page}?{query}" if query else page

        def answer(snapshot: Snapshot, asked: tuple[Listing, str, str]) -> bytes:
            listing, address, page = asked
            provenance = describe_export(settings, address, snapshot, listing, services().now())
            return write(reference_of_selection(provenance, address=f"{address}{page}"))

        return answers.send(request, read, answer, media_type, by_day=True, headers=_headers(f"citation.{ending}"))

    return [
        *(Route(f"/events/{{event_id}}.{ending}", partial(of_event, ending)) for ending in REFERENCE_FORMATS),
        *(Route(f"/export/citation.{ending}", partial(of_selection, ending)) for ending in REFERENCE_FORMATS),
    ]


def _headers(name: str) -> dict[str, str]:
    return OPEN_HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
