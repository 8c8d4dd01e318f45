"""Measure four other ways to draw the same events, in the same Chromium with the same actions.

Each rival is a small app in `benchmarks/rivals`, with the same events, the same window and a slider over the same days.
It is done when the map has not been drawn again for a second; the time of the last drawing counts.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Error, Frame, Page
from playwright.sync_api import TimeoutError as NotInTime

from benchmarks.map_data import HOMES, home_with
from benchmarks.map_site import WINDOW, free_port, wait_for
from rallymap.store import Database
from rallymap.store.events import public_rows

LIMIT_MS = 60_000
QUIET_MS = 1_000
PAN_PX = 500
ROOT = Path(__file__).resolve().parents[2]
MARKER_CLUSTER = "leaflet.markercluster-1.1.0"
"""The version used by Folium; `make bench` fetches it from npm."""

WATCH_DRAWING = """
window.clock = () => performance.timeOrigin + performance.now();
window.drawnAt = window.begunAt = 0;
window.noteDrawing = () => requestAnimationFrame(() => (window.drawnAt = window.clock()));
for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
        window.noteDrawing();
        return draw.apply(this, given);
    };
}
"""
DRAWN = """([since, quiet]) => {
    if (!document.isWatched) {
        document.isWatched = true;
        const begin = () => (window.begunAt = window.clock());
        for (const name of ["keydown", "mouseup"]) document.addEventListener(name, begin, true);
        const isMark = ({ target }) => target.closest?.(".leaflet-marker-pane");
        new MutationObserver((changes) => changes.some(isMark) && window.noteDrawing())
            .observe(document, { childList: true, subtree: true });
        if (document.querySelector(".leaflet-marker-icon")) window.noteDrawing();
    }
    return window.drawnAt > since && window.clock() - window.drawnAt > quiet && window.drawnAt;
}"""
"""Monitors the document from the first call; true once the map was drawn and is idle."""


@dataclass(frozen=True)
class Rival:
    """Another library; `script` is in `benchmarks/rivals`, `frame` is a part of the URL of the map's iframe."""

    name: str
    script: str
    thumb: str = "[data-testid=stSlider] input[type=range]"
    frame: str = ""

    def command(self, port: int) -> list[str]:
        if self.script == "dash_geojson":
            return [sys.executable, "-m", f"benchmarks.rivals.{self.script}", str(port)]
        script = str(ROOT / "benchmarks" / "rivals" / f"{self.script}.py")
        quiet = ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none", "--server.headless=true"]
        return [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}", *quiet]

    def map_frame(self, page: Page) -> Frame | None:
        """Return the iframe that draws the map, None if it does not exist yet."""
        return next((frame for frame in page.frames if self.frame in frame.url), None)


RIVALS = (
    Rival("MarkerCluster", "marker_cluster", frame="streamlit_folium"),
    Rival("FastMarkerCluster", "fast_marker_cluster", frame="streamlit_folium"),
    Rival("pydeck", "pydeck_scatter"),
    Rival("dash-leaflet", "dash_geojson", thumb="#period [role=slider]"),
)
Found = dict[str, list[float] | None]
"""Milliseconds by measure; None if not done within `LIMIT_MS`."""


def measure_rival(browser: Browser, rival: Rival, count: int, rounds: int) -> tuple[Found, str]:
    """Open the rival's page with an empty cache, then move its slider and its map, `rounds` times each.

    The page is opened twice, each time as a new visitor; the second visit counts, because the server is warm then. If a
    step fails, it and the following ones are None, and the text has the reason.
    """
    found: Found = {"first_visit_ms": None, "slider_to_drawn_ms": None, "pan_to_drawn_ms": None}
    try:
        with served(rival, count) as url:
            with _new_visit(browser) as page:
                _open(page, rival, url)
            with _new_visit(browser) as page:
                found["first_visit_ms"] = [_open(page, rival, url)]
                found["slider_to_drawn_ms"] = _slide(page, rival, rounds)
                found["pan_to_drawn_ms"] = _pan(page, rival, rounds)
    except NotInTime:
        return found, f"did not finish in {LIMIT_MS // 1000} s"
    except Error as err:
        return found, f"the page broke: {err.message.splitlines()[0]}"
    return found, ""


@contextlib.contextmanager
def _new_visit(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WINDOW)
    try:
        context.add_init_script(WATCH_DRAWING)
        yield context.new_page()
    finally:
        context.close()


def _open(page: Page, rival: Rival, url: str) -> float:
    begun = time.time() * 1000
    page.goto(url, wait_until="commit", timeout=LIMIT_MS)
    page.evaluate(DRAWN, [0.0, QUIET_MS])
    return _when_drawn(page, rival, 0.0, begun + LIMIT_MS) - begun


