"""Refuse requests while too many wait for a thread, so that those that wait are answered soon."""

from __future__ import annotations

import logging
import time

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.language import tr
from rallymap.store.faults import OVERLOADED
from rallymap.web.refusals import refused
from rallymap.web.security_middleware import path_below_root
from rallymap.web.snapshot_answers import json_answer

log = logging.getLogger(__name__)

MAX_WAITING = 200
"""How many requests may wait for a thread: a few seconds of work."""
RETRY_AFTER_S = 10
WARNED_EVERY_S = 60.0
"""Refusing must stay cheap, and must not fill the disk with the log."""
ALWAYS = ("/livez", "/healthz", "/readyz", "/metrics", "/assets/", "/static/", "/_stcore/", "/media/")
"""Monitoring, and parts of a page that has begun to load."""


class Overload:
    """Pure ASGI middleware; every answer 503 says when to try again.

    Parameters
    ----------
    app
        The wrapped app.
    site
        The site's name, for the page.
    max_waiting
        How many requests may wait for a thread.
    """

    def __init__(self, app: ASGIApp, site: str, max_waiting: int = MAX_WAITING) -> None:
        self._app = app
        self._site = site
        self._max_waiting = max_waiting
        self._warned_at = -WARNED_EVERY_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with 503, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 503:
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                headers.setdefault("retry-after", str(RETRY_AFTER_S))
                message["headers"] = headers.raw
            await send(message)

        waiting = to_thread.current_default_thread_limiter().statistics().tasks_waiting
        if waiting < self._max_waiting or path_below_root(scope).startswith(ALWAYS):
            await self._app(scope, receive, send_on)
            return
        self._warn()
        await self._refusal(Request(scope))(scope, receive, send_on)

    def _warn(self) -> None:
        now = time.monotonic()
        if now - self._warned_at >= WARNED_EVERY_S:
            self._warned_at = now
            log.warning("Requests are refused: %d wait already.", self._max_waiting)

    def _refusal(self, request: Request) -> Response:
        error = tr(OVERLOADED)
        if path_below_root(request.scope).startswith("/map/"):
            return json_answer({"error": error}, 503)
        return refused(request, site=self._site, title=tr("Please wait"), error=error, status_code=503)
