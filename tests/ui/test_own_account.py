"""The second factor and the sessions on one's own page."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from rallymap.passwords import hash_password
from rallymap.store import Database
from rallymap.store.accounts import set_password_hash
from rallymap.store.sessions import get_session_account, open_session
from rallymap.workflows.services import running_services
from tests.ui.conftest import Open, press, run, words
from tests.workflows.moderated import ADA, MIRA

PASSWORD = "correct horse battery"


@pytest.fixture
def own_page(db: Database, open_script: Open) -> Open:
    db.write(set_password_hash, "mira", hash_password(PASSWORD), actor="mira")
    return lambda: open_script("account_app.py", MIRA)


@pytest.mark.slow
def test_account_has_a_page_of_its_own_that_review_and_own_events_open(own_page: Open, open_script: Open) -> None:
    assert "You are signed in as <b><bdi>mira</bdi></b> (moderator)." in words(own_page())
    for page in (open_script("edit_link_app.py", MIRA), open_script("review_app.py", MIRA)):
        assert '<a href="account"' in words(page)
        assert not [one for one in page.text_input if "password" in str(one.key)]


@pytest.mark.slow
def test_second_factor_is_set_up_on_the_page_and_its_codes_are_shown_once(db: Database, own_page: Open) -> None:
    page = press(own_page(), "factor_begin")
    assert 'class="rm-qr"' in words(page)
    secret = str(page.code[0].value).replace(" ", "")
    page.text_input("factor_password").set_value(PASSWORD)
    page.text_input("factor_code").set_value("12")
    press(page, "factor_set_go")
    assert "The code is wrong" in words(page)
    page.text_input("factor_password").set_value(PASSWORD)
    page.text_input("factor_code").set_value(pyotp.TOTP(secret).at(running_services().now()))
    press(page, "factor_set_go")
    assert "10 recovery codes are left." in words(page)
    assert len(str(page.code[0].value).splitlines()) == 10
    press(page, "factor_kept")
    assert list(page.code) == []


@pytest.mark.slow
def test_sessions_are_listed_and_another_one_is_ended(db: Database, own_page: Open) -> None:
    page = own_page()
    other, foreign = db.write(open_session, MIRA), db.write(open_session, ADA, lasts=timedelta(hours=1))
    run(page)
    assert words(page).count("began just now") == 2
    [end] = [str(button.key) for button in page.button if button.label == "End it *began just now*"]
    press(page, end)
    now = running_services().now()
    assert db.read(get_session_account, other, now) is None
    assert db.read(get_session_account, foreign, now) == ADA
