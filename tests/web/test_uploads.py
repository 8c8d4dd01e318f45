"""How many uploads the upload route accepts before it refuses more."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from rallymap.web.uploads import OF_NETWORK, OF_SESSION, OF_SITE, UploadLimits

MB = 1_000_000


@dataclass
class StoredFile:
    data: bytes


@dataclass
class Streamlit:
    """Stands in for Streamlit's route: keeps what it reads until the session ends."""

    held: dict[str, dict[str, StoredFile]] = field(default_factory=dict)
    slow: asyncio.Event | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        *_, session, file_id = scope["path"].split("/")
        if scope["method"] == "DELETE":
            self.held[session].pop(file_id)
        if scope["method"] == "PUT":
            if self.slow is not None:
                await self.slow.wait()
            body = b""
            while True:
                message = await receive()
                body += message.get("body", b"")
                if not message.get("more_body"):
                    break
            self.held.setdefault(session, {})[file_id] = StoredFile(body)
        await Response(status_code=204)(scope, receive, send)


@pytest.fixture
def streamlit() -> Streamlit:
    return Streamlit()


@pytest.fixture
def limits(streamlit: Streamlit) -> UploadLimits:
    return UploadLimits(streamlit, lambda: streamlit.held)


def put(
    limits: UploadLimits,
    session: str = "s",
    file_id: str = "f",
    *,
    size: int = 1000,
    client: str = "192.0.2.7",
    method: str = "PUT",
    **headers: str,
) -> Any:
    """Return the awaitable status of an upload whose length is said, unless a header says otherwise."""

    async def send_upload() -> int:
        parts = [b"x" * min(MB, size - at) for at in range(0, size, MB)] or [b""]
        messages: list[Message] = [
            {"type": "http.request", "body": part, "more_body": number < len(parts) - 1}
            for number, part in enumerate(parts)
        ]
        statuses: list[int] = []

        async def receive() -> Message:
            return messages.pop(0) if messages else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        sent = {"content-length": str(size)} | {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": f"/_stcore/upload_file/{session}/{file_id}",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
            "client": (client, 5000),
        }
        await limits(scope, receive, send)
        return statuses[0]

    return send_upload()


def statuses(*uploads: Any) -> list[int]:
    async def all_of_them() -> list[int]:
        return [await upload for upload in uploads]

    return asyncio.run(all_of_them())


async def all_at_once(streamlit: Streamlit, *uploads: Any) -> list[int]:
    """Begin all uploads before any of them goes on."""
    streamlit.slow = asyncio.Event()
    tasks = [asyncio.create_task(upload) for upload in uploads]
    await asyncio.sleep(0)
    streamlit.slow.set()
    return await asyncio.gather(*tasks)


def test_page_holds_a_few_files(limits: UploadLimits, streamlit: Streamlit) -> None:
    tried = statuses(*(put(limits, file_id=str(number)) for number in range(5)))
    assert tried == [204] * OF_SESSION.files + [429] * (5 - OF_SESSION.files)
    assert len(streamlit.held["s"]) == OF_SESSION.files


def test_bytes_of_a_page_are_bounded(limits: UploadLimits) -> None:
    assert statuses(*(put(limits, file_id=str(number), size=10 * MB) for number in range(4))) == [204, 204, 204, 429]


@pytest.mark.slow
def test_hundred_large_files_of_one_visitor_hold_little_memory(limits: UploadLimits, streamlit: Streamlit) -> None:
    statuses(*(put(limits, f"s{number}", "f", size=9_900_000) for number in range(100)))
    held = [file for files in streamlit.held.values() for file in files.values()]
    assert (len(held), sum(len(file.data) for file in held) <= OF_NETWORK.bytes) == (OF_NETWORK.files, True)


@pytest.mark.slow
def test_site_has_a_limit_for_all_networks_together(limits: UploadLimits, streamlit: Streamlit) -> None:
    tried = statuses(*(put(limits, f"s{number}", size=9_900_000, client=f"192.0.2.{number}") for number in range(30)))
    assert tried == [204] * 21 + [429] * 9
    assert sum(len(f.data) for files in streamlit.held.values() for f in files.values()) <= OF_SITE.bytes


def test_files_of_a_page_that_ended_make_room(limits: UploadLimits, streamlit: Streamlit) -> None:
    full = [put(limits, file_id=str(number)) for number in range(OF_SESSION.files + 1)]
    assert statuses(*full)[-1] == 429
    streamlit.held.clear()
    assert statuses(put(limits), put(limits, "other")) == [204, 204]


def test_removed_file_makes_room(limits: UploadLimits) -> None:
    full = [put(limits, file_id=str(number)) for number in range(OF_SESSION.files)]
    assert statuses(*full, put(limits, file_id="0", method="DELETE"), put(limits, file_id="9"))[-2:] == [204, 204]


def test_file_that_is_sent_again_counts_once(limits: UploadLimits) -> None:
    assert statuses(*(put(limits, size=9_000_000) for _ in range(10))) == [204] * 10


@pytest.mark.parametrize("length", ["", "-5", "1e3", "9" * 30, "٣"])
def test_file_without_an_honest_length_counts_as_the_largest_while_it_arrives(
    limits: UploadLimits, streamlit: Streamlit, length: str
) -> None:
    tried = asyncio.run(all_at_once(streamlit, *(put(limits, file_id=str(n), content_length=length) for n in range(3))))
    assert tried == [204, 204, 429]


def test_files_that_are_still_arriving_count(limits: UploadLimits, streamlit: Streamlit) -> None:
    uploads = [put(limits, file_id=str(number), size=MB) for number in range(20)]
    assert asyncio.run(all_at_once(streamlit, *uploads)) == [204] * OF_SESSION.files + [429] * (20 - OF_SESSION.files)


def test_upload_that_fails_leaves_nothing_behind(streamlit: Streamlit) -> None:
    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ConnectionError

    limits = UploadLimits(failing, lambda: streamlit.held)
    for _ in range(10):
        with pytest.raises(ConnectionError):
            statuses(put(limits))


def test_other_routes_are_left_alone(limits: UploadLimits, ask) -> None:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(status_code=200)(scope, receive, send)

    app = UploadLimits(inner, dict)
    assert [ask(app, "/", method=method).status for method in ("GET", "PUT", "POST")] == [200] * 3
