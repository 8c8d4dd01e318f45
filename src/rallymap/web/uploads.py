"""Limit number and size of uploaded files, which Streamlit keeps in memory as long as a page is open.

A form has one picture of at most 10 MB, and each open page may replace it. Files count until Streamlit drops them: when
the visitor removes one, or two minutes after the page was closed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, runtime

from rallymap.language import phrase, say
from rallymap.networks import network_of
from rallymap.web.security_middleware import path_below_root

log = logging.getLogger(__name__)
_ON_PAGE = phrase("Too many files wait on this page. Remove one, or reload the page and try again later.")
_ON_NETWORK = phrase("Too many files wait on this network. Remove one, or reload the page and try again later.")
_ON_SITE = phrase("Too many files wait on this site. Remove one, or reload the page and try again later.")

ROUTE = "/_stcore/upload_file/"
FRAMING_BYTES = 100_000
"""Size of a request without its file."""
Stored = Callable[[], Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Allowance:
    """Maximum number of files, and of bytes in total."""

    files: int
    bytes: int


OF_SESSION = Allowance(3, 31_000_000)
OF_NETWORK = Allowance(6, 62_000_000)
OF_SITE = Allowance(100, 210_000_000)


@dataclass(frozen=True, slots=True)
class _File:
    session: str
    network: str
    bytes: int


class UploadLimits:
    """Pure ASGI middleware in front of the upload route.

    Parameters
    ----------
    app
        The wrapped app.
    stored
        Returns the stored files by session and file id; by default Streamlit's.
    """

    def __init__(self, app: ASGIApp, stored: Stored | None = None) -> None:
        self._app = app
        self._stored = stored or _held_by_streamlit
        self._arriving: dict[object, _File] = {}
        self._network_of_session: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward an upload if it fits; otherwise answer 429 and store nothing."""
        path = path_below_root(scope) if scope["type"] == "http" else ""
        place = path.find(ROUTE)
        if place < 0 or scope["method"] != "PUT":
            await self._app(scope, receive, send)
            return
        session, _, file_id = path[place + len(ROUTE) :].partition("/")
        client = scope.get("client")
        file = _File(session, network_of(client[0]) if client else "", _size(Headers(scope=scope)))
        refusal = self._refusal(file, file_id)
        if refusal:
            log.warning("An upload was refused: %s", refusal)
            # Browsers only read the answer after they have sent everything.
            await _drain(receive, file.bytes)
            answer = PlainTextResponse(say(refusal) + "\n", status_code=429, headers={"connection": "close"})
            await answer(scope, receive, send)
            return
        ticket = object()
        self._arriving[ticket] = file
        self._network_of_session[session] = file.network
        try:
            await self._app(scope, receive, send)
        finally:
            del self._arriving[ticket]

    def _refusal(self, new: _File, file_id: str) -> str:
        """Return the reason why a file does not fit, or ""."""
        held = [*self._held(replaced=(new.session, file_id)), *self._arriving.values()]
        for said, allowance, files in (
            (_ON_PAGE, OF_SESSION, [file for file in held if file.session == new.session]),
            (_ON_NETWORK, OF_NETWORK, [file for file in held if file.network == new.network]),
            (_ON_SITE, OF_SITE, held),
        ):
            if len(files) >= allowance.files or sum(file.bytes for file in files) + new.bytes > allowance.bytes:
                return said
        return ""

    def _held(self, *, replaced: tuple[str, str]) -> list[_File]:
        stored = {session: dict(files) for session, files in list(self._stored().items())}
        arriving = {file.session for file in self._arriving.values()}
        for session in self._network_of_session.keys() - stored.keys() - arriving:
            del self._network_of_session[session]
        return [
            _File(session, self._network_of_session.get(session, ""), len(file.data))
            for session, files in stored.items()
            for file_id, file in files.items()
            if (session, file_id) != replaced
        ]


def _held_by_streamlit() -> Mapping[str, Mapping[str, Any]]:
    manager: Any = runtime.get_instance().uploaded_file_mgr
    held: Mapping[str, Mapping[str, Any]] = manager.file_storage
    return held


async def _drain(receive: Receive, at_most: int) -> None:
    """Read and discard a body, up to `at_most` bytes."""
    read, has_more = 0, True
    while has_more and read <= at_most:
        message = await receive()
        read += len(message.get("body", b""))
        has_more = message["type"] == "http.request" and message.get("more_body", False)


def _size(headers: Headers) -> int:
    """Return the size of a request: its declared size, or Streamlit's maximum."""
    most = int(config.get_option("server.maxUploadSize")) * 1024 * 1024 + FRAMING_BYTES
    said = headers.get("content-length", "")
    return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 20 else most
