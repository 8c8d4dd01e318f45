"""Downloads: the public events of a filter in every format, streamed."""

from __future__ import annotations

import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from typing import Any, Final

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from rallymap.errors import ListingRequestError, MapRequestError, RallymapError
from rallymap.exports.csv_file import write_csv
from rallymap.exports.formats import FORMATS
from rallymap.exports.xlsx_file import MOST_ROWS
from rallymap.language import mark, number, tr
from rallymap.networks import THIS_MACHINE, network_of
from rallymap.query.listing import Listing
from rallymap.settings import Settings
from rallymap.views.single_file import MOST_EVENTS
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.assets import OPEN_TO_FRAMES
from rallymap.web.encodings import choose_encoding
from rallymap.web.entity_tags import is_not_modified, matches_tag, state_of, tag_of
from rallymap.web.refusals import refused
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import NO_RANGES, read_query, without_view
from rallymap.workflows.exports import describe_export, export_as
from rallymap.workflows.services import Services
from rallymap.workflows.single_file import export_single_file

MAX_CONCURRENT: Final = 4
"""Maximum number of concurrent exports; each occupies a thread and part of a processor."""
OF_NETWORK: Final = 2
"""Maximum per network: slow readers must not block all others."""
LONGEST_S: Final = 3_600.0
"""An export that the client has not read by then is cut off."""
SINGLE_FILE: Final = "html"
"""File extension of the map in one file."""
MEDIA_TYPES: Final = {ending: one.media_type for ending, one in FORMATS.items()} | {
    SINGLE_FILE: "text/html; charset=utf-8"
}
MOST_IN: Final = {SINGLE_FILE: MOST_EVENTS, "xlsx": MOST_ROWS}
"""Maximum number of events in these formats; the others have no limit."""
BUSY: Final = mark("Too many exports are being made just now. Please try again in a minute.")


def export_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the route ``/export/events.ENDING``; it takes the filter parameters of Explore and the API.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name.
    """
    places = ExportPlaces()

    def refuse(request: Request, error: str, status: int) -> Response:
        title = tr("This did not work")
        return refused(request, site=settings.site_name, title=title, error=error, status_code=status)

    # Starlette runs a plain function in a thread: reading the database blocks.
    def export(request: Request) -> Response:
        ending = request.path_params["ending"]
        if ending not in MEDIA_TYPES:
            known = ", ".join(MEDIA_TYPES)
            return refuse(request, f"There is no such format; there are: {known}.", 404)
        try:
            parameters = read_query(request)
            bom = _bom(parameters.pop("bom", ["0"]))
            listing = Listing.from_query_params(without_view(parameters))
        except (ListingRequestError, MapRequestError) as err:
            return refuse(request, err.user_message, 400)
        try:
            shared = services()
            snapshot, now = shared.keeper.current(), shared.now()
            made_from = [shared.context] * (ending == SINGLE_FILE)
            etag = tag_of(request, state_of(shared.settings, snapshot, now.date(), *made_from))
        except RallymapError as err:
            return refuse(request, err.user_message, 503)
        headers = (
            OPEN_TO_FRAMES
            | OPEN_HEADERS
            | NO_RANGES
            | {
                "ETag": etag,
                "Cache-Control": "no-cache",
                "Vary": "Accept-Encoding",
                "Content-Disposition": f'attachment; filename="events-{snapshot.version}.{ending}"',
                "Link": f'<{shared.settings.licence.url}>; rel="license"',
            }
        )
        if matches_tag(request, etag):
            return Response(status_code=304, headers=headers)
        most = MOST_IN.get(ending)
        if most is not None and len(listing.rows(snapshot)) > most:
            sentence = tr("This format holds at most {n} events; choose CSV, or narrow the filter.", n=number(most))
            return refuse(request, sentence, 400)
        if is_not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            # The answer to HEAD would claim zero bytes; the real length is only known after writing.
            return StreamingResponse(iter(()), media_type=MEDIA_TYPES[ending], headers=headers)
        provenance = describe_export(shared.settings, site_address(request, shared.settings), snapshot, listing, now)
        if ending == SINGLE_FILE:
            pieces = export_single_file(shared.db, snapshot, listing, now, provenance, shared.context)
        else:
            form = FORMATS[ending]
            write = partial(write_csv, bom=True) if bom and ending == "csv" else form.write
            pieces = write(export_as(form, shared.db, snapshot, listing, now), provenance)
        # These are compressed already.
        accepted = request.headers.get("accept-encoding", "")
        if ending not in ("xlsx", "zip", "parquet") and choose_encoding(accepted, ("gzip",)):
            headers["Content-Encoding"] = "gzip"
            pieces = _packed(pieces)
        network = network_of(request.client.host if request.client else "")
        network = "" if network in THIS_MACHINE else network  # a proxy that hides its visitors
        if not places.acquire(network):
            answer = refuse(request, tr(BUSY), 503)
            answer.headers["retry-after"] = "60"
            return answer
        try:
            with ExitStack() as held:
                held.callback(places.release, network)
                pieces = begun(pieces)
                held.pop_all()
        except RallymapError as err:
            return refuse(request, err.user_message, 503)
        return HeldResponse(pieces, lambda: places.release(network), media_type=MEDIA_TYPES[ending], headers=headers)

    return [Route("/export/events.{ending}", export)]


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Produce the first two chunks of a file, and return all chunks; in some formats the first has no event.

    Errors up to then, such as an unavailable database, become an error response. Later errors can only cut the file
    off.
    """
    return chain(list(islice(pieces, 2)), pieces)


def _bom(values: list[str]) -> bool:
    if values not in (["0"], ["1"]):
        raise ListingRequestError("“bom” is 0 or 1.")
    return values == ["1"]


class ExportPlaces:
    """The slots for concurrent exports; thread-safe."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._lock = threading.Lock()

    def acquire(self, network: str) -> bool:
        """Take a slot for a network ("" if unknown); return False if none is free for it."""
        with self._lock:
            if self._taken.total() >= MAX_CONCURRENT or (network and self._taken[network] >= OF_NETWORK):
                return False
            self._taken[network] += 1
            return True

    def release(self, network: str) -> None:
        """Free a slot."""
        with self._lock:
            self._taken[network] -= 1
            if not self._taken[network]:
                del self._taken[network]


class HeldResponse(StreamingResponse):
    """Streams a file and frees its slot once, even if the client disconnects."""

    def __init__(self, pieces: Iterator[bytes], release: Callable[[], None], **options: Any) -> None:
        super().__init__(pieces, **options)
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, for an hour at most."""
        try:
            with anyio.move_on_after(LONGEST_S):
                await super().__call__(scope, receive, send)
        finally:
            self._release()


def _packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, wbits=31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()
