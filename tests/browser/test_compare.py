"""Compare in a browser: both sides are drawn, and a fresh visitor finds them by the link."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_both_sides_are_drawn_and_the_link_keeps_them(
    bundled_site: Site, visit: Callable[..., Visit], size: tuple[int, int]
) -> None:
    seen = visit(bundled_site, size=size)
    page = seen.open("/compare?by=country&left=DE&right=FR")
    expect(page.locator("[data-testid=stVegaLiteChart] svg.marks")).to_have_count(2)
    sentence = page.locator(".st-key-figure_difference .rm-says")
    expect(sentence).to_contain_text("Germany: 51 events")
    expect(sentence).to_contain_text("France: 33 events")
    page.get_by_role("radio", name="Cities").click()
    page.wait_for_url("**by=city**left=**right=**")
    seen.settle()
    expect(sentence).to_contain_text("London, United Kingdom: ")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
    assert seen.foreign_requests == []
    assert seen.console == []
    seen.shoot("compare")
    fresh = visit(bundled_site, size=size)
    fresh.open(page.url.removeprefix(bundled_site.url))
    expect(fresh.page.locator(".st-key-figure_difference .rm-says")).to_have_text(sentence.inner_text())


def test_maps_begin_alike_move_together_and_open_events(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site, size=DESKTOP)
    page = seen.open("/compare?by=country&left=DE&right=FR")
    frames = [page.frame_locator(f"iframe[title='Map of events: {name}']") for name in ("Germany", "France")]
    for frame in frames:
        expect(frame.get_by_role("button", name="event").first).to_be_attached()
    seen.settle()
    scales = [frame.locator(".leaflet-control-scale-line") for frame in frames]
    first = scales[0].inner_text()
    expect(scales[1]).to_have_text(first)
    zoom_in = frames[0].get_by_role("button", name="Zoom in")
    zoom_in.click()
    expect(scales[0]).not_to_have_text(first)
    expect(scales[1]).to_have_text(scales[0].inner_text())
    frames[1].get_by_role("button", name="Show all events").click()  # also the other map goes back
    for scale in scales:
        expect(scale).to_have_text(first)
    frames[1].get_by_role("button", name="Strasbourg").press("Enter")
    expect(page.locator(".rm-opened a")).to_have_attribute("href", re.compile("^events/"))
    assert seen.console == []
