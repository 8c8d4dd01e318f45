"""What a visitor does in the map's frame."""

from __future__ import annotations

import re
import time
from datetime import date

from playwright.sync_api import FloatRect, Frame, Locator, Page, expect

EPOCH = date(1970, 1, 1)
FRAME = "iframe[title='Map of events']"
LONGEST_DELAY_S = 0.45
"""A little more than the map waits before it reports its view (350 ms) or says that an answer is late (400 ms)."""
STATE = """() => window.rallymap.then((card) => {
    const isMoving = card.map._animatingZoom || card.map._panAnim?._inProgress || card.timeline.isMoving;
    const isLate = card.scene.canvas.classList.contains("rm-late");
    const shown = ["count", "period", "marks", "legend"].map((part) => document.querySelector(`.rm-${part}`));
    const words = shown.map((element) => element?.textContent);
    return [Boolean(isMoving || isLate), JSON.stringify([card.viewport.now(), card.choice, words])];
})"""
RUN = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState"


class MapFrame:
    """The map on a page; made once its markers are drawn."""

    def __init__(self, page: Page, frame: str = FRAME) -> None:
        self.page = page
        element = page.wait_for_selector(f"{frame}[data-drawn]", timeout=30_000)
        content = element.content_frame() if element else None
        assert content is not None
        self.frame: Frame = content
        self.frame.wait_for_function("() => window.rallymap")
        self.frame.wait_for_selector(".rm-count:not(:empty)", timeout=30_000)

    def settle(self) -> None:
        """Wait until nothing moves or loads, and nothing has changed for longer than the map's longest own delay."""
        last, since = None, 0.0
        while True:  # ended by the test's own time limit
            is_busy, state = self.frame.evaluate(STATE)
            run, now = self.page.evaluate(RUN), time.monotonic()
            if is_busy or run == "running" or (state, run, self.page.url) != last:
                last, since = (state, run, self.page.url), now
            elif now - since > LONGEST_DELAY_S:
                return
            next_frame(self.frame)

    @property
    def period(self) -> Locator:
        """Return the period of the timeline, in its words."""
        return self.frame.locator(".rm-period")

    @property
    def counts(self) -> Locator:
        """Return the timeline's sentence about the number of events."""
        return self.frame.locator(".rm-count")

    @property
    def labels(self) -> list[str]:
        """Return what a screen reader reads for the markers, those with most events first."""
        return [button.get_attribute("aria-label") or "" for button in self.frame.locator(".rm-marks button").all()]

    def mark(self, label: str) -> Locator:
        """Return the mark whose label has these words."""
        return self.frame.locator(".rm-marks button").filter(
            has=self.frame.locator(f"xpath=self::*[contains(@aria-label, {label!r})]")
        )

    def press(self, label: str) -> None:
        """Press a mark with the mouse, where it is drawn."""
        self.page.mouse.click(*self.middle_of(self.mark(label)))

    def middle_of(self, locator: Locator) -> tuple[float, float]:
        box = locator.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def x_of(self, day: date) -> float:
        """Return where on the timeline a day begins, in pixels of the page."""
        box = self.frame.locator(".rm-track").bounding_box()
        assert box is not None
        first, last = self.frame.evaluate("window.rallymap.then((card) => [card.timeline.brush.limits].flat())")
        return box["x"] + box["width"] * ((day - EPOCH).days - first) / (last + 1 - first)

    def brush(self, first: date, last: date, *, drop: bool = True) -> None:
        """Draw a period on the timeline, from one day to another."""
        self.frame.locator(".rm-track").scroll_into_view_if_needed()
        box = self.frame.locator(".rm-track").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        self.page.mouse.move(self.x_of(first), y)
        self.page.mouse.down()
        self.page.mouse.move(self.x_of(first) + 8, y)
        self.page.mouse.move(self.x_of(last), y, steps=8)
        if drop:
            self.page.mouse.up()

    def view(self) -> tuple[float, float, int]:
        """Return latitude, longitude and zoom of the map."""
        lat, lon, zoom = self.frame.evaluate("window.rallymap.then((card) => card.viewport.now())")
        return lat, lon, zoom

    def expect_total(self, total: int, *, in_view: int | None = None) -> None:
        """Wait until the timeline says that so many events are shown on the map in all, and so many of them in view.

        The map follows the page by a message, so it may be later than the list.
        """
        if in_view is None:
            words = rf"(?<![\d,]){total:,}\D*$"
        else:
            words = rf"^{total:,}\D*$" if in_view == total else rf"^{in_view:,}\D+{total:,}\D*$"
        expect(self.counts).to_have_text(re.compile(words))


def drag_pin(page: Page, pin: Locator, right: int, down: int) -> None:
    """Drag the pin of a form's map by some pixels, once it rests; press again if the page moved it away before."""
    for _ in range(5):
        _resting_box(pin)
        pin.scroll_into_view_if_needed()
        before = _resting_box(pin)
        x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + right, y + down, steps=8)
        held = pin.bounding_box()
        page.mouse.up()
        if held and abs(held["x"] - before["x"] - right) < 4 and abs(held["y"] - before["y"] - down) < 4:
            return
    raise AssertionError("the pin did not follow the mouse")


def _resting_box(pin: Locator) -> FloatRect:
    before = None
    while True:  # ended by the test's own time limit
        box = pin.bounding_box()
        if box is not None and box == before:
            return box
        before = box
        next_frame(pin)


def next_frame(where: Frame | Locator) -> None:
    """Wait until the browser has drawn twice."""
    where.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
