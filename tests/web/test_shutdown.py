"""SIGTERM: answers that were begun arrive whole, new connections are refused, the lock of the home folder is free."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap.settings import Settings
from rallymap.store.home_lock import HomeLock

pytestmark = pytest.mark.slow

READERS = 2
"""More exports at once are refused."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("RALLYMAP_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "rallymap.cli", "serve", "--port", "0"],
        env=env | {"RALLYMAP_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port = next(int(found[1]) for line in process.stdout if (found := re.search(r"http://localhost:(\d+)", line)))
    yield process, port
    process.kill()
    process.wait()
    process.stdout.close()


def test_answers_that_were_begun_arrive_whole(server: tuple[subprocess.Popen[str], int], tmp_path: Path) -> None:
    process, port = server
    whole: list[int] = []
    broken: list[str] = []
    first = threading.Barrier(READERS + 1)

    def read() -> None:
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request("GET", "/export/events.csv")
                response = connection.getresponse()
            except OSError:
                return  # refused, or closed before an answer was begun
            except http.client.RemoteDisconnected:
                return
            try:
                body = response.read()
            except http.client.IncompleteRead as err:
                broken.append(repr(err))
                return
            finally:
                connection.close()
            whole.append(len(body) if response.status == 200 else -response.status)
            if len(whole) <= READERS and not first.broken:
                first.wait(timeout=60)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    first.wait(timeout=60)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) in (0, -signal.SIGTERM)
    for reader in readers:
        reader.join()

    assert broken == []
    assert len(set(whole)) == 1
    assert whole[0] > 100_000
    HomeLock.alone(Settings.from_env({"RALLYMAP_HOME": str(tmp_path / "home")}).home).release()


def test_restore_is_refused_while_the_server_runs(
    server: tuple[subprocess.Popen[str], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from rallymap.cli import main

    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    assert CliRunner().invoke(main, ["backup", "-o", str(tmp_path / "copy")]).exit_code == 0
    refused = CliRunner().invoke(main, ["restore", "--replace", str(tmp_path / "copy")])
    assert (refused.exit_code, f"A rallymap is running in {tmp_path / 'home'}." in refused.stderr) == (1, True)
    server[0].kill()
    server[0].wait()
    assert CliRunner().invoke(main, ["restore", "--replace", str(tmp_path / "copy")]).exit_code == 0
