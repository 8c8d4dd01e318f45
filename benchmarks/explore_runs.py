"""Measure runs of Explore with the bundled events: ``python -m benchmarks.explore_runs [--sessions 100] [--rounds 6]``.

First one session runs the page again and again, each time with another filter: messages, bytes and the server's
processor time of each run. Then many sessions (Streamlit sessions over WebSockets) each run it every 5 seconds for
another period, as :mod:`benchmarks.map_load` does with synthetic events. Server and visitors share the machine.

The table is printed; figures are added to ``benchmarks/results/explore_runs.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks import map_load
from benchmarks.map_site import Site, serve

RESULTS = Path(__file__).parent / "results" / "explore_runs.json"
WARM_RUNS = 15
"""Runs before the first that is measured: imports, catalogues and caches."""
FILTERS = {
    "no filter": lambda _choice: "",
    "period": lambda choice: _period(choice.randint(2005, 2024)),
    "country": lambda choice: f"country={choice.choice(('NO', 'SE', 'DE', 'FR', 'GB', 'US', 'CA', 'AU', 'NL', 'JP'))}",
    "period again": lambda _choice: _period(2019),
}
"""Query string of a run, by name; the names are the rows of the table."""


def _period(year: int) -> str:
    return f"from={year}-01-01&to={year + 2}-12-31"


def measure_runs(site: Site, runs: int) -> dict[str, float]:
    """Return messages, bytes and processor time in milliseconds of a run by filter: the median, time as mean."""
    choice = random.Random(1)
    server = psutil.Process(site.process.pid)
    found: dict[str, float] = {}
    with _connected(site) as socket:
        for _ in range(WARM_RUNS):
            for query in FILTERS.values():
                _run(socket, query(choice))
        for name, query in FILTERS.items():
            before = _spent_s(server)
            seen = [_run(socket, query(choice)) for _ in range(runs)]
            spent_ms = (_spent_s(server) - before) * 1000 / runs
            found |= {
                f"{name}: messages": statistics.median(messages for messages, _ in seen),
                f"{name}: kB": round(statistics.median(size for _, size in seen) / 1000, 1),
                f"{name}: processor ms": round(spent_ms, 1),
            }
    return found


def _connected(site: Site) -> ClientConnection:
    return connect(site.url.replace("http", "ws", 1) + "/_stcore/stream", max_size=None, open_timeout=map_load.ANSWER_S)


def _run(socket: ClientConnection, query: str) -> tuple[int, int]:
    """Request a run and wait for its end; return the number of messages and their size in bytes."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    socket.send(asked.SerializeToString())
    messages = size = 0
    while True:
        message = socket.recv(map_load.ANSWER_S)
        messages, size = messages + 1, size + len(message)
        if len(message) < map_load.SHORT and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
            return messages, size


def _spent_s(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    """Measure, print the table and add the figures to the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--sessions", type=int, default=100, help="0 leaves them out")
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as home, serve(Path(home)) as site:
        found = measure_runs(site, given.runs)
        if given.sessions:
            map_load.VIEWERS, map_load.ROUNDS = given.sessions, given.rounds
            before, begun = _spent_s(psutil.Process(site.process.pid)), time.monotonic()
            sessions = map_load.measure_sessions(site)
            spent_s = _spent_s(psutil.Process(site.process.pid)) - before
            found |= {name: round(values[0], 1) for name, (values, _unit) in sessions.items()}
            found["processor ms of each run of all sessions"] = round(
                spent_s * 1000 / (given.sessions * (given.rounds + 1)), 1
            )
            found["seconds"] = round(time.monotonic() - begun, 1)
    sys.stdout.write(f"load before: {load_before:.1f}\n| | measured |\n|---|--:|\n")
    for name, value in found.items():
        sys.stdout.write(f"| {name} | {value:g} |\n")
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    kept.append(
        {"at": datetime.now(UTC).isoformat(timespec="minutes"), "load_before": round(load_before, 1)}
        | vars(given)
        | found
    )
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
