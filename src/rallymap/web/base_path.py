"""Serve the site below a path such as ``https://example.org/rallies/``, whether or not the proxy strips it."""

from __future__ import annotations

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class BasePath:
    """Pure ASGI middleware that sets ASGI's ``root_path`` in the scope.

    The wrapped app builds links and redirects with this path. A request without the path is answered too: its proxy
    stripped the path, or it comes from the machine itself, such as a health check.

    Parameters
    ----------
    app
        The wrapped app.
    path
        Starts with a slash and has no trailing slash; "" leaves requests unchanged.
    """

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; redirect the path without its trailing slash to the one with it."""
        # A server that knows the path (``uvicorn --root-path``) has already set it.
        if not self._path or scope["type"] not in ("http", "websocket") or scope.get("root_path"):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "http" and scope["path"] == self._path:
            # Relative links depend on the trailing slash. 308 keeps method and body.
            url = URL(scope=scope)
            target = f"{self._path}/?{url.query}" if url.query else f"{self._path}/"
            await RedirectResponse(target, status_code=308)(scope, receive, send)
            return
        below = dict(scope) | {"root_path": self._path}
        if not scope["path"].startswith(f"{self._path}/"):
            below["path"] = self._path + scope["path"]
            below["raw_path"] = self._path.encode("ascii") + (scope.get("raw_path") or scope["path"].encode())
        await self._app(below, receive, send)
