"""One random id for each request, in the answer and in what the log says about it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import re
from collections.abc import Iterator

import pytest
from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from rallymap.web.failures import failure_handlers
from rallymap.web.headers import HeaderPolicy
from rallymap.web.logs import set_up_logs
from rallymap.web.request_ids import RequestIds
from tests.web.conftest import Ask

ID = r"[0-9a-f]{12}"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    root.handlers[:], root.level = before
    logging.captureWarnings(False)


def note() -> None:
    logging.getLogger("rallymap.test").warning("Noted")


async def fine(_request: Request) -> PlainTextResponse:
    await asyncio.sleep(0)
    await to_thread.run_sync(note)
    return PlainTextResponse("fine")


async def broken(_request: Request) -> PlainTextResponse:
    raise ZeroDivisionError


class _Site:
    """Answers as under a server, which logs an exception after its page was sent."""

    def __init__(self) -> None:
        self._app = Starlette(
            routes=[Route("/fine", fine), Route("/broken", broken)],
            middleware=[Middleware(RequestIds)],
            exception_handlers=dict(failure_handlers("Site", HeaderPolicy("<p>page</p>", "<p>map</p>"))),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ZeroDivisionError):
            await self._app(scope, receive, send)


def test_the_log_names_the_id_that_the_answer_has(ask: Ask, log: io.StringIO) -> None:
    id_ = ask(_Site(), "/fine", headers={"x-request-id": "chosen-by-a-visitor"}).headers["x-request-id"]
    assert re.fullmatch(ID, id_)
    assert re.fullmatch(rf"\S+Z WARNING rallymap\.test: Noted \[{id_}\]\n", log.getvalue())
    assert ask(_Site(), "/fine").headers["x-request-id"] != id_
    assert log.getvalue().count("\n") == 1  # the same line of another request, within a minute


def test_an_answer_about_an_unforeseen_error_has_one_too(ask: Ask) -> None:
    answer = ask(_Site(), "/broken")
    assert answer.status == 500
    assert re.fullmatch(ID, answer.headers["x-request-id"])


def test_outside_of_requests_there_is_none(log: io.StringIO) -> None:
    note()
    assert log.getvalue().endswith("Noted\n")
