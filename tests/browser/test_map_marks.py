"""The marks: what they say, what a press opens, and what the page does when the map moves."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.query.cube import FEW_EVENTS
from rallymap.store import Database
from rallymap.store.bulk import add_many
from tests.browser.conftest import Site, Visit
from tests.browser.map_frame import FRAME, MapFrame

CROWDED = 110
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PAYLOAD = "<img src=x onerror=alert(1)> `${alert(1)}` C:\\users {{7*7}}"


@pytest.fixture(scope="module")
def odd_site(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return an app with unusual data: many events at one point, the antimeridian, the poles, payloads."""
    yield from _site_with_odd_events(start_site, tmp_path_factory.mktemp("odd"), elsewhere=0)


@pytest.fixture(scope="module")
def crowded_site(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return an app with the same events and more than are ever sent to a map one by one."""
    yield from _site_with_odd_events(start_site, tmp_path_factory.mktemp("crowded"), elsewhere=FEW_EVENTS + 100)


def _site_with_odd_events(start_site: Callable[..., Site], home: Path, *, elsewhere: int) -> Iterator[Site]:
    events = [
        _event(
            f"vigil-{n:03}",
            PAYLOAD if n == 0 else f"Vigil number {n}",
            Kind.VIGIL,
            date(2000 + n // 10, 6, 1),
            47.5,
            19.05,
        )
        for n in range(CROWDED)
    ]
    for name, lat, lon in (("fiji-west", -17.0, 179.99), ("fiji-east", -17.0, -179.99)):
        events.append(_event(name, f"Rally {name}", Kind.RALLY, date(2010, 1, 1), lat, lon))
    for name, lat in (("north-pole", 90.0), ("south-pole", -90.0)):
        events.append(_event(name, f"Rally {name}", Kind.MARCH, date(2011, 1, 1), lat, 0.0))
    for n in range(elsewhere):
        where = 36.0 + n % 7 / 10, 139.0 + n % 11 / 10
        events.append(_event(f"far-{n:05}", f"Picket {n}", Kind.PICKET, date(2000 + n % 20, 3, 1), *where))
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    add_many(db, events, actor="test")
    db.close()
    none = home / "no-events"
    none.mkdir()
    (none / "events.csv").write_text("id,title,kind,date,place,source1_title\n", "utf-8")
    site = start_site(RALLYMAP_HOME=str(home), RALLYMAP_DATA=str(none))
    yield site
    site.stop()


def _event(name: str, title: str, kind: Kind, day: date, lat: float, lon: float) -> Event:
    point = Location(lat, lon, LocationPrecision.VENUE, 100, 1.0, "given")
    sources = (Source(title="A leaflet"),)
    made = Event(name, title, kind, EventDate(day, day, DatePrecision.DAY), Place("Square"), point, sources=sources)
    return made.changed(review=ReviewStatus.PUBLISHED)


def test_marks_are_named_for_screen_readers(desktop: Visit) -> None:
    chart = MapFrame(desktop.open("/?from=2020-02-01&to=2020-02-02"))
    chart.settle()
    assert len(chart.labels) == 6
    assert any(re.fullmatch(r"Rally: .*Gothenburg.*, 1–2 Feb 2020", label) for label in chart.labels)


def test_press_on_gothenburg_opens_its_panel_and_puts_it_into_the_link(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-02-01&to=2020-02-02")
    chart = MapFrame(page)
    chart.settle()
    chart.press("Gothenburg")
    page.wait_for_selector(".rm-title:has-text('Gothenburg')")
    page.wait_for_url(re.compile("event=gothenburg-2020-02"))
    desktop.shoot("map-event")


def test_link_to_an_event_opens_its_panel_and_rings_its_mark(desktop: Visit) -> None:
    page = desktop.open("/?event=gothenburg-2020-02")
    page.wait_for_selector(".rm-title:has-text('Gothenburg')")
    chart = MapFrame(page)
    assert chart.frame.evaluate("window.rallymap.then((card) => card.scene.chosen.id)") == "gothenburg-2020-02"
    chart.frame.wait_for_function("window.rallymap.then(({ map }) => map.getZoom() === 6)")
    middle = chart.frame.evaluate("window.rallymap.then(({ map }) => [map.getCenter().lat, map.getCenter().lng])")
    assert middle == pytest.approx([57.7, 12.0], abs=0.1)
    assert "at=" not in page.url  # nobody moved the map
    chart.frame.get_by_role("button", name="Show all events").click()
    chart.frame.wait_for_function("window.rallymap.then(({ map }) => map.getZoom() < 6)")


def test_marks_are_opened_by_keys_alone(desktop: Visit) -> None:
    page = desktop.open("/?from=2020-02-01&to=2020-02-02")
    chart = MapFrame(page)
    chart.settle()
    chart.mark("Malmö").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".rm-title:has-text('Malmö')")


def test_panning_and_zooming_rerun_no_page_and_are_kept_in_the_link(desktop: Visit) -> None:
    page = desktop.open()
    chart = MapFrame(page)
    chart.settle()
    page.evaluate("document.querySelector('.rm-count').dataset.drawn = 'before'")
    chart.frame.locator(".leaflet-container").focus()
    page.keyboard.press("ArrowLeft")
    chart.frame.get_by_role("button", name="Zoom in").click()
    chart.settle()
    page.wait_for_url(re.compile(r"at="))
    assert page.evaluate("document.querySelector('.rm-count').dataset.drawn") == "before"
    view = chart.view()
    page.reload()
    again = MapFrame(page)
    again.settle()
    assert again.view() == view


def test_layer_is_kept_in_the_link(desktop: Visit) -> None:
    page = desktop.open()
    chart = MapFrame(page)
    for layer in ("Heat", "Countries"):
        chart.frame.get_by_role("radio", name=layer).click()
        page.wait_for_url(re.compile(f"layer={layer.lower()}"))
        chart.settle()
        desktop.shoot(f"map-{layer.lower()}")
    expect(chart.frame.locator("p.rm-hidden")).to_contain_text("Sweden 2")
    page.reload()
    assert MapFrame(page).frame.get_by_role("radio", name="Countries").get_attribute("aria-checked") == "true"


@pytest.mark.parametrize("which", ["odd_site", "crowded_site"])
def test_all_events_at_one_spot_are_reached_by_mouse(
    request: pytest.FixtureRequest, which: str, visit: Callable[..., Visit]
) -> None:
    page = visit(request.getfixturevalue(which)).open()
    chart = MapFrame(page)
    chart.settle()
    chart.press(f"{CROWDED} events: {CROWDED} vigil")
    rows = chart.frame.locator(".rm-rows button")
    rows.first.wait_for()
    while chart.frame.locator(".rm-more:visible").count():
        before = rows.count()
        chart.frame.locator(".rm-more").click()
        chart.frame.wait_for_function(f"() => document.querySelectorAll('.rm-rows button').length > {before}")
    assert rows.count() == CROWDED
    odd = rows.filter(has_text="onerror")
    assert odd.inner_text().startswith(PAYLOAD)
    odd.click()
    page.wait_for_selector(f".rm-title:has-text({PAYLOAD[:20]!r})")
    assert page.locator("img[src=x]").count() == 0
    assert chart.frame.locator("img[src=x]").count() == 0


def test_all_events_at_one_spot_are_reached_by_keys(odd_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(odd_site).open()
    chart = MapFrame(page)
    chart.settle()
    chart.mark(f"{CROWDED} events").focus()
    page.keyboard.press("Enter")
    chart.frame.locator(".rm-rows button").first.wait_for()
    focused = "[...document.querySelectorAll('.rm-rows li')].indexOf(document.activeElement.closest('li'))"
    for step in range(1, CROWDED):
        page.keyboard.press("ArrowDown")
        if chart.frame.evaluate(focused) < step:
            # The end of a page: the next control is "Show more", which goes on where the page ended.
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            chart.frame.wait_for_function(f"() => document.querySelectorAll('.rm-rows button').length > {step}")
        assert chart.frame.evaluate(focused) == step
    page.keyboard.press("Escape")
    assert chart.frame.locator(".rm-list").count() == 0
    assert f"{CROWDED} events" in (chart.frame.evaluate("document.activeElement.getAttribute('aria-label')") or "")


def test_antimeridian_and_poles_are_on_the_map(odd_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(odd_site)
    page = seen.open("/?at=-17,180,6&kind=rally")
    chart = MapFrame(page)
    chart.settle()
    chart.expect_total(2)
    assert chart.labels == ["2 events: 2 rallies"]
    page = seen.open("/?at=0,0,1&kind=march")
    poles = MapFrame(page)
    poles.settle()
    poles.expect_total(2)


def test_counts_give_way_to_events_and_back_as_the_map_moves(crowded_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(crowded_site)
    chart = MapFrame(seen.open("/?at=36,139,7"))
    chart.settle()
    everywhere = CROWDED + 4 + FEW_EVENTS + 100
    chart.expect_total(everywhere, in_view=FEW_EVENTS + 100)
    for centre, in_view in (("[47.5, 19]", CROWDED), ("[36, 139]", FEW_EVENTS + 100), ("[47.5, 19]", CROWDED)):
        chart.frame.evaluate(f"window.rallymap.then(({{map}}) => {{map.setView({centre}, 7, {{animate: false}})}})")
        chart.settle()
        chart.expect_total(everywhere, in_view=in_view)
    assert seen.console == []


def test_filter_that_leaves_nothing_says_how_to_widen_it(odd_site: Site, visit: Callable[..., Visit]) -> None:
    chart = MapFrame(visit(odd_site).open("/?kind=picket"))
    chart.settle()
    assert chart.frame.inner_text(".rm-state") == "No event fits these filters. Remove a filter to see more."
    expect(chart.frame.locator(".rm-most")).to_be_empty()


@pytest.mark.new_window
def test_map_that_cannot_reach_the_server_says_so_and_tries_again(desktop: Visit) -> None:
    page = desktop.page
    page.route("**/map/cube**", lambda route: route.abort())
    desktop.open()
    frame = page.wait_for_selector(FRAME).content_frame()
    frame.wait_for_selector(".rm-state:visible", timeout=30_000)
    assert frame.inner_text(".rm-state").startswith("The map's events could not be loaded")
    page.unroute("**/map/cube**")
    frame.get_by_role("button", name="Try again").click()
    frame.wait_for_selector(".rm-count:not(:empty)")


def test_published_event_appears_on_an_open_map(own_site: Site, visit: Callable[..., Visit]) -> None:
    page = visit(own_site).open()
    chart = MapFrame(page)
    chart.frame.evaluate("window.mountedOnce = true")
    db = Database.open(f"sqlite:///{own_site.home / 'rallymap.db'}")
    rome = Location(41.9, 12.5, LocationPrecision.CITY, 9_000, 0.9, "gazetteer", name="Rome", country="IT")
    when = EventDate(date(2021, 5, 1), date(2021, 5, 1), DatePrecision.DAY)
    made = Event(
        "rome-2021", "Rally in Rome", Kind.RALLY, when, Place("Rome"), rome, sources=(Source(title="A leaflet"),)
    )
    add_many(db, [made.changed(review=ReviewStatus.PUBLISHED)], actor="test")
    db.close()
    page.wait_for_selector(".rm-count b:text-is('10 events')")
    chart.expect_total(10)
    assert chart.frame.evaluate("window.mountedOnce") is True


@pytest.mark.new_window
def test_street_tiles_are_asked_for_only_once_they_are_switched_on(
    start_site: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    site = start_site(
        RALLYMAP_TILE_URL="https://tiles.example/{z}/{x}/{y}.png", RALLYMAP_TILE_ATTRIBUTION="© <b>Some</b>"
    )
    seen = visit(site)
    seen.page.route("https://tiles.example/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    chart = MapFrame(seen.open())
    chart.settle()
    assert seen.foreign_requests == []
    street_map = chart.frame.get_by_label("Street map from tiles.example")
    if not street_map.is_visible():  # the legend starts closed where it would cover a marker
        chart.frame.get_by_text("Legend", exact=True).click()
    street_map.check()
    chart.settle()
    assert seen.foreign_requests
    assert all(url.startswith("https://tiles.example/") for url in seen.foreign_requests)
    assert "© <b>Some</b>" in chart.frame.inner_text(".leaflet-control-attribution")
    assert seen.console == []
