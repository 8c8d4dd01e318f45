"""A random id for each request, in the ``X-Request-ID`` header of its answer and in every log line about it.

An operator can find the log lines about a reported answer with it. The id is generated here for one request and says
nothing about the client; an id that a client sends is not used.
"""

from __future__ import annotations

import secrets
from contextvars import ContextVar

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the current request; "" outside a request."""
    return _current.get()


class RequestIds:
    """Pure ASGI middleware that assigns an id to each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward a request, and add the id to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Not reset: the server logs errors after this returns, in the same task, which only handles this request.
        _current.set(secrets.token_hex(6))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers[HEADER] = request_id()
                message["headers"] = headers.raw
            await send(message)

        await self._app(scope, receive, send_with_id)
