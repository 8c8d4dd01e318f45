"""Whose request it is, behind proxies and without."""

from __future__ import annotations

import asyncio
import logging

import pytest
from starlette.types import Receive, Scope, Send

from rallymap.setting_values import LOOPBACK
from rallymap.web.proxies import TrustedProxies

OURS = ("10.0.0.5/32", "172.16.0.0/12", "2001:db8:aa::/48", *LOOPBACK)


def seen(
    proxies: tuple[str, ...],
    peer: tuple[str, int] | None,
    *headers: tuple[str, str],
    scheme: str = "http",
    kind: str = "http",
) -> tuple[str | None, str]:
    """Return the address and the scheme that the app behind the middleware sees."""
    scopes: list[Scope] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        scopes.append(scope)

    scope = {
        "type": kind,
        "scheme": scheme,
        "client": peer,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(TrustedProxies(inner, proxies)(scope, None, None))  # type: ignore[arg-type]
    client = scopes[0]["client"]
    return (client[0] if client else None, scopes[0]["scheme"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "visitor"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("::1", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.5", "192.0.2.7", "192.0.2.7"),
        ("172.20.1.2", "192.0.2.7", "192.0.2.7"),
        ("::ffff:10.0.0.5", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.5", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.5", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.5", "192.0.2.7:4711", "192.0.2.7"),
        ("10.0.0.5", "::ffff:192.0.2.7", "192.0.2.7"),
        # What a visitor writes stands left of what our proxies add.
        ("10.0.0.5", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("10.0.0.5", "203.0.113.9, 192.0.2.7, 172.16.9.9", "192.0.2.7"),
        ("10.0.0.5", "127.0.0.1, 10.0.0.5, 192.0.2.7", "192.0.2.7"),
        ("10.0.0.5", "172.16.0.1, 172.16.0.2", "172.16.0.1"),
        ("10.0.0.5", "203.0.113.9, unknown, 172.16.0.2", "172.16.0.2"),
        ("10.0.0.5", "unknown", ""),
        ("10.0.0.5", "<script>", ""),
        ("10.0.0.5", ",".join(["203.0.113.9"] * 5000 + ["192.0.2.7"]), "192.0.2.7"),
        # Nobody else is believed.
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),
        ("10.0.0.6", "203.0.113.9", "10.0.0.6"),
        ("172.32.0.1", "203.0.113.9", "172.32.0.1"),
    ],
)
def test_visitor_behind(peer: str, forwarded: str, visitor: str) -> None:
    assert seen(OURS, (peer, 5000), ("X-Forwarded-For", forwarded))[0] == visitor


def test_header_that_is_sent_twice_is_read_as_one() -> None:
    headers = (("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-For", "192.0.2.7"))
    assert seen(OURS, ("10.0.0.5", 5000), *headers)[0] == "192.0.2.7"


def test_without_trusted_proxies_every_request_is_its_own() -> None:
    headers = (("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"))
    assert seen((), ("127.0.0.1", 5000), *headers) == ("127.0.0.1", "http")
    assert seen((), None, *headers) == (None, "http")


def test_socket_file_is_trusted_like_this_machine() -> None:
    assert seen(OURS, None, ("X-Forwarded-For", "192.0.2.7"))[0] == "192.0.2.7"


def test_address_that_the_server_resolved_stays() -> None:
    assert seen(OURS, ("10.0.0.5", 0), ("X-Forwarded-For", "203.0.113.9"))[0] == "10.0.0.5"


@pytest.mark.parametrize(
    ("peer", "proto", "kind", "scheme", "result"),
    [
        ("10.0.0.5", "https", "http", "http", "https"),
        ("10.0.0.5", "https", "websocket", "ws", "wss"),
        ("10.0.0.5", "http, HTTPS", "http", "http", "https"),
        ("10.0.0.5", "https, http", "http", "http", "http"),
        ("10.0.0.5", "gopher", "http", "http", "http"),
        ("192.0.2.1", "https", "http", "http", "http"),
    ],
)
def test_scheme_behind(peer: str, proto: str, kind: str, scheme: str, result: str) -> None:
    headers = (("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", proto))
    assert seen(OURS, (peer, 5000), *headers, scheme=scheme, kind=kind)[1] == result


def test_scheme_is_believed_without_an_address_too() -> None:
    assert seen(OURS, ("10.0.0.5", 5000), ("X-Forwarded-Proto", "https")) == ("10.0.0.5", "https")


def test_peer_that_is_not_trusted_is_said_once_and_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)

    async def inner(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return

    app = TrustedProxies(inner, OURS)
    scope = {"type": "http", "client": ("192.0.2.1", 5000), "headers": [(b"x-forwarded-for", b"203.0.113.9")]}
    for _ in range(3):
        asyncio.run(app(scope, None, None))  # type: ignore[arg-type]
    assert len(caplog.messages) == 1
    assert "RALLYMAP_TRUSTED_PROXIES" in caplog.messages[0]
    assert "192.0.2" not in caplog.text
    assert "203.0.113" not in caplog.text
