"""How many pages may be open."""

from __future__ import annotations

import asyncio
import logging

import pytest
from starlette.types import Message, Receive, Scope, Send

from rallymap.web.open_pages import (
    FEWEST_ANSWERS,
    LONG_S,
    MANY_FROM_ONE_ADDRESS,
    RECENT_S,
    OpenPages,
    PageLimit,
)


def test_pages_up_to_the_limit() -> None:
    pages = OpenPages(3)
    assert [pages.enter("") for _ in range(4)] == [True, True, True, False]
    assert pages.is_full()
    pages.leave("")
    assert (pages.is_full(), pages.enter("")) == (False, True)


def test_one_network_holds_a_quarter_at_most() -> None:
    pages = OpenPages(40)
    assert [pages.enter("93.184.216.34") for _ in range(11)] == [True] * 10 + [False]
    assert pages.enter("93.184.216.35")


@pytest.mark.parametrize("shared", ["", "127.0.0.1", "::1", "10.0.0.5", "172.18.0.1", "fd00::/64"])
def test_address_that_many_may_share_has_no_share_of_its_own(shared: str) -> None:
    pages = OpenPages(40)
    assert all(pages.enter(shared) for _ in range(40))


def test_many_pages_of_one_private_address_are_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    pages = OpenPages(400)
    for _ in range(MANY_FROM_ONE_ADDRESS * 3):
        pages.enter("10.0.0.5")
    assert len(caplog.messages) == 1
    assert "RALLYMAP_TRUSTED_PROXIES" in caplog.messages[0]
    assert "10.0.0.5" not in caplog.text


def test_page_counts_while_it_is_open_and_is_refused_above_the_limit() -> None:
    pages = OpenPages(1)
    sent: list[Message] = []

    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        assert pages.is_full()
        await send({"type": "websocket.accept"})
        await PageLimit(inner, pages)({"type": "websocket", "client": ("192.0.2.8", 1)}, None, send)  # type: ignore[arg-type]
        raise ConnectionError

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(ConnectionError):
        asyncio.run(PageLimit(inner, pages)({"type": "websocket", "client": ("192.0.2.7", 1)}, None, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.accept"}, {"type": "websocket.close", "code": 1013}]
    assert not pages.is_full()


@pytest.mark.parametrize(
    ("slow", "quick", "is_slow"),
    [
        (FEWEST_ANSWERS - 1, 0, False),  # too few to tell
        (FEWEST_ANSWERS, 0, True),
        (0, FEWEST_ANSWERS, False),
        (FEWEST_ANSWERS, FEWEST_ANSWERS + 1, False),
    ],
)
def test_pages_are_slow_if_half_of_the_latest_first_answers_took_long(slow: int, quick: int, is_slow: bool) -> None:
    now = [0.0]
    pages = OpenPages(200, lambda: now[0])

    async def receive() -> Message:
        return {"type": "websocket.receive", "bytes": b"question"}

    async def send(_message: Message) -> None:
        return None

    async def open_pages() -> None:
        has_waited = asyncio.Event()

        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            await receive()
            if scope["is_slow"]:
                await has_waited.wait()
            await send({"type": "websocket.send", "bytes": b"first"})
            now[0] += 0.001
            await send({"type": "websocket.send", "bytes": b"the rest is not waited for"})

        async with asyncio.TaskGroup() as group:
            for number in range(slow + quick):
                scope = {"type": "websocket", "client": ("192.0.2.7", 1), "is_slow": number < slow}
                group.create_task(PageLimit(inner, pages)(scope, receive, send))
            await asyncio.sleep(0)
            now[0] += LONG_S + 1
            has_waited.set()

    asyncio.run(open_pages())
    assert pages.are_slow() is is_slow
    now[0] += RECENT_S
    assert not pages.are_slow()
