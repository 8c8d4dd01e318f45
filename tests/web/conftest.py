"""Speaks ASGI to an app in this process: no socket, no server, one request at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp, Message, Scope


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
        return asyncio.run(_exchange(app, _scope(target, method, sent, client, root_path), body))

    return send


def _scope(target: str, method: str, headers: Mapping[str, str], client: str, root_path: str) -> Scope:
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": root_path + path,
        "raw_path": (root_path + path).encode(),
        "query_string": query.encode(),
        "root_path": root_path,
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": (client, 50000),
        "server": ("localhost", 8501),
    }


async def _exchange(app: ASGIApp, scope: Scope, body: bytes) -> Answer:
    messages: list[Message] = []
    requests: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return requests.pop(0) if requests else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    start = messages[0]
    return Answer(
        start["status"],
        tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in start["headers"]),
        b"".join(message.get("body", b"") for message in messages[1:]),
    )
