"""Connections that make no progress, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.web import connections
from rallymap.web.connections import DESCRIPTORS_AT_MOST, Capacity, raise_descriptor_limit, timed_protocol
from rallymap.web.failures import failure_handlers
from rallymap.web.headers import HeaderPolicy

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

ASK = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
HALF = b"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Half: "
HALF_BODY = b"POST /read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"
LARGE = b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"
AT_MOST = 8


async def health(_request: Request) -> Response:
    return PlainTextResponse("well")


async def slow(_request: Request) -> Response:
    await asyncio.sleep(1.0)
    return PlainTextResponse("at last")


async def read(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def large(_request: Request) -> Response:
    return Response(b"x" * 16_000_000)


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., socket.socket]]:
    """Serve with short limits; returns a function that connects and sends."""
    for name, seconds in (("HEADER_S", 0.4), ("BODY_PART_S", 0.4), ("BODY_S", 0.8), ("WRITE_S", 0.4)):
        monkeypatch.setattr(connections, name, seconds)
    monkeypatch.setattr(connections, "LOOK_EVERY_S", 0.05)
    app = Starlette(
        routes=[
            Route("/health", health),
            Route("/slow", slow),
            Route("/large", large),
            Route("/read", read, methods=["POST"]),
        ],
        exception_handlers=dict(failure_handlers("Rallies", HeaderPolicy("<p>page</p>", ""))),
    )
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=timed_protocol(AT_MOST), log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    opened: list[socket.socket] = []

    def open_connection(*sent: bytes) -> socket.socket:
        opened.append(socket.create_connection(listener.getsockname(), timeout=60))
        for part in sent:
            opened[-1].sendall(part)
        return opened[-1]

    yield open_connection
    for one in opened:
        one.close()
    server.should_exit = True
    thread.join(60)
    listener.close()


def rest_of(connection: socket.socket) -> bytes:
    """Return what comes until the server closes; a connection that is cut counts as closed."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            received += part
    return received


def answers(connection: socket.socket, ending: bytes = b"well") -> bool:
    """Read until the answer has this ending; False where the connection is closed before."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while not received.endswith(ending) and (part := connection.recv(65536)):
            received += part
    return received.endswith(ending)


def is_well(connect: Callable[..., socket.socket]) -> bool:
    return answers(connect(ASK))


@pytest.mark.parametrize("begun", [b"", b"G", HALF, HALF_BODY], ids=["nothing", "letter", "headers", "body"])
def test_request_that_is_never_finished_is_cut_off(connect: Callable[..., socket.socket], begun: bytes) -> None:
    assert rest_of(connect(begun)) in (b"", b"HTTP/1.1 100 Continue\r\n\r\n")
    assert is_well(connect)


def test_half_a_request_after_a_whole_one_is_cut_off(connect: Callable[..., socket.socket]) -> None:
    connection = connect(ASK)
    assert answers(connection)
    connection.sendall(HALF)
    assert rest_of(connection) == b""


@pytest.mark.parametrize("begun", [HALF, HALF_BODY], ids=["headers", "body"])
def test_request_that_comes_by_drops_is_cut_off(connect: Callable[..., socket.socket], begun: bytes) -> None:
    connection = connect(begun)

    def send_drops() -> None:
        for _ in range(1200):
            connection.sendall(b"x")
            threading.Event().wait(0.05)

    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        send_drops()


def test_reader_that_reads_nothing_is_cut_off(connect: Callable[..., socket.socket]) -> None:
    connection = connect(LARGE)
    threading.Event().wait(1.5)
    assert len(rest_of(connection)) < 16_000_000


def test_work_that_takes_long_is_not_cut_off(connect: Callable[..., socket.socket]) -> None:
    assert answers(connect(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"), b"at last")


def test_connection_serves_one_request_after_the_other(connect: Callable[..., socket.socket]) -> None:
    connection = connect()
    for _ in range(5):
        connection.sendall(ASK)
        assert answers(connection)
        threading.Event().wait(0.2)


@pytest.mark.parametrize("begun", [b"", HALF, HALF_BODY, LARGE], ids=["nothing", "headers", "body", "reader"])
def test_flood_leaves_room_for_others(
    connect: Callable[..., socket.socket], monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    for name in ("HEADER_S", "BODY_PART_S", "BODY_S", "WRITE_S"):
        monkeypatch.setattr(connections, name, 3600.0)
    for _ in range(AT_MOST * 3):
        connect(begun)
    assert all(is_well(connect) for _ in range(5))


def test_body_that_breaks_off_is_no_error_of_ours(
    connect: Callable[..., socket.socket], caplog: pytest.LogCaptureFixture
) -> None:
    connect(HALF_BODY).close()
    assert is_well(connect)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(
    ("descriptors", "pages", "requests"),
    [(256, 25, 28), (1024, 102, 104), (20_000, 3897, 3900), (DESCRIPTORS_AT_MOST, 4000, 49_024)],
)
def test_capacity_fits_into_the_descriptors(descriptors: int, pages: int, requests: int) -> None:
    capacity = Capacity.of(descriptors)
    assert (capacity.pages, capacity.requests) == (pages, requests)
    assert pages * 4 + requests <= descriptors


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_soft_limit_is_raised_to_the_hard_one() -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        raised = raise_descriptor_limit()
        assert raised == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        assert raised == (DESCRIPTORS_AT_MOST if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS_AT_MOST))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
