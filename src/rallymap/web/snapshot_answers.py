"""Answers from the snapshot in memory: with an ETag, compressed, and with an error message for a bad request."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs

import orjson
from starlette.requests import Request
from starlette.responses import Response

from rallymap.errors import (
    DamagedEventError,
    EventNotFoundError,
    ListingRequestError,
    MapRequestError,
    RallymapError,
)
from rallymap.language import find_language, languages, own_folder
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.web.answer_cache import AnswerCache
from rallymap.web.assets import OPEN_TO_FRAMES
from rallymap.web.encodings import choose_encoding, pack
from rallymap.web.entity_tags import is_not_modified, matches_tag, state_of, tag_of
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.reader_language import COOKIE as LANGUAGE
from rallymap.web.security_middleware import path_below_root
from rallymap.workflows.services import Services

MAX_QUERY: Final = 8_000
"""Maximum length of a query string in bytes."""
PACKING_QUALITY: Final = 5
OF_VIEW: Final = frozenset(
    {"event", "list", "sort", "at", "layer", "colour", "unit", "split", "happening", "by", "left", "right"}
)
"""Parameters of Explore, Trends and Compare that control how events are shown, not which."""
NO_RANGES: Final = {"Accept-Ranges": "none"}
"""An answer is generated for each request, so ranges are not supported: a download starts again."""
FOR_PROGRAMS: Final = ("/api/", "/export/", "/feeds/")
"""Here, an invalid query parameter is an error."""
T = TypeVar("T", bound=Hashable)


class SnapshotAnswers:
    """Sends answers that depend on one version of the public data; equal requests share the work.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
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
        made_from: Callable[[Services], Sequence[object]] = lambda _services: (),
        headers: Mapping[str, str] | None = None,
        refuse: Callable[[RallymapError, int], Response] | None = None,
    ) -> Response:
        """Answer a request: 200, 304 for a known ETag, or the status of an error.

        400 for a bad request, 404 for an unknown event, 500 for a damaged one, 503 while the site is not ready.

        Parameters
        ----------
        read
            Parses the parameters, or raises MapRequestError or ListingRequestError.
        answer
            Computes the body; called once for equal requests of one version. Raises EventNotFoundError for 404, or
            ListingRequestError for 400.
        by_day
            Whether the answer depends on the current day.
        made_from
            What the answer depends on besides data, settings and translations.
        headers
            Further headers of the answer.
        refuse
            Builds an error response with its status; by default JSON.
        """
        refuse = refuse or refusal
        try:
            asked = read(read_query(request))
        except (MapRequestError, ListingRequestError) as err:
            return refuse(err, 400)
        except RallymapError as err:
            return refuse(err, 503)
        try:
            services = self._services()
            snapshot = services.keeper.current()
            state = state_of(services.settings, snapshot, *[services.now().date()] * by_day, *made_from(services))
            etag = tag_of(request, state)
            sent = OPEN_TO_FRAMES | {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"} | NO_RANGES
            sent |= dict(headers or {})
            if matches_tag(request, etag):
                return Response(status_code=304, headers=sent)
            encoding = choose_encoding(request.headers.get("accept-encoding", ""))
            key = (request.url.path, asked, state, encoding)
            body = self._cache.get(key, lambda: pack(answer(snapshot, asked), encoding, quality=PACKING_QUALITY))
            if is_not_modified(request, etag):
                return Response(status_code=304, headers=sent)
        except EventNotFoundError as err:
            return refuse(err, 404)
        except ListingRequestError as err:
            return refuse(err, 400)
        except DamagedEventError as err:
            return refuse(err, 500)
        except RallymapError as err:
            return refuse(err, 503)
        if encoding:
            sent["Content-Encoding"] = encoding
        return Response(body, media_type=media_type, headers=sent)


def send_page_of_day(
    request: Request, settings: Settings, snapshot: Snapshot, now: datetime, make: Callable[[], str]
) -> Response:
    """Send a page without scripts that depends on the current day: 200, or 304 for a known ETag.

    Parameters
    ----------
    settings, snapshot, now
        What the page depends on, and the current time.
    make
        Returns its HTML; only called if it is sent.
    """
    etag = tag_of(request, state_of(settings, snapshot, now.date()))
    headers = OPEN_TO_FRAMES | {
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": PLAIN_PAGE_POLICY,
    }
    if is_not_modified(request, etag):
        return Response(status_code=304, headers=headers)
    encoding = choose_encoding(request.headers.get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    body = pack(make().encode(), encoding, quality=PACKING_QUALITY)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def read_query(request: Request) -> dict[str, list[str]]:
    """Return the query parameters without the one for the language.

    Raises
    ------
    MapRequestError
        If the query is too long, has too many parameters, or a program requests an unknown language.
    """
    query = request.url.query
    if len(query) > MAX_QUERY:
        raise MapRequestError("This address is too long.")
    try:
        parameters = parse_qs(query, keep_blank_values=True, max_num_fields=200)
    except ValueError as err:
        raise MapRequestError("This address has too many parts.") from err
    asked = parameters.pop(LANGUAGE, [""])[-1]  # handled in reader_language.py
    known = languages(own_folder())
    if asked and path_below_root(request.scope).startswith(FOR_PROGRAMS) and find_language(asked, known) is None:
        raise MapRequestError(f"“lang” is one of {', '.join(language.code for language in known)}.")
    return parameters


def without_view(parameters: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Remove the parameters that only control how events are shown; unknown ones are kept."""
    return {name: values for name, values in parameters.items() if name not in OF_VIEW}


def refusal(error: RallymapError, status: int) -> Response:
    """Return an error response with a one-sentence message."""
    return json_answer({"error": error.user_message}, status)


def json_answer(body: dict[str, Any], status: int) -> Response:
    """Return a JSON response that must not be cached."""
    return Response(
        orjson.dumps(body),
        status_code=status,
        media_type="application/json",
        headers=OPEN_TO_FRAMES | {"Cache-Control": "no-store"},
    )
