"""Load test of two servers with one PostgreSQL: ``python -m benchmarks.load --minutes 10``.

Two ``rallymap serve`` processes share one database of 100 000 events; nginx sends each visitor to the same one
(:mod:`benchmarks.load_site`). 300 readers each request a part of the map, and now and then a list, an event or a feed,
every 5 seconds; 60 hold an open page (a Streamlit session over a WebSocket) and choose another period every 5 seconds.
With ``--kill-every 60`` the servers are killed in turn (SIGKILL) and restarted; their visitors reconnect through the
same proxy, as a browser does. The first 15 seconds, in which all connect, are not counted.

The table is printed in Markdown; figures are written to ``benchmarks/results/load.json``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.load_site import Workers, running_workers
from benchmarks.map_load import ANSWER_S, EVERY_S, rerun, view_targets

RESULTS = Path(__file__).parent / "results" / "load.json"
ARRIVE_S = 15.0
BACK_WITHIN_S = 30.0
"""An open page without a server for longer counts as lost."""
AFTER_KILL_S = 3.0
"""Answers cut off within this time after a kill are counted separately."""
_GONE = (OSError, TimeoutError, EOFError, http.client.HTTPException, WebSocketException)


@dataclass
class Load:
    """State and results of the load test; threads append to lists."""

    workers: Workers
    events: int
    began: float = field(default_factory=time.monotonic)
    end: float = 0.0
    views_ms: list[float] = field(default_factory=list)
    runs_ms: list[float] = field(default_factory=list)
    back_s: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory_mb: list[float] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    starts_s: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.end

    def note(self, kept: list[float], value: float) -> None:
        """Record a figure, unless visitors are still connecting."""
        if time.monotonic() - self.began > ARRIVE_S:
            kept.append(value)

    def fail(self, what: str) -> None:
        """Count an error, with whether a server had just been killed."""
        now = time.monotonic()
        is_of_kill = any(0 <= now - at < AFTER_KILL_S for at in self.kills)
        with self.lock:
            self.errors[f"{what}{' after a kill' if is_of_kill else ''}"] += 1

    def rest(self, begun: float) -> None:
        """Wait until the next request is due."""
        time.sleep(max(0.0, min(EVERY_S - (time.monotonic() - begun), self.end - time.monotonic())))


def read(load: Load, number: int) -> None:
    """Request views of the map and pages over one persistent connection, as browsers do."""
    choice = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", load.workers.port, timeout=ANSWER_S)
    headers = {"Accept-Encoding": "br", "X-Forwarded-For": _address(number)}
    time.sleep(choice.random() * EVERY_S)
    while load.goes_on:
        begun = time.monotonic()
        for target in _targets(choice, load.events):
            status = _ask(connection, target, headers)
            if status != 200:
                load.fail(f"{status or 'no answer'} {target.partition('?')[0].rpartition('/')[0] or '/'}")
        load.note(load.views_ms, (time.monotonic() - begun) * 1000)
        load.rest(begun)


def _ask(connection: http.client.HTTPConnection, target: str, headers: dict[str, str]) -> int:
    """Return the status, 0 for an answer that was cut off; reopen an idle connection that was closed."""
    for _ in range(2):
        is_new = connection.sock is None
        try:
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except _GONE:
            connection.close()
            if is_new:
                break
    return 0


def _targets(choice: random.Random, events: int) -> list[str]:
    """Return the requests of one move of the map, or of one page."""
    match choice.randrange(10):
        case 0:
            return [f"/events/synthetic-{choice.randrange(events):07}"]
        case 1:
            return [f"/api/v1/events?limit=50&community={choice.choice(('Iran', 'Tibet', 'Belarus'))}"]
        case 2:
            return ["/events/year/2019"]
        case _:
            return view_targets(choice)


def hold_page(load: Load, number: int) -> None:
    """Hold an open page and choose periods; reconnect after the server stopped."""
    choice = random.Random(1_000 + number)
    time.sleep(choice.random() * ARRIVE_S / 2)
    while load.goes_on:
        try:
            with _connected(load, number) as socket:
                while load.goes_on:
                    year = choice.randint(1986, 2022)
                    begun = time.monotonic()
                    rerun(socket, f"from={year}-01-01&to={year + 2}-12-31")
                    load.note(load.runs_ms, (time.monotonic() - begun) * 1000)
                    load.rest(begun)
        except _GONE:
            if not load.goes_on:
                return
            _come_back(load, number)


def _connected(load: Load, number: int) -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{load.workers.port}/_stcore/stream",
        additional_headers={"X-Forwarded-For": _address(500 + number)},
        max_size=None,
        open_timeout=ANSWER_S,
    )


def _come_back(load: Load, number: int) -> None:
    """Retry to connect and render the page, as the page in a browser does."""
    lost = time.monotonic()
    while load.goes_on:
        try:
            with _connected(load, number) as socket:
                rerun(socket, "")
        except _GONE:
            time.sleep(0.5)
        else:
            load.back_s.append(time.monotonic() - lost)
            if load.back_s[-1] > BACK_WITHIN_S:
                load.fail("page not back in time")
            return


def kill_in_turn(load: Load, every_s: float) -> None:
    """Kill one server after the other, and restart each at once."""
    for number in range(1_000):
        time.sleep(max(0.0, min(every_s, load.end - time.monotonic())))
        if load.end - time.monotonic() < every_s / 2:
            return
        server = load.workers.servers[number % 2]
        load.kills.append(time.monotonic())
        server.kill()
        server.__enter__()
        load.starts_s.append(server.start_s)


def watch_memory(load: Load) -> None:
    """Record the larger memory of both servers every few seconds."""
    while load.goes_on:
        load.note(load.memory_mb, max(load.workers.memory_mb(), default=0.0))
        time.sleep(min(EVERY_S, max(0.0, load.end - time.monotonic())))


def _address(number: int) -> str:
    return f"198.51.{100 + number // 250}.{number % 250 + 1}"


def put_under_load(load: Load, minutes: float, readers: int, sessions: int, kill_every_s: float) -> None:
    """Run all visitors at once, for this many minutes after the first seconds."""
    load.began = time.monotonic()
    load.end = load.began + ARRIVE_S + 60 * minutes
    work: list[tuple[Callable[..., None], tuple[object, ...]]] = [(watch_memory, (load,))]
    work += [(read, (load, number)) for number in range(readers)]
    work += [(hold_page, (load, number)) for number in range(sessions)]
    if kill_every_s:
        work.append((kill_in_turn, (load, kill_every_s)))
    threads = [threading.Thread(target=function, args=given) for function, given in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def figures(load: Load) -> dict[str, object]:
    """Return the results, times in milliseconds unless their names say otherwise."""
    found: dict[str, object] = {"kills": len(load.kills)}
    if load.starts_s:
        found["start_longest_s"] = round(max(load.starts_s), 1)
    for name, values in (("views", load.views_ms), ("runs", load.runs_ms)):
        found[name] = len(values)
        if len(values) > 1:
            found |= {f"{name}_median_ms": round(statistics.median(values))}
            found |= {f"{name}_p95_ms": round(statistics.quantiles(values, n=20)[-1])}
            found |= {f"{name}_longest_ms": round(max(values))}
    if load.back_s:
        found |= {"pages_lost": len(load.back_s), "back_longest_s": round(max(load.back_s), 1)}
    if load.memory_mb:
        found |= {"memory_begin_mb": round(load.memory_mb[0]), "memory_most_mb": round(max(load.memory_mb))}
        found["memory_end_mb"] = round(load.memory_mb[-1])
    return found | {"errors": sum(load.errors.values()), "errors_by_kind": dict(load.errors.most_common())}


def main() -> None:
    """Measure, print the table and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--sessions", type=int, default=60)
    parser.add_argument("--kill-every", type=float, default=0.0, metavar="SECONDS", help="0, the default: no kills")
    asked = parser.parse_args()
    with running_workers(asked.events) as workers:
        load = Load(workers, asked.events)
        put_under_load(load, asked.minutes, asked.readers, asked.sessions, asked.kill_every)
        tracebacks = [line for server in workers.servers for line in server.tracebacks()]
    found = figures(load) | {"tracebacks": len(tracebacks)}
    sys.stdout.write("| | measured |\n|---|--:|\n")
    for name, value in found.items():
        sys.stdout.write(f"| {name} | {value} |\n")
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else []
    kept.append({"at": datetime.now(UTC).isoformat(timespec="minutes"), **vars(asked), **found})
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")
    raise SystemExit(1 if found["errors"] or tracebacks else 0)


if __name__ == "__main__":
    main()
