"""Answer unknown URLs with 404; Streamlit would answer each of them with its page and 200."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.language import mark, tr
from rallymap.web.moved import moved_to
from rallymap.web.other_methods import answer_other_method, methods_at
from rallymap.web.refusals import is_program, refused
from rallymap.web.security_middleware import path_below_root

OF_STREAMLIT = ("_stcore", "media", "component", "static", "auth/login", "auth/logout", "oauth2callback")
"""Beginnings of paths that Streamlit serves besides its page."""


NO_PAGE = mark("There is no page at this address. Check it, or begin at the start page.")


class _NotOfStreamlit(Convertor[str]):
    regex = rf"(?!(?:{'|'.join(OF_STREAMLIT)})(?:/|$)).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("not_of_streamlit", _NotOfStreamlit())


def unknown_address_routes(site: str, routes: Sequence[BaseRoute] = ()) -> list[Route]:
    """Return catch-all routes; they come after all other routes.

    Parameters
    ----------
    site
        The site's name, for the page.
    routes
        All our other routes: they may allow other methods; a trailing slash redirects to them.
    """

    def not_found(request: Request) -> Response:
        if methods := methods_at(routes, request):
            return answer_other_method(request, methods)
        if (path := request.path_params["path"]).endswith("/") and request.method in ("GET", "HEAD"):
            there = Request({**request.scope, "path": request.scope["path"].rstrip("/")})
            if "GET" in methods_at(routes, there):
                return moved_to(request, path.rstrip("/"))
        error = tr(NO_PAGE)
        if is_program(request):
            error = "There is nothing at this address; /api/v1/openapi.json describes all that there is."
        return refused(request, site=site, title=tr("Not found"), error=error, status_code=404)

    return [
        Route("/{path:not_of_streamlit}", not_found, methods=["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]),
    ]


class NoPageForFiles:
    """Pure ASGI middleware: turns Streamlit's page for a missing file into 404."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not path_below_root(scope).startswith(("/static/", "/_stcore/", "/media/")):
            await self._app(scope, receive, send)
            return
        is_page = False

        async def send_without_page(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                is_page = message["status"] == 200 and kind.startswith("text/html")
                if is_page:
                    await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send)
            if not is_page:
                await send(message)

        await self._app(scope, receive, send_without_page)
