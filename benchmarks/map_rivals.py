"""Four usual ways to draw the same events, in the same Chromium: slider moved to map drawn, first visit to map drawn.

What they load from elsewhere is answered from files of the same names out of npm packages, at once: they are measured
as if every server in the world were next door.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Error, Page, Route

from benchmarks.map_data import HOMES, synthetic_columns
from benchmarks.map_own import Measures
from benchmarks.map_site import WINDOW, free_port, wait_for
from rallymap.assets import read_asset

ROOT = Path(__file__).resolve().parents[1]
PAGES = Path(__file__).parent / "rival_pages"
PATIENCE_MS = 60_000
NPM_FILES = {
    "leaflet.markercluster.js": ("leaflet.markercluster", "1.5.3", "package/dist/leaflet.markercluster.js"),
    "jquery-3.7.1.min.js": ("jquery", "3.7.1", "package/dist/jquery.min.js"),
}
# A rival is drawn when its marks are there, or, for a picture that nothing can be asked about, two frames after the
# run that sent it: that is in the rival's favour.
MARKS_IN_FRAME = """() => [...document.querySelectorAll('iframe')].some((frame) => {
    try {
        return frame.contentWindow.sawMarks !== true && frame.contentDocument.querySelector('.leaflet-marker-icon')
            && (frame.contentWindow.sawMarks = true);
    } catch { return false; }
})"""
RUN_IS_OVER = """() => document.querySelector('canvas')
    && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""
MARKS_CHANGED = """() => {
    const pane = document.querySelector('.leaflet-marker-pane');
    const marks = pane ? [...pane.children] : [];
    const fresh = marks.length > 0 && marks.some((mark) => !mark.seen);
    if (fresh) marks.forEach((mark) => (mark.seen = true));
    return fresh;
}"""


def measure_rivals(browser: Browser, count: int, rounds: int) -> Iterator[tuple[str, Measures]]:
    """Give each rival's name and measures; one that does not finish in 60 s has 60 000 ms and is stopped."""
    for rival, drawn in (
        ("MarkerCluster", MARKS_IN_FRAME),
        ("FastMarkerCluster", MARKS_IN_FRAME),
        ("pydeck_chart", RUN_IS_OVER),
    ):
        with _streamlit_page(rival, count) as url:
            thumb = "[data-testid=stSlider] input[type=range]"
            yield rival, _measure(browser, url, drawn, thumb, rounds)
    with _dash_page(count) as url:
        yield "dash-leaflet", _measure(browser, url, MARKS_CHANGED, ".rc-slider-handle, .dash-slider-thumb", rounds)


def _measure(browser: Browser, url: str, drawn: str, thumb: str, rounds: int) -> Measures:
    context = browser.new_context(viewport=WINDOW)
    context.route(lambda address: "://localhost" not in address and "://127.0.0.1" not in address, _answer_from_npm)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    try:
        begun = time.perf_counter()
        page.goto(url, wait_until="commit")
        first = _wait(page, drawn, begun)
        measures: Measures = {"first_visit_ms": ([first], "ms")}
        if first >= PATIENCE_MS:
            return measures | {"slider_to_drawn_ms": ([float(PATIENCE_MS)], "ms")}
        page.wait_for_timeout(1500)
        page.locator(thumb).first.focus()
        times: list[float] = []
        for _ in range(rounds):
            begun = time.perf_counter()
            page.keyboard.press("ArrowRight")
            if drawn == RUN_IS_OVER:
                page.wait_for_function("() => !(" + RUN_IS_OVER + ")()", polling=5)
            times.append(_wait(page, drawn, begun))
            if times[-1] >= PATIENCE_MS:
                break
            page.wait_for_timeout(1200)
        return measures | {"slider_to_drawn_ms": (times, "ms")}
    finally:
        context.close()


def _wait(page: Page, drawn: str, begun: float) -> float:
    try:
        page.wait_for_function(drawn, polling="raf", timeout=PATIENCE_MS)
    except Error:
        return float(PATIENCE_MS)
    return min(float(PATIENCE_MS), (time.perf_counter() - begun) * 1000)


@contextlib.contextmanager
def _streamlit_page(rival: str, count: int) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PAGES / "streamlit_page.py")]
    command += ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    command += ["--browser.serverAddress", "localhost"]
    environment = os.environ | {"RIVAL": rival, "EVENTS": str(count), "PYTHONPATH": str(ROOT)}
    with _running(command, environment, port, "/_stcore/health"):
        yield f"http://localhost:{port}"


@contextlib.contextmanager
def _dash_page(count: int) -> Iterator[str]:
    """Serve dash-leaflet from its own environment in var/bench/dash, made at first use."""
    home = HOMES / "dash"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        lock = str(Path(__file__).parent / "map_rivals.lock")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], check=True)
    columns = synthetic_columns(count)
    table = HOMES / f"points-{count}.npy"
    np.save(table, np.stack([columns.lat, columns.lon, columns.day]))
    port = free_port()
    with _running([str(python), str(PAGES / "dash_page.py"), str(port), str(table)], dict(os.environ), port, "/"):
        yield f"http://localhost:{port}"


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], port: int, path: str) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, cwd=ROOT, **quiet)  # type: ignore[call-overload]
    try:
        wait_for(port, process, path)
        yield
    finally:
        process.kill()
        process.wait(timeout=30)


def _answer_from_npm(route: Route) -> None:
    name = route.request.url.partition("?")[0].rpartition("/")[2]
    if name == "leaflet.js":
        route.fulfill(body=read_asset("leaflet/leaflet.js"), content_type="text/javascript")
    elif name == "leaflet.css":
        route.fulfill(body=read_asset("leaflet/leaflet.css"), content_type="text/css")
    elif name in NPM_FILES:
        route.fulfill(body=_npm_file(*NPM_FILES[name]), content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")


@cache
def _npm_file(package: str, version: str, path: str) -> bytes:
    archive = HOMES / f"{package}-{version}.tgz"
    if not archive.exists():
        HOMES.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "pack", "--silent", f"{package}@{version}"], cwd=HOMES, check=True, stdout=subprocess.DEVNULL
        )
    with tarfile.open(archive) as files:
        file = files.extractfile(path)
        if file is None:
            raise FileNotFoundError(path)
        return file.read()
