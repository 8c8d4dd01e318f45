"""The slider of the period: by keys, by mouse and by touch, in the languages of page and browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import Site, Visit

IN_2020 = "/?from=2020-01-01&to=2020-12-31"


def open_slider(page: Page) -> tuple[Locator, Locator]:
    """Open the filter of the period; return the two thumbs of its slider."""
    page.locator(".st-key-period button").first.click()
    thumbs = page.locator(".st-key-period_slider").get_by_role("slider")
    expect(thumbs).to_have_count(2)
    return thumbs.first, thumbs.last


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box is not None
    return box


def middle_of(element: Locator) -> tuple[float, float]:
    box = box_of(element)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize(
    ("browser", "page_language", "first_day", "next_day"),
    [
        ("fa-IR", "en", "1 January 2020", "2 January 2020"),
        ("en-GB", "fa", "۱ ژانویهٔ ۲۰۲۰ (۱۱ دی ۱۳۹۸)", "۲ ژانویهٔ ۲۰۲۰ (۱۲ دی ۱۳۹۸)"),
        ("he-IL", "ar", "1 يناير 2020 (6 جمادى الأولى 1441 هـ)", "2 يناير 2020 (7 جمادى الأولى 1441 هـ)"),
        ("ar-EG", "uk", "1 січня 2020\u202fр.", "2 січня 2020\u202fр."),
    ],
)
def test_slider_runs_like_the_timeline_whatever_the_languages_of_page_and_browser(
    visit: Callable[..., Visit], site: Site, browser: str, page_language: str, first_day: str, next_day: str
) -> None:
    seen = visit(site, locale=browser)
    page = seen.open(f"{IN_2020}&lang={page_language}")
    frame = page.frame_locator("iframe[data-drawn]")
    ticks = frame.locator(".rm-ticks span")
    expect(ticks.nth(1)).to_be_attached()
    assert box_of(ticks.first)["x"] < box_of(ticks.nth(1))["x"]
    first, last = open_slider(page)
    assert box_of(first)["x"] < box_of(last)["x"]
    expect(first).to_have_attribute("aria-valuetext", first_day)
    first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", next_day)
    page.wait_for_url("**from=2020-01-02&to=2020-12-31**")
    shown = page.locator(".rm-slider p").all_inner_texts()
    assert shown[0].replace("\n", " (") == next_day.rstrip(")")
    seen.settle()
    seen.shoot(f"slider-{page_language}")


def test_keys_move_by_days_and_months_up_to_the_other_thumb(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-01-31&to=2020-02-29")
    first, last = open_slider(page)
    for thumb, key, day in (
        (first, "ArrowLeft", "30 January 2020"),
        (first, "ArrowUp", "31 January 2020"),
        (last, "PageUp", "29 March 2020"),
        (first, "PageUp", "29 February 2020"),  # there is no 31 February
        (first, "PageUp", "29 March 2020"),
        (first, "ArrowRight", "29 March 2020"),
        (first, "PageDown", "29 February 2020"),
        (last, "Home", "29 February 2020"),
        (last, "End", "30 June 2022"),
        (first, "Home", "30 June 2018"),
    ):
        thumb.press(key)
        expect(thumb).to_have_attribute("aria-valuetext", day)
    # All days are no filter.
    page.wait_for_function("() => !location.search.includes('from')")
    expect(page.locator(".rm-count b")).to_have_text("9 events")


def test_key_before_the_popover_closes_is_not_lost(desktop: Visit) -> None:
    page = desktop.open(IN_2020)
    first, _ = open_slider(page)
    first.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_url("**from=2020-01-02&to=2020-12-31**")


def test_tap_moves_the_nearest_thumb_and_a_preset_moves_both(desktop: Visit) -> None:
    page = desktop.open("/")
    first, last = open_slider(page)
    track = page.locator(".rm-slider-track")
    width = box_of(track)["width"]
    track.click(position={"x": width * 0.3, "y": 18})
    page.wait_for_url(re.compile(r"from=2019-\d\d-\d\d&to="))
    expect(first).to_be_focused()
    assert abs(middle_of(first)[0] - box_of(track)["x"] - width * 0.3) < 2
    expect(last).to_have_attribute("aria-valuetext", "30 June 2022")
    page.get_by_role("radio", name="2020").click()
    expect(first).to_have_attribute("aria-valuetext", "1 January 2020")
    expect(last).to_have_attribute("aria-valuetext", "31 December 2020")


@pytest.mark.parametrize(("by", "moved", "kept"), [(-60, "First day", "Last day"), (60, "Last day", "First day")])
def test_thumbs_on_one_spot_part_in_the_direction_of_the_drag(desktop: Visit, by: int, moved: str, kept: str) -> None:
    page = desktop.open("/?from=2020-02-01&to=2020-02-02")
    _, upper = open_slider(page)
    thumb, other = (page.locator(".st-key-period_slider").get_by_role("slider", name=name) for name in (moved, kept))
    resting, before = other.input_value(), int(thumb.input_value())
    upper.hover()
    x, y = middle_of(thumb)
    days_of_a_pixel = (date(2022, 6, 30) - date(2018, 6, 30)).days / box_of(page.locator(".rm-slider-track"))["width"]
    page.mouse.down()
    page.mouse.move(x + by, y, steps=4)
    page.mouse.up()
    expect(thumb).not_to_have_js_property("value", str(before))
    assert abs(int(thumb.input_value()) - before - by * days_of_a_pixel) < 2 * days_of_a_pixel
    assert other.input_value() == resting


def test_slider_of_a_phone_is_large_enough_and_lets_the_page_scroll(phone: Visit) -> None:
    page = phone.open(IN_2020)
    first, _ = open_slider(page)
    for thumb in page.locator(".rm-slider input").all():
        box = box_of(thumb)
        assert min(box["width"], box["height"]) >= 24
    track = page.locator(".rm-slider-track")
    assert box_of(track)["height"] >= 36
    expect(track).to_have_css("touch-action", "pan-y")
    x, y = middle_of(track)
    page.touchscreen.tap(x - 120, y)
    expect(first).not_to_have_attribute("aria-valuetext", "1 January 2020")
    phone.shoot("slider")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slider_is_seen_in_the_visitors_own_colours(visit: Callable[..., Visit], site: Site, scheme: str) -> None:
    seen = visit(site, dark=scheme == "dark", forced_colors="active")
    page = seen.open(IN_2020)
    open_slider(page)
    seen.shoot("slider-forced")
    colours = page.evaluate(
        """() => {
            const of = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo).backgroundColor;
            return [of('.rm-slider input'), of('.rm-slider-track', '::before'), of('[data-testid=stPopoverBody]')];
        }"""
    )
    assert len(set(colours)) == 3


def test_arrow_keys_of_choices_follow_the_language_of_the_page(visit: Callable[..., Visit], site: Site) -> None:
    for browser, code, key in (("en-GB", "fa", "ArrowLeft"), ("fa-IR", "en", "ArrowRight")):
        page = visit(site, locale=browser).open(f"/?lang={code}")
        open_slider(page)
        choices = page.locator(".st-key-preset").get_by_role("radio")
        choices.first.focus()
        page.keyboard.press(key)
        expect(choices.nth(1)).to_be_focused()


def test_slider_of_trends_narrows_its_figures(desktop: Visit) -> None:
    page = desktop.open("/trends")
    first, _ = open_slider(page)
    first.press("End")
    desktop.settle()
    expect(page.locator(".rm-count b")).to_have_text("1 event")
