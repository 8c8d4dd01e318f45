"""What rallymap's own map takes: in the browser, over the wire, in the server's memory."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Browser, Frame, Page

from benchmarks.map_data import synthetic_events
from benchmarks.map_site import WINDOW, Site, map_frame, open_map
from rallymap.events import Event
from rallymap.moderation import country_of
from rallymap.query.filters import days_since_epoch
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot

Measures = dict[str, tuple[list[float], str]]
"""Values by measure, with their unit."""

WATCH_FRAMES = """() => {
    window.frames_ms = [];
    let before = performance.now();
    const next = (now) => {
        window.frames_ms.push(now - before);
        before = now;
        window.frame_watch = requestAnimationFrame(next);
    };
    window.frame_watch = requestAnimationFrame(next);
}"""
# Clocks stand in the browser: how long the test driver takes to reach it is no one's waiting time.
NOW = "performance.timeOrigin + performance.now()"
PAN = (
    f"([x, y]) => window.rallymap.then(({{ map }}) => (window.begun = {NOW}, map.panBy([x, y], {{ animate: false }})))"
)
ZOOM = f"(z) => window.rallymap.then(({{ map }}) => (window.begun = {NOW}, map.setZoom(z, {{ animate: false }})))"


def measure_first_visit(browser: Browser, site: Site, rounds: int) -> Measures:
    """Time from the address to the map with its events, nothing cached; bytes of our own assets and data."""
    times, sizes = [], []
    for _ in range(rounds):
        context = browser.new_context(viewport=WINDOW)
        page = context.new_page()
        own: list[float] = []
        page.on("response", lambda got, own=own: own.append(_size_of_own(got.url, got.headers)))
        begun = time.perf_counter()
        page.goto(site.url + "/", wait_until="commit")
        map_frame(page)
        times.append((time.perf_counter() - begun) * 1000)
        page.wait_for_timeout(800)
        sizes.append(sum(own) / 1000)
        context.close()
    return {"first_visit_ms": (times, "ms"), "first_visit_own_kb": (sizes, "kB")}


def _size_of_own(url: str, headers: dict[str, str]) -> float:
    return float(headers.get("content-length", 0)) if "/map/" in url or "/assets/" in url else 0.0


def measure_interaction(browser: Browser, site: Site, rounds: int) -> Measures:
    """Slider, pan and zoom, brushing and playing, in one window."""
    with open_map(browser, site.url + "/?at=40,5,5") as (page, frame):
        sizes: list[float] = []
        page.on("response", lambda got: "/map/cube" in got.url and sizes.append(float(got.headers["content-length"])))
        slider, own = _slide(page, frame, rounds)
        pans = [_move(page, frame, PAN, [900 * (-1) ** n, 0]) for n in range(rounds)]
        zooms = [_move(page, frame, ZOOM, 4 + n % 3) for n in range(rounds)]
        frames, requests = _watch(page, frame, lambda: _drag(page, frame))
        page.mouse.up()
        page.wait_for_timeout(1500)
        played, more = _watch(page, frame, lambda: _play(page, frame))
    return {
        "slider_to_drawn_ms": (slider, "ms"),
        "own_share_ms": (own, "ms"),
        "pan_to_drawn_ms": (pans, "ms"),
        "zoom_to_drawn_ms": (zooms, "ms"),
        "view_bytes": (sizes, "bytes"),
        "scrub_fps": ([1000 / ms for ms in frames], "frames/s"),
        "scrub_slowest_frame_ms": ([max(frames)], "ms"),
        "play_fps": ([1000 / ms for ms in played], "frames/s"),
        "play_slowest_frame_ms": ([max(played)], "ms"),
        "requests_while_scrubbing": ([float(requests + more)], "requests"),
    }


def _slide(page: Page, frame: Frame, rounds: int) -> tuple[list[float], list[float]]:
    """Move the page's slider by keys; return the times until the map is drawn, and the parts of it within the map."""
    thumb = page.locator("[data-testid=stSlider] input[type=range]").first
    thumb.focus()
    page.evaluate(f"document.addEventListener('keydown', () => (window.begun = {NOW}), true)")
    times, own = [], []
    for _ in range(rounds):
        frame.evaluate("window.drawn.length = window.told.length = 0")
        page.keyboard.press("ArrowRight")
        _wait_until_drawn(page, frame)
        times.append(frame.evaluate("window.drawn.at(0)") - page.evaluate("window.begun"))
        own.append(frame.evaluate("window.drawn.at(0) - window.told.at(0)"))
    return times, own


def _move(page: Page, frame: Frame, script: str, argument: object) -> float:
    frame.evaluate("window.drawn.length = 0")
    frame.evaluate(script, argument)
    _wait_until_drawn(page, frame)
    return float(frame.evaluate("window.drawn.at(0) - window.begun"))


def _wait_until_drawn(page: Page, frame: Frame) -> None:
    frame.wait_for_function("window.drawn.length > 0", timeout=60_000)
    page.wait_for_timeout(1200)


def _watch(page: Page, frame: Frame, act: Callable[[], None]) -> tuple[list[float], int]:
    """Return how long each frame took while `act` ran, and how many requests for map data were made."""
    asked: list[str] = []

    def note(request: object) -> None:
        url = str(getattr(request, "url", ""))
        if "/map/cube" in url or "/map/period" in url:
            asked.append(url)

    page.on("request", note)
    frame.evaluate(WATCH_FRAMES)
    act()
    frames = frame.evaluate("(cancelAnimationFrame(window.frame_watch), window.frames_ms.slice(2))")
    count = len(asked)
    page.remove_listener("request", note)
    page.wait_for_timeout(1500)
    return frames, count


def _drag(page: Page, frame: Frame) -> None:
    box = frame.locator(".rm-track").bounding_box()
    if box is None:
        raise SystemExit("The map has no timeline.")
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    for step in range(150):
        page.mouse.move(box["x"] + box["width"] * (0.22 + 0.0045 * step), y)


def _play(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Play").click()
    page.wait_for_timeout(4000)


def measure_apply(count: int, rounds: int) -> Measures:
    """Time until one new event among `count` is in the snapshot."""
    rows = [_row(event) for event in synthetic_events(count)]
    snapshot = Snapshot.build([rows], 1)
    fresh = rows[0]._replace(id="a-new-event", start_day=(rows[0].start_day or 0) + 1)
    del rows
    times = []
    for version in range(2, rounds + 2):
        begun = time.perf_counter()
        snapshot.apply(version, [fresh], ["synthetic-0000005"])
        times.append((time.perf_counter() - begun) * 1000)
    return {"new_event_in_snapshot_ms": (times, "ms")}


def _row(event: Event) -> EventRow:
    where, when = event.location, event.when
    assert where is not None
    assert when.start is not None
    assert when.end is not None
    return EventRow(
        event.id, event.kind.value, days_since_epoch(when.start), days_since_epoch(when.end), when.precision.value,
        where.lat, where.lon, where.precision.value, country_of(event), event.status.value, event.organisers,
        event.communities, None, where.radius_m,
    )  # fmt: skip
