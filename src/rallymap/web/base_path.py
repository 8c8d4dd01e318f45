"""Serve the site below a path, such as ``https://example.org/rallies/``, whether or not the proxy removes it."""

from __future__ import annotations

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class BasePath:
    """Pure ASGI middleware that writes the site's path into the scope, as ASGI's ``root_path``.

    The app that it wraps makes links and redirects with that path. A request whose address lacks the path is answered
    too: its proxy took the path off, or it comes from the machine itself, such as one for ``/healthz``.

    Parameters
    ----------
    app
        The app that it wraps.
    path
        Begins with a slash and ends without one; "" leaves requests as they are.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the path without its last slash leads to the one with it."""
        # A server that knows the path (``uvicorn --root-path``) has written it already.
        if not self._path or scope["type"] not in ("http", "websocket") or scope.get("root_path"):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"] == self._path:
            # Links of a page are relative to its folder. 308 keeps method and body.
            url = URL(scope=scope)
            target = f"{self._path}/?{url.query}" if url.query else f"{self._path}/"
            await RedirectResponse(target, status_code=308)(scope, receive, send)
            return
        below = dict(scope) | {"root_path": self._path}
        if not scope["path"].startswith(f"{self._path}/"):
            below["path"] = self._path + scope["path"]
            below["raw_path"] = self._path.encode("ascii") + (scope.get("raw_path") or scope["path"].encode())
        await self._app(below, receive, send)
