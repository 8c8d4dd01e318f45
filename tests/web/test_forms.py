"""Forms of a few fields: read within their limits, and refused before the rest of a large request is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rallymap.web.forms import read_form
from tests.web.conftest import Ask, exchange

ENCODED, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


async def show(request: Request) -> Response:
    try:
        return JSONResponse(await read_form(request, max_fields=3, max_field_bytes=1000, max_bytes=2000))
    except ValueError:
        return JSONResponse({}, 400)


APP = Starlette(routes=[Route("/form", show, methods=["POST"])])


def test_fields_up_to_the_limits_are_read(ask: Ask) -> None:
    form = {"name": "é" * 150, "again": "&" * 300, "empty": ""}
    assert ask(APP, "/form", method="POST", form=form).text == JSONResponse(form).body.decode()


@pytest.mark.parametrize(
    ("kind", "piece"),
    [(ENCODED, b"&" * 65_536), (ENCODED, b"&a=" * 20_000), (ENCODED, b"a" * 65_536), (PARTS, b"--x\r\n" * 9_000)],
)
def test_endless_form_is_refused_after_its_first_pieces(kind: str, piece: bytes) -> None:
    sent = []

    async def pieces() -> AsyncIterator[bytes]:
        for number in range(500):
            sent.append(number)
            yield piece

    request = httpx.Request("POST", "http://localhost/form", headers={"content-type": kind}, content=pieces())
    assert asyncio.run(exchange(APP, request)).status == 400
    assert len(sent) < 3
