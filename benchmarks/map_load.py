"""100 concurrent viewers: over the routes, each changing the view every 5 seconds, and as real Streamlit sessions."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.map_own import Measures
from benchmarks.map_site import Site

VIEWERS = 100
EVERY_S = 5.0
ROUNDS = 6
ANSWER_S = 60.0
SHORT = 400
"""In bytes; the message that a run has ended is shorter."""


def measure_routes(site: Site) -> Measures:
    """Let all viewers pan, zoom and choose periods at random; each keeps its connection, as browsers do."""
    times: list[float] = []
    errors: list[str] = []

    def view(seed: int) -> None:
        choice = random.Random(seed)
        connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=ANSWER_S)
        time.sleep(choice.random() * EVERY_S)
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            for target in view_targets(choice):
                status = get(connection, target)
                if status != 200:
                    errors.append(f"{status} {target}")
            spent = time.perf_counter() - begun
            times.append(spent * 1000)
            time.sleep(max(0.0, EVERY_S - spent))

    _all_at_once(view, errors)
    return {
        "routes_p95_ms": ([_p95(times)], "ms"),
        "routes_errors": ([float(len(errors))], "errors"),
    }


def get(connection: http.client.HTTPConnection, target: str) -> int:
    """Send a request as browsers do: if the server has closed the idle connection, retry on a new one."""
    for is_last in (False, True):
        try:
            connection.request("GET", target, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            connection.close()
            if is_last:
                raise
    raise AssertionError("never here")


def view_targets(choice: random.Random) -> list[str]:
    """Return the requests of a move of the map, and now and then of a chosen period."""
    zoom = choice.randint(2, 7)
    across = 1 << (zoom + 3)
    x = choice.randrange(0, across, 8)
    y = choice.randrange(0, max(8, across - 24), 8)
    grid = {"z": zoom + 3, "x0": x, "y0": y, "x1": x + min(across, 64), "y1": min(across, y + 32)}
    targets = [f"/map/cube?{urlencode(grid | {'bins': 500})}"]
    if choice.random() < 0.5:
        first = choice.randint(1986, 2020)
        targets.append(f"/map/period?{urlencode(grid | {'from': f'{first}-03-05', 'to': f'{first + 3}-07-09'})}")
    return targets


def measure_sessions(site: Site) -> Measures:
    """Let all viewers hold a session and rerun Explore with another period; also measure a session's memory."""
    times: list[float] = []
    errors: list[str] = []
    before_mb = site.memory_mb()
    all_open = threading.Barrier(VIEWERS)
    weighed: list[float] = []

    def view(seed: int) -> None:
        choice = random.Random(seed)
        with connect(
            site.url.replace("http", "ws", 1) + "/_stcore/stream", max_size=None, open_timeout=ANSWER_S
        ) as socket:
            rerun(socket, "")
            if all_open.wait(ANSWER_S * 4) == 0:
                weighed.append(site.memory_mb())
            time.sleep(choice.random() * EVERY_S)
            for _ in range(ROUNDS):
                year = choice.randint(1986, 2022)
                begun = time.perf_counter()
                rerun(socket, f"from={year}-01-01&to={year + 2}-12-31")
                spent = time.perf_counter() - begun
                times.append(spent * 1000)
                time.sleep(max(0.0, EVERY_S - spent))

    _all_at_once(view, errors)
    found: Measures = {"sessions_errors": ([float(len(errors))], "errors")}
    if times:
        found["sessions_p95_ms"] = ([_p95(times)], "ms")
    if weighed:
        found["session_mb"] = ([(weighed[0] - before_mb) / VIEWERS], "MB")
    return found


def rerun(socket: ClientConnection, query: str) -> None:
    """Request a run of the script and wait until it has finished."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    socket.send(asked.SerializeToString())
    while True:
        message = socket.recv(ANSWER_S)
        # The page's parts are long messages, which 100 viewers in one process need not parse.
        if len(message) < SHORT and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
            return


def _all_at_once(view: Callable[[int], None], errors: list[str]) -> None:
    def run(seed: int) -> None:
        try:
            view(seed)
        except (
            OSError,
            TimeoutError,
            threading.BrokenBarrierError,
            http.client.HTTPException,
            WebSocketException,
        ) as err:
            errors.append(repr(err))

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(VIEWERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors[:5]:
        print(error)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
