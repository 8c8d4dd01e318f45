"""The private feed on the page of one's account: made, shown once, replaced, ended."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.feed_tokens import get_feed_account
from tests.ui.conftest import Open, press, run, words
from tests.workflows.moderated import MIRA

PAGE = "account_app.py"


def shown_token(page: AppTest) -> str | None:
    found = re.search(r"feeds/review/([\w-]+)\?lang=en", " ".join(code.value for code in page.code))
    return found[1] if found else None


@pytest.mark.slow
def test_feed_is_made_shown_once_replaced_and_ended(db: Database, open_script: Open) -> None:
    page = open_script(PAGE, MIRA)
    assert "no title, no place, no contact" in words(page)
    assert [button.label for button in page.button if str(button.key).startswith("feed_")] == ["Make a feed"]
    first = shown_token(press(page, "feed_make"))
    assert first
    assert db.read(get_feed_account, first) == MIRA
    assert shown_token(run(page)) is None
    assert "You have a feed since" in words(page)
    second = shown_token(press(page, "feed_make"))
    assert second
    assert [db.read(get_feed_account, token) for token in (first, second)] == [None, MIRA]
    press(page, "feed_end")
    assert db.read(get_feed_account, second) is None
    assert "You have a feed since" not in words(page)


@pytest.mark.slow
def test_organiser_has_no_feed_of_the_queue(open_script: Open) -> None:
    page = open_script(PAGE, Account("omid", Role.ORGANISER))
    assert "Your feed of the queue" not in words(page)
