"""``GET /healthz``: whether this process can serve, for load balancers and supervisors."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from rallymap.errors import RallymapError
from rallymap.web.startup import Startup


def health_route(startup: Startup) -> Route:
    """Return the route; 200 with the dataset's version, or 503 with one sentence that says why not."""

    async def healthz(_request: Request) -> JSONResponse:
        try:
            version = await to_thread.run_sync(startup.require().store.dataset_version)
        except RallymapError as err:
            return _answer(503, status="unavailable", message=err.user_message)
        return _answer(200, status="ok", dataset_version=version)

    return Route("/healthz", healthz, methods=["GET"])


def _answer(status_code: int, **content: object) -> JSONResponse:
    return JSONResponse(content, status_code=status_code, headers={"cache-control": "no-store"})