def _slide(page: Page, rival: Rival, rounds: int) -> list[float]:
    # Move the last day's handle to the left: many events are there, so that each step changes the map.
    thumb = page.locator(rival.thumb).last
    times = []
    for _ in range(rounds):
        thumb.focus()
        page.keyboard.press("ArrowLeft")
        begun = float(page.evaluate("window.begunAt"))
        times.append(_when_drawn(page, rival, begun, begun + LIMIT_MS) - begun)
    return times


def _pan(page: Page, rival: Rival, rounds: int) -> list[float]:
    frame = rival.map_frame(page)
    area = frame.locator(".leaflet-container, canvas").first.bounding_box() if frame else None
    if frame is None or area is None:
        raise SystemExit(f"{rival.name} has no map.")
    zoom_in = frame.locator(".leaflet-control-zoom-in")
    for _ in range(2 * zoom_in.count()):
        zoom_in.click()
        page.wait_for_timeout(1_500)
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    times = []
    for n in range(rounds):
        by = PAN_PX * (-1) ** n
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 7):
            page.mouse.move(x + by * step / 6, y)
        page.wait_for_timeout(200)  # no inertia when the button is released
        page.mouse.up()
        begun = float(frame.evaluate("window.begunAt"))
        times.append(max(0.0, _when_drawn(page, rival, begun - QUIET_MS, begun + LIMIT_MS) - begun))
    return times


def _when_drawn(page: Page, rival: Rival, since: float, until: float) -> float:
    """Return the time of the map's last drawing after `since`, once the map is idle.

    Raises
    ------
    NotInTime
        If that has not happened by `until`.
    """
    while (left_ms := until + QUIET_MS - time.time() * 1000) > 0:
        frame = rival.map_frame(page)
        if frame is None:
            page.wait_for_timeout(50)
            continue
        try:
            answer = frame.wait_for_function(DRAWN, arg=[since, QUIET_MS], timeout=left_ms, polling=50)
            return float(answer.json_value())
        except Error as err:
            if isinstance(err, NotInTime) or not frame.is_detached():
                raise
            # The page has replaced this iframe by a new one; wait for its drawing.
    raise NotInTime("not drawn")


@contextlib.contextmanager
def served(rival: Rival, count: int) -> Iterator[str]:
    """Serve a rival's app; yield its URL."""
    port, files_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")} | {
        "PYTHONPATH": str(ROOT),
        "RIVAL_EVENTS": str(columns_file(count)),
        "RIVAL_FILES": f"http://localhost:{files_port}",
    }
    # In a separate folder, where Streamlit finds none of our options.
    folder = leaflet_folder()
    with contextlib.ExitStack() as stack:
        file_server = [sys.executable, "-m", "http.server", str(files_port), "--bind", "127.0.0.1"]
        for command in (file_server, rival.command(port)):
            process = stack.enter_context(
                subprocess.Popen(
                    command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
            stack.callback(process.kill)
        wait_for(port, process, "/" if rival.script == "dash_geojson" else "/_stcore/health")
        yield f"http://localhost:{port}/"


def columns_file(count: int) -> Path:
    """Return the file with the events' columns; written at first use."""
    path = HOMES / f"columns-{count}.npz"
    if not path.exists():
        db = Database.open(f"sqlite:///{home_with(count) / 'rallymap.db'}")
        parts = [np.array([(row.lat, row.lon, row.start_day, row.end_day) for row in rows]) for rows in public_rows(db)]
        db.close()
        lat, lon, start, end = np.concatenate(parts).T
        np.savez(path, lat=lat, lon=lon, start_day=start.astype("i4"), end_day=end.astype("i4"))
    return path


def leaflet_folder() -> Path:
    """Return a folder with Leaflet and its cluster plugin, so that no rival waits for a remote host."""
    folder = HOMES / "leaflet"
    folder.mkdir(parents=True, exist_ok=True)
    archive = HOMES / f"{MARKER_CLUSTER}.tgz"
    if not archive.exists():
        raise SystemExit(f"{archive} is not there; `make bench` fetches it.")
    with tarfile.open(archive) as tar:
        for name in ("leaflet.markercluster.js", "MarkerCluster.css", "MarkerCluster.Default.css"):
            member = tar.extractfile(f"package/dist/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    for file in files("django-js-lib-leaflet") or ():
        if file.name in ("leaflet.js", "leaflet.css"):
            (folder / file.name).write_bytes(file.read_binary())
    return folder
