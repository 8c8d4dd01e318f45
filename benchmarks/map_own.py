"""Cost of rallymap's own map: in the browser, over the wire, in memory."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Browser, Frame, Page, Request

from benchmarks.map_data import home_with
from benchmarks.map_site import WINDOW, Site, map_frame, open_map
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.events import public_rows

Measures = dict[str, tuple[list[float], str]]
"""Values by measure, with their unit."""

START = "/?at=40,5,5"
"""Western Europe and the Mediterranean: of a million events, some ten thousand cells and cities are in view."""
PAN_PX = 600
SCRUBS = 3
SCRUB_STEPS = 150
PLAY_MS = 4_000

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
# Times are measured in the browser, so that the latency of the test driver does not count.
NOW = "performance.timeOrigin + performance.now()"
NOTE_BEGIN = f"(kind) => document.addEventListener(kind, () => (window.begun = {NOW}), true)"
# The page has followed when its pill names the new period; the list is updated by the same run.
NOTE_RUNS = f"""() => {{
    window.runs = [];
    // The style sheet shows the period in the pill (rallymap/ui/pill_marks.py).
    const sheets = () => [...document.querySelectorAll("style")];
    const named = () => sheets().find((one) => one.textContent.includes(".st-key-period "));
    let before = named()?.textContent;
    const note = () => {{
        const now = named()?.textContent;
        if (now === undefined || now === before) return;
        before = now;
        requestAnimationFrame(() => window.runs.push({NOW}));
    }};
    new MutationObserver(note).observe(document.body, {{ subtree: true, childList: true, characterData: true }});
}}"""
# Both return nothing: the test driver would copy a returned map, which takes a fifth of a second of the page's time.
ZOOM = f"""() => window.rallymap.then(({{ map }}) => {{
    window.begun = {NOW};
    map.setZoom(map.getZoom() + 1, {{ animate: false }});
}})"""
LOOK = "(at) => window.rallymap.then(({ map }) => void map.setView(at, 5, { animate: false }))"


def measure_first_visit(browser: Browser, site: Site, rounds: int) -> Measures:
    """Time from the URL to the map with its events, with an empty cache; bytes of our own assets and data.

    The server has had one visitor before.
    """
    times, sizes = [], []
    for n in range(rounds + 1):
        context = browser.new_context(viewport=WINDOW)
        page = context.new_page()
        own: list[Request] = []
        page.on("requestfinished", _keep_in(own, _is_own))
        begun = time.perf_counter()
        page.goto(site.url + "/", wait_until="commit")
        map_frame(page)
        spent_ms = (time.perf_counter() - begun) * 1000
        page.wait_for_timeout(800)
        if n:
            times.append(spent_ms)
            sizes.append(float(sum(got.sizes()["responseBodySize"] for got in own)))
        context.close()
    return {"first_visit_ms": (times, "ms"), "first_visit_own_bytes": (sizes, "bytes")}


def _keep_in(requests: list[Request], is_wanted: Callable[[str], bool]) -> Callable[[Request], None]:
    """Return a listener that records the requests whose URL matches."""

    def keep(request: Request) -> None:
        if is_wanted(request.url):
            requests.append(request)

    return keep


def _is_own(url: str) -> bool:
    return "/map/" in url or "/assets/" in url


def measure_interaction(browser: Browser, site: Site, rounds: int) -> Measures:
    """Measure slider, pan and zoom, brushing and playing, in one window."""
    with open_map(browser, site.url + START) as (page, frame):
        asked: list[Request] = []
        page.on("requestfinished", _keep_in(asked, lambda url: "/map/cube" in url))
        slider, own, lists = _slide(page, frame, rounds)
        pans = _pan(page, frame, rounds)
        zooms = _zoom(page, frame, rounds)
        sizes = [float(got.sizes()["responseBodySize"]) for got in asked]
        scrubs = [_watch(page, frame, lambda: _scrub(page, frame)) for _ in range(SCRUBS)]
        plays = [_watch(page, frame, lambda: _play(page, frame))]
    return {
        "slider_to_drawn_ms": (slider, "ms"),
        "own_share_ms": (own, "ms"),
        "slider_to_list_ms": (lists, "ms"),
        "pan_to_drawn_ms": (pans, "ms"),
        "zoom_to_drawn_ms": (zooms, "ms"),
        "view_bytes": (sizes, "bytes"),
        **_frame_measures("scrub", scrubs),
        **_frame_measures("play", plays),
        "requests_while_scrubbing": ([float(count) for _, count in scrubs + plays], "requests"),
    }


def _frame_measures(action: str, runs: list[tuple[list[float], int]]) -> Measures:
    return {
        f"{action}_fps": ([1000 / ms for frames, _ in runs for ms in frames], "frames/s"),
        f"longest_frame_ms{'' if action == 'scrub' else f'_while_{action}ing'}": ([max(ms) for ms, _ in runs], "ms"),
    }


def _slide(page: Page, frame: Frame, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Move the slider's last day by keys.

    Returns
    -------
    tuple[list[float], list[float], list[float]]
        Times until the map is drawn, the map's own share of them, and times until the rest of the page has followed.
    """
    page.locator(".st-key-period button").first.click()
    page.locator(".st-key-period_slider input[type=range]").last.focus()
    page.evaluate(NOTE_BEGIN, "keydown")
    page.evaluate(NOTE_RUNS)
    times, own, lists = [], [], []
    for _ in range(rounds):
        frame.evaluate("window.drawn.length = window.told.length = 0")
        page.evaluate("window.runs.length = 0")
        page.keyboard.press("ArrowLeft")
        drawn, begun = _wait_until_drawn(page, frame), page.evaluate("window.begun")
        times.append(drawn - begun)
        own.append(drawn - frame.evaluate("window.told.at(0)"))
        page.wait_for_function("() => window.runs.length > 0", timeout=60_000)
        lists.append(page.evaluate("window.runs.at(0)") - begun)
    page.keyboard.press("Escape")
    return times, own, lists


