"""The real app over a synthetic database, in a separate process, and a browser window on its map."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Frame, Page, ViewportSize

from benchmarks.map_data import home_with

START_S = 300.0
WINDOW: ViewportSize = {"width": 1400, "height": 900}
FRAME = "iframe[src*='/frame/'][data-drawn]"
"""The map's iframe, once the map is drawn."""
WATCH_DRAWING = """async () => {
    const card = await window.rallymap;
    const now = () => performance.timeOrigin + performance.now();
    window.drawn = [];
    window.told = [];
    const draw = card.draw.bind(card), show = card.show.bind(card);
    card.draw = (...given) => {
        draw(...given);
        // Where a first drawing is followed by one with all numbers exact, the latter counts.
        if (card.data.serves(card.choice)) requestAnimationFrame(() => window.drawn.push(now()));
    };
    card.show = (said) => {
        window.told.push(now());
        return show(said);
    };
    // The map follows the page's slider before the page has run.
    const move = card.slider.move.bind(card.slider);
    card.slider.move = (period) => {
        window.told.push(now());
        move(period);
        if (card.data.serves(card.choice)) requestAnimationFrame(() => window.drawn.push(now()));
    };
}"""


@dataclass
class Site:
    """A running app; `url` has no trailing slash."""

    url: str
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """Return the resident memory of the process, in units of 10**6 bytes."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6


@contextlib.contextmanager
def running_site(count: int) -> Iterator[Site]:
    """Serve `count` synthetic events for the duration of the block."""
    with serve(home_with(count)) as site:
        yield site


@contextlib.contextmanager
def serve(home: Path) -> Iterator[Site]:
    """Serve the data folder `home` for the duration of the block."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("rallymap")), "serve", "--port", str(port)]
    environment = os.environ | {"RALLYMAP_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield Site(f"http://localhost:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(port: int, process: subprocess.Popen[bytes], path: str = "/healthz") -> None:
    """Wait until `path` answers 200.

    Raises
    ------
    SystemExit
        If the process ends, or does not answer in time.
    """
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection("localhost", port, timeout=10)) as connection,
        ):
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("The server did not start.")


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def open_map(browser: Browser, url: str) -> Iterator[tuple[Page, Frame]]:
    """Open a new window on the map; yield the page and the map's iframe, whose drawing is monitored."""
    context = browser.new_context(viewport=WINDOW)
    try:
        page = context.new_page()
        page.goto(url)
        frame = map_frame(page)
        page.wait_for_timeout(1500)
        frame.evaluate(WATCH_DRAWING)
        yield page, frame
    finally:
        context.close()


def map_frame(page: Page) -> Frame:
    """Return the map's iframe once its events are drawn."""
    element = page.wait_for_selector(FRAME, timeout=60_000)
    frame = element.content_frame() if element else None
    if frame is None:
        raise SystemExit("The page has no map.")
    frame.wait_for_selector(".rm-marks button", state="attached", timeout=60_000)
    return frame
