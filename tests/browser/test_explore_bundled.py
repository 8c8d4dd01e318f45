"""Explore with all bundled events: it fits every screen, the list follows the map, cities are paged through."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit
from tests.browser.map_frame import MapFrame

TABLET = (820, 1180)
SIZES = pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"])


CUT_WORDS = """() => [...document.querySelectorAll("[data-testid=stMain] button [data-testid=stMarkdownContainer]")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1).map((each) => each.innerText)"""
"""Gives the labels of buttons that do not fit into them."""


@SIZES
@pytest.mark.parametrize("query", ["", "?community=Southern+Cameroonians&country=GB&kind=rally&from=2020-01-01"])
def test_filters_stay_on_the_page_and_overlap_nothing(
    bundled_site: Site, visit: Callable[..., Visit], size: tuple[int, int], query: str
) -> None:
    seen = visit(bundled_site, size=size)
    # German words are long, and a phone has the least room for them.
    language = "de" if size == PHONE else "en"
    page = seen.open(f"/{query}{'&' if query else '?'}lang={language}")
    timeline = MapFrame(page, ".st-key-map_card iframe")
    boxes = [box for part in page.locator(".st-key-filters > *").all() if (box := part.bounding_box())]
    assert len(boxes) >= 6
    for box in boxes:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
    map_box = page.locator(".st-key-map_card iframe").bounding_box()
    assert map_box is not None
    assert max(box["y"] + box["height"] for box in boxes) <= map_box["y"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
    if query:
        return
    # The first view: the map with all its events, each shown once, and the button that plays.
    expect(timeline.counts).to_have_text({"en": "674 events", "de": "674 Veranstaltungen"}[language])
    play = timeline.frame.locator(".rm-play").bounding_box()
    assert play is not None
    assert play["y"] + play["height"] <= size[1]
    world, width = timeline.frame.evaluate(
        "window.rallymap.then(({camera, map}) => [camera.atRest().scale, map.getSize().x])"
    )
    assert world >= width - 1e-6
    seen.shoot(f"bundled-{size[0]}")


def test_long_word_of_a_filter_is_cut_and_its_button_is_marked_in_the_visitors_own_colours(
    bundled_site: Site, visit: Callable[..., Visit]
) -> None:
    seen = visit(bundled_site, size=PHONE)
    page = seen.open("/?country=AE&country=NO&lang=de")
    button = page.locator(".st-key-pill_countries [data-testid=stPopoverButton]")
    words, room = button.locator("p").evaluate(
        "p => [getComputedStyle(p, '::after').width, p.parentElement.clientWidth]"
    )
    assert 100 < float(words.removesuffix("px")) <= room  # else nothing of it is drawn
    page.emulate_media(forced_colors="active")
    assert button.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_one_total_agrees_everywhere(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    timeline = MapFrame(seen.open("/"))
    expect(seen.page.locator(".rm-count")).to_have_text("674 events · 673 dated + 1 undated")
    expect(seen.page.locator(".rm-list-title")).to_have_text("674 events")
    timeline.expect_total(674)
    # Open, the legend would lie over Japan and Taiwan.
    expect(timeline.frame.locator(".rm-legend")).not_to_have_attribute("open", "")


def test_markers_are_coloured_by_community_and_the_legend_closes(
    bundled_site: Site, visit: Callable[..., Visit]
) -> None:
    seen = visit(bundled_site)
    timeline = MapFrame(seen.open("/?at=52.5,13.4,10"))
    legend = timeline.frame.locator(".rm-legend")
    expect(legend.locator("[aria-checked=true]")).to_have_text(["Markers", "Kind"])
    legend.get_by_role("radio", name="Community").click()
    expect(legend.locator(".rm-kinds")).to_contain_text("Other communities")
    seen.page.wait_for_url("**colour=community**")
    expect(timeline.frame.locator(".rm-marks button").first).to_have_attribute(
        "aria-label", re.compile(r"Ukraine|Iran")
    )
    seen.shoot("community-berlin")
    seen.page.reload()
    legend = MapFrame(seen.page).frame.locator(".rm-legend")
    expect(legend.locator("[aria-checked=true]")).to_have_text(["Markers", "Community"])
    legend.get_by_text("Legend").click()
    expect(legend.locator(".rm-layers").first).to_be_hidden()


def test_list_follows_the_map(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/?at=64.9,-18.5,6")
    timeline = MapFrame(page)
    page.locator(".st-key-follow_map label").click()
    expect(page.locator(".rm-list-title")).to_have_text("2 in view")
    timeline.expect_total(674, in_view=2)
    expect(page.locator(".st-key-list [class*=st-key-row-]")).to_have_count(2)
    page.wait_for_url("**list=view**")
    timeline.frame.evaluate("window.rallymap.then(({map}) => {map.setView([53, 10], 4, {animate: false})})")
    expect(page.locator(".rm-list-title")).not_to_have_text("2 in view")
    timeline.settle()
    in_view = timeline.counts.inner_text().split()[0]
    expect(page.locator(".rm-list-title")).to_have_text(f"{in_view} in view")
    page.reload()
    expect(page.locator(".rm-list-title")).to_have_text(re.compile(r"^\d+ in view$"))
    page.locator(".st-key-follow_map label").click()
    expect(page.locator(".rm-list-title")).to_have_text("674 events")


def test_events_of_a_capital_are_paged_through(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/?event=oslo-2009-04-11-tamil")
    covered = MapFrame(page).frame.evaluate(
        """() => {
            const box = (element) => element.getBoundingClientRect();
            const legend = box(document.querySelector(".rm-legend"));
            return [...document.querySelectorAll(".rm-marks button")].map(box).filter(({ left, right, top, bottom }) =>
                right > legend.left && left < legend.right && bottom > legend.top && top < legend.bottom).length;
        }"""
    )
    assert covered == 0
    pager = page.locator(".rm-pager")
    expect(pager).to_have_text(re.compile(r"^\d+ of \d+ in and around Oslo$"))
    before = pager.inner_text()
    page.locator(".st-key-pager_newer button").click()
    expect(pager).not_to_have_text(before)
    page.wait_for_url(re.compile(r"event=oslo-(?!2009-04-11)"))
    page.locator(".st-key-pager_older button").click()
    expect(pager).to_have_text(before)


def test_order_of_the_list_is_turned_round(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site)
    page = seen.open("/")
    expect(page.get_by_role("button", name="Newest first")).to_be_visible()
    assert page.evaluate(CUT_WORDS) == []
    titles = page.locator(".st-key-list [class*=st-key-row-] button strong")
    page.get_by_role("button", name="Newest first").click()
    expect(titles.first).to_have_text("Protest in New York during the visit of General Jaruzelski")
    page.wait_for_url("**sort=oldest**")
    page.get_by_role("button", name="Show more (653 left)").click()
    expect(page.get_by_role("button", name="Show more (613 left)")).to_be_visible()


def test_event_that_a_phone_opens_is_in_sight(bundled_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(bundled_site, size=PHONE)
    page = seen.open("/?event=narvik-2025-03-serbia")
    panel = page.locator("article.rm-card")
    expect(panel).to_be_in_viewport()
    box = panel.bounding_box()
    assert box is not None
    assert 0 < box["y"] < 600
    # The map is brought above it, as far as its scale; closing leads back to the top of the page.
    page.wait_for_function("() => document.querySelector('.st-key-map_card').getBoundingClientRect().top < 60")
    sheet = page.locator(".st-key-event_panel").bounding_box()
    edge = MapFrame(page).frame.locator(".leaflet-control-scale").bounding_box()
    assert sheet is not None
    assert edge is not None
    assert edge["y"] + edge["height"] <= sheet["y"]
    page.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_titles_of_the_list_keep_the_direction_of_their_script(
    start_site: Callable[..., Site], visit: Callable[..., Visit], nine_events: object, tmp_path_factory: object
) -> None:
    folder = tmp_path_factory.mktemp("persian")  # type: ignore[attr-defined]
    (folder / "events.csv").write_text(
        "id,title,date,place,source1_title\nfa-1,تجمع در PS752 اسلو برای دادخواهی,2023-01-08,Oslo,A leaflet\n",
        "utf-8",
    )
    seen = visit(start_site(RALLYMAP_DATA=str(folder)))
    page = seen.open("/")
    title = page.locator(".st-key-list [class*=st-key-row-] button strong")
    assert title.evaluate("element => getComputedStyle(element).unicodeBidi") == "plaintext"
    right_edges = title.evaluate(
        """element => {
            const range = document.createRange();
            range.setStart(element.firstChild, 0);
            range.setEnd(element.firstChild, 1);
            return [range.getBoundingClientRect().right, element.getBoundingClientRect().right];
        }"""
    )
    assert abs(right_edges[0] - right_edges[1]) < 2  # the first letter stands at the right
