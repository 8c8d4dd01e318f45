"""Compare in a browser: both sides are drawn, and a fresh visitor finds them by the link."""

from __future__ import annotations

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
    expect(page.locator("[data-testid=stVegaLiteChart] svg.marks")).to_have_count(1)
    sentence = page.locator(".rm-says")
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
    expect(fresh.page.locator(".rm-says")).to_have_text(sentence.inner_text())
