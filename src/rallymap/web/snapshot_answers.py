"""Answers made from the snapshot in memory: an ETag of its version, compression, and one sentence for a bad request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs

import orjson
from starlette.requests import Request
from starlette.responses import Response

from rallymap.assets import asset_version
from rallymap.errors import EventNotFoundError, ListingRequestError, MapRequestError, RallymapError
from rallymap.language import current_language
from rallymap.query.snapshot import Snapshot
from rallymap.web.answer_cache import AnswerCache
from rallymap.web.assets import OPEN_TO_FRAMES
from rallymap.web.encodings import choose_encoding, pack
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.reader_language import COOKIE as LANGUAGE
from rallymap.workflows.services import Services

MAX_QUERY: Final = 8_000
"""Bytes of a query string."""
PACKING_QUALITY: Final = 5
OF_VIEW: Final = frozenset(
    {"event", "list", "sort", "at", "layer", "colour", "unit", "split", "happening", "by", "left", "right"}
)
"""Parameters of links to Explore, Trends and Compare that say how events are shown, and not which."""
T = TypeVar("T", bound=Hashable)


class SnapshotAnswers:
    """Sends answers that hold for one version of the public data; equal requests share the work.

    Parameters
    ----------
    services
        Gives what the process shares, or raises a RallymapError while it cannot be opened.
    """

    def __init__(self, services: Callable[[], Services]) -> None:
        self._services = services
        self._cache = AnswerCache()

    def send(
        self,
        request: Request,
        read: Callable[[dict[str, list[str]]], T],
        answer: Callable[[Snapshot, T], bytes],
        media_type: str,
        *,
        by_day: bool = False,
        headers: Mapping[str, str] | None = None,
        refuse: Callable[[RallymapError, int], Response] | None = None,
    ) -> Response:
        """Answer a request: 200, 304 for a known ETag, 400 for a bad request, 404 for an unknown event, or 503.

        Parameters
        ----------
        read
            Reads the parameters, or raises MapRequestError or ListingRequestError.
        answer
            Makes the body; called once for equal requests of one version. Raises EventNotFoundError for 404, or
            ListingRequestError for 400.
        by_day
            Whether the answer names the day, so that it holds for this day only.
        headers
            Further headers of an answer.
        refuse
            Makes the answer of an error, with the status; JSON where left out.
        """
        refuse = refuse or refusal
        try:
            asked = read(read_query(request))
        except (MapRequestError, ListingRequestError) as err:
            return refuse(err, 400)
        except RallymapError as err:
            return refuse(err, 503)
        try:
            salt = self._services().now().date().isoformat() if by_day else ""
            snapshot = self._services().keeper.current()
            etag = etag_of(snapshot, salt)
            sent = OPEN_TO_FRAMES | {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
            sent |= dict(headers or {})
            encoding = choose_encoding(request.headers.get("accept-encoding", ""))
            key = (request.url.path, asked, snapshot.version, encoding, salt, current_language().code)
            if etag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=sent)
            body = self._cache.get(key, lambda: pack(answer(snapshot, asked), encoding, quality=PACKING_QUALITY))
        except EventNotFoundError as err:
            return refuse(err, 404)
        except ListingRequestError as err:
            return refuse(err, 400)
        except RallymapError as err:
            return refuse(err, 503)
        if encoding:
            sent["Content-Encoding"] = encoding
        return Response(body, media_type=media_type, headers=sent)


def send_page_of_day(request: Request, snapshot: Snapshot, now: datetime, make: Callable[[], str]) -> Response:
    """Send a page without script that is made for each request and names the day: 200, or 304 for a known ETag.

    Parameters
    ----------
    snapshot, now
        What the page is made from, and when.
    make
        Returns its HTML; called only where it is sent.
    """
    headers = {
        "etag": etag_of(snapshot, now.date().isoformat()),
        "cache-control": "no-cache",
        "vary": "accept-encoding",
        "content-security-policy": PLAIN_PAGE_POLICY,
    }
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    encoding = choose_encoding(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["content-encoding"] = encoding
    body = pack(make().encode(), encoding, quality=PACKING_QUALITY)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def etag_of(snapshot: Snapshot, salt: str = "") -> str:
    """Return the ETag of an answer made from a snapshot, in the language of the present request."""
    parts = [snapshot.version, asset_version(), current_language().code, salt]
    return f'W/"{".".join(part for part in parts if part)}"'


def read_query(request: Request) -> dict[str, list[str]]:
    """Return the parameters of an address, without that for the language.

    Raises
    ------
    MapRequestError
        If it is too long or has too many parts.
    """
    query = request.url.query
    if len(query) > MAX_QUERY:
        raise MapRequestError("This address is too long.")
    try:
        parameters = parse_qs(query, keep_blank_values=True, max_num_fields=200)
    except ValueError as err:
        raise MapRequestError("This address has too many parts.") from err
    parameters.pop(LANGUAGE, None)  # read before, see reader_language.py
    return parameters


def without_view(parameters: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the parameters of a page's link that say which events are meant, and those that no page knows."""
    return {name: values for name, values in parameters.items() if name not in OF_VIEW}


def refusal(error: RallymapError, status: int) -> Response:
    """Return an answer that says in one sentence why there is no other."""
    return json_answer({"error": error.user_message}, status)


def json_answer(body: dict[str, Any], status: int) -> Response:
    """Return an answer of JSON that is not kept by anybody."""
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type="application/json",
        headers=OPEN_TO_FRAMES | {"Cache-Control": "no-store"},
    )
