"""However many ask for what takes long, everybody else is answered: who waits for a place holds no thread."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from rallymap.errors import SignInError
from rallymap.settings import Settings
from rallymap.web import sign_in as sign_in_module
from rallymap.web.health import health_routes
from rallymap.web.reconcile import reconcile_routes
from rallymap.web.sign_in import sign_in_routes
from rallymap.web.startup import Startup
from tests.web.conftest import exchange, request_for

MANY = 60
"""More than the server has threads."""
FORM = {"content-type": "application/x-www-form-urlencoded", "host": "localhost:8501"}
OURS = FORM | {"sec-fetch-site": "same-origin"}
ASKED: dict[str, Callable[[], httpx.Request]] = {
    "health": lambda: request_for("GET", "/healthz", FORM, b""),
    "readiness": lambda: request_for("GET", "/readyz", FORM, b""),
    "sign-in": lambda: request_for("POST", "/sign-in", OURS, urlencode({"name": "mina", "password": "x"}).encode()),
    "reconciliation": lambda: request_for(
        "POST", "/reconcile", FORM, urlencode({"queries": json.dumps({"q0": {"query": "Oslo"}})}).encode()
    ),
}


def plain(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("The map")


@pytest.mark.parametrize("what", ASKED)
def test_everybody_else_is_answered_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def take_long(*_: object, **__: object) -> None:
        begun.set()
        go_on.wait(60)
        raise SignInError("Name, password or code is wrong.")

    startup = Startup(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), lambda _line: None)
    db = SimpleNamespace(check_health=take_long, now=lambda: None)
    services = SimpleNamespace(db=db, resolver=SimpleNamespace(resolve=take_long), keeper=None, settings=None)
    monkeypatch.setattr(startup, "services", services)
    monkeypatch.setattr(sign_in_module, "sign_in", take_long)
    routes = [*health_routes(startup), *sign_in_routes(startup), *reconcile_routes(startup.require)]
    app = Starlette(routes=[*routes, Route("/map/cube", plain)])

    async def live() -> str:
        waiting = [asyncio.create_task(exchange(app, ASKED[what]())) for _ in range(MANY)]
        while not begun.is_set():
            await asyncio.sleep(0.01)
        try:
            answer = await asyncio.wait_for(exchange(app, request_for("GET", "/map/cube", FORM, b"")), timeout=40)
        finally:
            go_on.set()
            await asyncio.gather(*waiting, return_exceptions=True)
        return answer.text

    assert asyncio.run(live()) == "The map"
