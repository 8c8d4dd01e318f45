"""The edit link as people replace it, lose it and get it back on the pages."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.store import Database
from rallymap.store.edit_links import read_own_event
from tests.ui.conftest import Open, press, words
from tests.workflows.moderated import event, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PAGE = "edit_link_app.py"
PHRASE = "quiet lamp over rivers"


def shown_key(page: AppTest) -> str:
    return next(code.value for code in page.code if "mine?key=" in code.value).partition("mine?key=")[2]


def test_link_is_replaced_lost_and_got_back(db: Database, open_script: Open) -> None:
    token = submit(db, event("mine"))
    code = db.read(read_own_event, token).code
    page = open_script(PAGE, key=token)
    page.text_input("link_phrase").set_value("short")
    press(page, "link_phrase_keep")
    assert "at least 12 characters" in words(page)
    page.text_input("link_phrase").set_value(PHRASE)
    press(page, "link_phrase_keep")
    assert "A recovery phrase is kept." in words(page)
    press(page, "link_replace")
    assert "This is your new edit link" in words(page)
    second = shown_key(page)
    assert db.read(read_own_event, second).event.id == "mine"

    lost = open_script(PAGE, key=token)
    assert "This link does not work." in words(lost)
    lost.text_input("link_code").set_value(code)
    lost.text_input("link_lost_phrase").set_value("a phrase of somebody else")
    press(lost, "link_recover")
    assert "The receipt or the recovery phrase is wrong" in words(lost)
    lost.text_input("link_lost_phrase").set_value(PHRASE)
    press(lost, "link_recover")
    third = shown_key(lost)
    assert third not in (token, second)
    assert db.read(read_own_event, third).event.id == "mine"


def test_moderator_makes_a_new_link(db: Database, open_page: Open) -> None:
    submit(db, event("mine"))
    page = open_page(event="mine")
    page.button_group("review_sections").set_value("more")
    page.run()
    press(page, "renew-mine-1")
    assert db.read(read_own_event, shown_key(page)).event.id == "mine"
