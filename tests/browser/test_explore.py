"""Explore beside its map: presets, slider, exact dates, facets, list, panel, link, back and reload."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit
from tests.browser.map_frame import MapFrame

IN_2020 = "?from=2020-01-01&to=2020-12-31"


def rows(visit: Visit) -> Locator:
    """Return the titles in the list."""
    return visit.page.locator(".st-key-list [class*=st-key-row-] button strong")


def open_period(visit: Visit) -> None:
    """Open the control that holds years, slider and exact dates."""
    visit.page.locator(".st-key-period button").first.click()
    visit.page.get_by_role("textbox", name="From").wait_for()


def test_first_screen_holds_headline_filters_map_and_list_without_scrolling(desktop: Visit) -> None:
    page = desktop.open("/")
    MapFrame(page)
    expect(rows(desktop)).to_have_count(9)
    expect(page.get_by_role("heading", level=1)).to_have_text("Diaspora rallies around the world")
    for selector in (".st-key-map_card iframe", ".st-key-filters", ".st-key-list"):
        box = page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + min(box["height"], 200) <= 900
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 901
    expect(rows(desktop).first).to_have_text("Rally in Oslo against the visit of Iran’s deputy foreign minister")
    desktop.shoot("explore")


def test_year_as_preset_leaves_its_events_everywhere(desktop: Visit) -> None:
    page = desktop.open("/")
    expect(page.locator(".rm-count")).to_have_text("9 events · 8 dated + 1 undated")
    open_period(desktop)
    page.get_by_role("radio", name="2020").click()
    desktop.settle()
    expect(page.locator(".rm-count")).to_have_text("6 events · 1 undated not counted")
    expect(page.get_by_role("button", name="Period 2020", exact=True)).to_be_visible()
    expect(page.locator(".rm-list-title")).to_have_text("6 events")
    expect(rows(desktop)).to_have_count(7)
    page.wait_for_url(f"**/{IN_2020}")
    expect(page.get_by_role("button", name="Bookstand and exhibition in Oslo")).to_be_visible()


def test_slider_moved_by_keys_narrows_the_period(desktop: Visit) -> None:
    page = desktop.open("/")
    open_period(desktop)
    page.get_by_role("slider", name="First day").press("End")
    desktop.settle()
    expect(page.locator(".rm-count")).to_have_text("1 event · 1 undated not counted")
    expect(rows(desktop).first).to_have_text("Rally in Oslo against the visit of Iran’s deputy foreign minister")


def test_exact_dates_choose_the_weekend(desktop: Visit) -> None:
    page = desktop.open("/")
    open_period(desktop)
    for label, typed, address in (
        ("From", "1 Feb 2020", "from=2020-02-01&to=*"),
        ("To", "2020-02-02", "*to=2020-02-02"),
    ):
        page.get_by_role("textbox", name=label).fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/?{address}")
        desktop.settle()
    expect(page.locator(".rm-count b")).to_have_text("6 events")


def test_date_that_was_typed_is_kept_when_the_map_is_clicked(desktop: Visit) -> None:
    page = desktop.open("/")
    MapFrame(page)
    open_period(desktop)
    page.get_by_role("textbox", name="From").fill("2022")
    page.locator(".st-key-map_card iframe").click(position={"x": 300, "y": 500})
    page.wait_for_url("**/?from=2022-01-01&to=*")
    expect(page.locator(".rm-count b")).to_have_text("1 event")


def test_date_that_cannot_be_read_is_shown_at_its_field(desktop: Visit) -> None:
    page = desktop.open("/")
    open_period(desktop)
    page.get_by_role("textbox", name="To").fill("next week")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        "“next week” is not a date that can be read here. Write it like 1 February 2020"
    )
    expect(page.get_by_role("textbox", name="To")).to_have_value("next week")
    expect(page.locator(".rm-count b")).to_have_text("9 events")


def test_row_opens_the_panel_and_back_closes_it(desktop: Visit) -> None:
    page = desktop.open(f"/{IN_2020}")
    page.get_by_role("button", name="Rally in Gothenburg").click()
    panel = page.get_by_role("article", name="Rally in Gothenburg in solidarity with the protests in Iran and Iraq")
    expect(panel).to_contain_text("Weekend of 1–2 February 2020")
    expect(panel).to_contain_text("the source gives the weekend, not the day")
    expect(panel).to_contain_text("From Tehran to Baghdad our slogan is Revolution")
    expect(panel).to_contain_text(
        "MEK and NCRI Supporters Across the World Echo Iran People’s Desire for Regime Change"
    )
    page.wait_for_url("**event=gothenburg-2020-02**")
    page.reload()
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_have_count(0)
    assert "event=" not in page.url
    expect(rows(desktop)).to_have_count(7)
    page.go_forward()
    expect(panel).to_be_visible()


def test_close_takes_the_panel_away(desktop: Visit) -> None:
    page = desktop.open("/?event=paris-2018-06")
    expect(page.get_by_role("article", name="“Free Iran” rally in Paris")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("article.rm-card")).to_have_count(0)


def test_escape_closes_the_panel(desktop: Visit) -> None:
    page = desktop.open("/?event=paris-2018-06")
    MapFrame(page).settle()
    expect(page.locator("article.rm-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("article.rm-card")).to_have_count(0)


def test_escape_in_a_menu_closes_the_menu_alone(desktop: Visit) -> None:
    page = desktop.open("/?event=paris-2018-06")
    expect(page).to_have_title("“Free Iran” rally in Paris – rallymap")
    page.get_by_role("button", name="Kind", exact=True).click()
    expect(page.get_by_role("combobox", name="Kind")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Kind")).to_have_count(0)
    desktop.settle()
    expect(page.locator("article.rm-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("article.rm-card")).to_have_count(0)
    expect(page).to_have_title("Explore – rallymap")


def test_focus_goes_into_the_panel_and_back_to_the_row(desktop: Visit) -> None:
    page = desktop.open("/")
    MapFrame(page).settle()
    row = page.locator(".st-key-list [class*=st-key-row-] button").nth(2)
    row.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name="Event")
    expect(panel).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    expect(row).to_be_focused()


def test_panel_of_a_link_takes_no_focus(desktop: Visit) -> None:
    page = desktop.open("/?event=paris-2018-06")
    expect(page.get_by_role("region", name="Event")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_link_to_no_event_says_so(desktop: Visit) -> None:
    page = desktop.open("/?event=no-such-event")
    expect(page.get_by_text("There is no event at this address.")).to_be_visible()


def test_part_of_the_link_that_cannot_be_read_is_said_and_left_out(desktop: Visit) -> None:
    page = desktop.open("/?from=soon&kind=rally&kind=party")
    expect(
        page.get_by_text("“soon” is not a day; write 2020-02-01, 2020-02 or 2020. The link's “from” is left out.")
    ).to_be_visible()
    expect(page.get_by_text("“party” is not a kind of event; it is left out.")).to_be_visible()
    expect(rows(desktop)).to_have_count(8)


def test_kind_narrows_list_and_counts(desktop: Visit) -> None:
    page = desktop.open("/")
    page.locator(".st-key-pill_kinds button").first.click()
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Exhibition or bookstand · 1").click()
    desktop.settle()
    expect(page.locator(".rm-count")).to_have_text("1 event · undated")
    page.wait_for_url("**/?kind=exhibition")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Kind Exhibition or bookstand", exact=True)).to_be_visible()
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Clear all").click()
    expect(page.locator(".rm-count b")).to_have_text("9 events")


def test_period_without_events_names_the_nearest(desktop: Visit) -> None:
    page = desktop.open("/?from=2019-01-01&to=2019-06-30")
    expect(page.get_by_text("The nearest is 30 June 2018.")).to_be_visible()
    page.get_by_role("button", name="Go to 2018").click()
    desktop.settle()
    expect(rows(desktop).first).to_have_text("“Free Iran” rally in Paris")


def test_phone_reaches_every_page_from_the_top_bar(phone: Visit) -> None:
    page = phone.open("/")
    for name, words in (
        ("Add", "A moderator reviews it"),
        ("About", "It takes no side"),
        ("Explore", "9 events"),
    ):
        page.locator(".st-key-phone_nav").get_by_role("link", name=name, exact=True).click()
        phone.settle()
        expect(page.get_by_text(words).first).to_be_visible()


def test_choice_is_kept_on_the_way_over_another_page_which_stays_in_the_history_as_it_was(desktop: Visit) -> None:
    page = desktop.open("/?community=Iran")
    desktop.settle()
    for name, path in (("Review", "review"), ("Add an event", "add"), ("Data quality", "quality")):
        page.get_by_role("link", name=name).first.click()
        page.wait_for_url(f"**/{path}")
        desktop.settle()
        page.get_by_role("link", name="Explore").first.click()
        page.wait_for_url("**/?community=Iran")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/(quality)?$"))
