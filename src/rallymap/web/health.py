"""Health checks for supervisors, monitors and load balancers.

``/livez`` answers as long as the process serves. ``/healthz`` says whether it can read and write. ``/readyz`` reports
each component. Answers contain nothing about events or visitors.
"""

from __future__ import annotations

import threading
import time

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rallymap.errors import RallymapError
from rallymap.store.outbox import read_outbox
from rallymap.web.metrics import has_token
from rallymap.web.proxies import is_resolved
from rallymap.web.startup import Startup

CHECKED_FOR_S = 5.0
"""How long a result is cached, because the check writes to the database."""
MAX_CONCURRENT = 2
"""Maximum number of concurrent checks: they may wait long for a busy database, and must not use up all threads."""


def health_routes(startup: Startup) -> list[Route]:
    """Return the routes; they answer 200, or 503 with the reason."""
    health, places = _Health(startup), CapacityLimiter(MAX_CONCURRENT)

    async def livez(_request: Request) -> JSONResponse:
        return _answer(200, status="alive")

    async def healthz(_request: Request) -> JSONResponse:
        try:
            version = await to_thread.run_sync(health.check, limiter=places)
        except RallymapError as err:
            return _answer(503, status="unavailable", message=err.user_message)
        return _answer(200, status="ok", dataset_version=version)

    async def readyz(request: Request) -> JSONResponse:
        parts = await to_thread.run_sync(health.parts, limiter=places)
        is_ready = all(said == "ok" for said in parts.values())
        more: dict[str, object] = {}
        if has_token(request, startup.settings.metrics_token):
            # For `rallymap check --deploy`: how the proxy forwarded this request.
            more = {"scheme": request.url.scheme, "forwarded": is_resolved(request.scope)}
            # Not for everybody: the number of pending events reveals something that is not public.
            more |= await to_thread.run_sync(health.outbox, limiter=places)
        return _answer(200 if is_ready else 503, status="ready" if is_ready else "unavailable", **parts, **more)

    return [
        Route("/livez", livez, methods=["GET"]),
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readyz, methods=["GET"]),
    ]


class _Health:
    def __init__(self, startup: Startup) -> None:
        self._startup = startup
        self._lock = threading.Lock()
        self._checked_at = -CHECKED_FOR_S
        self._problem: RallymapError | None = None

    def check(self) -> int:
        """Return the dataset version; raise a RallymapError if the site cannot read or write."""
        db = self._startup.require().db
        with self._lock:
            if time.monotonic() - self._checked_at >= CHECKED_FOR_S:
                self._problem = None
                try:
                    db.check_health()
                except RallymapError as err:
                    self._problem = err
                self._checked_at = time.monotonic()
            if self._problem is not None:
                raise self._problem
        return db.dataset_version()

    def parts(self) -> dict[str, str]:
        """Return "ok" or the problem by component: the database, including its disk, and the snapshot."""
        parts = {"database": "ok", "snapshot": "ok"}
        try:
            self.check()
        except RallymapError as err:
            parts["database"] = err.user_message
        try:
            self._startup.require().keeper.current()
        except RallymapError as err:
            parts["snapshot"] = err.user_message
        return parts

    def outbox(self) -> dict[str, object]:
        """Return how many mails are queued and how many were given up; {} if the database cannot be read."""
        try:
            found = self._startup.require().db.read(read_outbox)
        except RallymapError:
            return {}
        return {"outbox": found.waiting, "outbox_given_up": found.given_up}


def _answer(status_code: int, **content: object) -> JSONResponse:
    return JSONResponse(content, status_code=status_code, headers={"cache-control": "no-store"})
