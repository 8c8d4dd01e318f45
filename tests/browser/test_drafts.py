"""What an organiser typed is never lost: not on Next, by a reload, a restart of the server, or in a second tab."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from rallymap.store import Database
from rallymap.store.pictures import get_picture
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import drafts
from tests.browser.conftest import Site, Visit
from tests.browser.failing_once import let_about_fail_once
from tests.browser.test_organise import step, type_into, wait_as_people_do

NOTE_FAILURE = """new MutationObserver(() => {
  const link = document.querySelector("[class*=st-key-page_failed] a");
  if (link) sessionStorage.setItem("failure", link.textContent);
}).observe(document, { childList: true, subtree: true });"""
"""A page that could not be drawn is there for three seconds only: longer than a busy machine may take to look."""
CHECK_OFTEN = """const setRealInterval = setInterval;
window.setInterval = (run, pause, ...rest) => setRealInterval(run, pause === 3000 ? 300 : pause, ...rest);"""
"""The page checks its connection every three seconds, and reloads itself after six checks without one."""
SENT = "Sent. A moderator will review your event."


def next_step(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Next").click()
    visit.settle()


def begin(visit: Visit, title: str) -> Page:
    """Open the form and fill in what every event needs."""
    page = visit.open("/add")
    step(visit, "When")
    type_into(visit, "Day", "3 May 2024")
    step(visit, "What")
    type_into(visit, "Title", title)
    return page


def is_at(page: Page, name: str) -> None:
    expect(page.locator(".st-key-add_step").get_by_role("radio", checked=True)).to_have_text(name)


def has_entry(page: Page, name: str) -> None:
    """Wait until a step that was opened is rendered and has its entry in the browser's history."""
    page.wait_for_function("name => history.state?.rallymapStep?.step === name", arg=name)


def path_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.path}?{parts.query}"


def titles(site: Site) -> list[str]:
    db = Database.open(f"sqlite:///{site.home / 'rallymap.db'}")
    found = [item.event.title for item in db.read(list_queue)]
    db.close()
    return found


def wait_until_kept(site: Site, text: str) -> None:
    """Wait until the draft holds a text: what a browser sends is kept a moment later."""
    db = Database.open(f"sqlite:///{site.home / 'rallymap.db'}")
    end = time.monotonic() + 20
    with db.reading() as tx:
        while not any(text in fields for fields in tx.conn.execute(sa.select(drafts.c.fields)).scalars()):
            assert time.monotonic() < end, f"no draft holds {text}"
            tx.conn.rollback()
            time.sleep(0.05)
    db.close()


def choose_hamilton(visit: Visit) -> None:
    visit.page.get_by_label("Place", exact=True).press_sequentially("Hamilton")
    visit.page.get_by_text("Hamilton, Scotland, United Kingdom").click()
    visit.settle()


def expect_hamilton(page: Page) -> None:
    expect(page.get_by_label("Place", exact=True)).to_have_value("Hamilton")
    expect(page.get_by_role("radio", name="Hamilton, Scotland, United Kingdom")).to_be_checked()


def in_two_tabs(site: Site, visit: Callable[..., Visit], title: str) -> tuple[Visit, Visit]:
    """Begin a form, and open it in a second tab."""
    one, two = visit(site), visit(site)
    page = begin(one, title)
    page.wait_for_url("**/add?draft=*")
    two.open(path_of(page))
    return one, two


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text(SENT)).to_be_visible()


def test_back_and_forward_of_the_browser_go_through_the_steps(desktop: Visit) -> None:
    page = desktop.open("/about")
    page.get_by_role("link", name="Add an event").first.click()
    page.get_by_label("Title", exact=True).fill("Vigil")
    next_step(desktop)
    page.get_by_label("Day", exact=True).press_sequentially("3 May 20")
    has_entry(page, "When")  # before the script of the history is loaded, Back leaves the form
    page.go_back()  # at once: the field was not left, and its pause has not passed
    is_at(page, "What")
    expect(page.get_by_role("heading", name="What")).to_be_focused()
    page.go_forward()
    is_at(page, "When")
    expect(page.get_by_label("Day", exact=True)).to_have_value("3 May 20")
    step(desktop, "Sources")
    has_entry(page, "Sources")
    page.reload()
    is_at(page, "Sources")
    page.go_back()
    is_at(page, "When")
    page.go_back()
    is_at(page, "What")
    page.go_forward()
    is_at(page, "When")
    page.go_back()
    is_at(page, "What")
    desktop.settle()
    page.go_back()  # the address got its draft within the first step: this leaves the form all the same
    page.wait_for_url("**/about*")
    desktop.settle()
    page.go_forward()
    is_at(page, "What")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Vigil")
    assert "draft=" in page.url  # without it a reload would open an empty form


