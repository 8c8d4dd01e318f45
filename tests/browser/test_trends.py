"""Trends in a browser: charts are drawn from our own server, a click narrows the rest, tables and files agree."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit

FIGURES = 12
FIGURES_OF_GERMANY = 11  # no happening has events there in the days around it
SVG = "{http://www.w3.org/2000/svg}"


def figure(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-figure_{name}")


def open_trends(visit: Visit, query: str = "", *, figures: int = FIGURES) -> Page:
    page = visit.open(f"/trends{query}")
    expect(page.locator("[data-testid=stVegaLiteChart] svg.marks")).to_have_count(figures)
    return page


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone"])
def test_charts_are_drawn_and_nothing_is_asked_of_others(
    bundled_site: Site, visit: Callable[..., Visit], size: tuple[int, int], dark: bool
) -> None:
    seen = visit(bundled_site, size=size, dark=dark)
    page = open_trends(seen)
    assert seen.foreign_requests == []
    assert seen.console == []
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
    for chart in page.locator("[data-testid=stVegaLiteChart] svg.marks").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] <= size[0]
        assert chart.locator("path").count() > 3
    seen.shoot("trends")
    # What waits for a part whose height is not known is on paper all the same.
    page.evaluate("""() => {
        const part = document.createElement('div');
        part.innerHTML = '<div class="stElementContainer"><div data-testid="stSkeleton"></div></div>';
        document.querySelector('.st-key-trends_page').prepend(part);
    }""")
    later = page.locator(".st-key-trends_page > :last-child")
    expect(later).to_have_css("visibility", "hidden")
    page.emulate_media(media="print")
    expect(later).to_have_css("visibility", "visible", timeout=3_000)  # before it is shown on the screen too


@pytest.mark.new_window
def test_parts_do_not_move_while_the_page_loads(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site, size=PHONE)
    # On a slow network the code of each kind of part comes at another time, as on a slow phone, but in less time.
    devtools = seen.page.context.new_cdp_session(seen.page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    slow = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": -1}
    devtools.send("Network.emulateNetworkConditions", slow)
    seen.page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => {"
        " for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts += shift.value;"
        "}).observe({ type: 'layout-shift', buffered: true })"
    )
    for path in ("/trends", "/compare"):  # compare has two maps too
        page = seen.open(path)
        expect(page.locator("[data-testid=stVegaLiteChart] svg.marks").first).to_be_visible()
        assert page.evaluate("shifts") < 0.05, path


def test_click_on_a_bar_narrows_the_rest_and_shows_in_the_link(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = open_trends(seen)
    figure(page, "countries").locator("svg.marks .mark-rect path").first.click()
    page.wait_for_url("**country=US**")
    seen.settle()
    expect(page.locator(".rm-count")).to_have_text("122 events")
    expect(figure(page, "kinds").locator(".rm-says")).to_contain_text("of 122")
    # The chart that was clicked on still has the others, so that one can go on from one to the next.
    expect(figure(page, "countries").locator(".rm-says")).to_contain_text("United States, 122 of 674")
    figure(page, "over_time").locator("svg.marks .mark-rect path").last.click()
    page.wait_for_url("**from=**")
    fresh = visit(bundled_site)
    fresh.open(page.url.removeprefix(bundled_site.url))
    expect(fresh.page.locator(".rm-count")).to_have_text(page.locator(".rm-count").inner_text())


def test_filter_goes_with_the_visitor_from_page_to_page(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = open_trends(seen, "?community=Iran")
    expect(page.locator(".rm-count")).to_contain_text("61 events")
    page.get_by_role("link", name="Explore").first.click()
    page.wait_for_url("**/?community=Iran")
    expect(page.locator(".rm-count").first).to_contain_text("61 events")
    page.get_by_role("link", name="About").first.click()
    page.wait_for_url("**/about")
    page.get_by_role("link", name="Explore").first.click()
    page.wait_for_url("**/?community=Iran")
    page.get_by_role("link", name="Trends").first.click()
    page.wait_for_url("**/trends?community=Iran")
    expect(page.locator(".rm-count")).to_contain_text("61 events")


def test_table_and_file_say_what_the_chart_says(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = open_trends(seen, "?country=DE", figures=FIGURES_OF_GERMANY)
    cities = figure(page, "kinds")
    cities.locator("summary").click()
    expect(cities.locator("tbody tr")).to_have_text(["Rally28", "March16", "Picket3", "Vigil3", "Other gathering1"])
    with page.expect_download() as download:
        cities.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "kind.csv"
    assert download.value.path().read_bytes() == (
        b"Kind,Events\r\nRally,28\r\nMarch,16\r\nPicket,3\r\nVigil,3\r\nOther gathering,1\r\n"
    )


def test_chart_is_saved_as_a_picture(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = open_trends(seen, "?country=DE", figures=FIGURES_OF_GERMANY)
    # By the keyboard: charts above may still take their size, and the mouse then loses the buttons.
    with page.expect_download() as download:
        figure(page, "kinds").get_by_role("button", name="By kind: PNG").press("Enter")
    assert download.value.suggested_filename == "kinds.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as download:
        figure(page, "claims").get_by_role("button", name="Whose numbers: CSV").press("Enter")
    assert download.value.path().read_text().startswith("Who says so,Events,")
    with page.expect_download() as download:
        figure(page, "kinds").get_by_role("button", name="By kind: SVG").press("Enter")
    assert download.value.suggested_filename == "kinds.svg"
    picture = ET.parse(download.value.path()).getroot()
    assert picture.tag == f"{SVG}svg"
    assert picture.findtext(f"{SVG}title") == "By kind"
    assert picture.findtext(f"{SVG}desc") == "Most events: rally, 28 of 51 (55%), then march with 16."
    words = {text.text for text in picture.iter(f"{SVG}text")}
    assert {"Rally", "28", "March", "16", "Other gathering", "1"} <= words
    assert seen.foreign_requests == []
