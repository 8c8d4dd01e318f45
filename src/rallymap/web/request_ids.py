"""A random id for each request, in the header ``X-Request-ID`` of its answer and in every line of the log about it.

With it an operator finds the lines about an answer that somebody reports. The id is made here for one request and says
nothing about who asked; an id that a visitor sends is not used.
"""

from __future__ import annotations

import secrets
from contextvars import ContextVar

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"
_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request that is being answered; "" outside of any."""
    return _current.get()


class RequestIds:
    """Pure ASGI middleware that gives each request its id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the id on its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # It is not reset: the server logs what went wrong after this returns, in the same task of this request alone.
        _current.set(secrets.token_hex(6))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers[HEADER] = request_id()
                message["headers"] = headers.raw
            await send(message)

        await self._app(scope, receive, send_with_id)
