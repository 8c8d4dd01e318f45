"""``serve`` listens once the site is ready, and says why it cannot."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from rallymap.errors import RallymapError
from rallymap.settings import Settings
from rallymap.web import serve as serve_module
from rallymap.web.serve import serve


@pytest.fixture
def serve_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], Starlette]], None]:
    """Return ``serve_at(port, start)``, which serves the app that `start` returns."""
    monkeypatch.setattr(serve_module, "set_up_logs", lambda **_: None)

    def run(port: int, start: Callable[[], Starlette]) -> None:
        monkeypatch.setattr(serve_module, "create_app", lambda *_, **__: start())
        serve(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), port=port)

    return run


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def test_connections_are_refused_until_the_site_is_ready(serve_at) -> None:
    port = free_port()

    def start() -> Starlette:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=60)
        raise RallymapError("not ready yet")

    with pytest.raises(RallymapError, match="not ready yet"):
        serve_at(port, start)


def test_port_that_another_process_takes_meanwhile_is_said_in_words(serve_at) -> None:
    port = free_port()
    with contextlib.ExitStack() as stack:

        def start() -> Starlette:
            stack.enter_context(socket.create_server(("127.0.0.1", port)))
            return Starlette()

        with pytest.raises(RallymapError) as caught:
            serve_at(port, start)
    assert caught.value.user_message == (
        f"Nothing can listen on 127.0.0.1, port {port}: Address already in use. Perhaps this site is running already. "
        "Choose another with --host or --port."
    )


def test_other_error_of_the_system_is_not_taken_for_a_port(serve_at, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_many_files(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(uvicorn.Server, "run", too_many_files)
    with pytest.raises(RallymapError) as caught:
        serve_at(free_port(), Starlette)
    assert caught.value.user_message == "The site ended, because the system refused something: Too many open files."
