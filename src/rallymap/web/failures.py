"""Show a one-sentence error message, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from rallymap.errors import (
    DamagedEventError,
    EventNotFoundError,
    RallymapError,
    RateLimitError,
    RightsError,
    StoreUnavailableError,
    UnstorableTextError,
)
from rallymap.language import mark, tr
from rallymap.web.headers import HeaderPolicy
from rallymap.web.refusals import refused
from rallymap.web.request_ids import HEADER, request_id
from rallymap.web.security_middleware import path_below_root

logger = logging.getLogger(__name__)

UNKNOWN = mark("Something went wrong on our side; it was noted. Try again in a moment.")
STATUS: Mapping[type[RallymapError], int] = {
    EventNotFoundError: 404,
    RightsError: 403,
    RateLimitError: 429,
    UnstorableTextError: 400,
    DamagedEventError: 500,
}
"""HTTP status by error; any other error of ours means that the site is unavailable, 503."""


def failure_handlers(site: str, policy: HeaderPolicy) -> Mapping[type[Exception], Callable[..., Response]]:
    """Return Starlette's error handlers: our own errors with their message, all others with a general one.

    Parameters
    ----------
    site
        The site's name, for the page.
    policy
        Starlette answers unexpected errors outside the security middleware, so their page gets its headers here.
    """

    def ours(request: Request, error: RallymapError) -> Response:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 503)
        if status >= 500 and not isinstance(error, StoreUnavailableError):  # those are logged where they occur
            logger.error("%s: %s", type(error).__name__, error)
        return refused(request, site=site, title=tr("This did not work"), error=error.user_message, status_code=status)

    def unforeseen(request: Request, _error: Exception) -> Response:
        page = refused(request, site=site, title=tr("This did not work"), error=tr(UNKNOWN), status_code=500)
        for name, value in policy.for_path(path_below_root(request.scope)):
            page.headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
        page.headers[HEADER] = request_id()
        return page

    def gone(_request: Request, _error: Exception) -> Response:
        # Nobody reads this response; without it, a disconnect during an upload would be logged as an error.
        return Response(status_code=400)

    return {RallymapError: ours, ClientDisconnect: gone, Exception: unforeseen}
