"""The map appears on every visit, also on slow devices; where it cannot, the page says so and offers to try again."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site, Visit
from tests.browser.map_frame import FRAME, MapFrame

pytestmark = pytest.mark.new_window
SCRIPT = "**/assets/*/leaflet/leaflet.js"
AGAIN = "Load the map again"


def slow_down(page: Page, rate: int) -> None:
    """Make the page's own process `rate` times slower; 4 is the usual stand-in for a middling phone."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


# The frame is a process of its own and is not slowed down: what it sends arrives before the page is ready for it.
@pytest.mark.parametrize("rate", [4, 10])
def test_map_is_drawn_however_slow_the_page_is(site: Site, visit: Callable[..., Visit], rate: int) -> None:
    seen = visit(site)
    slow_down(seen.page, rate)
    seen.page.goto(site.url)
    MapFrame(seen.page).expect_total(9)
    expect(seen.page.get_by_role("button", name=AGAIN)).to_be_hidden()
    assert seen.console == []


def test_pin_map_is_drawn_on_a_slow_page(site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(site)
    seen.open("/add")
    seen.page.get_by_role("radio", name="Where").click()
    place = seen.page.get_by_label("Place", exact=True)
    place.fill("Gothenburg")
    slow_down(seen.page, 6)
    place.press("Tab")
    frame = seen.page.frame_locator("iframe[title='Map of places']")
    expect(frame.locator(".rm-base canvas").first).to_be_visible()


def test_map_that_fails_once_is_loaded_again_by_itself(desktop: Visit) -> None:
    page = desktop.page
    page.route(SCRIPT, lambda route: route.abort(), times=1)
    desktop.open()
    MapFrame(page).expect_total(9)
    expect(page.get_by_role("button", name=AGAIN)).to_be_hidden()


def test_map_that_cannot_start_is_offered_again_while_the_list_works(desktop: Visit) -> None:
    page = desktop.page
    page.route(SCRIPT, lambda route: route.abort())
    desktop.open()
    notice = page.get_by_role("status").filter(has=page.get_by_role("button", name=AGAIN))
    expect(notice).to_contain_text("The map has not loaded yet. The list shows the same events.")
    page.locator(".st-key-list button", has_text="Gothenburg").click()
    expect(page.locator(".rm-title", has_text="Gothenburg")).to_be_visible()
    page.unroute(SCRIPT)
    page.get_by_role("button", name=AGAIN).click()
    MapFrame(page).expect_total(9)
    expect(notice).to_be_hidden()


def test_map_whose_frame_never_answers_is_offered_again(desktop: Visit) -> None:
    page = desktop.page
    page.clock.install()
    page.route("**/frame/*/explore", lambda route: route.fulfill(status=502, body="bad gateway"))
    desktop.open()
    page.wait_for_selector(FRAME)
    page.clock.run_for(11_000)
    page.unroute("**/frame/*/explore")
    page.get_by_role("button", name=AGAIN).click()
    MapFrame(page).expect_total(9)


def test_newest_events_are_read_without_a_script_and_give_way_to_the_page(
    site: Site, visit: Callable[..., Visit]
) -> None:
    first = visit(site, java_script_enabled=False).page
    first.goto(f"{site.url}/?country=SE")
    rows = first.locator("#rm-first li a")
    expect(rows).to_have_count(2)
    rows.filter(has_text="Gothenburg").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Rally in Gothenburg")

    page = visit(site).page
    page.route("**/static/js/**", lambda _route: None)  # held back
    page.goto(f"{site.url}/?country=SE", wait_until="commit")
    page.locator("#rm-first li a").first.focus()
    page.unroute("**/static/js/**")  # lets them go on
    expect(page.locator("#rm-first")).to_have_count(0)
    expect(page.locator(".st-key-list").get_by_role("button", name="Gothenburg")).to_be_visible()
    expect(page.locator("[data-testid=stMain]")).to_be_focused()


def test_map_of_the_first_view_goes_on_in_the_page_with_what_was_opened_on_it(
    site: Site, visit: Callable[..., Visit]
) -> None:
    seen = visit(site)
    page = seen.page
    page.route("**/static/js/**", lambda _route: None)  # held back
    page.goto(f"{site.url}/?country=CA", wait_until="commit")
    first = MapFrame(page)
    assert len(first.labels) == 2
    first.frame.evaluate("() => { window.isFirst = true; }")
    first.frame.locator(".rm-marks button[aria-label*=Ottawa]").press("Enter")
    assert (
        refusals(page, f"{site.url}/map/version", f"{site.url}/assets/0123456789ab/land/../../../sign-in")
        == ["Error: there is no such file"] * 2
    )
    page.unroute("**/static/js/**")  # lets them go on
    seen.settle()
    expect(page.locator(".rm-title", has_text="Ottawa")).to_be_visible()
    assert MapFrame(page).frame.evaluate("() => window.isFirst")
    expect(page.locator(FRAME)).to_have_count(1)
    files = [url.rpartition("/")[2].partition("-")[0] for url in seen.requests if "/media/" in url or "/font/" in url]
    assert set(files) == {"SourceSansVF"}  # no icons, and no second typeface for the frame
    assert seen.console == []


def test_map_comes_with_the_page_where_a_frame_cannot_move(site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(site)
    seen.page.add_init_script("delete Element.prototype.moveBefore")
    seen.open("/")
    MapFrame(seen.page).expect_total(9)
    assert [url for url in seen.requests if "/frame/" in url][1:] == []


def refusals(page: Page, *urls: str) -> list[str]:
    """Ask the page for files as a map's frame does; return what it answers."""
    ask = """(url) => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        window.postMessage({ rallymap: "file", url }, "*", [port2]);
    })"""
    return [page.evaluate(ask, url) for url in urls]


def test_map_survives_calls_of_streamlit_that_came_too_late_or_again(site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(site).page
    folder = f"{site.url}/_stcore/bidi-components/probe"

    def fulfill(route: Route) -> None:
        source = files("rallymap") / "assets/page" / route.request.url.rpartition("/")[2]
        route.fulfill(content_type="text/javascript", body=source.read_text(encoding="utf-8"))

    page.route(f"{folder}/*.js", fulfill)
    page.route(f"{site.url}/map.html", lambda route: route.fulfill(content_type="text/html", body="a map"))
    start = """<div id="rm-first"><iframe src="/map.html"></iframe></div><div id="one"></div><div id="two"></div>
        <script type="module">
        import mount from "./map_host.js";
        const data = { page: "map.html", title: "", height: 9, apology: "", again: "", choice: {} };
        const mounted = (id) => mount({ data, parentElement: document.getElementById(id), setStateValue() {} });
        const frame = document.querySelector("iframe");
        const overtaken = mounted("one");
        mounted("one");
        overtaken();
        const unmount = mounted("one");
        document.getElementById("one").remove();
        unmount();
        mounted("two");
        document.dispatchEvent(new Event("rallymap:first-view-ends"));
        const again = mounted("two");
        again();
        mounted("two");
        window.isSame = frame.parentElement?.closest("#two") !== null;
        </script>"""
    page.route(f"{folder}/start", lambda route: route.fulfill(content_type="text/html", body=start))
    page.goto(f"{folder}/start")
    page.wait_for_function("() => 'isSame' in window")
    assert page.evaluate("[window.isSame, document.querySelectorAll('iframe').length]") == [True, 1]


def test_page_is_loaded_again_if_its_style_sheet_did_not_load(site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(site).page
    page.route("**/style/page.css", lambda route: route.abort(), times=1)
    page.goto(f"{site.url}/about")
    # Streamlit's own top bar is higher.
    expect(page.locator("[data-testid=stHeader]")).to_have_css("height", "49px", timeout=30_000)
