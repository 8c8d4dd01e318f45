"""The audit log as a file, for administrators."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from rallymap.errors import RightsError
from rallymap.exports.formats import CSV
from rallymap.moderation import VISITOR
from rallymap.web.signed_in import signed_in_account
from rallymap.workflows.audit_log import log_as_csv
from rallymap.workflows.services import Services


def audit_log_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/audit-log.csv``; ``who``, ``act`` and ``event`` filter the entries."""

    # Starlette runs a plain function in a thread: looking up the session in the database blocks.
    def show(request: Request) -> Response:
        shared = services()
        account = signed_in_account(request, shared) or VISITOR
        wanted = {
            name: request.query_params.get(part, "")
            for part, name in (("who", "actor"), ("act", "action"), ("event", "event_id"))
        }
        try:
            lines = log_as_csv(shared.db, account, **wanted)
        except RightsError as err:
            return PlainTextResponse(f"{err.user_message}\n", 403, {"cache-control": "no-store"})
        headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="audit-log.csv"'}
        return StreamingResponse(lines, media_type=CSV, headers=headers)

    return [Route("/audit-log.csv", show)]
