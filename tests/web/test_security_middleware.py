"""What the security middleware refuses, and that everything it lets out carries its headers."""

from __future__ import annotations

import asyncio

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from rallymap.web.headers import PLAIN_PAGE_POLICY, HeaderPolicy
from rallymap.web.security_middleware import SecurityMiddleware, is_foreign_origin


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand in for the app behind the middleware."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    response = PlainTextResponse("inside", headers={"set-cookie": "a=1; Path=/"})
    if scope["path"].endswith("/sign-in"):
        response.headers["content-security-policy"] = PLAIN_PAGE_POLICY
    await response(scope, receive, send)


def middleware(*, secure_cookies: bool = False) -> SecurityMiddleware:
    return SecurityMiddleware(inner, HeaderPolicy("<p>page</p>", "<p>map</p>"), secure_cookies=secure_cookies)


@pytest.mark.parametrize("path", ["/", "/explore", "/?event=abc", "/_stcore/health", "/_stcore/host-config"])
def test_middleware_passes(ask, path: str) -> None:
    assert ask(middleware(), path).text == "inside"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_stcore/metrics", 404),
        ("/_stcore/agent/interact", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/_stcore/script-health-check", 404),
        ("/some/base/_stcore/metrics", 404),
        ("/?staticAppId=x", 400),
        ("/explore?a=1&staticAppId=", 400),
        ("/?static%41ppId=x", 400),
    ],
)
def test_middleware_refuses(ask, path: str, status: int) -> None:
    answer = ask(middleware(), path)
    assert answer.status == status
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_middleware_sandboxes_frames_under_a_prefix(ask) -> None:
    answer = ask(middleware(), "/frame/v/explore", root_path="/rallies")
    assert answer.headers["content-security-policy"].endswith("sandbox allow-scripts")


def test_middleware_keeps_a_page_s_own_policy(ask) -> None:
    answer = ask(middleware(), "/sign-in")
    assert [v for k, v in answer.all_headers if k == "content-security-policy"] == [PLAIN_PAGE_POLICY]


def test_middleware_marks_cookies_secure_behind_tls(ask) -> None:
    assert ask(middleware(secure_cookies=True), "/").headers["set-cookie"] == "a=1; Path=/; Secure"


def test_middleware_leaves_cookies_alone_without_tls(ask) -> None:
    assert ask(middleware(), "/").headers["set-cookie"] == "a=1; Path=/"


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"host": "rallies.example"}, False),
        ({"host": "rallies.example", "origin": "https://rallies.example"}, False),
        ({"host": "Rallies.Example:8501", "origin": "http://rallies.example:8501"}, False),
        ({"host": "rallies.example", "origin": "https://evil.example"}, True),
        ({"host": "localhost:8501", "origin": "http://localhost:3000"}, True),
        ({"host": "rallies.example", "origin": "null"}, True),
        ({"origin": "https://rallies.example"}, True),
    ],
)
def test_foreign_origin_of(headers: dict[str, str], foreign: bool) -> None:
    assert is_foreign_origin(Headers(headers)) is foreign


@pytest.mark.parametrize(
    ("origin", "answer"),
    [
        (b"https://evil.example", {"type": "websocket.close", "code": 1008}),
        (b"http://localhost:8501", {"type": "websocket.accept"}),
    ],
)
def test_middleware_takes_sockets_from_its_own_pages_only(origin: bytes, answer: Message) -> None:
    assert answer_to_socket([(b"host", b"localhost:8501"), (b"origin", origin)]) == [answer]