def _pan(page: Page, frame: Frame, rounds: int) -> list[float]:
    """Drag the map to the west; the time starts at the release of the button."""
    area = frame.locator(".leaflet-container").bounding_box()
    assert area is not None
    # Below the legend, which is not part of the map.
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] * 0.9
    frame.evaluate(NOTE_BEGIN, "mouseup")
    times = []
    for _ in range(rounds):
        page.mouse.move(x + PAN_PX / 2, y)
        page.mouse.down()
        page.mouse.move(x - PAN_PX / 2, y, steps=10)
        page.wait_for_timeout(200)  # no inertia when the button is released
        frame.evaluate("window.drawn.length = 0")
        page.mouse.up()
        times.append(_wait_until_drawn(page, frame) - frame.evaluate("window.begun"))
    return times


def _zoom(page: Page, frame: Frame, rounds: int) -> list[float]:
    """Zoom in at places not seen before, without the animation, which takes a quarter of a second."""
    times = []
    for n in range(rounds):
        frame.evaluate(LOOK, [50 - 9 * (n % 10), 20 + 17 * n])
        page.wait_for_timeout(1_200)
        frame.evaluate("window.drawn.length = 0")
        frame.evaluate(ZOOM)
        times.append(_wait_until_drawn(page, frame) - frame.evaluate("window.begun"))
    return times


def _wait_until_drawn(page: Page, frame: Frame) -> float:
    """Return when the map was drawn with exact numbers; then wait until the page is idle."""
    frame.wait_for_function("() => window.drawn.length > 0", timeout=60_000)
    page.wait_for_timeout(1_200)
    return float(frame.evaluate("window.drawn.at(0)"))


def _watch(page: Page, frame: Frame, act: Callable[[], None]) -> tuple[list[float], int]:
    """Return the duration of each frame while `act` ran from all days on, and its number of map requests."""
    frame.locator(".rm-track").dblclick()  # all days
    page.wait_for_timeout(2_000)
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/map/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    frame.evaluate(WATCH_FRAMES)
    act()
    frames = frame.evaluate("(cancelAnimationFrame(window.frame_watch), window.frames_ms.slice(2))")
    count = len(asked)
    page.remove_listener("request", note)
    page.mouse.up()
    return frames, count


def _scrub(page: Page, frame: Frame) -> None:
    """Draw a period on the timeline and extend it with the button held down."""
    box = frame.locator(".rm-track").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    for step in range(SCRUB_STEPS):
        page.mouse.move(box["x"] + box["width"] * (0.22 + 0.7 * step / SCRUB_STEPS), y)


def _play(page: Page, frame: Frame) -> None:
    frame.get_by_role("button", name="Play").click()
    page.wait_for_timeout(PLAY_MS)


def measure_apply(count: int, rounds: int) -> Measures:
    """Time until one new event among `count` is in the snapshot."""
    db = Database.open(f"sqlite:///{home_with(count) / 'rallymap.db'}")
    snapshot = Snapshot.build(public_rows(db), 1)
    some = next(iter(public_rows(db, 1)))[0]
    db.close()
    times = []
    for version in range(2, rounds + 2):
        fresh = some._replace(id=f"new-{version}", start_day=(some.start_day or 0) + version)
        begun = time.perf_counter()
        snapshot = snapshot.apply(version, [fresh], [])
        times.append((time.perf_counter() - begun) * 1000)
    return {"snapshot_apply_ms": (times, "ms")}