def test_reload_opens_the_step_that_was_saved_last_and_back_the_one_before(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    one, two = in_two_tabs(own_site, visit, "Vigil")
    next_step(one)
    has_entry(one.page, "When")
    two.page.reload()
    two.settle()
    step(two, "Sources")
    has_entry(two.page, "Sources")
    one.page.reload()  # the newest entry of this tab is still that of When
    is_at(one.page, "Sources")
    has_entry(one.page, "Sources")
    one.settle()
    is_at(one.page, "Sources")
    one.page.go_back()
    is_at(one.page, "When")


def test_name_typed_without_enter_is_kept_and_known_names_are_offered(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    organiser = visit(own_site)
    page = begin(organiser, "Vigil")
    step(organiser, "Who")
    page.get_by_label("Organiser", exact=True).press_sequentially("Women, Life; Freedom")
    page.get_by_role("button", name="Add another organiser").click()
    page.get_by_label("Organiser 2").press_sequentially("Group B")
    page.get_by_label("Community", exact=True).press_sequentially("ira")
    page.get_by_role("button", name="Iran", exact=True).click()
    expect(page.get_by_label("Community", exact=True)).to_have_value("Iran")
    organiser.settle()
    page.get_by_role("button", name="Add another community").click()
    page.get_by_label("Community 2").press_sequentially("Tibet")
    next_step(organiser)
    is_at(page, "Sources")
    page.get_by_role("button", name="Back").click()
    for label, name in (
        ("Organiser", "Women, Life; Freedom"),
        ("Organiser 2", "Group B"),
        ("Community", "Iran"),
        ("Community 2", "Tibet"),
    ):
        expect(page.get_by_label(label, exact=True)).to_have_value(name)
    step(organiser, "Send")
    wait_as_people_do(organiser)
    submit(page)
    db = Database.open(f"sqlite:///{own_site.home / 'rallymap.db'}")
    [item] = db.read(list_queue)
    db.close()
    assert item.event.organisers == ("Women, Life; Freedom", "Group B")
    assert item.event.communities == ("Iran", "Tibet")


def test_reload_and_another_browser_open_the_same_step_with_the_chosen_place(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    first = visit(own_site)
    page = begin(first, "Vigil that was cut off")
    step(first, "Where")
    choose_hamilton(first)
    wait_until_kept(own_site, "city for -: Hamilton")
    page.reload()
    is_at(page, "Where")
    expect_hamilton(page)
    step(first, "Who")
    step(first, "Where")
    expect_hamilton(page)
    other = visit(own_site)
    other.open(path_of(page))
    is_at(other.page, "Where")
    expect_hamilton(other.page)
    step(other, "What")
    expect(other.page.get_by_label("Title", exact=True)).to_have_value("Vigil that was cut off")


def test_text_is_kept_while_it_is_typed(own_site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(own_site)
    page = organiser.open("/add")
    page.get_by_label("Title", exact=True).press_sequentially("Never left this field")
    wait_until_kept(own_site, "Never left this field")
    page.wait_for_url("**/add?draft=*")
    about = page.get_by_role("textbox", name="What is it about?")
    about.press_sequentially("Two lines,\nnot left either")
    wait_until_kept(own_site, "not left either")
    expect(about).to_be_focused()
    page.reload()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Never left this field")
    expect(about).to_have_value("Two lines,\nnot left either")


def test_page_recovers_from_a_restart_of_the_server(
    own_site: Site, start_site: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    def restart() -> None:
        own_site.process.kill()
        own_site.process.wait()
        start_site(port=urlsplit(own_site.url).port, RALLYMAP_HOME=str(own_site.home))
        expect(page.get_by_role("button").first).to_be_enabled()

    organiser = visit(own_site)
    page = begin(organiser, "Vigil over a restart")
    step(organiser, "Where")
    choose_hamilton(organiser)
    wait_until_kept(own_site, "city for -: Hamilton")
    restart()
    next_step(organiser)
    is_at(page, "Who")
    page.get_by_role("button", name="Back").click()
    is_at(page, "Where")
    expect_hamilton(page)
    step(organiser, "Send")
    expect(page.get_by_role("article", name="Vigil over a restart")).to_contain_text("Hamilton, United Kingdom")
    restart()
    submit(page)
    assert titles(own_site) == ["Vigil over a restart"]


@pytest.mark.new_window
def test_page_whose_scripts_did_not_all_arrive_is_loaded_again(site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(site)
    page = organiser.page
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort("connectionrefused")

    page.route("**/form_access.js*", lose_once)
    page.goto(f"{site.url}/add")
    page.evaluate("() => { window.isThePageBefore = true; }")
    expect(page.get_by_text("A part of this page did not load.")).to_be_visible()
    expect(page.get_by_text("Failed to load script")).to_be_hidden()
    page.wait_for_function("() => !window.isThePageBefore")  # an entry of the step's history is a navigation, too
    organiser.settle()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Please fix this first")).to_be_focused()
    assert len(lost) == 1


def test_page_says_its_own_sentence_while_the_server_is_away(own_site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(own_site)
    page = organiser.open("/add")
    own_site.process.kill()
    own_site.process.wait()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The site does not answer just now.")
    assert "streamlit" not in dialog.inner_text().casefold()


def test_two_runs_of_one_page_are_no_second_tab(own_site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(own_site)
    page = organiser.open("/add")
    with contextlib.closing(sqlite3.connect(own_site.home / "rallymap.db", isolation_level=None)) as slow:
        slow.execute("BEGIN IMMEDIATE")
        for label in ("Title", "What is it about?"):
            page.get_by_label(label, exact=True).fill(f"{label} while the first run still saves")
            page.keyboard.press("Tab")
            page.wait_for_selector("[data-test-script-state=running]")
        slow.execute("ROLLBACK")
    organiser.settle()
    page.wait_for_url("**/add?draft=*")
    wait_until_kept(own_site, "about? while the first run still saves")
    expect(page.get_by_text("changed in another tab")).to_have_count(0)
    page.reload()
    for label in ("Title", "What is it about?"):
        expect(page.get_by_label(label, exact=True)).to_have_value(f"{label} while the first run still saves")


def test_second_tab_overwrites_nothing_silently_and_both_send_one_event(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    one, two = in_two_tabs(own_site, visit, "As both tabs have it")
    page, other = one.page, two.page
    step(one, "When")
    step(one, "What")
    expect(other.get_by_text("changed in another tab")).to_have_count(0)
    type_into(one, "Title", "From the first tab")
    type_into(two, "What is it about?", "Typed in the second tab")
    expect(other.get_by_text("This form was changed in another tab or browser")).to_be_visible()
    two.shoot("draft-conflict")
    other.get_by_role("button", name="Load the other version").click()
    expect(other.get_by_label("Title", exact=True)).to_have_value("From the first tab")
    expect(other.get_by_role("textbox", name="What is it about?")).to_have_value("")
    two.settle()
    type_into(two, "Title", "From the second tab")
    type_into(one, "What is it about?", "Typed in the first tab")
    expect(page.get_by_text("This form was changed in another tab or browser")).to_be_visible()
    page.get_by_role("button", name="Keep what I typed here").click()
    expect(page.get_by_text("changed in another tab")).to_have_count(0)
    one.settle()
    for tab in (one, two):
        step(tab, "Send")
    wait_as_people_do(two)
    submit(page)
    link = page.locator("[data-testid=stCode]").inner_text()
    other.get_by_role("button", name="Submit for review").click()
    expect(other.get_by_text("This form had been sent before, and it counts once.")).to_be_visible()
    assert other.locator("[data-testid=stCode]").inner_text() == link
    assert titles(own_site) == ["From the first tab"]


def test_text_typed_in_a_tab_whose_form_was_sent_from_another_can_become_another_event(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    one, two = in_two_tabs(own_site, visit, "Sent from the first tab")
    page, other = one.page, two.page
    step(one, "Send")
    wait_as_people_do(one)
    submit(page)
    type_into(two, "Title", "Typed later in the second tab")
    expect(other.get_by_text("This form was sent from another tab.")).to_be_visible()
    other.get_by_role("button", name="Make a new event of this form").click()
    expect(other.get_by_text("This form was sent from another tab.")).to_have_count(0)
    two.settle()
    step(two, "Send")
    submit(other)
    assert sorted(titles(own_site)) == ["Sent from the first tab", "Typed later in the second tab"]


def test_receipts_of_a_series_name_their_dates_and_survive_a_reload(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    organiser = visit(own_site)
    page = begin(organiser, "Weekly vigil")
    step(organiser, "When")
    page.get_by_role("combobox", name="Does it repeat?").click()
    page.get_by_role("option", name="every week").click()
    organiser.settle()
    type_into(organiser, "Until, the last day included", "17 May 2024")
    step(organiser, "Send")
    wait_as_people_do(organiser)
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("Sent. A moderator will review your 3 events.")).to_be_visible()
    # The links are drawn by a part of the page that loads after the rest.
    expect(page.locator("[data-testid=stCode]")).to_have_count(1)
    days = [f"{day} May 2024" for day in ("Friday 3", "Friday 10", "Friday 17")]
    assert page.locator(".rm-receipts li b").all_inner_texts() == days
    hrefs = [page.get_by_role("link", name="Open the edit link").nth(n).get_attribute("href") for n in range(3)]
    links = page.locator("[data-testid=stCode]").inner_text()
    assert links.partition("/mine?key=")[0] == str(hrefs[0]).partition("/mine?key=")[0]
    assert links not in hrefs  # it opens them all
    organiser.shoot("series-receipts")
    page.reload()
    expect(page.get_by_text("Sent. A moderator will review your 3 events.")).to_be_visible()
    organiser.settle()
    assert page.locator("[data-testid=stCode]").inner_text() == links
    page.get_by_role("button", name="Add another event").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("")


@pytest.mark.parametrize(("label", "limit"), [("Title", 200), ("What is it about?", 4000)])
def test_long_paste_is_kept_and_the_limit_is_said(
    own_site: Site, visit: Callable[..., Visit], label: str, limit: int
) -> None:
    organiser = visit(own_site)
    page = organiser.open("/add")
    text = "x" * (limit + 370)
    page.get_by_label(label, exact=True).evaluate("(field) => field.focus()")
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    expect(page.get_by_text(f"At most {limit} characters fit here; this text has {limit + 370}.")).to_be_visible()
    expect(page.get_by_label(label, exact=True)).to_have_value(text)
    organiser.shoot(f"long-paste-{limit}")
    wait_until_kept(own_site, text)
    page.reload()
    expect(page.get_by_label(label, exact=True)).to_have_value(text)


def test_chosen_picture_is_kept_with_the_draft(own_site: Site, visit: Callable[..., Visit], tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (64, 48), "teal").save(photo)
    organiser = visit(own_site)
    page = begin(organiser, "Vigil with a picture")
    step(organiser, "Sources")
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator("img.rm-picture")).to_be_visible()
    organiser.settle()
    type_into(organiser, "What the picture shows", "A banner")
    wait_until_kept(own_site, "A banner")
    page.reload()
    organiser.opened_s = time.monotonic()
    expect(page.locator("img.rm-picture")).to_be_visible()
    expect(page.get_by_role("textbox", name="What the picture shows")).to_have_value("A banner")
    step(organiser, "Send")
    wait_as_people_do(organiser)
    submit(page)
    db = Database.open(f"sqlite:///{own_site.home / 'rallymap.db'}")
    [item] = db.read(list_queue)
    assert db.read(get_picture, item.event) is not None
    db.close()


def test_change_of_an_own_event_survives_a_reload(own_site: Site, visit: Callable[..., Visit]) -> None:
    organiser = visit(own_site)
    page = begin(organiser, "Vigil")
    step(organiser, "Send")
    wait_as_people_do(organiser)
    page.get_by_role("button", name="Submit for review").click()
    link = page.locator("[data-testid=stCode]").inner_text()
    back = visit(own_site)
    page = back.open(link.removeprefix(own_site.url))
    page.get_by_role("button", name="Edit", exact=True).click()
    back.settle()
    type_into(back, "What is it about?", "A better summary")
    wait_until_kept(own_site, "A better summary")
    page.wait_for_url("**draft=*")
    page.reload()
    expect(page.get_by_role("textbox", name="What is it about?")).to_have_value("A better summary")
    back.settle()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_be_visible()


@pytest.mark.new_window
def test_page_that_does_not_connect_again_although_the_site_answers_is_loaded_again(
    own_site: Site, visit: Callable[..., Visit]
) -> None:
    organiser = visit(own_site)
    page = organiser.page
    sockets: list[WebSocketRoute] = []

    def follow(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server()

    page.add_init_script(CHECK_OFTEN)
    page.route_web_socket("**/_stcore/stream", follow)
    organiser.open("/add")
    type_into(organiser, "Title", "Vigil without a connection")
    page.wait_for_url("**/add?draft=*")
    # Streamlit asks for these before it connects, and asks again for as long as there is no answer.
    asked = re.compile("/_stcore/(health|host-config)")
    page.route(asked, lambda route: route.abort())
    page.evaluate("() => { window.isThePageBefore = true; }")
    sockets[-1].close()
    page.wait_for_function("() => !window.isThePageBefore")
    page.unroute(asked)
    organiser.settle()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Vigil without a connection")
    expect(page.get_by_label("Title", exact=True)).to_be_enabled()


def test_page_that_could_not_be_drawn_is_loaded_again(
    start_site: Callable[..., Site], visit: Callable[..., Visit]
) -> None:
    site = start_site(prepare=let_about_fail_once)
    try:
        page = visit(site).page
        page.add_init_script(NOTE_FAILURE)
        page.goto(f"{site.url}/about")
        expect(page.get_by_role("heading", name="About rallymap")).to_be_visible()
        expect(page.get_by_text("This page could not be drawn.")).to_have_count(0)
        assert page.evaluate("sessionStorage.getItem('failure')") == "Load this page again"
    finally:
        site.stop()
