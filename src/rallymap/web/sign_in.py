"""Sign in and out: plain pages without scripts, and a cookie that scripts cannot read.

The cookie's name starts with ``__Host-``, so a browser only accepts it over https and from this host, and no other site
can set one. Browsers also treat ``localhost`` as secure. On plain http to another host, except an onion service, a
password would be sent unencrypted, so signing in is rejected there with instructions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rallymap.errors import RateLimitError, SignInError
from rallymap.language import mark, tr
from rallymap.moderation import Role
from rallymap.networks import THIS_MACHINE
from rallymap.passwords import MAX_LENGTH
from rallymap.templates import bold, fill
from rallymap.web.forms import read_form
from rallymap.web.plain_page import plain_page
from rallymap.web.security_middleware import is_foreign_origin
from rallymap.web.site_address import is_onion
from rallymap.web.startup import Startup
from rallymap.workflows.sessions import (
    BROWSER_COOKIE,
    COOKIE,
    SESSION_LENGTH,
    account_from_cookies,
    cookie_value,
    sign_in,
    sign_out,
)
from rallymap.workflows.sign_in_limits import BROWSER_KNOWN_FOR

ROLES = {
    # Translators: what an account is for.
    Role.VISITOR: mark("visitor"),
    Role.ORGANISER: mark("organiser"),
    Role.MODERATOR: mark("moderator"),
    Role.ADMINISTRATOR: mark("administrator"),
}
"""Names of the roles; marked for ``tr``."""
MAX_FIELDS, MAX_FIELD_BYTES = 10, 4096
MAX_CONCURRENT = 2
"""Maximum number of concurrent password checks; waiting requests do not occupy a thread."""
DEFAULT_NEXT = "review"
_LOCAL_PATH = re.compile(r"[A-Za-z0-9_-]{0,40}(\?[A-Za-z0-9_.~%&=+-]{0,500})?")

NEEDS_TLS = mark(
    "Signing in needs an https address, because a password must not be sent unencrypted. "
    "Serve this site through TLS and set RALLYMAP_BEHIND_TLS=1, or open it as localhost."
)
FOREIGN = mark("This form was sent from another page. Open the sign-in page itself and try again.")
AFTER = {
    "invite": mark("Your account is made. Sign in with the name and the password that you chose."),
    "reset": mark("Your password is changed. Sign in with the new one."),
}
"""What the page says after another one, by the query parameter ``after``."""
TOO_MUCH = mark("More was sent than the fields of this form hold; reload the page and try again.")


def sign_in_routes(startup: Startup) -> list[Route]:
    """Return the routes ``/sign-in`` and ``/sign-out``; they raise the error of services that cannot be opened."""
    settings, places = startup.settings, CapacityLimiter(MAX_CONCURRENT)

    def page(request: Request, *, status_code: int = 200, error: str = "", **texts: str) -> Response:
        texts = {"name": "", "next": DEFAULT_NEXT, "welcome": ""} | texts
        return plain_page(
            request,
            site=settings.site_name,
            title=tr("Sign in"),
            body="sign_in_form.html",
            error=error,
            status_code=status_code,
            max_length=MAX_LENGTH,
            **texts,
        )

    async def show(request: Request) -> Response:
        db = startup.require().db
        account = await to_thread.run_sync(account_from_cookies, cookie_header(request), db, db.now())
        next_path = local_path(request.query_params.get("next", ""))
        if account is None:
            error = "" if _is_private(request, behind_tls=settings.behind_tls) else tr(NEEDS_TLS)
            welcome = AFTER.get(request.query_params.get("after", ""), "")
            return page(request, next=next_path, error=error, welcome=tr(welcome) if welcome else "")
        return plain_page(
            request,
            site=settings.site_name,
            title=tr("Your account"),
            body="signed_in.html",
            welcome=fill(
                tr("You are signed in as {name} ({role})."), name=bold(account.name), role=tr(ROLES[account.role])
            ),
            next=next_path,
        )

    async def enter(request: Request) -> Response:
        if not _is_from_our_page(request):
            return page(request, status_code=403, error=tr(FOREIGN))
        if not _is_private(request, behind_tls=settings.behind_tls):
            return page(request, status_code=403, error=tr(NEEDS_TLS))
        db = startup.require().db
        form: Mapping[str, str] = {}
        try:
            form = await _read_form(request)
            # In a thread: checking a password is slow on purpose.
            signed_in = await to_thread.run_sync(
                lambda: sign_in(
                    db,
                    name=form.get("name", ""),
                    password=form.get("password", ""),
                    code=form.get("code", ""),
                    address=request.client.host if request.client else "",
                    browser=cookie_value(cookie_header(request), BROWSER_COOKIE),
                    now=db.now(),
                ),
                limiter=places,
            )
        except (RateLimitError, SignInError) as err:
            status = 429 if isinstance(err, RateLimitError) else 403
            texts = {"name": form.get("name", ""), "next": local_path(form.get("next", ""))}
            answer = page(request, status_code=status, error=err.user_message, **texts)
            if isinstance(err, RateLimitError):
                answer.headers["retry-after"] = str(math.ceil(err.retry_after_s))
            return answer
        answer = _redirect(request, local_path(form.get("next", "")))
        for name, value, lasts in (
            (COOKIE, signed_in.token, SESSION_LENGTH),
            (BROWSER_COOKIE, signed_in.browser, BROWSER_KNOWN_FOR),
        ):
            seconds = round(lasts.total_seconds())
            answer.set_cookie(name, value, seconds, path="/", secure=True, httponly=True, samesite="strict")
        return answer

    async def leave(request: Request) -> Response:
        if not _is_from_our_page(request):
            return page(request, status_code=403, error=tr(FOREIGN))
        await to_thread.run_sync(sign_out, cookie_header(request), startup.require().db)
        answer = _redirect(request, "")
        answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
        return answer

    return [
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", enter, methods=["POST"]),
        # A link cannot sign anybody out; it leads to the button that does.
        Route("/sign-out", show, methods=["GET"]),
        Route("/sign-out", leave, methods=["POST"]),
    ]


def local_path(wanted: str) -> str:
    """Return `wanted` without a leading slash if it is a page of this site; else the default page."""
    path = wanted.removeprefix("/")
    return path if wanted and _LOCAL_PATH.fullmatch(path) else DEFAULT_NEXT


def cookie_header(request: Request) -> str:
    """Return all cookies of a request as sent; HTTP/2 may split them into several headers."""
    return "; ".join(request.headers.getlist("cookie"))


def _redirect(request: Request, path: str) -> Response:
    # 303 makes the browser use GET; the answer must not be cached, because it depends on the account.
    target = f"{request.scope.get('root_path', '')}/{path}"
    return RedirectResponse(target, status_code=303, headers={"cache-control": "no-store"})


def _is_from_our_page(request: Request) -> bool:
    """Return whether a page of this site sent a form, so that no other site can sign anybody in or out.

    Browsers send ``Sec-Fetch-Site``. If it is missing, ``Origin`` must be ours. Under our own Referrer-Policy it is
    ``null``, which is rejected: such browsers are from before 2023.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return "origin" in request.headers and not is_foreign_origin(request.headers)


def _is_private(request: Request, *, behind_tls: bool) -> bool:
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    is_local = host in THIS_MACHINE or host.endswith(".localhost")
    return behind_tls or request.url.scheme == "https" or is_local or is_onion(request.headers)


async def _read_form(request: Request) -> Mapping[str, str]:
    """Parse the few fields of the form, with a limit on their size.

    Raises
    ------
    SignInError
        If the form is larger.
    """
    try:
        return await read_form(
            request, max_fields=MAX_FIELDS, max_field_bytes=MAX_FIELD_BYTES, max_bytes=MAX_FIELDS * MAX_FIELD_BYTES
        )
    except ValueError as err:
        raise SignInError(tr(TOO_MUCH)) from err
