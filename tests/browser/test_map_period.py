"""The timeline: brushed, played, by mouse and by keys, and the page that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.map_frame import MapFrame

WATCH_COUNTS = """
    const count = document.querySelector(".rm-count");
    window.seen = new Set();
    new MutationObserver(() => window.seen.add(count.textContent)).observe(count, {childList: true, subtree: true});
"""


def map_requests(visit: Visit) -> list[str]:
    return [url for url in visit.requests if re.search(r"/map/(cube|period)", url)]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_brushing_to_the_2020_weekend_shows_six(request: pytest.FixtureRequest, size: str) -> None:
    visit: Visit = request.getfixturevalue(size)
    page = visit.open()
    timeline = MapFrame(page)
    expect(timeline.counts).to_have_text("9 events")
    asked = len(map_requests(visit))
    timeline.brush(date(2020, 1, 20), date(2020, 2, 8), drop=False)
    timeline.expect_total(6)
    page.mouse.up()
    page.wait_for_selector(".rm-count b:text-is('6 events')")
    timeline.expect_total(6)
    assert map_requests(visit)[asked:] == []
    page.wait_for_url(re.compile(r"from=2020-01-\d\d&to=2020-02-\d\d"))
    visit.shoot("map-2020")


def test_period_of_the_link_is_on_the_timeline_and_in_the_list(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-02-01&to=2020-02-02")
    timeline = MapFrame(page)
    expect(timeline.counts).to_have_text("6 events")
    expect(timeline.period).to_have_text("1–2 February 2020")
    assert page.locator("[class*=st-key-row-]").count() >= 6


@pytest.mark.parametrize(("day", "found"), [("2022-05-31", 0), ("2022-06-01", 1), ("2022-06-15", 1), ("2022-06-30", 1)])
def test_month_precision_is_seen_in_its_whole_month(desktop: Visit, day: str, found: int) -> None:
    page = desktop.open(f"/?from={day}&to={day}")
    timeline = MapFrame(page)
    timeline.expect_total(found)
    if not found:
        page.wait_for_selector("text=No event in this period")
        assert "Widen it" in timeline.frame.inner_text(".rm-state")


HOLD_MESSAGES = """
    const send = WebSocket.prototype.send;
    window.held = null;
    WebSocket.prototype.send = function (message) {
        if (window.held) window.held.push([this, message]);
        else send.call(this, message);
    };
    window.deliver = () => {
        const held = window.held;
        window.held = null;
        for (const [socket, message] of held) send.call(socket, message);
    };
