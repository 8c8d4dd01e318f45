"""Measure the time from the start of the app to its first answer, and until a visitor sees the map.

    python -m benchmarks.cold_start [--rounds 5]

Each round starts `rallymap serve` twice: with a new database, which is created and filled, and again with that
database. The clock starts with the process. Chromium already runs, with an empty cache. Results are written to
`benchmarks/results/cold_start.json`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.get_browser import FLAGS, get_browser

RESULTS = Path(__file__).parent / "results" / "cold_start.json"
FRAME = "iframe[src*='/frame/']"
MARK = ".rm-marks button"
"""A keyboard button, added once the map's events are drawn."""

TIMEOUT_S = 120.0


def measure_start(browser: Browser, home: Path) -> tuple[float, float]:
    """Start the app with `home`; return the seconds from process start to the first answer, and to the drawn map."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("rallymap")), "serve", "--port", str(port)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"RALLYMAP_HOME": str(home)}, stdout=subprocess.DEVNULL)
    try:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - started > TIMEOUT_S:
                raise SystemExit("The app did not start; run `rallymap serve` to see why.")
            time.sleep(0.01)
        answered_s = time.perf_counter() - started
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        page = context.new_page()
        page.goto(f"http://localhost:{port}/", wait_until="commit")
        page.frame_locator(FRAME).locator(MARK).first.wait_for(timeout=TIMEOUT_S * 1000)
        drawn_s = time.perf_counter() - started
        context.close()
        return answered_s, drawn_s
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(port: int) -> bool:
    """Return whether `/healthz` answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def row(measure: str, values: list[float]) -> dict[str, object]:
    """Return one line of the results."""
    return {
        "measure": measure,
        "rival": "rallymap",
        "n": len(values),
        "median": round(statistics.median(values), 2),
        "low": round(min(values), 2),
        "high": round(max(values), 2),
        "unit": "s",
    }


def main() -> None:
    """Measure, print a table, and write it to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    # Figures from a busy machine are unreliable; the load makes this visible.
    load_before = os.getloadavg()[0]
    values: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as home:
                for start in ("first_start", "later_start"):
                    answered_s, drawn_s = measure_start(browser, Path(home))
                    values.setdefault(f"{start}_to_answer", []).append(answered_s)
                    values.setdefault(f"{start}_to_map_drawn", []).append(drawn_s)
        browser.close()
    rows = [row(measure, found) for measure, found in values.items()]
    for line in rows:
        print(f"{line['measure']:<28} {line['median']:>6} s   ({line['low']} to {line['high']}, {line['n']} rounds)")
    RESULTS.parent.mkdir(exist_ok=True)
    record = {
        "command": f"python -m benchmarks.cold_start --rounds {rounds}",
        "cores": os.cpu_count(),
        "load_before": round(load_before, 2),
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(record, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
