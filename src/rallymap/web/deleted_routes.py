"""The ids of events that are no longer public, so that copies of the data can delete them too."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError
from rallymap.events import ID_PATTERN
from rallymap.query.snapshot import Snapshot
from rallymap.store.takedown import Gone, list_gone
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.workflows.services import Services

PER_PAGE: Final = 1_000
_NAMES: Final = ("cursor", "since")
_CURSOR: Final = re.compile(r"(\d{1,17})\.(\S+)")
Asked = tuple[date | None, Gone | None, str]


def deleted_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/api/v1/deleted``.

    The answer has ids and times only: not what the events were, nor why they were removed.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """
    answers = SnapshotAnswers(services)

    def deleted(request: Request) -> Response:
        def read(parameters: dict[str, list[str]]) -> Asked:
            return *_read(parameters), site_address(request, services().settings)

        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            since, after, address = asked
            start_s = datetime.combine(since, time.min, UTC).timestamp() if since else 0
            rest = services().db.read(list_gone, start_s, after, PER_PAGE + 1)
            page = rest[:PER_PAGE]
            following = page[-1] if len(rest) > len(page) else None
            body = {
                "version": snapshot.version,
                "next": _next(address, since, following),
                "deleted": [{"id": event_id, "at": _moment(micros)} for micros, event_id in page],
            }
            return orjson.dumps(body)

        # By day, because tombstones may expire, which does not change the dataset version.
        return answers.send(request, read, answer, "application/json", by_day=True, headers=OPEN_HEADERS)

    return [Route("/api/v1/deleted", deleted)]


def _read(parameters: dict[str, list[str]]) -> tuple[date | None, Gone | None]:
    unknown = sorted(parameters.keys() - set(_NAMES))
    if unknown:
        raise ListingRequestError(f"“{unknown[0][:40]}” is not a parameter here; known are: {', '.join(_NAMES)}.")
    for name, values in parameters.items():
        if len(values) > 1:
            raise ListingRequestError(f"“{name}” can be given once only.")
    since, cursor = (parameters.get(name, [""])[0].strip() for name in ("since", "cursor"))
    try:
        first = date.fromisoformat(since) if since else None
    except ValueError as err:
        raise ListingRequestError("“since” is a day, such as 2026-02-01.") from err
    found = _CURSOR.fullmatch(cursor)
    if cursor and (found is None or not ID_PATTERN.fullmatch(found[2]) or not found[1].isascii()):
        raise ListingRequestError("“cursor” is part of the “next” of an earlier answer.")
    return first, (int(found[1]), found[2]) if found else None


def _moment(micros: int) -> str:
    return f"{datetime.fromtimestamp(micros // 1_000_000, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _next(address: str, since: date | None, following: Gone | None) -> str | None:
    if following is None:
        return None
    parameters = {"since": since.isoformat()} if since else {}
    return f"{address}api/v1/deleted?{urlencode(parameters | {'cursor': f'{following[0]}.{following[1]}'})}"
