"""Mail as people ask for it and end it on the pages: moderators on their account, organisers behind the edit link."""

from __future__ import annotations

import pytest

from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.account_mail import AccountMail, MailPace, get_account_mail
from rallymap.store.event_mail import EventMail, get_event_mail
from rallymap.store.outbox import claim_mail, reschedule_mail
from tests.ui.conftest import Open, press, run, words
from tests.workflows.moderated import MIRA, event, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PAGE, ACCOUNT = "edit_link_app.py", "account_app.py"


@pytest.fixture
def site_settings() -> dict[str, str]:
    return {
        "RALLYMAP_ADDRESS": "https://rallies.example/",
        "RALLYMAP_MAIL_HOST": "127.0.0.1",
        "RALLYMAP_MAIL_FROM": "rallies@rallies.example",
    }


def test_moderator_asks_for_mail_and_ends_it(db: Database, open_script: Open) -> None:
    page = open_script(ACCOUNT, MIRA)
    page.text_input("mail_address").set_value("mira at home")
    press(page, "mail_ask")
    assert "This is not an e-mail address" in words(page)
    page.text_input("mail_address").set_value(" mira@bücher.example ")
    page.radio("mail_pace").set_value(MailPace.DAILY)
    press(page, "mail_ask")
    assert db.read(get_account_mail, MIRA) == AccountMail("mira@xn--bcher-kva.example", MailPace.DAILY, False)
    assert "Mails go to <b><bdi>mira@xn--bcher-kva.example</bdi></b>. Once a day, if anything is new." in words(page)
    press(page, "mail_end")
    assert db.read(get_account_mail, MIRA) is None


def test_organisers_account_is_offered_no_mail_about_the_queue(open_script: Open) -> None:
    assert "Mail about the queue" not in words(open_script(ACCOUNT, Account("omid", Role.ORGANISER)))


def test_organiser_leaves_an_address_and_deletes_it(db: Database, open_script: Open) -> None:
    page = open_script(PAGE, key=submit(db, event("mine")))
    assert "deleted 60 days after you leave it or after the event, whichever is later" in words(page)
    page.text_input("wish_address").set_value("me@example.org")
    page.checkbox("wish_once").set_value(True)
    press(page, "wish_ask")
    assert db.read(get_event_mail, "mine") == EventMail("me@example.org", with_words=False, only_decision=True)
    assert "You will get messages by e-mail." in words(page)
    assert "<bdi>me@example.org</bdi>" in words(page)
    press(page, "wish_end")
    assert db.read(get_event_mail, "mine") is None


def test_mail_that_was_given_up_is_said_in_review_until_it_is_read(
    db: Database, open_script: Open, open_page: Open
) -> None:
    page = open_script(PAGE, key=submit(db, event("mine")))
    page.text_input("wish_address").set_value("me@example.org")
    press(page, "wish_ask")
    publish(db, "mine")
    assert "could not be sent" not in words(open_page())
    claimed = db.write(claim_mail)
    assert claimed is not None
    db.write(reschedule_mail, claimed, "The mail server refused the recipient (550).", is_final=True)
    review = open_page()
    assert "1 mail could not be sent." in words(review)
    press(review, "mail_problems_read")
    assert "could not be sent" not in words(run(review))
