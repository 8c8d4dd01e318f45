"""More visitors than a server can serve: ``python -m benchmarks.overload --every 0.4 --seconds 60``.

Every so often a visitor asks for the start page and, unless it says that the site is busy, opens a page and chooses
three periods. With ``--other FOLDER``, the ``src`` of another version, both versions run at the same time and get the
same visitors, so that other work on the machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

import rallymap
from benchmarks.campaign.server import Server
from benchmarks.map_load import ANSWER_S, rerun

RUNS = 3
REST_S = 2.0


@dataclass
class Side:
    """One version: its server, and what its visitors saw, in seconds."""

    server: Server
    runs_s: list[float] = field(default_factory=list)
    refused_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    visitors: int = 0

    def visit(self, number: int) -> None:
        """Visit the site once."""
        choice = random.Random(number)
        headers = {"X-Forwarded-For": f"198.51.{number // 250 % 250}.{number % 250 + 1}"}
        began = time.monotonic()
        try:
            status, _ = self.server.ask("/", headers=headers)
            if status == 503:
                self.refused_s.append(time.monotonic() - began)
                return
            url = f"ws://127.0.0.1:{self.server.port}/_stcore/stream"
            with connect(url, max_size=None, open_timeout=ANSWER_S, additional_headers=headers) as socket:
                for _ in range(RUNS):
                    year = choice.randint(1986, 2022)
                    began = time.monotonic()
                    self.begun.append(began)
                    rerun(socket, f"from={year}-01-01&to={year + 2}-12-31")
                    self.runs_s.append(time.monotonic() - began)
                    time.sleep(REST_S)
        except (OSError, TimeoutError, EOFError, http.client.HTTPException, WebSocketException) as err:
            self.errors.append(type(err).__name__)

    def send_visitors(self, every_s: float, seconds: float) -> None:
        """Send a visitor every so often; those who still wait at the end are not waited for."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            threading.Thread(target=self.visit, args=(self.visitors,), daemon=True).start()
            self.visitors += 1
            time.sleep(every_s)

    def row(self, name: str) -> str:
        """Return the figures as a row of a table."""
        runs = sorted(self.runs_s) or [0.0]
        refused = statistics.median(self.refused_s) if self.refused_s else 0.0
        times = " | ".join(f"{run_s:.1f}" for run_s in (statistics.median(runs), runs[len(runs) * 95 // 100], runs[-1]))
        waiting = len(self.begun) - len(self.runs_s)
        busy = f"{len(self.refused_s)} ({refused:.1f} s)"
        return f"| {name} | {self.visitors} | {busy} | {len(self.runs_s)} | {waiting} | {times} | {len(self.errors)} |"


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=float, default=0.4, metavar="SECONDS", help="time between two visitors")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--other", type=Path, metavar="FOLDER", help="the folder src of another version")
    asked = parser.parse_args()
    versions = {"this version": Path(rallymap.__file__).parents[1]}
    if asked.other:
        versions["the other version"] = asked.other
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rallymap-overload-")))
        sides = {}
        for name, source in versions.items():
            home = folder / name.replace(" ", "-")
            home.mkdir()
            path = os.pathsep.join([str(source.resolve()), *filter(None, [os.environ.get("PYTHONPATH")])])
            settings = {"PYTHONPATH": path, "RALLYMAP_BUNDLED_EVENTS": "1"}
            sides[name] = Side(stack.enter_context(Server(home, settings)))
        senders = [
            threading.Thread(target=side.send_visitors, args=(asked.every, asked.seconds)) for side in sides.values()
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        sys.stdout.write(
            "| | visitors | saw that it is busy | runs | unfinished | median, s | 95th, s | longest, s | errors |\n"
        )
        sys.stdout.write("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
        for name, side in sides.items():
            sys.stdout.write(f"{side.row(name)}\n")


if __name__ == "__main__":
    main()
