"""The organiser's form by keyboard and screen reader: focus, errors, direction of writing, a button that stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit
from tests.browser.test_organise import step, type_into


def focused(page: Page) -> str:
    words: str = page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )
    return words


@pytest.mark.new_window
def test_errors_are_listed_tied_to_their_fields_and_lead_there(desktop: Visit) -> None:
    page = desktop.open("/add")
    title = page.get_by_label("Title", exact=True)
    expect(title).to_have_attribute("dir", "auto")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Please fix this first")).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_accessible_description("Give the event a title.")
    page.get_by_role("button", name="Give the event a title.").click()
    expect(title).to_be_focused()
    # With colours of the visitor's own there are no shadows: the focus has an outline.
    page.emulate_media(forced_colors="active")
    expect(page.locator(".st-key-field_title [data-testid=stTextInputRootElement]")).to_have_css(
        "outline-style", "solid"
    )
    page.emulate_media(forced_colors="none")
    page.keyboard.type("Vigil")
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="Please fix this first")).to_have_count(0)
    expect(title).not_to_have_attribute("aria-invalid", "true")


def test_each_step_begins_at_its_heading_and_no_tab_reaches_the_honeypot(phone: Visit) -> None:
    organiser = phone
    page = organiser.open("/add")
    type_into(organiser, "Title", "Vigil")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="When", exact=True)).to_be_focused()
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    last = "Last day, if it lasts longer"
    assert reached[:8] == [
        "How exactly do you know the date?", "Day", "Choose a day: Day", last, f"Choose a day: {last}",
        "Does it repeat?", "Back", "Next",
    ]  # fmt: skip
    assert "Leave this empty" not in reached
    # What is chosen in the browser's calendar, which no script can open for itself, is as if it were typed.
    page.locator(".st-key-field_start .rm-day input").evaluate(
        "(day) => { day.value = '2024-05-03'; day.dispatchEvent(new Event('change')); }"
    )
    expect(page.locator(".rm-echo")).to_have_text("Friday 3 May 2024")
    expect(page.get_by_label("Day", exact=True)).to_have_value("2024-05-03")


def test_error_of_another_step_opens_that_step_at_the_field(desktop: Visit) -> None:
    page = desktop.open("/add")
    type_into(desktop, "Title", "Vigil")
    step(desktop, "Sources")
    type_into(desktop, "Link to an announcement or report", "javascript:alert(1)")
    step(desktop, "Send")
    page.get_by_role("button", name="A source link starts with").click()
    expect(page.get_by_label("Link to an announcement or report", exact=True)).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_next_stays_in_place_while_the_place_is_looked_up(
    visit: Callable[..., Visit], site: Site, size: tuple[int, int]
) -> None:
    organiser = visit(site, size=size)
    page = organiser.open("/add")
    type_into(organiser, "Title", "Vigil")
    step(organiser, "Where")
    following = page.get_by_role("button", name="Next")
    page.get_by_label("Place", exact=True).press_sequentially("Hamilton")
    before = following.bounding_box()
    expect(page.get_by_role("radiogroup", name="Which place is meant?")).to_be_visible()
    assert following.bounding_box() == before
    following.click()
    expect(page.get_by_role("heading", name="Who", exact=True)).to_be_focused()
