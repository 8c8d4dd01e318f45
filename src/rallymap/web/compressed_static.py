"""Serve Streamlit's scripts and styles compressed, each compressed once per process.

Streamlit sends them uncompressed (2.3 MB for a first visit), because compressing every response takes too long. Their
names contain a hash of their content, so each is compressed once and cached: this sends 0.6 MB.
"""

from __future__ import annotations

from dataclasses import dataclass

import brotli
from anyio import sleep_forever, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.web.encodings import choose_encoding
from rallymap.web.security_middleware import path_below_root

QUALITY = 5
"""Of brotli's levels 0 to 11: above it, time grows fast and sizes hardly shrink."""

SUFFIXES = (".js", ".css")


@dataclass(frozen=True)
class _Compressed:
    headers: list[tuple[bytes, bytes]]
    body: bytes


class CompressedStatic:
    """Pure ASGI middleware around the app that serves ``/static/``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, _Compressed] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache, or forward the request and cache the answer."""
        if not _wants_compressed(scope):
            await self._app(scope, receive, send)
            return
        path = path_below_root(scope)
        kept = self._kept.get(path)
        if kept is None:
            messages = await _collect(self._app, scope)
            if not (_lasts(messages[0]) and _is_whole(messages)):
                for message in messages:
                    await send(message)
                return
            kept = await to_thread.run_sync(_compress, messages)
            self._kept[path] = kept
        await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
        await send({"type": "http.response.body", "body": kept.body})


def _wants_compressed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = path_below_root(scope)
    if not (path.startswith("/static/") and path.endswith(SUFFIXES)):
        return False
    headers = Headers(scope=scope)
    best = choose_encoding(headers.get("accept-encoding", ""))
    return best == "br" and "range" not in headers and "if-none-match" not in headers


async def _collect(app: ASGIApp, scope: Scope) -> list[Message]:
    messages: list[Message] = []

    async def receive() -> Message:
        # A client may disconnect while the file is read, but the cached copy must be complete. The app is therefore
        # never informed of a disconnect; if it waits for one, it waits until the answer is complete.
        await sleep_forever()
        raise AssertionError

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    return messages


def _lasts(start: Message) -> bool:
    # Streamlit answers unknown URLs with its page and status 200; only files with a hashed name are immutable. Without
    # this check, made-up URLs would fill the memory.
    headers = Headers(raw=start["headers"])
    return bool(start["status"] == 200) and "immutable" in headers.get("cache-control", "")


def _is_whole(messages: list[Message]) -> bool:
    length = Headers(raw=messages[0]["headers"]).get("content-length", "")
    return length == str(sum(len(message.get("body", b"")) for message in messages[1:]))


def _compress(messages: list[Message]) -> _Compressed:
    body = brotli.compress(b"".join(message.get("body", b"") for message in messages[1:]), quality=QUALITY)
    headers = MutableHeaders(raw=list(messages[0]["headers"]))
    headers["content-encoding"] = "br"
    headers["content-length"] = str(len(body))
    headers["vary"] = "Accept-Encoding"
    # The file's ETag only identifies its uncompressed bytes.
    del headers["etag"]
    del headers["accept-ranges"]
    return _Compressed(headers.raw, body)
