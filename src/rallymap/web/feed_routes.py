"""Feeds for a filter: a calendar to subscribe to, and the latest changes as Atom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.exports.atom import ATOM
from rallymap.exports.atom_feed import write_atom
from rallymap.exports.calendar_file import join_entries
from rallymap.exports.formats import FORMATS
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.reader_language import in_language
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers, without_view
from rallymap.workflows.calendars import CalendarEntries
from rallymap.workflows.exports import describe_export, latest_changes
from rallymap.workflows.services import Services

IN_CALENDAR: Final = 1_000
"""Maximum number of events in a calendar feed; those with the latest days are kept."""
IN_FEED: Final = 50
Asked = tuple[Listing, str]


def feed_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the routes below ``/feeds/``; they take the filter parameters of Explore and the API.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """
    answers, entries = SnapshotAnswers(services), CalendarEntries()

    def calendar(request: Request) -> Response:
        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            (listing, address), shared = asked, services()
            now = shared.now()
            rows = listing.rows(snapshot)
            dated = rows[rows >= snapshot.columns.undated]
            provenance = describe_export(shared.settings, address, snapshot, listing, now)
            kept = entries.of_rows(shared.db, snapshot, dated[-IN_CALENDAR:], provenance, now)
            return b"".join(join_entries(kept, provenance))

        return _send(request, answer, FORMATS["ics"].media_type)

    def atom(request: Request) -> Response:
        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            (listing, address), shared = asked, services()
            now = shared.now()
            provenance = describe_export(shared.settings, address, snapshot, listing, now)
            changed = latest_changes(shared.db, snapshot, listing, now, limit=IN_FEED)
            said, spoken = (_query(one) for one in (listing.to_query_params(), in_language(listing.to_query_params())))
            return write_atom(
                changed,
                provenance,
                query=said,
                ids_at=shared.settings.address or address,
                address=f"{address}feeds/events.atom{spoken}",
                page=f"{address}{spoken}",
            )

        return _send(request, answer, ATOM)

    def _send(request: Request, answer: Callable[[Snapshot, Asked], bytes], media_type: str) -> Response:
        def read(parameters: dict[str, list[str]]) -> Asked:
            return Listing.from_query_params(without_view(parameters)), site_address(request, services().settings)

        return answers.send(request, read, answer, media_type, by_day=True, headers=OPEN_HEADERS)

    return [Route("/feeds/events.ics", calendar), Route("/feeds/events.atom", atom)]


def _query(parameters: Mapping[str, list[str]]) -> str:
    return f"?{urlencode(parameters, doseq=True)}" if parameters else ""
