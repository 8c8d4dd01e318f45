"""The map in another language than English: its own words, those of the server, and how its parts stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, FrameLocator, expect

from tests.browser.bracketed import write_catalogue
from tests.browser.conftest import PHONE, Site, Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def translated(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose operator added Belarusian and Hebrew, in which every sentence is in brackets."""
    home = tmp_path_factory.mktemp("home")
    (home / "language").mkdir()
    write_catalogue(home / "language" / "be.po")
    write_catalogue(home / "language" / "he.po")
    return start_site(RALLYMAP_HOME=str(home))


def map_in(visit: Visit, code: str) -> FrameLocator:
    visit.open(f"/?lang={code}")
    return visit.page.frame_locator("iframe[data-drawn]")


@pytest.mark.new_window
def test_map_speaks_the_language_of_the_page(visit: Callable[..., Visit], translated: Site) -> None:
    seen = visit(translated)
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url) if "/map/" in request.url else None)
    frame = map_in(seen, "be")
    expect(frame.locator(".rm-count")).to_have_text("⟦9 events⟧")
    expect(frame.locator(".rm-legend summary")).to_have_text("⟦Legend⟧")
    expect(frame.locator(".rm-kinds li").first).to_have_text("⟦Rally⟧")
    expect(frame.locator("html")).to_have_attribute("lang", "be")
    frame.get_by_role("button", name="⟦Play⟧", exact=True).click()
    expect(frame.locator(".rm-play")).to_have_accessible_name("⟦Pause⟧")
    expect(frame.locator(".rm-play")).to_have_accessible_name("⟦Play⟧")  # it has come to the end
    assert [url for url in asked if not url.endswith("lang=be")] == []
    assert seen.console == []


def test_map_of_another_site_speaks_the_language_of_its_address(visit: Callable[..., Visit], translated: Site) -> None:
    seen = visit(translated)
    event = seen.site.get("/api/v1/events?limit=1")[2].decode().partition('"id":"')[2].partition('"')[0]
    seen.page.goto(f"{translated.url}/embed?lang=be&event={event}")
    expect(seen.page.get_by_role("link", name="⟦Open on rallymap⟧")).to_have_attribute(
        "href", f"{translated.url}/?event={event}&lang=be"
    )
    opened = seen.page.locator(".rm-embed a").first
    expect(opened).to_have_attribute("href", f"{translated.url}/events/{event}?lang=be")


@pytest.mark.parametrize("size", [(1400, 900), PHONE])
def test_from_right_to_left_the_map_is_mirrored_but_not_its_geography_and_time(
    visit: Callable[..., Visit], translated: Site, size: tuple[int, int]
) -> None:
    seen = visit(translated, size=size)
    frame = map_in(seen, "he")
    middle = size[0] / 2

    def box(selector: str) -> FloatRect:
        found = frame.locator(selector).first.bounding_box()
        assert found is not None
        return found

    assert box(".rm-legend")["x"] < middle < box(".leaflet-control-zoom")["x"]
    assert box(".rm-count")["x"] < box(".rm-play")["x"]
    assert box(".rm-most")["x"] + box(".rm-most")["width"] < box(".rm-play")["x"]
    search, sign = ".st-key-search_text [data-testid=stTextInputRootElement]", "[data-testid=stTextInputIcon]"
    field, icon = (seen.page.locator(part).bounding_box() for part in (search, f"{search} {sign}"))
    assert field
    assert icon
    assert field["x"] + field["width"] - icon["x"] - icon["width"] > 6
    ticks = [tick.bounding_box() for tick in frame.locator(".rm-ticks span").all()]
    lefts = [tick["x"] for tick in ticks if tick]
    assert lefts == sorted(lefts)
    assert len(lefts) > 1
    last = frame.get_by_role("slider", name="⟦Last day⟧")
    before = box(".rm-handle:last-child")["x"]
    day = int(last.get_attribute("aria-valuenow") or 0)
    last.press("ArrowLeft")
    expect(last).not_to_have_attribute("aria-valuenow", str(day))
    assert int(last.get_attribute("aria-valuenow") or 0) < day
    assert box(".rm-handle:last-child")["x"] < before
    assert seen.console == []
