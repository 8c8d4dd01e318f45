"""``GET /healthz``: whether this process can serve and save, for load balancers and supervisors."""

from __future__ import annotations

import threading
import time

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rallymap.errors import RallymapError
from rallymap.web.startup import Startup

CHECKED_FOR_S = 5.0
"""The check writes to the database; an answer is good for as long, however often somebody asks."""


def health_route(startup: Startup) -> Route:
    """Return the route; 200 with the dataset's version, or 503 with one sentence that says why not."""
    health = _Health(startup)

    async def healthz(_request: Request) -> JSONResponse:
        try:
            version = await to_thread.run_sync(health.check)
        except RallymapError as err:
            return _answer(503, status="unavailable", message=err.user_message)
        return _answer(200, status="ok", dataset_version=version)

    return Route("/healthz", healthz, methods=["GET"])


class _Health:
    def __init__(self, startup: Startup) -> None:
        self._startup = startup
        self._lock = threading.Lock()
        self._checked_at = -CHECKED_FOR_S
        self._problem: RallymapError | None = None

    def check(self) -> int:
        """Return the dataset version; raise a RallymapError if the site cannot read or save."""
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


def _answer(status_code: int, **content: object) -> JSONResponse:
    return JSONResponse(content, status_code=status_code, headers={"cache-control": "no-store"})
