"""Requests are refused while too many wait for a thread."""

from __future__ import annotations

import asyncio
import threading

import pytest
from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.store.faults import OVERLOADED
from rallymap.web.overload import Overload
from tests.web.conftest import Answer, exchange, request_for

PATHS = ("/events", "/api/v1/events", "/map/cube", "/livez", "/static/a.js")


def answers_of_a_crowd(waiting: int, *paths: str, max_waiting: int = 2) -> list[Answer]:
    """Return what a site with one thread answers while it is busy and some requests wait."""
    may_end = threading.Event()

    def work(_request: Request) -> Response:
        may_end.wait(20)
        return PlainTextResponse("done")

    async def at_once(_request: Request) -> Response:
        return PlainTextResponse("done")

    async def unavailable(_request: Request) -> Response:
        return PlainTextResponse("away", 503)

    routes = [Route("/slow", work), Route("/away", unavailable), *(Route(path, at_once) for path in PATHS)]
    app = Starlette(routes=routes, middleware=[Middleware(Overload, site="Rallies", max_waiting=max_waiting)])

    async def ask(path: str) -> Answer:
        return await exchange(app, request_for("GET", path, {"host": "localhost"}, b""))

    async def crowd() -> list[Answer]:
        limiter = to_thread.current_default_thread_limiter()
        limiter.total_tokens = 1
        slow = [asyncio.create_task(ask("/slow")) for _ in range(1 + waiting)]
        while limiter.statistics().tasks_waiting < waiting:
            await asyncio.sleep(0)
        found = [await ask(path) for path in paths]
        may_end.set()
        assert [answer.status for answer in await asyncio.gather(*slow)] == [200] * len(slow)
        return found

    return asyncio.run(crowd())


@pytest.mark.parametrize("waiting", [0, 1])
def test_requests_are_answered_while_few_wait(waiting: int) -> None:
    assert [answer.status for answer in answers_of_a_crowd(waiting, *PATHS)] == [200] * len(PATHS)


def test_requests_are_refused_while_many_wait_but_not_those_of_monitors_and_of_parts_of_a_page() -> None:
    page, api, view, *others = answers_of_a_crowd(2, *PATHS)
    assert [answer.status for answer in (page, api, view, *others)] == [503, 503, 503, 200, 200]
    assert {answer.headers["retry-after"] for answer in (page, api, view)} == {"10"}
    assert OVERLOADED in page.text
    assert page.text.startswith("<!doctype html>")
    assert f'{{"error":"{OVERLOADED}"}}' == api.text == view.text


def test_many_refusals_are_logged_once_so_that_the_log_does_not_fill_the_disk(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers_of_a_crowd(2, *["/events"] * 5)
    assert caplog.messages == ["Requests are refused: 2 wait already."]


def test_every_503_says_when_to_try_again() -> None:
    [answer] = answers_of_a_crowd(0, "/away")
    assert (answer.status, answer.headers["retry-after"]) == (503, "10")
