"""The map in one file, opened from the disk without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(bundled_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the site gives, saved."""
    status, headers, body = bundled_site.get("/export/events.html")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    path = tmp_path_factory.mktemp("saved") / "map.html"
    path.write_bytes(body)
    return path


@pytest.fixture
def page(chromium: Browser, saved: Path) -> Iterator[Page]:
    """The saved file in a browser without a network; it must not have complained or asked for anything."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if request.url.startswith("http") else None)
    page.goto(saved.as_uri())
    page.wait_for_selector("html[data-ready]")
    yield page
    assert trouble == []
    context.close()


def total(site: Site, query: str) -> int:
    return int(json.loads(site.get(f"/api/v1/events?limit=1&{query}")[2])["total"])


def count(number: int) -> re.Pattern[str]:
    return re.compile(rf"^{number:,} events?$")


def test_filters_have_the_counts_of_the_server(page: Page, bundled_site: Site) -> None:
    said = page.locator("#side .count")
    expect(said).to_have_text(count(total(bundled_site, "")))
    page.get_by_label("Country").select_option("CA")
    expect(said).to_have_text(count(total(bundled_site, "country=CA")))
    page.get_by_label("Community").select_option("Iran")
    expect(said).to_have_text(count(total(bundled_site, "country=CA&community=Iran")))
    page.get_by_label("Kind").select_option("march")
    wanted = total(bundled_site, "country=CA&community=Iran&kind=march")
    assert wanted > 0
    expect(said).to_have_text(count(wanted))
    expect(page.locator(".rm-count")).to_have_text(count(wanted))
    page.get_by_role("button", name="Clear all").click()
    expect(said).to_have_text(count(total(bundled_site, "")))


def test_search_and_period_narrow_list_and_map(page: Page, bundled_site: Site) -> None:
    page.get_by_label("Search").fill("sao paulo")
    first = page.locator("#side .rm-rows .rm-where").first
    expect(first).to_contain_text("São Paulo")
    page.get_by_label("Search").fill("")
    expect(page.locator("#side .count")).to_have_text(count(total(bundled_site, "")))
    page.locator(".rm-handle").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#side .count")).not_to_have_text(count(total(bundled_site, "")))
    listed = page.locator("#side .count").inner_text()
    expect(page.locator(".rm-count")).to_have_text(listed)


def test_area_drawn_on_the_map_narrows_list_and_map(page: Page, bundled_site: Site) -> None:
    page.get_by_role("button", name="Show only events in an area").press("Enter")
    page.locator(".rm-draw").press("Enter")  # what the map shows
    said, chip = page.locator("#side .count"), page.get_by_role("button", name="Drawn area")
    expect(chip).to_be_visible()
    shown = said.text_content()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Show only events in an area").press("Enter")
    page.locator(".rm-draw").press("Enter")
    expect(said).not_to_have_text(str(shown))
    expect(page.locator(".rm-filter-area")).to_have_count(1)
    expect(page.locator(".rm-count")).to_have_text(str(said.text_content()))
    chip.click()
    expect(said).to_have_text(count(total(bundled_site, "")))


def test_event_opens_with_its_sources_and_has_a_link(page: Page, saved: Path) -> None:
    page.get_by_label("Search").fill("Gothenburg")
    row = page.locator("#side .rm-rows button").filter(has_text="Gothenburg").first
    title = row.locator(".rm-title").inner_text()
    row.click()
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_have_text(title)
    source = page.locator("#side ol a").first
    assert (source.get_attribute("href") or "").startswith("http")
    assert source.get_attribute("rel") == "noopener noreferrer nofollow ugc"
    link = page.get_by_role("link", name="Link to this event in this file").get_attribute("href")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.locator("#side .count")).to_be_visible()
    page.goto(f"{saved.as_uri()}{link}")
    page.reload()
    expect(heading).to_have_text(title)


def test_layers_of_the_map_work_from_the_file(page: Page) -> None:
    page.get_by_role("radio", name="Countries").click()
    expect(page.locator(".rm-legend-note")).to_have_text("events by country")
    expect(page.locator(".rm-stage > p[role=status]")).to_contain_text("Canada")
    page.get_by_role("radio", name="Heat").click()
    expect(page.locator(".rm-legend-note")).to_have_text("more events, stronger colour")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_file_is_accessible(chromium: Browser, saved: Path, theme: str) -> None:
    # The file's own policy lets no other script in, axe included.
    context = chromium.new_context(color_scheme=theme, offline=True, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(saved.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert Axe().run(page).response["violations"] == []
    page.locator("#side .rm-rows button").first.click()
    assert Axe().run(page).response["violations"] == []
    context.close()


def test_without_script_the_file_says_what_it_is(chromium: Browser, saved: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(saved.as_uri())
    expect(page.locator("noscript p")).to_contain_text("This file needs JavaScript to show its map and list.")
    expect(page.locator("footer")).to_contain_text("Cite as: ")
    context.close()


def test_download_panel_gives_the_file_of_the_filter(visit: Callable[..., Visit], bundled_site: Site) -> None:
    visitor = visit(bundled_site)
    page = visitor.open("/?country=NO")
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="The map in one file").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert f"{total(bundled_site, 'country=NO')} events (events in Norway)" in text
