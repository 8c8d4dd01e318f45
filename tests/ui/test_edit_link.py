"""The page behind an edit link: questions first, then what became of the event."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ModerationError
from rallymap.events import Disclosure, EventStatus, LocationPrecision, Place
from rallymap.moderation import VISITOR, Decision, ReportKind, ReportOutcome
from rallymap.store import Database
from rallymap.store.audit import list_public_history
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import list_queue
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, call_off, store_own
from rallymap.workflows.messages import add_note
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.reports import report_event
from tests.store.acts import close_report, merge
from tests.ui.conftest import Open, parts, press, words
from tests.workflows.moderated import MIRA, NOW, OSLO, event, new_key, publish, submit

PAGE = "edit_link_app.py"


def send_back(db: Database, event_id: str, reason: str) -> None:
    revision = db.read(get_event, event_id).revision
    decide(
        db,
        event_id,
        Decision.SEND_BACK,
        account=MIRA,
        expected_revision=revision,
        reason=reason,
        idempotency_key=new_key(),
    )


def test_reason_of_an_event_sent_back_is_the_first_thing_with_its_answer(db: Database, open_script: Open) -> None:
    token = submit(db, event("asked"))
    send_back(db, "asked", "Which <b>square</b>?")
    page = open_script(PAGE, key=token)
    text = words(page)
    assert text.index("A moderator asks") < text.index("Which &lt;b&gt;square&lt;/b&gt;?") < text.index("rm-card")
    assert [area.label for area in page.text_area] == ["Your answer"]
    page.text_area("own_words_0").set_value("The one by the harbour.")
    press(page, "own_send")
    assert "Message sent." in words(page)
    assert "It waits for a moderator." in words(page)
    assert "A moderator asks" not in words(page)
    assert [item.is_answered for item in db.read(list_queue)] == [True]


def test_open_questions_are_first_and_answered_ones_are_not(db: Database, open_script: Open) -> None:
    token = submit(db, event("asked"))
    publish(db, "asked")
    add_note(db, "asked", "Who filmed it?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    answer_moderators(db, token, "A friend.", idempotency_key=new_key())
    add_note(db, "asked", "May we name them?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    page = open_script(PAGE, key=token)
    before, _, after = words(page).partition("rm-card")
    assert "May we name them?" in before
    assert "Who filmed it?" not in before
    assert "Who filmed it?" in after
    page.text_area("own_words_1").set_value(" ")
    press(page, "own_send")
    assert "Message sent." not in words(page)
    assert words(page).index("rm-error") < words(page).index("rm-card")


def test_refused_change_is_said_with_its_reason(db: Database, open_script: Open) -> None:
    token = submit(db, event("known"))
    seen = publish(db, "known")
    store_own(db, token, seen.changed(title="Worse"), expected_revision=2, idempotency_key=new_key())
    assert "refused" not in words(open_script(PAGE, key=token))
    settle_proposal(
        db,
        "known",
        accept=False,
        account=MIRA,
        expected_revision=2,
        reason="Not in the <source>.",
        idempotency_key=new_key(),
    )
    text = words(open_script(PAGE, key=token))
    assert "The change that you proposed was refused just now; your event stays as it was." in text
    assert "Reason: Not in the &lt;source&gt;." in text
    assert "It is published." in text


def test_hidden_event_says_so_and_why(db: Database, open_script: Open) -> None:
    token = submit(db, event("risky"))
    publish(db, "risky")
    report_event(
        db,
        "risky",
        ReportKind.RISK,
        "Words for moderators",
        idempotency_key=new_key(),
        account=VISITOR,
        address="",
        now=db.now(),
    )
    assert "It is published." in words(open_script(PAGE, key=token))
    [report] = db.read(list_open_reports)
    close_report(db, report.id, ReportOutcome.HIDE, account=MIRA, expected_revision=2, idempotency_key=new_key())
    text = words(open_script(PAGE, key=token))
    assert "It was published and is hidden now." in text
    assert "Your event was published, and hidden just now because a visitor reported it." in text
    assert "Words for moderators" not in text
    assert "waits for a moderator" not in text
    publish(db, "risky")
    assert "It is published." in words(open_script(PAGE, key=token))


def test_rejected_event_says_why(db: Database, open_script: Open) -> None:
    token = submit(db, event("spam"))
    decide(
        db,
        "spam",
        Decision.REJECT,
        account=MIRA,
        expected_revision=1,
        reason="An advert.",
        idempotency_key=new_key(),
    )
    assert "Your event was rejected.\nReason: An advert." in words(open_script(PAGE, key=token))


def test_merged_event_leads_to_the_one_that_stays(db: Database, open_script: Open) -> None:
    token = submit(db, event("gone"))
    submit(db, event("kept", title="Kept rally"))
    merge(db, "kept", "gone", account=MIRA, expected_revision=1, gone_revision=1, idempotency_key=new_key())
    text = words(open_script(PAGE, key=token))
    assert "It was merged with another entry of the same event" in text
    assert "That event is not published at the moment." in text
    assert "Kept rally" not in text
    publish(db, "kept")
    text = words(open_script(PAGE, key=token))
    assert "Kept rally" in text
    assert 'href="./?event=kept"' in text


COMING = EventDate(date(2199, 5, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")


def test_event_to_come_is_called_off_at_once_though_it_is_published(db: Database, open_script: Open) -> None:
    token = submit(db, event("soon", when=COMING, status=EventStatus.ANNOUNCED))
    seen = publish(db, "soon")
    store_own(db, token, seen.changed(title="Another title"), expected_revision=2, idempotency_key=new_key())
    page = open_script(PAGE, key=token)
    assert 'href="./?event=soon"' in words(page)
    assert 'href="events/soon.ics"' in words(page)
    assert re.search(r'receipt <bdi class="rm-code">[A-Z0-9]{5}-[A-Z0-9]{5}</bdi>\.</p>', words(page))
    assert (list(parts(page, "step_focus")), "rm-step-event" in words(page)) == (
        [{"step": "event", "stopped": 0}],
        True,
    )
    press(page, "own_postponed")
    # The button that had the keyboard's focus is gone; what it did takes it.
    assert '<p class="rm-receipt rm-step-event" role="status">Your event is marked as postponed now.</p>' in words(page)
    assert list(parts(page, "step_focus")) == [{"step": "event", "stopped": 1}]
    assert "own_postponed" not in [button.key for button in page.button]
    press(page, "own_cancelled")
    assert "Your event is marked as cancelled now." in words(page)
    assert not [button.key for button in page.button if button.key in ("own_cancelled", "own_postponed")]
    press(page, "own_change")
    assert list(parts(page, "step_focus")) == [{"step": "editing", "stopped": 2}]
    assert '<h1 class="rm-step-editing">' in words(page)
    press(page, "own_leave")
    assert list(parts(page, "step_focus")) == [{"step": "event", "stopped": 2}]
    assert '<h1 class="rm-step-event">Your event</h1>' in words(page)
    shown = db.read(get_public_event, "soon", db.now())
    assert (shown.status, shown.title) == (EventStatus.CANCELLED, "Rally soon")
    history = db.read(list_public_history, "soon", db.now())
    assert [(entry.action, entry.fields) for entry in history[1:]] == 2 * [("changed", ("status",))]
    # The change that waits for a moderator keeps waiting, and does not announce the event again.
    settle_proposal(db, "soon", accept=True, account=MIRA, expected_revision=4, reason="", idempotency_key=new_key())
    after = db.read(get_event, "soon")
    assert (after.status, after.title) == (EventStatus.CANCELLED, "Another title")


def test_event_that_is_over_held_or_rejected_is_not_called_off(db: Database, open_script: Open) -> None:
    over = EventDate(date(2020, 5, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")
    tokens = [
        submit(db, event("over", when=over, status=EventStatus.ANNOUNCED)),
        submit(db, event("held", when=COMING, status=EventStatus.HELD)),
        submit(db, event("undated", when=EventDate.unknown(), status=EventStatus.ANNOUNCED)),
        submit(db, event("spam", when=COMING, status=EventStatus.ANNOUNCED)),
    ]
    decide(
        db, "spam", Decision.REJECT, account=MIRA, expected_revision=1, reason="An advert.", idempotency_key=new_key()
    )
    for token in tokens[:2] + tokens[3:]:
        assert "own_cancelled" not in [button.key for button in open_script(PAGE, key=token).button]
        revision = db.read(read_own_event, token).event.revision
        with pytest.raises(ModerationError):
            call_off(db, token, EventStatus.CANCELLED, expected_revision=revision, idempotency_key=new_key())
    # It may still be to come.
    assert "own_cancelled" in [button.key for button in open_script(PAGE, key=tokens[2]).button]


def test_link_that_opens_nothing(open_script: Open) -> None:
    assert "This link does not work." in words(open_script(PAGE, key="guess"))


def test_venue_that_is_withheld_by_its_organiser_is_said_to_be_so_at_once(db: Database, open_script: Open) -> None:
    where = replace(OSLO, precision=LocationPrecision.VENUE, radius_m=50, method="pin")
    made = event("soon", when=COMING, status=EventStatus.ANNOUNCED, location=where, place=Place("Oslo", "The square"))
    token = submit(db, made.changed(disclosure=Disclosure.PUBLIC))
    publish(db, "soon")
    page = open_script(PAGE, key=token)
    press(page, "own_change")
    page.button_group("add_step_0").set_value("Where")
    page.run()
    page.radio("field_disclosure").set_value("city")
    page.run()
    for _ in ("Who", "Sources", "Send"):
        press(page, "step_next")
    press(page, "submit_event")
    assert "The public sees the city only (Oslo, Norway), without the exact location." in words(page)
    assert "Your change is with the moderators." not in words(page)
    assert get_public_place(db, "soon") == Place("Oslo", country_hint="")


def get_public_place(db: Database, event_id: str) -> Place:
    return db.read(get_public_event, event_id, NOW).place
