"""Downloads of dry-run reports, for the account that made them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.exports.formats import CSV
from rallymap.language import tr
from rallymap.web.signed_in import signed_in_account
from rallymap.workflows.services import Services


def import_report_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/import-report/KEY``."""

    # Starlette runs a plain function in a thread: looking up the session in the database blocks.
    def show(request: Request) -> Response:
        shared = services()
        account = signed_in_account(request, shared)
        report = shared.reports.get(request.path_params["key"], account.name) if account is not None else None
        if report is None:
            gone = tr(
                "These results are no longer here, or you are not signed in. Check the file once more on the Import "
                "page."
            )
            return PlainTextResponse(f"{gone}\n", 404, {"cache-control": "no-store"})
        headers = {
            "cache-control": "no-store",
            "content-disposition": f"attachment; filename*=UTF-8''{quote(report.name)}",
        }
        return Response(report.content, media_type=CSV, headers=headers)

    return [Route("/import-report/{key}", show)]
