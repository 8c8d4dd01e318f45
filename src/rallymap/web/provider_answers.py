"""Answers of Streamlit's routes for signing in through a provider: a sentence where it only redirects, or 404."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_secrets_auth_section
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from rallymap.language import tr
from rallymap.web.plain_page import plain_page
from rallymap.web.security_middleware import path_below_root
from rallymap.web.unknown_addresses import NO_PAGE

CALLBACK = "/oauth2callback"
PATHS = (CALLBACK, "/auth/login", "/auth/logout")


class ProviderAnswers:
    """Pure ASGI middleware around the app that serves these routes.

    Without a provider in ``secrets.toml`` there are no such pages. A person who comes back from a provider without
    being signed in, because they cancelled, took too long, or the provider does not answer, gets a page that says so.

    Parameters
    ----------
    app
        The wrapped app.
    site
        The site's name, for the page.
    """

    def __init__(self, app: ASGIApp, site: str) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or (path := path_below_root(scope)) not in PATHS:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if not get_secrets_auth_section():
            page = plain_page(request, site=self._site, title=tr("Not found"), error=tr(NO_PAGE), status_code=404)
            await page(scope, receive, send)
            return
        if path != CALLBACK:
            await self._app(scope, receive, send)
            return
        is_replaced = False

        async def send_sentence(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                is_replaced = not _signs_in(headers)
                if is_replaced:
                    error = tr("Signing in did not work. Open the page Review and try again.")
                    page = plain_page(request, site=self._site, title=tr("Sign in"), error=error, status_code=400)
                    # They delete the cookies of an earlier attempt.
                    page.raw_headers += [(name, value) for name, value in headers.raw if name == b"set-cookie"]
                    await page(scope, receive, send)
            if not is_replaced:
                await send(message)

        await self._app(scope, receive, send_sentence)


def _signs_in(headers: MutableHeaders) -> bool:
    """Return whether an answer sets Streamlit's cookie; it deletes one by an empty value."""
    return any(
        cookie.startswith(f"{USER_COOKIE_NAME}=") and cookie.partition("=")[2].partition(";")[0].strip('"')
        for cookie in headers.getlist("set-cookie")
    )
