"""Where the map looks: first view, limits, clusters, filters, and what of it goes into the address and shared links."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rallymap.views.map_view import MAX_ZOOM
from tests.browser.conftest import DESKTOP, PHONE, Site, Visit
from tests.browser.map_frame import MapFrame

TABLET = (768, 1024)
WORLD = [
    ("oslo", 59.91, 10.75, "city"),
    ("vancouver", 49.26, -123.11, "city"),
    ("sydney", -33.87, 151.21, "city"),
    ("suva", -18.14, 179.5, "venue"),
    ("apia", -13.83, -171.77, "venue"),
    ("north", 89.9, 0.0, "venue"),
    ("south", -89.9, 0.0, "venue"),
]
PACIFIC = ("suva", "apia")
OSLO = [
    ("parliament", 59.91270, 10.74610, "venue"),
    ("steps", 59.91273, 10.74609, "venue"),
    ("opera", 59.9075, 10.7531, "venue"),
    ("somewhere", 59.9500, 10.8000, "city"),
]

INLAND = {"Australia": [-24, 134], "China": [35, 103], "Brazil": [-10, -52], "Chad": [15, 18], "Russia": [62, 100]}
AT_SEA = {"Atlantic": [25, -45], "Indian Ocean": [-25, 80], "Pacific": [-15, -120]}
COLOUR_AT = """async ([lat, lon]) => {
    const { map } = await window.rallymap;
    const stage = map.getContainer().getBoundingClientRect();
    const at = map.latLngToContainerPoint([lat, lon]).add([stage.left, stage.top]);
    const tile = [...document.querySelectorAll('.rm-base canvas')].findLast((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return left <= at.x && at.x < right && top <= at.y && at.y < bottom;
    });
    const { left, top, width, height } = tile.getBoundingClientRect();
    const [x, y] = [(at.x - left) * tile.width / width, (at.y - top) * tile.height / height];
    return [...tile.getContext('2d').getImageData(Math.floor(x), Math.floor(y), 1, 1).data].join();
}"""
"""Returns the colour of the base map at a place; fails where no tile is."""


def site_with(start_site: Callable[..., Site], folder: Path, events: list[tuple[str, float, float, str]]) -> Site:
    with (folder / "events.csv").open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(["id", "title", "kind", "date", "place", "lat", "lon", "location_precision", "source1_title"])
        for day, (name, lat, lon, precision) in enumerate(events, 1):
            kind = "march" if name in PACIFIC else "rally"
            write([name, f"Rally {name}", kind, f"2023-01-{day:02}", "Open ground", lat, lon, precision, "A leaflet"])
    return start_site(RALLYMAP_DATA=str(folder))


@pytest.fixture(scope="module")
def world_site(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_with(start_site, tmp_path_factory.mktemp("world"), WORLD)


@pytest.fixture(scope="module")
def oslo_site(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_with(start_site, tmp_path_factory.mktemp("oslo"), OSLO)


def zoom_by_button(chart: MapFrame, name: str) -> bool:
    """Press a button of the zoom control as the mouse does; False where it is off."""
    button = chart.frame.get_by_role("button", name=name)
    if button.get_attribute("aria-disabled") == "true":
        return False
    button.click()
    chart.settle()
    return True


@pytest.mark.parametrize("size", [DESKTOP, TABLET, PHONE, (844, 390), (320, 568)], ids=str)
def test_first_view_holds_all_events(world_site: Site, visit: Callable[..., Visit], size: tuple[int, int]) -> None:
    chart = MapFrame(visit(world_site, size=size).open())
    chart.settle()
    expect(chart.counts).to_have_text(f"{len(WORLD)} events")
    stage = chart.frame.locator(".rm-stage").bounding_box()
    assert stage is not None
    bars = [bar.bounding_box() for bar in chart.frame.locator(".leaflet-bar").all()]
    for mark in chart.frame.locator(".rm-marks button").all():
        x, y = chart.middle_of(mark)
        assert stage["x"] < x < stage["x"] + stage["width"]
        assert stage["y"] - 1 <= y <= stage["y"] + stage["height"] + 1
        for bar in bars:  # no button lies over it
            assert bar is not None
            assert not (0 < x - bar["x"] < bar["width"] and 0 < y - bar["y"] < bar["height"])


def test_first_view_goes_the_short_way_round_the_date_line(world_site: Site, visit: Callable[..., Visit]) -> None:
    chart = MapFrame(visit(world_site).open("/?kind=march"))
    chart.settle()
    _, lon, zoom = chart.view()
    assert (175 < abs(lon) <= 180, zoom) == (True, 6)
    expect(chart.counts).to_have_text("2 events")


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (DESKTOP, ("/", "/?event=gothenburg-2020-02", "/?at=59.2%2C10.7431%2C5", "/?layer=countries")),
        (TABLET, ("/",)),
        (PHONE, ("/?event=gothenburg-2020-02",)),
    ],
    ids=["desktop", "tablet", "phone"],
)
def test_visit_without_a_touch_leaves_the_address_alone(
    site: Site, visit: Callable[..., Visit], size: tuple[int, int], paths: tuple[str, ...]
) -> None:
    seen = visit(site, size=size)
    for path in paths:
        page = seen.open(path)
        chart = MapFrame(page)
        chart.settle()
        page.set_viewport_size({"width": size[0] - 40, "height": size[1] - 60})
        chart.settle()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        chart.settle()
        assert page.url == site.url + path


def test_filter_refits_the_map_until_it_is_moved(desktop: Visit) -> None:
    page = desktop.open("/?country=SE")
    reloaded = MapFrame(page)
    reloaded.settle()
    sweden = reloaded.view()
    page = desktop.open("/")
    chart = MapFrame(page)
    chart.settle()
    everywhere = chart.view()
    choose_country(page, "Sweden")
    chart.settle()
    assert page.url.endswith("/?country=SE")
    assert chart.view() == sweden != everywhere
    zoom_by_button(chart, "Zoom in")
    moved = chart.view()
    choose_country(page, "Canada")
    chart.settle()
    assert chart.view() == moved
    chart.frame.get_by_role("button", name="Show all events").click()
    page.wait_for_url(lambda url: "at=" not in url)
    chart.settle()
    expect(chart.counts).to_have_text("4 events")
    expect(chart.frame.get_by_role("button", name="Show all events")).to_have_attribute("aria-disabled", "true")


def choose_country(page: Page, name: str) -> None:
    page.locator(".st-key-pill_countries button").first.click()
    page.get_by_role("combobox", name="Country").click()
    page.get_by_role("option", name=re.compile(name)).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_zoom_stops_at_its_closest(oslo_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(oslo_site)
    page = seen.open(f"/?at=59.9127,10.7461,{MAX_ZOOM - 1}")
    chart = MapFrame(page)
    chart.settle()
    while zoom_by_button(chart, "Zoom in"):
        assert chart.view()[2] <= MAX_ZOOM
    chart.frame.locator(".leaflet-container").focus()
    for _ in range(3):
        page.keyboard.press("+")
        page.mouse.move(500, 500)
        page.mouse.wheel(0, -400)
        chart.settle()
    assert chart.view()[2] == MAX_ZOOM
    page.wait_for_url(re.compile(rf"at=.*%2C{MAX_ZOOM}$"))
    page.reload()
    assert MapFrame(page).view()[2] == MAX_ZOOM
    assert (seen.console, seen.failures) == ([], [])


def test_zoom_stops_where_the_world_is_shown_once(oslo_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(oslo_site)
    page = seen.open("/?at=59.9127,10.7461,3")
    chart = MapFrame(page)
    chart.settle()
    steps = 0
    while zoom_by_button(chart, "Zoom out"):
        steps += 1
    assert steps == 2
    world = "window.rallymap.then(({camera, map}) => camera.atRest().scale - map.getSize().x)"
    assert abs(chart.frame.evaluate(world)) < 1
    chart.frame.locator(".leaflet-container").focus()
    for _ in range(3):
        page.keyboard.press("-")
        page.mouse.move(500, 500)
        page.mouse.wheel(0, 400)
        chart.settle()
    assert abs(chart.frame.evaluate(world)) < 1
    page.wait_for_url(re.compile(r"at=.*%2C1$"))
    expect(chart.counts).to_have_text(f"{len(OSLO)} events")
    page.reload()
    reloaded = MapFrame(page)
    reloaded.settle()
    assert abs(reloaded.frame.evaluate(world)) < 1
    # One step further in is the next whole zoom.
    assert zoom_by_button(reloaded, "Zoom in")
    assert reloaded.view()[2] == 2
    assert zoom_by_button(reloaded, "Zoom out")
    # The land is where the markers are, also when it is drawn again between two whole zooms.
    page.set_viewport_size({"width": 640, "height": 900})
    reloaded.settle()
    reloaded.frame.evaluate("window.rallymap.then(({ map }) => { map.panTo([20, 10], { animate: false }); })")
    page.emulate_media(color_scheme="dark")
    reloaded.settle()
    land, sea = ({reloaded.frame.evaluate(COLOUR_AT, at) for at in places.values()} for places in (INLAND, AT_SEA))
    assert (len(land), len(sea), land & sea) == (1, 1, set())
    assert (seen.console, seen.failures) == ([], [])


def test_cluster_opens_no_closer_than_its_places_are_known(oslo_site: Site, visit: Callable[..., Visit]) -> None:
    chart = MapFrame(visit(oslo_site).open("/?at=55,5,3"))
    chart.settle()
    chart.press("4 events")
    chart.settle()
    assert chart.view()[2] == 11
    expect(chart.counts).to_have_text("4 events")


def test_cluster_in_one_square_ends_in_a_list(oslo_site: Site, visit: Callable[..., Visit]) -> None:
    chart = MapFrame(visit(oslo_site).open(f"/?at=59.9127,10.7461,{MAX_ZOOM}"))
    chart.settle()
    chart.press("2 events")
    expect(chart.frame.locator(".rm-rows button")).to_have_count(2)


def test_shared_link_is_what_is_shown(desktop: Visit) -> None:
    for start in ("/about", "/?from=2018-01-01&to=2018-12-31&kind=rally&at=48.9,2.3,6&event=paris-2018"):
        page = desktop.open(start)
        if start == "/about":
            page.get_by_role("link", name="Explore").first.click()
        chart = MapFrame(page)
        chart.settle()
        page.locator(".st-key-period button").first.click()
        page.get_by_role("radio", name="2020").click()
        page.wait_for_url(re.compile("from=2020-01-01"))
        page.keyboard.press("Escape")
        page.locator(".st-key-list button", has_text="Malmö").click()
        page.wait_for_url(re.compile("event=malmo"))
        zoom_by_button(chart, "Zoom in")
        page.wait_for_url(re.compile("at="))
        page.get_by_role("button", name="Share this view").click()
        link = page.locator("[data-testid=stCode]").first
        expect(link).to_have_text(page.url)
        expect(link.get_by_role("button", name="Copy to clipboard")).to_be_visible()
        # It follows the map while it is open.
        before = page.url
        chart.frame.get_by_role("button", name="Zoom out").click()
        expect(page).not_to_have_url(before)
        expect(link).to_have_text(page.url)
        period = chart.period.inner_text()
        opened = desktop.open(page.url.removeprefix(desktop.site.url))
        again = MapFrame(opened)
        again.settle()
        expect(again.period).to_have_text(period)
        expect(opened.locator(".rm-title", has_text="Malmö")).to_be_visible()
