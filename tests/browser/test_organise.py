"""From an organiser's form to a published event, as the people involved do it."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from rallymap.moderation import Account, Role
from rallymap.store.review_queue import list_queue
from rallymap.workflows.rate_limits import SHORTEST
from tests.browser.conftest import PHONE, Site, Visit
from tests.browser.map_frame import drag_pin
from tests.browser.people import add_people, database_of, open_review, signed_in

PAYLOAD = '<img src=x onerror="document.title=`run`">${document.title="run"}'


def step(visit: Visit, name: str) -> None:
    visit.page.get_by_role("radio", name=name).click()
    visit.settle()


def type_into(visit: Visit, label: str, text: str) -> None:
    visit.page.get_by_label(label, exact=True).fill(text)
    visit.page.keyboard.press("Tab")
    visit.settle()


def wait_as_people_do(visit: Visit) -> None:
    """Wait for the rest of two seconds: a form that is filled in faster counts as sent by a robot."""
    assert visit.opened_s, "The form was opened without Visit.open."
    visit.page.wait_for_timeout(max(0.0, visit.opened_s + SHORTEST.total_seconds() - time.monotonic()) * 1000)


def fill_form(visit: Visit, *, title: str = "Vigil in Gothenburg", place: str = "Gothenburg") -> None:
    page = visit.open("/add")
    type_into(visit, "Title", title)
    page.get_by_role("button", name="Next").click()
    visit.settle()
    type_into(visit, "Day", "3 May 2024")
    page.get_by_role("button", name="Next").click()
    visit.settle()
    type_into(visit, "Place", place)
    step(visit, "Send")
    wait_as_people_do(visit)


def test_submitted_event_is_unseen_until_it_is_published(own_site: Site, visit: Callable[..., Visit]) -> None:
    add_people(own_site)
    reader = visit(own_site)
    reader.open("/")
    organiser = visit(own_site, size=PHONE)
    fill_form(organiser)
    expect(organiser.page.get_by_role("article", name="Vigil in Gothenburg")).to_be_visible()
    organiser.page.get_by_role("button", name="Submit for review").click()
    expect(organiser.page.get_by_text("Sent. A moderator will review your event.")).to_be_visible()
    organiser.shoot("receipt")

    visitor = visit(own_site)
    expect(visitor.open("/").locator(".rm-count b")).to_have_text("9 events")
    expect(visitor.page.get_by_text("Vigil in Gothenburg")).to_have_count(0)

    moderator = signed_in(visit(own_site))
    page = open_review(moderator)
    expect(page).to_have_title("Review (1) – rallymap")
    page.get_by_role("button", name="Vigil in Gothenburg").click()
    expect(page.get_by_role("article", name="Vigil in Gothenburg")).to_be_visible()
    moderator.shoot("review")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("“Vigil in Gothenburg” is published and on the map now.")).to_be_visible()
    expect(page).to_have_title("Review – rallymap")

    expect(visitor.open("/").locator(".rm-count b")).to_have_text("10 events")
    expect(visitor.page.get_by_role("button", name="Vigil in Gothenburg")).to_be_visible()


def test_event_that_is_sent_back_needs_a_reason_and_stays_unseen(own_site: Site, visit: Callable[..., Visit]) -> None:
    add_people(own_site)
    organiser = visit(own_site)
    fill_form(organiser)
    organiser.page.get_by_role("button", name="Submit for review").click()
    expect(organiser.page.get_by_text("Sent. A moderator will review")).to_be_visible()
    moderator = signed_in(visit(own_site))
    page = open_review(moderator)
    page.get_by_role("button", name="Vigil in Gothenburg").click()
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_text("Please say why in a few words; the reason is kept with the event.")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("Which square was it?")
    page.get_by_role("button", name="Send back").click()
    expect(page.get_by_text("“Vigil in Gothenburg” is sent back to its organiser.")).to_be_visible()
    expect(visit(own_site).open("/").get_by_text("Vigil in Gothenburg")).to_have_count(0)


def test_double_click_on_submit_makes_one_event(own_site: Site, visit: Callable[..., Visit]) -> None:
    add_people(own_site)
    organiser = visit(own_site)
    fill_form(organiser)
    organiser.page.get_by_role("button", name="Submit for review").dblclick()
    expect(organiser.page.get_by_text("Sent. A moderator will review")).to_be_visible()
    page = open_review(signed_in(visit(own_site)))
    expect(page.get_by_text("1 waiting", exact=True)).to_be_visible()


def test_every_error_is_shown_and_nothing_typed_is_lost(desktop: Visit) -> None:
    page = desktop.open("/add")
    type_into(desktop, "Title", "A rally of bad data")
    step(desktop, "When")
    type_into(desktop, "Day", "soonish")
    step(desktop, "Where")
    type_into(desktop, "Place", "Xqzzthorpe")
    expect(page.get_by_text("No place called “Xqzzthorpe” is known")).to_be_visible()
    step(desktop, "Sources")
    type_into(desktop, "Link to an announcement or report", "javascript:alert(1)")
    step(desktop, "Send")
    page.get_by_role("button", name="Submit for review").click()
    desktop.settle()
    expect(page.get_by_text("A source link starts with https:// or http:// and names a site.")).to_be_visible()
    desktop.shoot("errors")
    step(desktop, "When")
    expect(page.locator("#error-start")).to_be_visible()
    expect(page.get_by_label("Day", exact=True)).to_have_value("soonish")
    page.get_by_role("link", name="About").first.click()
    desktop.settle()
    page.get_by_role("link", name="Add an event").first.click()
    desktop.settle()
    expect(page.get_by_label("Day", exact=True)).to_have_value("soonish")


def test_end_before_start_is_shown_at_the_end(desktop: Visit) -> None:
    page = desktop.open("/add")
    step(desktop, "When")
    type_into(desktop, "Day", "2024-05-03")
    type_into(desktop, "Last day, if it lasts longer", "2024-05-01")
    page.get_by_role("button", name="Next").click()
    desktop.settle()
    step(desktop, "When – needs attention")
    expect(page.locator("#error-end")).to_have_text(
        "The end (2024-05-01) is before the start (2024-05-03); change one of them."
    )


def test_payloads_in_every_field_are_shown_as_text(own_site: Site, visit: Callable[..., Visit]) -> None:
    add_people(own_site)
    organiser = visit(own_site)
    page = organiser.open("/add")
    type_into(organiser, "Title", PAYLOAD)
    type_into(organiser, "What is it about?", PAYLOAD)
    step(organiser, "When")
    type_into(organiser, "Day", "2024-05-03")
    step(organiser, "Where")
    type_into(organiser, "Place", "Gothenburg")
    type_into(organiser, "Exact location (square, building)", PAYLOAD)
    step(organiser, "Sources")
    type_into(organiser, "Its title", PAYLOAD)
    type_into(organiser, "Its publisher", PAYLOAD)
    type_into(organiser, "How a moderator can reach you (optional)", PAYLOAD)
    step(organiser, "Send")
    wait_as_people_do(organiser)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Sent. A moderator will review")).to_be_visible()
    moderator = signed_in(visit(own_site))
    page = open_review(moderator)
    page.locator("[class*=st-key-row-] button").first.click()
    moderator.settle()
    expect(page.locator("article.rm-card h2")).to_have_text(PAYLOAD)
    page.get_by_role("button", name="Publish").click()
    moderator.settle()
    reader = visit(own_site)
    page = reader.open("/")
    page.locator("[class*=st-key-row-] button", has_text="onerror").first.click()
    expect(page.locator("article.rm-card h2")).to_have_text(PAYLOAD)
    page.wait_for_load_state("networkidle")
    titles = "Add an event – rallymap", "Review – rallymap", f"{PAYLOAD} – rallymap"
    for seen, title in zip((organiser, moderator, reader), titles, strict=True):
        assert seen.page.title() == title
        assert seen.page.locator("img[src=x]").count() == 0
        assert seen.foreign_requests == []
        assert [url for url in seen.requests if url.endswith("/x")] == []


def test_organiser_comes_back_by_the_edit_link_and_answers(own_site: Site, visit: Callable[..., Visit]) -> None:
    add_people(own_site)
    organiser = visit(own_site, size=PHONE)
    fill_form(organiser)
    organiser.page.get_by_role("button", name="Submit for review").click()
    expect(organiser.page.get_by_text("Sent. A moderator will review")).to_be_visible()
    link = organiser.page.locator("[data-testid=stCode]").inner_text().strip()
    assert link.startswith(f"{own_site.url}/mine?key=")

    back = visit(own_site, size=PHONE)
    page = back.open(link.removeprefix(own_site.url))
    expect(page.get_by_text("It waits for a moderator.")).to_be_visible()
    page.get_by_role("button", name="Edit", exact=True).click()
    back.settle()
    type_into(back, "Title", "Vigil at the opera, Gothenburg")
    step(back, "Send")
    page.get_by_role("button", name="Send the change").click()
    expect(page.get_by_text("Your change is with the moderators.")).to_be_visible()
    expect(page.get_by_role("article", name="Vigil at the opera, Gothenburg")).to_be_visible()
    page.get_by_label("Write to the moderators").fill("It is in front of the opera.")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_text("Message sent.")).to_be_visible()
    back.settle()  # the field that was sent goes when the page has run to its end
    expect(page.get_by_label("Write to the moderators")).to_have_value("")  # the words are in the list alone now
    expect(page.get_by_text("It is in front of the opera.")).to_be_visible()
    back.shoot("mine")


def test_wrong_edit_link_says_so(desktop: Visit) -> None:
    expect(desktop.open("/mine?key=nonsense").get_by_text("This link does not work.")).to_be_visible()


def test_event_that_is_already_here_is_shown_while_typing(desktop: Visit) -> None:
    page = desktop.open("/add")
    type_into(desktop, "Title", "Solidarity with Iran")
    step(desktop, "When")
    type_into(desktop, "Day", "2020-02-01")
    step(desktop, "Where")
    type_into(desktop, "Place", "Göteborg")
    expect(page.get_by_text("Already listed?")).to_be_visible()
    expect(page.get_by_role("link", name="Rally in Gothenburg in solidarity with the protests in Iran")).to_be_visible()
    desktop.shoot("duplicates")
    page.get_by_role("button", name="It is another event").first.click()
    desktop.settle()
    expect(page.get_by_text("Already listed?")).to_have_count(0)


def test_source_for_an_event_that_is_here_already_goes_to_the_moderators(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    organiser = visit(own_site)
    page = organiser.open("/add")
    step(organiser, "When")
    type_into(organiser, "Day", "2020-02-01")
    step(organiser, "Where")
    type_into(organiser, "Place", "Göteborg")
    step(organiser, "Sources")
    type_into(organiser, "Link to an announcement or report", "https://paper.example/gothenburg")
    page.get_by_role("button", name="Add my source to that one").first.click()
    expect(page.get_by_text("Thank you. A moderator looks at your source.")).to_be_visible()


def test_organiser_changes_the_place_by_dragging_the_pin(own_site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(own_site)
    fill_form(organiser)
    organiser.page.get_by_role("button", name="Submit for review").click()
    expect(organiser.page.get_by_text("Sent. A moderator will review")).to_be_visible()
    link = organiser.page.locator("[data-testid=stCode]").inner_text().strip()

    back = visit(own_site)
    page = back.open(link.removeprefix(own_site.url))
    page.get_by_role("button", name="Edit", exact=True).click()
    back.settle()
    step(back, "Where")
    pin = page.frame_locator(".st-key-page iframe").get_by_label("Pin: Gothenburg")
    drag_pin(page, pin, 16, 8)
    expect(page.get_by_role("textbox", name="Coordinates, if you know them")).not_to_have_value("")
    back.settle()
    step(back, "Send")
    page.get_by_role("button", name="Send the change").click()
    expect(page.get_by_text("Your change is with the moderators.")).to_be_visible()
    with database_of(own_site) as db:
        [item] = db.read(list_queue)
    assert item.event.location is not None
    assert (item.event.location.method, item.event.location.name) == ("pin", "Gothenburg")
    assert 0.05 < item.event.location.lon - 11.97 < 1


def test_organiser_with_an_account_sees_what_was_sent(own_site: Site, visit: Callable[..., Visit]) -> None:
    account = Account("olga", Role.ORGANISER)
    add_people(own_site, account)
    olga = signed_in(visit(own_site), account)
    fill_form(olga)
    olga.page.get_by_role("button", name="Submit for review").click()
    expect(olga.page.get_by_text("Sent. A moderator will review")).to_be_visible()
    olga.page.get_by_role("link", name="Your events").first.click()
    expect(olga.page.get_by_role("article", name="Vigil in Gothenburg")).to_contain_text("It waits for a moderator.")
    stranger = visit(own_site).open("/")
    expect(stranger.get_by_role("link", name="Add an event").first).to_be_visible()
    expect(stranger.get_by_role("link", name="Your events")).to_have_count(0)
