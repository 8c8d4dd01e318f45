"""Password resets: a one-time link opens a plain page for choosing a new password."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rallymap.errors import RateLimitError, SignInError, WeakPasswordError
from rallymap.language import tr
from rallymap.passwords import MAX_LENGTH, MIN_LENGTH
from rallymap.store import Credentials
from rallymap.templates import bold, fill
from rallymap.web.invite import NOT_THE_SAME
from rallymap.web.plain_page import plain_page
from rallymap.web.sign_in import FOREIGN, NEEDS_TLS, _is_from_our_page, _is_private, _read_form
from rallymap.web.startup import Startup
from rallymap.workflows.password_resets import OVER, read_reset, use_reset


def password_reset_routes(startup: Startup) -> list[Route]:
    """Return the routes ``/reset/TOKEN``."""
    settings = startup.settings

    def page(request: Request, known: Credentials | None, *, status_code: int = 200, error: str = "") -> Response:
        title = tr("New password")
        if known is None:
            body = "used_link.html"
            return plain_page(
                request, site=settings.site_name, title=title, body=body, error=error, status_code=status_code
            )
        said = tr("Choose another password for {name}. You sign in again afterwards, on every device.")
        return plain_page(
            request,
            site=settings.site_name,
            title=title,
            body="reset_form.html",
            error=error,
            status_code=status_code,
            token=request.path_params["token"],
            welcome=fill(said, name=bold(known.account.name)),
            min_length=MIN_LENGTH,
            max_length=MAX_LENGTH,
            asks_for_code="yes" if known.totp_secret else "",
        )

    async def read_offer(request: Request) -> Credentials | None:
        return await to_thread.run_sync(read_reset, startup.require().db, request.path_params["token"])

    async def show(request: Request) -> Response:
        known = await read_offer(request)
        if known is None:
            return page(request, None, status_code=404, error=tr(OVER))
        error = "" if _is_private(request, behind_tls=settings.behind_tls) else tr(NEEDS_TLS)
        return page(request, known, error=error)

    async def change(request: Request) -> Response:
        known = await read_offer(request)
        # Check the link first, so that only holders of a valid one can make the server hash a password.
        if known is None:
            return page(request, None, status_code=404, error=tr(OVER))
        if not _is_from_our_page(request):
            return page(request, known, status_code=403, error=tr(FOREIGN))
        if not _is_private(request, behind_tls=settings.behind_tls):
            return page(request, known, status_code=403, error=tr(NEEDS_TLS))
        form: Mapping[str, str] = {}
        try:
            form = await _read_form(request)
            if form.get("password", "") != form.get("again", ""):
                raise WeakPasswordError(tr(NOT_THE_SAME))
            changing = partial(
                use_reset,
                startup.require().db,
                request.path_params["token"],
                password=form.get("password", ""),
                code=form.get("code", ""),
            )
            await to_thread.run_sync(changing)
        except RateLimitError as err:
            answer = page(request, known, status_code=429, error=err.user_message)
            answer.headers["retry-after"] = str(math.ceil(err.retry_after_s))
            return answer
        except (SignInError, WeakPasswordError) as err:
            if await read_offer(request) is None:
                return page(request, None, status_code=404, error=tr(OVER))
            return page(request, known, status_code=400, error=err.user_message)
        target = f"{request.scope.get('root_path', '')}/sign-in?after=reset"
        return RedirectResponse(target, status_code=303, headers={"cache-control": "no-store"})

    return [
        Route("/reset/{token}", show, methods=["GET"]),
        Route("/reset/{token}", change, methods=["POST"]),
    ]
