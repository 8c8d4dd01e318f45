"""Invitations: a one-time link opens a plain page where a new moderator chooses name and password."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from anyio import to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rallymap.countries import country_name
from rallymap.errors import SignInError, StoreError, WeakPasswordError
from rallymap.language import list_in_words, mark, tr
from rallymap.passwords import MAX_LENGTH, MIN_LENGTH
from rallymap.store import Invitation
from rallymap.templates import bold, fill
from rallymap.web.plain_page import plain_page
from rallymap.web.sign_in import FOREIGN, NEEDS_TLS, ROLES, _is_from_our_page, _is_private, _read_form
from rallymap.web.startup import Startup
from rallymap.wording import day_in_words
from rallymap.workflows.invitations import accept_invitation, read_invitation

OVER = mark("This invitation has been used or has expired; ask for a new one.")
NOT_THE_SAME = mark("The two passwords differ; type the same one twice.")


def _welcome(offer: Invitation) -> Markup:
    role = bold(tr(ROLES[offer.role]))
    if not offer.countries:
        said = tr("You are invited as {role}. Choose the name and the password you will sign in with.")
        return fill(said, role=role)
    said = tr("You are invited as {role} for {countries}. Choose the name and the password you will sign in with.")
    countries = list_in_words(country_name(code) for code in offer.countries)
    return fill(said, role=role, countries=countries)


def invite_routes(startup: Startup) -> list[Route]:
    """Return the routes ``/invite/TOKEN``."""
    settings = startup.settings

    def page(
        request: Request, offer: Invitation | None, *, status_code: int = 200, error: str = "", name: str = ""
    ) -> Response:
        title = tr("Your invitation")
        if offer is None:
            # The second click of a double click and the browser's back button lead here too.
            body = "used_link.html"
            return plain_page(
                request, site=settings.site_name, title=title, body=body, error=error, status_code=status_code
            )
        return plain_page(
            request,
            site=settings.site_name,
            title=title,
            body="invite_form.html",
            error=error,
            status_code=status_code,
            token=request.path_params["token"],
            welcome=_welcome(offer),
            until=day_in_words(offer.expires_at.date()),
            name=name,
            min_length=MIN_LENGTH,
            max_length=MAX_LENGTH,
        )

    async def read_offer(request: Request) -> Invitation | None:
        db = startup.require().db
        token = request.path_params["token"]
        return await to_thread.run_sync(read_invitation, db, token)

    async def show(request: Request) -> Response:
        offer = await read_offer(request)
        if offer is None:
            return page(request, None, status_code=404, error=tr(OVER))
        error = "" if _is_private(request, behind_tls=settings.behind_tls) else tr(NEEDS_TLS)
        return page(request, offer, error=error)

    async def accept(request: Request) -> Response:
        offer = await read_offer(request)
        # Check the invitation first, so that only holders of a valid one can make the server hash a password.
        if offer is None:
            return page(request, None, status_code=404, error=tr(OVER))
        if not _is_from_our_page(request):
            return page(request, offer, status_code=403, error=tr(FOREIGN))
        if not _is_private(request, behind_tls=settings.behind_tls):
            return page(request, offer, status_code=403, error=tr(NEEDS_TLS))
        form: Mapping[str, str] = {}
        try:
            form = await _read_form(request)
            if form.get("password", "") != form.get("again", ""):
                raise WeakPasswordError(tr(NOT_THE_SAME))
            accepting = partial(
                accept_invitation,
                startup.require().db,
                request.path_params["token"],
                name=form.get("name", ""),
                password=form.get("password", ""),
            )
            await to_thread.run_sync(accepting)
        except (SignInError, StoreError, WeakPasswordError) as err:
            if await read_offer(request) is None:
                return page(request, None, status_code=404, error=tr(OVER))
            return page(request, offer, status_code=400, error=err.user_message, name=form.get("name", ""))
        target = f"{request.scope.get('root_path', '')}/sign-in?after=invite"
        return RedirectResponse(target, status_code=303, headers={"cache-control": "no-store"})

    return [
        Route("/invite/{token}", show, methods=["GET"]),
        Route("/invite/{token}", accept, methods=["POST"]),
    ]
