"""The page behind an edit link: questions first, then what became of the event."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ModerationError
from rallymap.events import Disclosure, Event, EventStatus, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, TakedownReason
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Database
from rallymap.store.audit import list_public_history
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import list_queue
from rallymap.workflows.calling_off import call_off
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.edits import edit_event
from rallymap.workflows.messages import add_note
from rallymap.workflows.proposals import offer_source, settle_proposal
from rallymap.workflows.reports import report_event
from rallymap.workflows.services import running_services
from rallymap.workflows.takedown import delete_event
from tests.store.acts import close_report, merge
from tests.ui.conftest import Open, parts, press, words
from tests.workflows.moderated import ADA, MIRA, NOW, OSLO, event, new_key, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

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
    page = open_script(PAGE, key=f"{token}).")  # as a mail program makes a link of "(http://...)."
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


def test_what_an_organiser_changes_at_once_waits_in_the_messages_of_moderators(
    db: Database, open_script: Open, open_page: Open
) -> None:
    token = submit(db, event("soon", when=COMING, status=EventStatus.ANNOUNCED))
    publish(db, "soon")
    add_note(db, "soon", "May we name you?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    page = open_script(PAGE, key=token)
    press(page, "own_postponed")
    press(page, "own_cancelled")
    assert "Marked as cancelled. Visitors see it already." in words(page)
    # A button answers no question.
    assert "May we name you?" in words(page).partition("rm-card")[0]
    review = open_page(MIRA, view="messages", event="soon")
    head = "organiser · just now · to and from the organiser · not dealt with"
    said = [re.sub("<.*?>", "", part) for part in re.findall(r'rm-note-theirs">(.*?)</div>', words(review))]
    assert said == [
        f"{head}Marked as postponed. Visitors see it already.",
        f"{head}Marked as cancelled. Visitors see it already.",
    ]
    assert "<b>1 event with messages</b>" in words(review)
    press(review, "messages-read-soon-3")
    assert "No message waits." in words(review)


def test_event_under_review_that_is_called_off_waits_in_the_queue_alone(db: Database) -> None:
    token = submit(db, event("soon", when=COMING, status=EventStatus.ANNOUNCED))
    call_off(db, token, EventStatus.CANCELLED, expected_revision=1, idempotency_key=new_key())
    assert (db.read(read_own_event, token).notes, len(db.read(list_queue))) == ((), 1)


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


@pytest.mark.parametrize(
    ("account", "reason", "said"),
    [
        (MIRA, TakedownReason.SPAM, ("A moderator of this site took it down for good on", "it is spam")),
        (ADA, TakedownReason.REQUEST, ("An administrator of this site took it down for good on", "to protect people")),
        (ADA, TakedownReason.RISK, ("An administrator of this site took it down for good on", "to protect people")),
    ],
)
def test_link_of_a_taken_down_event_says_what_happened_and_where_to_write(
    db: Database, open_script: Open, account: Account, reason: TakedownReason, said: tuple[str, ...]
) -> None:
    token = submit(db, event("mine", title="Secret words"))
    delete_event(db, "mine", reason, account=account, expected_revision=1, idempotency_key=new_key())
    text = words(open_script(PAGE, key=token))
    for sentence in ("Your event was taken down.", *said, 'href="about"'):
        assert sentence in text
    # Who asked for it may be afraid of the organiser, so a request reads as a risk does.
    assert not [word for word in ("asked for it", "risk") if word in text]
    assert "Secret words" not in text
    assert "This link does not work." not in text


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
    assert "Exact location withheld. Visitors do not see it any more." in words(page)


def refuse(db: Database, event_id: str) -> None:
    revision = db.read(get_event, event_id).revision
    settle_proposal(
        db,
        event_id,
        accept=False,
        account=MIRA,
        expected_revision=revision,
        reason="Who says so?",
        idempotency_key=new_key(),
    )


def test_outcome_is_asked_once_and_can_be_sent_again_after_a_refusal(db: Database, open_script: Open) -> None:
    token = submit(db, event("over", status=EventStatus.ANNOUNCED))
    publish(db, "over")
    page = open_script(PAGE, key=token)
    press(page, "follow_send")
    assert 'id="error-follow_status"' in words(page)
    page.radio("field_follow_status").set_value(EventStatus.HELD)
    page.text_input("field_follow_high").set_value("many")
    page.text_input("field_follow_url").set_value("a newspaper")
    press(page, "follow_send")
    assert re.findall('id="error-follow_([a-z]+)"', words(page)) == ["high", "url"]
    page.text_input("field_follow_high").set_value("")
    page.text_input("field_follow_url").set_value("")
    for _ in range(2):
        page.radio("field_follow_status").set_value(EventStatus.HELD)
        page.text_input("field_follow_low").set_value("200")
        page.text_input("field_follow_by").set_value("police")
        press(page, "follow_send")
        assert "Thank you. A moderator will look at it." in words(page)
        proposed = db.read(read_own_event, token).proposed
        assert proposed is not None
        assert (proposed.status, [crowd.low for crowd in proposed.crowd]) == (EventStatus.HELD, [200])
        assert "follow_send" not in [button.key for button in page.button]
        refuse(db, "over")
        page.run()


def test_picture_of_a_published_event_is_removed_at_once_and_moderators_are_notified(
    db: Database, open_script: Open
) -> None:
    token = submit(db, event("seen"))
    store_own(
        db,
        token,
        db.read(get_event, "seen"),
        expected_revision=1,
        idempotency_key=new_key(),
        picture=GivenPicture(CleanPicture(b"not looked at here", "image/png", 3, 2), "A banner"),
    )
    publish(db, "seen")
    page = open_script(PAGE, key=token)
    press(page, "own_bare")
    assert "The picture is deleted." in words(page)
    assert "Picture removed. Visitors do not see it any more." in words(page)
    own = db.read(read_own_event, token)
    assert (own.event.picture, own.event.review, own.proposed) == (None, ReviewStatus.PUBLISHED, None)
    assert "own_bare" not in [button.key for button in page.button]


@pytest.mark.parametrize("by", ["moderator", "visitor"])
def test_form_takes_in_what_somebody_else_changed_meanwhile(db: Database, open_script: Open, by: str) -> None:
    token = submit(db, event("open"))
    publish(db, "open")
    page = open_script(PAGE, key=token)
    press(page, "own_change")
    page.text_area("field_about").set_value("For the teachers in prison.")
    page.run()
    found = Source("https://other.example/report")
    if by == "moderator":
        edited = edit_event(
            db,
            running_services().resolver,
            "open",
            {"title": "Rally of teachers", "source2_url": found.url},
            account=MIRA,
            expected_revision=2,
            idempotency_key=new_key(),
        )
        assert edited.event is not None
    else:
        offer_source(db, "open", found, address="", now=db.now(), idempotency_key=new_key())
    for _ in ("When", "Where", "Who", "Sources"):
        press(page, "step_next")
    page.text_input("field_source_title").set_value("The announcement")
    press(page, "more_source")
    page.text_input("field_source2_url").set_value("https://mine.example/")
    press(page, "step_next")
    press(page, "submit_event")
    assert "The form has their changes now, and yours." in words(page)
    assert db.read(read_own_event, token).proposed == (None if by == "moderator" else event_with(db, "open", found))
    press(page, "submit_event")
    assert "Your change is with the moderators." in words(page)
    proposed = db.read(read_own_event, token).proposed
    assert proposed is not None
    assert proposed.title == ("Rally of teachers" if by == "moderator" else "Rally open")
    assert proposed.about == "For the teachers in prison."
    assert [(source.url, source.title) for source in proposed.sources] == [
        ("https://news.example/open", "The announcement"),
        (found.url, ""),
        ("https://mine.example/", ""),
    ]


def event_with(db: Database, event_id: str, source: Source) -> Event:
    known = db.read(get_event, event_id)
    return known.changed(sources=(*known.sources, source))


def get_public_place(db: Database, event_id: str) -> Place:
    return db.read(get_public_event, event_id, NOW).place