def answer_to_socket(headers: list[tuple[bytes, bytes]]) -> list[Message]:
    """Ask for a WebSocket; return what the middleware sends."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(middleware()(scope, receive, send))
    return sent


MALFORMED_HOSTS = [
    "a b",
    "[::1",
    "::1",
    "a/b",
    "a@b",
    "exa\x00mple",
    "a:b",
    "a:123456",
    "a:99999",
    "[::::]",
    "[1.2]",
    "<script>",
    "ü",
    "a?b",
    "[a]",
    "x" * 254,
]
MALFORMED_ORIGINS = [
    "http://[::1",
    "a",
    "",
    "//a",
    "http://a b",
    "http://a/b",
    "http://user@a",
    "http://a:b",
    "http://[::::]",
    "null null",
]


def cookies_behind(kind: str, *cookies: bytes) -> list[bytes]:
    """Return the ``Cookie`` headers that the app behind the middleware gets."""
    got: list[bytes] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        got.extend(value for name, value in scope["headers"] if name == b"cookie")

    async def receive() -> Message:
        return {"type": f"{kind}.disconnect"}

    async def send(_message: Message) -> None:
        pass

    headers = [(b"host", b"localhost"), *((b"cookie", cookie) for cookie in cookies)]
    scope = {"type": kind, "path": "/", "headers": headers, "query_string": b""}
    made = SecurityMiddleware(app, HeaderPolicy("", ""), secure_cookies=False)
    asyncio.run(made(scope, receive, send))
    return got


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_cookies_with_escapes_are_left_out_and_others_stay(kind: str) -> None:
    bad = b'lang="' + b"\\" * 60_000 + b'"'
    assert cookies_behind(kind, b"a=1; " + bad + b"; lang=fa", b"b=2") == [b"a=1; lang=fa", b"b=2"]
    assert cookies_behind(kind, b'a="x y"; lang=fa') == [b'a="x y"; lang=fa']


@pytest.mark.parametrize("host", MALFORMED_HOSTS)
def test_malformed_host_is_a_bad_request(ask, host: str) -> None:
    assert ask(middleware(), "/", headers={"host": host}).status == 400


@pytest.mark.parametrize("origin", MALFORMED_ORIGINS)
def test_malformed_origin_is_a_bad_request(ask, origin: str) -> None:
    answer = ask(middleware(), "/", headers={"origin": origin})
    assert (answer.status, answer.headers["x-content-type-options"]) == (400, "nosniff")


@pytest.mark.parametrize(
    "host", ["", "localhost", "localhost:8501", "LOCALHOST:", "[::1]:8501", "192.0.2.7", "a_b.example"]
)
def test_host_that_browsers_send_passes(ask, host: str) -> None:
    assert ask(middleware(), "/", headers={"host": host}).status == 200


@pytest.mark.parametrize(
    "origin",
    ["null", "https://a.example", "http://[::1]:8501", "moz-extension://1-2", "file://", "HTTP://A.EXAMPLE:80"],
)
def test_origin_that_browsers_send_passes(ask, origin: str) -> None:
    assert ask(middleware(), "/", headers={"origin": origin}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        [(b"host", b"[::1"), (b"origin", b"http://[::1")],
        [(b"host", b"a b")],
        [(b"host", b"localhost"), (b"origin", b"http://[")],
        [(b"host", b"localhost"), (b"origin", b"")],
    ],
)
def test_malformed_address_opens_no_socket(headers: list[tuple[bytes, bytes]]) -> None:
    assert answer_to_socket(headers) == [{"type": "websocket.close", "code": 1008}]


def test_browsers_are_asked_to_use_https_only_behind_tls(ask) -> None:
    assert ask(middleware(secure_cookies=True), "/").headers["strict-transport-security"] == "max-age=31536000"
    assert (
        ask(middleware(secure_cookies=True), "/_stcore/metrics").headers["strict-transport-security"]
        == "max-age=31536000"
    )
    assert "strict-transport-security" not in ask(middleware(), "/").headers


def test_middleware_says_each_value_of_vary_once(ask) -> None:
    async def compressed(scope: Scope, receive: Receive, send: Send) -> None:
        response = PlainTextResponse("inside", headers={"vary": "Accept-Encoding, Accept-Encoding"})
        response.headers.append("vary", "accept-encoding, Origin")
        await response(scope, receive, send)

    answer = ask(SecurityMiddleware(compressed, HeaderPolicy("<p>page</p>", "<p>map</p>"), secure_cookies=False), "/")
    assert [value for name, value in answer.all_headers if name == "vary"] == ["Accept-Encoding, Origin"]
