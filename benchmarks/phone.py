"""Measure how soon a new visitor with a mid-range phone and a slow network can read the list and see the map.

`python -m benchmarks.phone --loads 10` serves the bundled events and opens Explore in a new browser each time, in a
window of 390 by 844, with a processor four times slower and a network of 1.6 Mbit/s down, 0.75 Mbit/s up and 150 ms
(the "slow 4G" of Chromium's DevTools and of Lighthouse). For comparison, the same events are served over the same
network as a table in Datasette, a common way to publish an SQLite table.
"""

from __future__ import annotations

import argparse
import contextlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

import rallymap
from benchmarks.map_site import FRAME, free_port, serve, wait_for
from tools.get_browser import FLAGS, get_browser

CPU_RATE = 4
DOWN_BYTES_S, UP_BYTES_S, LATENCY_MS = 1.6e6 / 8, 0.75e6 / 8, 150
PATIENCE_MS = 90_000
OUR_ROWS = "#rm-first li, .st-key-list [class*=st-key-row-] button"
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Loads:
    """Visits to one page: seconds to the first row, seconds to the map, bytes over the wire, layout shift."""

    name: str
    rows_s: list[float] = field(default_factory=list)
    map_s: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)

    def line(self) -> str:
        """Return the table row: median, and in brackets the worst."""
        if not self.received:
            return f"| {self.name} | never | never | - | - |"
        times = [f"{statistics.median(v):.1f} ({max(v):.1f})" if v else "-" for v in (self.rows_s, self.map_s)]
        size, shift = statistics.median(self.received) / 1e6, max(self.shifts)
        return f"| {self.name} | {times[0]} | {times[1]} | {size:.2f} | {shift:.3f} |"


def load_once(browser: Browser, url: str, rows: str, loads: Loads, *, has_map: bool) -> None:
    """Open a URL as a new visitor and add the measurements to `loads`."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        received = _count_bytes(devtools)
        _slow_down(devtools)
        page.add_init_script(SHIFTS)
        begun = time.monotonic()
        page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
        page.locator(rows).first.wait_for(state="visible", timeout=PATIENCE_MS)
        loads.rows_s.append(time.monotonic() - begun)
        if has_map:
            page.locator(FRAME).wait_for(state="attached", timeout=PATIENCE_MS)
            loads.map_s.append(time.monotonic() - begun)
        _wait_until_quiet(page, received)
        loads.received.append(sum(received))
        loads.shifts.append(float(page.evaluate("window.shifted")))
    except NotInTime:
        print(f"{loads.name}: not there after {PATIENCE_MS / 1000:.0f} s", flush=True)
    finally:
        context.close()


def _slow_down(devtools: CDPSession) -> None:
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": DOWN_BYTES_S,
            "uploadThroughput": UP_BYTES_S,
        },
    )


def _count_bytes(devtools: CDPSession) -> list[float]:
    """Return a list to which the transferred bytes of each answer are appended."""
    received: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    return received


def _wait_until_quiet(page: Page, received: list[float]) -> None:
    """Wait until nothing has arrived for two seconds."""
    before = -1
    while len(received) != before:
        before = len(received)
        page.wait_for_timeout(2000)


@contextlib.contextmanager
def datasette(folder: Path, ours: str) -> Iterator[str]:
    """Serve the event table of a running rallymap with Datasette; yield the URL of its page."""
    table = rallymap.load(ours)
    with contextlib.closing(sqlite3.connect(folder / "events.db")) as db:
        table.astype(str).to_sql("events", db)
    port = free_port()
    command = [str(Path(sys.executable).with_name("datasette")), "serve", str(folder / "events.db"), "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process, "/-/versions.json")
        yield f"http://localhost:{port}/events/events?_sort_desc=start"
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=10, help="visits to each page")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as stack:
        home, folder = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        ours = stack.enter_context(serve(home)).url
        table = stack.enter_context(datasette(folder, ours))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        stack.callback(browser.close)
        pages = (
            (f"{ours}/", OUR_ROWS, Loads("rallymap"), True),
            (table, "table.rows-and-columns tbody tr", Loads("Datasette (a table, no map)"), False),
        )
        load_once(browser, ours, OUR_ROWS, Loads("warm"), has_map=True)  # the server's first visit
        for _ in range(chosen.loads):  # alternating, so that both run under the same conditions
            for url, rows, loads, has_map in pages:
                load_once(browser, url, rows, loads, has_map=has_map)
        print("| page | first row, s | map, s | MB | layout shift |\n|---|--:|--:|--:|--:|")
        for _, _, loads, _ in pages:
            print(loads.line())


if __name__ == "__main__":
    main()
