"""Security middleware around the whole app: reject malformed and forbidden requests, set security headers."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.web.headers import HeaderPolicy
from rallymap.web.site_address import is_onion

CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/script-health-check")
"""Streamlit's endpoints for machines: metrics of the process, and a second way to run the pages."""
HSTS_S = 365 * 86_400
_HOST_PATTERN = r"(?:[a-zA-Z0-9._-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(?:[0-9]{1,5})?)?"
_HOST = re.compile(_HOST_PATTERN)
_ORIGIN = re.compile(rf"null|[a-zA-Z][a-zA-Z0-9+.-]{{0,30}}://(?:{_HOST_PATTERN})?")


class SecurityMiddleware:
    """Pure ASGI middleware; it does not buffer.

    Parameters
    ----------
    app
        The wrapped app.
    policy
        The headers for each path.
    secure_cookies
        Whether visitors use https, so that every cookie gets ``Secure``; not for an onion service.
    """

    def __init__(self, app: ASGIApp, policy: HeaderPolicy, *, secure_cookies: bool) -> None:
        self._app = app
        self._policy = policy
        self._secure_cookies = secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        scope = _without_escaped_cookies(scope)
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if has_malformed_address(headers) or is_foreign_origin(headers):
                # Streamlit would reject it too, but first asks an external host for our own address.
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        path = path_below_root(scope)
        headers = Headers(scope=scope)
        is_by_tls = self._secure_cookies and not is_onion(headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(message, path, is_by_tls=is_by_tls)
            await send(message)

        refusal = refuse(path, scope.get("query_string", b""), headers)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _add_headers(self, message: Message, path: str, *, is_by_tls: bool) -> None:
        headers = MutableHeaders(raw=list(message.get("headers", ())))
        for name, value in self._policy.for_path(path):
            # A route may set a stricter policy for its page.
            headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
        if is_by_tls:
            raw = [(n, _with_secure(v) if n.lower() == b"set-cookie" else v) for n, v in headers.raw]
            headers = MutableHeaders(raw=raw)
            headers.setdefault("strict-transport-security", f"max-age={HSTS_S}")
        _say_once(headers, "vary")
        message["headers"] = headers.raw


def _say_once(headers: MutableHeaders, name: str) -> None:
    """Merge duplicates of a header into one: a route and Streamlit's compression may both have added some values."""
    values = [value.strip() for line in headers.getlist(name) for value in line.split(",")]
    once: dict[str, str] = {}
    for value in values:
        once.setdefault(value.lower(), value)
    if once:
        headers[name] = ", ".join(once.values())


def refuse(path: str, query: bytes, headers: Headers) -> Response | None:
    """Return the error response for a request that must not reach Streamlit, or None."""
    if has_malformed_address(headers):
        return PlainTextResponse("The header Host or Origin of this request is malformed.\n", status_code=400)
    # Anywhere in the path, so that an unknown base path does not bypass this.
    if any(door in path for door in CLOSED):
        return PlainTextResponse("Not found\n", status_code=404)
    # With this parameter, Streamlit's page loads a remote app and runs it in our origin.
    if any(name == "staticAppId" for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)):
        return PlainTextResponse("This address has a part that is not allowed here: staticAppId.\n", status_code=400)
    return None


def is_foreign_origin(headers: Headers) -> bool:
    """Return whether a page of another site sends this request; a request without ``Origin`` is not from a page."""
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower()


def _without_escaped_cookies(scope: Scope) -> Scope:
    """Remove cookies with a backslash, which ours never have.

    Python before 3.11.10 and 3.12.6 takes seconds to parse a cookie with some thousand backslashes (CVE-2024-7592). A
    sibling host may have set one, so the others are kept.
    """
    headers = scope.get("headers", ())
    if not any(name == b"cookie" and b"\\" in value for name, value in headers):
        return scope
    kept = [
        (name, b";".join(part for part in value.split(b";") if b"\\" not in part) if name == b"cookie" else value)
        for name, value in headers
    ]
    return {**scope, "headers": kept}


def has_malformed_address(headers: Headers) -> bool:
    """Return whether ``Host`` or ``Origin`` is malformed; later code would fail on it.

    An empty ``Host`` is valid: HTTP/1.0 clients may omit it.
    """
    host, origin = headers.get("host", ""), headers.get("origin")
    if host and not (_HOST.fullmatch(host) and _can_be_parsed(host)):
        return True
    return origin is not None and not (_ORIGIN.fullmatch(origin) and _can_be_parsed(origin.partition("://")[2]))


def _can_be_parsed(host: str) -> bool:
    """Return False for an IPv6 address or a port that does not exist: ``urlsplit`` raises an error for it."""
    try:
        urlsplit(f"//{host}").port  # noqa: B018 - parsed only when it is read
    except ValueError:
        return False
    return True


def path_below_root(scope: Scope) -> str:
    """Return the path without the prefix of a mount or proxy."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path[len(root) :] or "/" if root and path.startswith(root) else path


def _with_secure(cookie: bytes) -> bytes:
    attributes = [part.strip().lower() for part in cookie.split(b";")[1:]]
    return cookie if b"secure" in attributes else cookie + b"; Secure"
