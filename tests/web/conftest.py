"""Send requests to an ASGI app in this process: no socket, no server, one request at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
import pytest
from starlette.types import ASGIApp


@dataclass(frozen=True)
class Answer:
    """What an app sent; header names in lower case, a header sent twice keeps both in `all_headers`."""

    status: int
    all_headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        return dict(self.all_headers)

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Answer]


@pytest.fixture
def ask() -> Ask:
    """Return ``ask(app, "/path?query", method="GET", headers={}, form={}, client="192.0.2.1")``."""

    def send(
        app: ASGIApp,
        target: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes = b"",
        client: str = "192.0.2.1",
        root_path: str = "",
    ) -> Answer:
        sent = {"host": "localhost:8501"} | dict(headers or {})
        if form is not None:
            body = urlencode(form).encode()
            sent["content-type"] = "application/x-www-form-urlencoded"
        return asyncio.run(exchange(app, request_for(method, root_path + target, sent, body), client, root_path))

    return send


def request_for(method: str, target: str, headers: Mapping[str, str], body: bytes) -> httpx.Request:
    """Return a request; `target` is a path that may have a query."""
    # A client would leave out the dots of a path; written like this the app sees them.
    path, _, query = target.replace("..", "%2e%2e").partition("?")
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    address = httpx.URL(scheme="http", host="localhost", port=8501, path=path, query=query.encode())
    return httpx.Request(method, address, headers=sent, content=body)


async def exchange(app: ASGIApp, request: httpx.Request, client: str = "192.0.2.1", root_path: str = "") -> Answer:
    """Send a request to an app, and return all of what it answers."""
    transport = httpx.ASGITransport(app, client=(client, 50000), root_path=root_path)
    response = await transport.handle_async_request(request)
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers.raw)
    return Answer(response.status_code, headers, b"".join([part async for part in response.aiter_raw()]))
