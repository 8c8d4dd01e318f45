"""Profile a zoom: processor time by thread and by browser step.

`python -m benchmarks.map_zoom --events 10000 --rounds 5` opens the map with synthetic events, zooms in at places not
seen before, and sums up Chromium's trace. Other work on the machine hardly affects processor time, but does affect wall
time.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.map_own import LOOK, START, ZOOM
from benchmarks.map_site import Site, open_map, running_site
from tools.get_browser import FLAGS, get_browser

CATEGORIES = ["devtools.timeline", "toplevel", "cc", "viz"]
SETTLE_MS = 1_200
STEPS = (
    "FunctionCall",
    "FireAnimationFrame",
    "LayerTreeHost::DoUpdateLayers",
    "ProxyMain::BeginMainFrame",
    "SoftwareRenderer::DoDrawQuad",
    "DisplayScheduler::DrawAndSwap",
    "V8.GC_SCAVENGER",
)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with sync_playwright() as playwright, running_site(given.events) as site:
        browser = playwright.chromium.launch(executable_path=get_browser(), args=list(FLAGS))
        spent = profile_zoom(browser, site, given.rounds)
        browser.close()
    print("| Step, ms of processor time for each zoom | |\n|---|--:|")
    for step in STEPS:
        print(f"| {step} | {spent[step]:.0f} |")


def profile_zoom(browser: Browser, site: Site, rounds: int) -> Counter[str]:
    """Return the processor time of each browser step, in milliseconds per zoom.

    Includes the steps of all processes, without the move to a new place before each zoom.
    """
    spent: Counter[str] = Counter()
    with open_map(browser, site.url + START) as (page, frame):
        session = browser.new_browser_cdp_session()
        events: list[dict[str, Any]] = []
        ended: list[bool] = []
        session.on("Tracing.dataCollected", lambda answer: events.extend(answer["value"]))
        session.on("Tracing.tracingComplete", lambda _: ended.append(True))
        for n in range(rounds):
            frame.evaluate(LOOK, [50 - 9 * (n % 10), 20 + 17 * n])
            page.wait_for_timeout(SETTLE_MS)
            config = {"includedCategories": CATEGORIES}
            session.send("Tracing.start", {"traceConfig": config, "transferMode": "ReportEvents"})
            frame.evaluate(ZOOM)
            page.wait_for_timeout(SETTLE_MS)
            ended.clear()
            session.send("Tracing.end")
            while not ended:
                page.wait_for_timeout(50)
    for event in events:
        spent[event.get("name", "")] += event.get("tdur", 0) / 1000 / rounds
    return spent


if __name__ == "__main__":
    main()
