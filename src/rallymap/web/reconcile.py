"""The routes of the Reconciliation Service API, for OpenRefine; no session, nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import RallymapError
from rallymap.web.forms import read_form
from rallymap.web.site_address import site_address
from rallymap.workflows.reconciliation import extend, manifest, proposed_properties, reconcile
from rallymap.workflows.services import Services

PATH = "/reconcile"
MAX_BODY = 256 * 1024
MAX_CONCURRENT = 2
"""Maximum number of concurrent requests: each uses the processor for a while, and delays all other answers."""


def reconcile_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the routes below ``/reconcile``."""
    places = CapacityLimiter(MAX_CONCURRENT)

    async def endpoint(request: Request) -> Response:
        try:
            texts = await _parameters(request)
            return await to_thread.run_sync(_answer, services(), texts, request, limiter=places)
        except RallymapError as err:
            return _json({"error": err.user_message}, 503)
        except ValueError as err:
            return _json({"error": str(err)}, 400)

    async def properties(_request: Request) -> Response:
        return _json(proposed_properties())

    return [Route(PATH, endpoint, methods=["GET", "POST"]), Route(f"{PATH}/properties", properties)]


def _answer(services: Services, texts: dict[str, str], request: Request) -> Response:
    if "queries" in texts:
        return _json(reconcile(services.resolver, _object(texts["queries"])))
    if "extend" in texts:
        asked = _object(texts["extend"])
        ids, wanted = asked.get("ids"), asked.get("properties")
        if not isinstance(ids, list) or not isinstance(wanted, list):
            raise ValueError("“extend” is an object with the lists “ids” and “properties”.")
        return _json(extend(ids, wanted))
    address = site_address(request, services.settings)
    return _json(manifest(services.settings.site_name, f"{address.rstrip('/')}{PATH}"))


async def _parameters(request: Request) -> dict[str, str]:
    """Return the parameters of the query string, or of a posted form."""
    if len(request.url.query) > MAX_BODY:
        raise ValueError("This address is too long; send the queries as a form.")
    found = dict(request.query_params)
    if request.method == "POST":
        try:
            found |= await read_form(request, max_fields=20, max_field_bytes=MAX_BODY, max_bytes=2 * MAX_BODY)
        except ValueError as err:
            raise ValueError(f"A request has at most {MAX_BODY // 1024} kB; send fewer queries at once.") from err
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as err:
        raise ValueError("The queries are not JSON.") from err
    if not isinstance(found, dict):
        raise ValueError("The queries are an object with one entry for each query.")
    return found


def _json(content: Any, status: int = 200) -> Response:
    # CORS is open to other sites: everything here is public and offline.
    return Response(
        orjson.dumps(content),
        status,
        {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"},
        "application/json",
    )
