"""The real server on a home folder: start it, send HTTP requests, stop or kill it, keep its log."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from benchmarks.map_site import free_port

START_S = 180.0
RALLYMAP = str(Path(sys.executable).with_name("rallymap"))
EVENTS_HEAD = "id,title,kind,date,date_precision,place,venue,country"


class Server:
    """A running site.

    Parameters
    ----------
    home
        ``RALLYMAP_HOME``; the server's log is written to ``HOME.log`` next to it.
    settings
        Further environment variables.
    must_serve
        Whether to wait until it is healthy; False waits until it answers at all.
    """

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None, *, must_serve: bool = True) -> None:
        self.home = home
        self.port = free_port()
        self.log = home.with_name(f"{home.name}.log")
        self._settings = environment(home, settings)
        self._must_serve = must_serve
        self.start_s = 0.0

    def __enter__(self) -> Self:
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [RALLYMAP, "serve", "--port", str(self.port)], env=self._settings, stdout=log, stderr=log
            )
        while time.monotonic() < began + START_S and self.process.poll() is None:
            status, _ = self.ask("/healthz")
            if status == 200 or (status and not self._must_serve):
                break
            time.sleep(0.05)
        self.start_s = time.monotonic() - began
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def url(self) -> str:
        """The site's URL, without a trailing slash."""
        return f"http://localhost:{self.port}"

    @property
    def serves(self) -> bool:
        """Whether the process runs and is healthy."""
        return self.process.poll() is None and self.ask("/healthz")[0] == 200

    def ask(self, path: str, *, headers: Mapping[str, str] | None = None, method: str = "GET") -> tuple[int, bytes]:
        """Return status and body; status 0 if there is no answer within 30 seconds."""
        status, body, _ = self.ask_whole(path, headers=headers, method=method)
        return status, body

    def ask_whole(
        self, path: str, *, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> tuple[int, bytes, list[tuple[str, str]]]:
        """Return status, body and headers; see :meth:`ask`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.getheaders()
        except (OSError, http.client.HTTPException):
            return 0, b"", []
        finally:
            connection.close()

    def wait_until(self, status: int, path: str = "/healthz", within_s: float = 60.0) -> float | None:
        """Wait until a route answers with a status; return the seconds it took, or None."""
        began = time.monotonic()
        while time.monotonic() < began + within_s:
            if self.ask(path)[0] == status:
                return time.monotonic() - began
            time.sleep(0.1)
        return None

    def kill(self) -> None:
        """Kill the process, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def memory_mb(self) -> float:
        """Return the resident memory, in units of 10**6 bytes."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    def tracebacks(self) -> list[str]:
        """Return the last line of each traceback in the log."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [line for line in lines if "Traceback (most recent" in line or "its message is left out" in line]


def environment(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for a home folder with an empty database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RALLYMAP_")}
    return kept | {"RALLYMAP_HOME": str(home), "RALLYMAP_BUNDLED_EVENTS": "0"} | dict(settings or {})


def run(home: Path, *words: str, settings: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of rallymap until it ends."""
    return subprocess.run(
        [RALLYMAP, *words], env=environment(home, settings), capture_output=True, text=True, check=False, timeout=300
    )
