"""Finding events on Explore: search as one types, chips, filters behind "More filters", links in a fresh browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Site, Visit
from tests.browser.map_frame import MapFrame


def totals(page: Page) -> tuple[str, str]:
    """Return the number of events above the map and above the list."""
    return page.locator(".rm-count b").inner_text(), page.locator(".rm-list-title").inner_text()


def test_list_map_and_link_follow_what_is_typed(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/")
    chart = MapFrame(page)
    box = page.get_by_role("searchbox", name="Search events")
    box.press_sequentially("parliam")  # no Enter
    found = json.loads(bundled_site.get("/api/v1/events?q=parliam&limit=1")[2])["total"]
    assert 20 < found < 400
    expect(page.locator(".rm-count b")).to_have_text(f"{found} events")
    box.fill("")
    box.press_sequentially("تجمعات ايرانيان")
    expect(page.locator(".rm-count b")).to_have_text("4 events")
    expect(page.locator(".rm-list-title")).to_have_text("4 events")
    page.wait_for_url("**q=**")
    chart.expect_total(4)
    seen.shoot("search-persian")
    fresh = visit(bundled_site)
    again = fresh.open(page.url.removeprefix(bundled_site.url))
    expect(again.get_by_role("searchbox", name="Search events")).to_have_value("تجمعات ايرانيان")
    assert totals(again) == totals(page)
    MapFrame(again).expect_total(4)


def test_chips_are_cleared_one_by_one_and_together(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site, size=PHONE)
    page = seen.open("/?q=women&country=NO&country=SE&from=2018-01-01&to=2025-12-31")
    chips = page.locator("[class*=st-key-chip-] button")
    expect(chips).to_have_count(4)
    seen.shoot("chips")
    page.get_by_role("button", name="Norway ✕").click()
    expect(chips).to_have_count(3)
    page.wait_for_url("**country=SE**")
    page.get_by_role("button", name="Clear all").click()
    expect(chips).to_have_count(0)
    expect(page.locator(".rm-count b")).to_have_text("674 events")
    expect(page.get_by_role("searchbox", name="Search events")).to_have_value("")


def test_radius_around_a_typed_place(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/")
    page.locator(".st-key-more_filters button").first.click()
    field = page.get_by_role("textbox", name="Around this place")
    field.fill("Göteborg")
    field.press("Enter")
    expect(page.get_by_role("button", name="Within 25 km of Gothenburg, Sweden ✕")).to_be_visible()
    page.wait_for_url("**near=57.7**")
    seen.settle()
    MapFrame(page).expect_total(int(page.locator(".rm-count b").inner_text().split()[0]))
    seen.shoot("radius")


def test_drawn_area_leaves_its_events_and_opens_from_its_link(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/?at=55,10,4")
    chart = MapFrame(page)
    chart.frame.get_by_role("button", name="Show only events in an area").click()
    sheet = chart.frame.locator(".rm-draw")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.65, box["y"] + box["height"] * 0.7, steps=5)
    page.mouse.up()
    page.wait_for_url("**bbox=**")
    expect(sheet).to_be_hidden()
    expect(page.locator("[class*=st-key-chip-] button")).to_have_count(1)
    expect(chart.frame.locator("path.rm-filter-area")).to_have_count(1)
    seen.settle()
    left = int(page.locator(".rm-count b").inner_text().split()[0])
    assert 0 < left < 674
    chart.frame.get_by_role("button", name="Show only events in an area").press("Enter")
    expect(sheet).to_be_focused()
    for key in ("Space", "Shift+ArrowRight", "Space", "Space", "Shift+ArrowDown", "Space", "Shift+ArrowLeft"):
        sheet.press(key)
    said = sheet.get_by_role("status")
    expect(said).to_have_text("3 corners")
    sheet.press("Backspace")
    expect(said).to_have_text("2 corners")
    sheet.press("Enter")
    expect(said).to_have_text("An area needs three corners or more.")
    box = sheet.bounding_box()
    assert box is not None
    for x, y in ((0.8, 0.7), (0.2, 0.7), (0.5, 0.5)):  # the last is the first corner, which closes the area
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    page.wait_for_url("**area=**")
    assert "bbox" not in page.url
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("button", name="Drawn area ✕")).to_be_visible()
    seen.settle()
    corners = parse_qs(urlsplit(page.url).query)["area"][0]
    assert len(corners.split(";")) == 4
    found = json.loads(bundled_site.get(f"/api/v1/events?limit=1&area={corners}")[2])["total"]
    assert 0 < found < 674
    expect(page.locator(".rm-count b")).to_have_text(f"{found} events")
    seen.shoot("area")
    fresh = visit(bundled_site)
    again = fresh.open(page.url.removeprefix(bundled_site.url))
    assert totals(again) == totals(page)
