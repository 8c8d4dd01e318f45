"""Moderators sign in, stay signed in over reloads, and are signed out as soon as they lose their permission."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from rallymap.moderation import Role
from rallymap.passwords import hash_password
from rallymap.store import Database
from rallymap.store.accounts import add_account, close_account
from rallymap.workflows.sessions import COOKIE, WRONG
from rallymap.workflows.sign_in_limits import FREE_ATTEMPTS

PASSWORD = "correct horse battery"


@pytest.fixture
def db(own_site) -> Iterator[Database]:
    """Return the running site's database, opened beside it, with one moderator."""
    opened = Database.open(f"sqlite:///{own_site.home / 'rallymap.db'}")
    opened.write(add_account, "mina", hash_password(PASSWORD), Role.MODERATOR)
    yield opened
    opened.close()


def fill(page, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_sign_in_from_the_review_page_and_out_again(visit, own_site, db) -> None:
    visitor = visit(own_site)
    page = visitor.open("/review")
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_title("Sign in – rallymap")
    fill(page, "mina", PASSWORD)
    page.wait_for_url(f"{own_site.url}/review")
    visitor.settle()
    page.get_by_text("mina").first.wait_for()
    page.reload()
    page.get_by_text("mina").first.wait_for()
    (cookie,) = (cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (True, True, "Strict", "/")
    assert COOKIE not in page.evaluate("document.cookie")

    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{own_site.url}/")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == COOKIE] == []
    visitor.open("/review").get_by_role("link", name="Sign in").wait_for()


def test_right_that_is_taken_away_ends_on_the_open_page(visit, own_site, db) -> None:
    page = visit(own_site).page
    page.goto(f"{own_site.url}/sign-in")
    fill(page, "mina", PASSWORD)
    page.get_by_text("mina").first.wait_for()
    db.write(close_account, "mina")
    page.reload()
    page.get_by_role("link", name="Sign in").wait_for()


def test_wrong_password_and_too_many_attempts_are_said_in_words(visit, own_site, db) -> None:
    visitor = visit(own_site)
    page = visitor.page
    page.goto(f"{own_site.url}/sign-in")
    for attempt in range(FREE_ATTEMPTS):
        fill(page, "mina", "wrong password!")
        assert page.get_by_role("alert").inner_text() == WRONG
        if attempt == 0:
            visitor.shoot("sign-in-wrong")
    fill(page, "mina", PASSWORD)
    assert page.get_by_role("alert").inner_text().startswith("Too many attempts to sign in. Wait ")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_sign_in_page_needs_no_script_and_no_scrolling_sideways(visit, site, size, dark: bool) -> None:
    visitor = visit(site, size=size, dark=dark, java_script_enabled=False)
    visitor.page.goto(f"{site.url}/sign-in")
    visitor.shoot("sign-in")
    box = visitor.page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
