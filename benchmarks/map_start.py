"""Check that the map appears on every first visit, on slow pages and on a busy machine, and measure how fast.

`python -m benchmarks.map_start --rates 1 4 6 10 --loads 40 --busy 100` serves the bundled events and makes each visit
in a new browser context. A rate of 4 makes the page's process four times slower (DevTools' usual model of a mid-range
phone). `--busy` visits run at rate 1 while all cores are busy.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

from benchmarks.map_site import FRAME, WINDOW, serve
from tools.get_browser import FLAGS, get_browser

MARK = ".rm-marks button"


@dataclass(frozen=True)
class Loads:
    """Visits under one condition: seconds until the map was drawn, None for each that stayed blank."""

    condition: str
    seconds: list[float | None]

    def row(self) -> str:
        """Return the table row."""
        drawn = sorted(value for value in self.seconds if value is not None)
        blank = len(self.seconds) - len(drawn)
        times = f"{statistics.median(drawn):8.1f} {drawn[-1]:8.1f}" if drawn else f"{'-':>8} {'-':>8}"
        return f"{self.condition:<24} {len(self.seconds):>5} {len(drawn):>6} {blank:>6} {times}"


def load_once(browser: Browser, url: str, *, rate: float, patience_s: float) -> float | None:
    """Open the URL as a new visitor; return seconds until an event is drawn on the map, or None."""
    context = browser.new_context(viewport=WINDOW)
    try:
        page = context.new_page()
        if rate != 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        begun = time.monotonic()
        page.goto(url, wait_until="commit", timeout=patience_s * 1000)
        left_ms = (patience_s - (time.monotonic() - begun)) * 1000
        page.frame_locator(FRAME).locator(MARK).first.wait_for(state="attached", timeout=left_ms)
        return time.monotonic() - begun
    except NotInTime:
        return None
    finally:
        context.close()


@contextlib.contextmanager
def busy_cores() -> Iterator[None]:
    """Keep every core busy for the duration of the block."""
    workers = [multiprocessing.Process(target=_count, daemon=True) for _ in range(os.cpu_count() or 1)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _count() -> None:
    while True:
        pass


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rates", nargs="*", type=float, default=[1, 4, 6, 10], help="how many times slower pages are")
    parser.add_argument("--loads", type=int, default=40, help="visits for each rate")
    parser.add_argument("--busy", type=int, default=100, help="visits with all cores kept busy")
    parser.add_argument("--patience", type=float, default=30.0, help="seconds after which a map counts as blank")
    parser.add_argument("--url", default="", help="measure a site that is served already")
    chosen = parser.parse_args()
    url, patience_s = chosen.url, chosen.patience
    with contextlib.ExitStack() as stack:
        if not url:
            home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = stack.enter_context(serve(home)).url
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        stack.callback(browser.close)
        load_once(browser, url, rate=1, patience_s=patience_s)  # the server's first visit is not measured
        print(f"{'condition':<24} {'loads':>5} {'drawn':>6} {'blank':>6} {'median s':>8} {'max s':>8}", flush=True)
        for rate in chosen.rates if chosen.loads else ():
            seconds = [load_once(browser, url, rate=rate, patience_s=patience_s) for _ in range(chosen.loads)]
            print(Loads(f"page {rate:g} times slower", seconds).row(), flush=True)
        if chosen.busy:
            with busy_cores():
                seconds = [load_once(browser, url, rate=1, patience_s=patience_s) for _ in range(chosen.busy)]
            print(Loads("all cores busy", seconds).row(), flush=True)


if __name__ == "__main__":
    main()