"""


def test_map_follows_the_slider_before_the_page_has_run(desktop: Visit) -> None:
    desktop.page.add_init_script(HOLD_MESSAGES)
    page = desktop.open()
    timeline = MapFrame(page)
    page.locator(".st-key-period button").first.click()
    page.evaluate("window.held = []")
    page.get_by_role("slider", name="First day").press("End")
    timeline.expect_total(1)
    day = timeline.period.inner_text()
    expect(page.locator(".rm-count")).to_have_text("9 events · 8 dated + 1 undated")
    page.wait_for_function("() => window.held.length > 0")
    page.evaluate("deliver()")
    expect(page.locator(".rm-count")).to_have_text("1 event · 1 undated not counted")
    timeline.settle()
    timeline.expect_total(1)
    expect(timeline.period).to_have_text(day)


def test_map_follows_the_slider_while_it_is_dragged(desktop: Visit) -> None:
    desktop.page.add_init_script(HOLD_MESSAGES)
    page = desktop.open()
    timeline = MapFrame(page)
    page.locator(".st-key-period button").first.click()
    page.evaluate("window.held = []")
    page.locator(".rm-slider").hover(trial=True)  # waits until the popover no longer moves
    x, y = timeline.middle_of(page.get_by_role("slider", name="Last day"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=5)
    timeline.expect_total(7)
    page.mouse.up()
    page.wait_for_function("() => window.held.length > 0")
    page.evaluate("deliver()")
    expect(page.locator(".rm-count b")).to_have_text("7 events")
    timeline.settle()
    timeline.expect_total(7)


def test_period_outside_the_sliders_ends_is_the_one_on_the_map(desktop: Visit) -> None:
    page = desktop.open()
    timeline = MapFrame(page)
    page.locator(".st-key-period button").first.click()
    page.get_by_role("radio", name="Upcoming").click()
    desktop.settle()
    timeline.expect_total(0)


def test_slider_of_the_page_moves_the_brush_without_mounting_the_map_again(desktop: Visit) -> None:
    page = desktop.open()
    timeline = MapFrame(page)
    timeline.frame.evaluate("window.mountedOnce = true")
    page.locator(".st-key-period button").first.click()
    page.get_by_role("radio", name="2020").click()
    timeline.frame.wait_for_function("() => document.querySelector('.rm-period').textContent === '2020'")
    timeline.expect_total(6)
    assert timeline.frame.evaluate("window.mountedOnce") is True


def test_keys_move_widen_and_clear_the_period(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-01-27&to=2020-02-02")
    timeline = MapFrame(page)
    frame = timeline.frame
    frame.locator(".rm-band").focus()
    page.keyboard.press("ArrowRight")
    expect(timeline.period).to_have_text("3–9 February 2020")
    frame.get_by_role("slider", name="First day").focus()
    page.keyboard.press("ArrowLeft")
    expect(timeline.period).to_have_text("27 January – 9 February 2020")
    page.keyboard.press("Home")
    timeline.expect_total(7)
    frame.get_by_role("slider", name="Last day").focus()
    page.keyboard.press("End")
    expect(timeline.counts).to_have_text("9 events")
    page.keyboard.press("PageDown")
    timeline.expect_total(7)
    page.keyboard.press("Escape")
    expect(timeline.counts).to_have_text("9 events")
    page.wait_for_selector(".rm-count b:text-is('9 events')")


def test_play_runs_through_all_years_and_stops(desktop: Visit) -> None:
    page = desktop.open()
    timeline = MapFrame(page)
    frame = timeline.frame
    for _ in range(2):
        frame.get_by_role("button", name="Speed").click()
    frame.evaluate(WATCH_COUNTS)
    asked = len(map_requests(desktop))
    frame.locator(".rm-band").focus()
    page.keyboard.press(" ")
    assert frame.get_by_role("button", name="Pause").is_visible()
    frame.wait_for_selector(".rm-play[aria-label=Play]", timeout=20_000)
    assert map_requests(desktop)[asked:] == []
    seen = {text.split(" ")[0] for text in frame.evaluate("[...window.seen]")}
    assert {"0", "1", "6"} <= seen
    expect(timeline.period).to_have_text(re.compile("(June|July) 2022"))


def test_cumulative_play_ends_with_all_events(desktop: Visit) -> None:
    page = desktop.open()
    timeline = MapFrame(page)
    frame = timeline.frame
    frame.get_by_role("button", name="Mode: Sliding window").click()
    for _ in range(2):
        frame.get_by_role("button", name="Speed").click()
    frame.get_by_role("button", name="Play").click()
    frame.wait_for_function("() => /^[1-8] /.test(document.querySelector('.rm-count').textContent)")
    frame.wait_for_selector(".rm-play[aria-label=Play]", timeout=20_000)
    expect(timeline.counts).to_have_text("9 events")


def test_mouse_over_a_bar_says_what_it_means(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-01-01&to=2022-12-31")
    frame = MapFrame(page).frame
    tip = frame.locator(".rm-bin-tip")
    assert tip.is_hidden()
    frame.locator(".rm-track").hover(position={"x": 300, "y": 20})
    tip.wait_for(state="visible")
    days, events = tip.inner_text().split("\n")[:2]
    assert re.search(r"(19|20)\d\d", days)
    assert re.fullmatch(r"\d+ events?", events)
    assert re.fullmatch(r"highest bar: \d+", frame.locator(".rm-most").inner_text())
    frame.locator(".rm-stage").hover(position={"x": 300, "y": 100})
    tip.wait_for(state="hidden")


def test_step_buttons_move_by_one_bar(desktop: Visit) -> None:
    timeline = MapFrame(desktop.open("/?from=2020-01-27&to=2020-02-02"))
    timeline.frame.get_by_role("button", name="Step forward").click()
    expect(timeline.period).to_have_text("3–9 February 2020")
    timeline.frame.get_by_role("button", name="Step back").click()
    expect(timeline.counts).to_have_text("6 events")
    expect(timeline.period).to_have_text("27 January – 2 February 2020")


def test_happenings_of_the_time_are_marked_and_named(desktop: Visit) -> None:
    timeline = MapFrame(desktop.open())
    pins = timeline.frame.locator(".rm-pin")
    pins.first.wait_for(state="attached")
    names = [pin.get_attribute("aria-label") for pin in pins.all()]
    assert len(names) >= 5
    assert all(re.search(r"\(.*\d{4}.*\)$", name or "") for name in names)


@pytest.mark.parametrize("dark", [False, True])
def test_phone_has_a_timeline_that_fingers_can_use(visit: Callable[..., Visit], site: object, dark: bool) -> None:
    small = visit(site, size=PHONE, dark=dark)
    timeline = MapFrame(small.open())
    timeline.frame.locator(".rm-time").scroll_into_view_if_needed()
    handles = [handle.bounding_box() for handle in timeline.frame.locator(".rm-handle").all()]
    assert all(box and box["width"] >= 24 and box["height"] >= 40 for box in handles)
    wide = timeline.frame.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide is True
    small.shoot("map")
