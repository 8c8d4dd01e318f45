"""Moderators at work with the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from rallymap.events import ReviewStatus
from rallymap.moderation import VISITOR, ReportKind
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.workflows.reports import report_event
from tests.browser.conftest import Site
from tests.browser.people import Visits, open_review, signed_in
from tests.browser.test_moderate import db
from tests.workflows.moderated import event, new_key, publish, submit

__all__ = ["db"]


def test_keys_open_select_and_publish_and_can_be_switched_off(own_site: Site, db: Database, visit: Visits) -> None:
    for number in range(3):
        submit(db, event(f"key-{number}", title=f"Vigil {number}"))
    mira = signed_in(visit(own_site))
    page = open_review(mira)
    card = page.locator(".st-key-open_event [aria-label]").first
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_visible()  # the script is there by then

    for keys, title in (("j", "Vigil 0"), ("j", "Vigil 1"), ("k", "Vigil 0"), ("jj", "Vigil 2"), ("kkj", "Vigil 1")):
        for key in keys:  # as fast as they come: each goes on from the event that the one before asked for
            page.keyboard.press(key)
        expect(card).to_have_attribute("aria-label", title)
    page.keyboard.press("k")
    expect(card).to_have_attribute("aria-label", "Vigil 0")
    mira.settle()
    opened = page.evaluate("performance.now()")
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_have_count(0)
    mira.settle()

    # A letter that is typed is no shortcut.
    page.keyboard.press("w")
    reason = page.get_by_label("Reason (required unless you publish")
    expect(reason).to_be_focused()
    page.keyboard.type("pjr?")
    expect(reason).to_have_value("pjr?")
    reason.blur()
    mira.settle()
    assert db.read(get_event, "key-0").review is ReviewStatus.PENDING

    # A decision counts once somebody can have looked at the event: LOOK_MS of review_keys.js after it was opened.
    page.wait_for_function("(opened) => performance.now() > opened + 1000", arg=opened)
    # Two presses in a row publish one event: nobody has seen the next one yet.
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.get_by_text("is published and on the map now.")).to_be_visible()
    expect(card).to_have_attribute("aria-label", "Vigil 1")
    mira.settle()
    assert [db.read(get_event, f"key-{number}").review.value for number in range(3)] == [
        "published", "pending", "pending",
    ]  # fmt: skip

    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Use keyboard shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("j")
    mira.settle()
    expect(card).to_have_attribute("aria-label", "Vigil 1")
    # The list opens all the same, so that they can be switched on again.
    page.keyboard.press("?")
    expect(sheet.get_by_label("Use keyboard shortcuts")).not_to_be_checked()


def test_key_passes_an_event_that_two_reports_are_about(own_site: Site, db: Database, visit: Visits) -> None:
    for name, reports in (("often", 2), ("once", 1)):
        submit(db, event(f"reported-{name}", title=f"Reported {name}"))
        publish(db, f"reported-{name}")
        for _ in range(reports):
            report_event(
                db,
                f"reported-{name}",
                ReportKind.OTHER,
                "",
                idempotency_key=new_key(),
                account=VISITOR,
                address="",
                now=db.now(),
            )
    mira = signed_in(visit(own_site))
    page = open_review(mira, "?view=reports")
    rows = page.locator(".st-key-list-review [class*='st-key-row-'] button")
    titles = [text.splitlines()[0] for text in rows.all_inner_texts()]
    assert sorted(titles) == ["Reported often", "Reported often", "Reported once"]
    first, last = titles[0], titles[-1]
    assert first != last  # the two rows of one event are neighbours

    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_visible()  # the keys have their script
    card = page.locator(".st-key-open_event [aria-label]").first
    for key, title in (("j", first), ("j", last), ("k", first)):
        page.keyboard.press(key)
        expect(card).to_have_attribute("aria-label", title)
