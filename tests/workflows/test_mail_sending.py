"""Mail leaves once, whatever the mail server does, and says no more than was asked for."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import StoreUnavailableError
from rallymap.events import EventStatus
from rallymap.hosting import Retention
from rallymap.moderation import Decision, TakedownReason
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.account_mail import MailPace
from rallymap.store.accounts import close_account
from rallymap.store.events import get_event
from rallymap.store.housekeeping import tidy
from rallymap.store.outbox import CLAIM_LASTS_S, DELAYS_S, claim_mail, delete_mail, read_outbox
from rallymap.store.own_feed import own_feed_name, read_own_feed
from rallymap.workflows import mail_sending
from rallymap.workflows.account_mail import queue_moderator_mail, subscribe_to_mail, unsubscribe
from rallymap.workflows.calling_off import call_off
from rallymap.workflows.decisions import decide, undo_decisions
from rallymap.workflows.edit_links import answer_moderators
from rallymap.workflows.event_mail import (
    queue_outcome_questions,
    read_own_mail,
    subscribe_own_mail,
    unsubscribe_own_mail,
)
from rallymap.workflows.mail_problems import count_given_up, forget_given_up
from rallymap.workflows.mail_sending import SendCounts, send_due_mail
from rallymap.workflows.merges import merge_events
from rallymap.workflows.messages import add_note
from rallymap.workflows.takedown import delete_event
from rallymap.workflows.waiting import count_lists
from tests.mail.smtp_double import SmtpDouble
from tests.workflows.moderated import ADA, MIRA, PARIS, World, event, new_key, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

WHO = "organiser@example.org"


@pytest.fixture
def server() -> Iterator[SmtpDouble]:
    double = SmtpDouble()
    yield double
    double.stop()


def settings_for(server: SmtpDouble, **more: str) -> Settings:
    return Settings.from_env(
        {
            "RALLYMAP_ADDRESS": "https://rallies.example/",
            "RALLYMAP_SITE_NAME": "Rallies of the North",
            "RALLYMAP_MAIL_HOST": "127.0.0.1",
            "RALLYMAP_MAIL_PORT": str(server.port),
            "RALLYMAP_MAIL_SECURITY": "none",
            "RALLYMAP_MAIL_FROM": "rallies@rallies.example",
        }
        | more
    )


Send = Callable[[], SendCounts]


@pytest.fixture
def send(world: World, server: SmtpDouble) -> Send:
    return lambda: send_due_mail(world.db, settings_for(server))


def leave_address(db: Database, *tokens: str, **changes: Any) -> None:
    subscribe_own_mail(db, tokens, WHO, **{"with_words": False, "only_decision": False} | changes)


def sent_back(world: World, event_id: str, reason: str) -> None:
    decide(
        world.db,
        event_id,
        Decision.SEND_BACK,
        account=MIRA,
        expected_revision=1,
        reason=reason,
        idempotency_key=new_key(),
    )


def texts(server: SmtpDouble) -> list[str]:
    return [f"{mail['Subject']}\n{mail.get_content()}".replace("\r\n", "\n") for mail in server.box.mails]


def test_organiser_is_notified_of_decision_question_and_follow_up(world: World, server: SmtpDouble, send: Send) -> None:
    token = submit(world.db, event("told", title="Rally at the fountain"))
    leave_address(world.db, token)
    publish(world.db, "told")
    add_note(world.db, "told", "Who filmed it?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    add_note(world.db, "told", "Looks fine.", account=MIRA, idempotency_key=new_key())
    assert send() == SendCounts(sent=2)
    assert [str(mail["Subject"]) for mail in server.box.mails] == [
        "Rallies of the North: a decision about your event",
        "Rallies of the North: a question about your event",
    ]
    assert {str(mail["To"]) for mail in server.box.mails} == {WHO}
    assert {str(mail["Auto-Submitted"]) for mail in server.box.mails} == {"auto-generated"}
    for word in ("fountain", "published", "filmed", "Oslo", token, "told"):
        assert not any(word in text for text in texts(server)), word
    assert send() == SendCounts()


def test_words_are_in_the_mail_of_who_asks_for_them(world: World, server: SmtpDouble, send: Send) -> None:
    leave_address(world.db, submit(world.db, event("told", title="Rally at the fountain")), with_words=True)
    sent_back(world, "told", "Which square?")
    send()
    [text] = texts(server)
    for word in ("Rally at the fountain", "It was sent back to you", "Which square?"):
        assert word in text


def test_address_for_the_decision_alone_goes_with_it(world: World, server: SmtpDouble, send: Send) -> None:
    token = submit(world.db, event("told"))
    leave_address(world.db, token, only_decision=True)
    world.db.write(tidy, Retention())
    world.clock.now += timedelta(days=1, minutes=1)  # a database that is new to housekeeping loses nothing for a day
    sent_back(world, "told", "Which square?")
    assert read_own_mail(world.db, token) is not None
    after = publish(world.db, "told")
    undo_decisions(world.db, {"told": after.revision}, account=MIRA, idempotency_key=new_key())
    assert send() == SendCounts(sent=3)
    publish(world.db, "told")
    assert send() == SendCounts(sent=1)
    # As long as a decision can be undone, there may be another one.
    for minutes, kept in ((0, 1), (59, 1), (2, 0)):
        world.clock.now += timedelta(minutes=minutes)
        world.db.write(tidy, Retention())
        assert (stored_traces(world), read_own_mail(world.db, token) is not None) == (kept, bool(kept))


def test_address_for_the_decision_alone_is_not_asked_whether_the_event_was_held(world: World) -> None:
    token = submit(world.db, world.db.read(get_event, world.over).changed(id="over-2"))
    leave_address(world.db, token, only_decision=True)
    publish(world.db, "over-2")
    assert queue_outcome_questions(world.db) == 0


def stored_traces(world: World) -> int:
    """Return how many addresses and mails the database holds, sealed or not."""
    with world.db.reading() as tx:
        return sum(
            tx.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("outbox", "event_mail", "account_mail")
        )


def test_follow_up_is_asked_once(world: World, server: SmtpDouble, send: Send) -> None:
    token = submit(world.db, world.db.read(get_event, world.over).changed(id="over-2"))
    publish(world.db, "over-2")
    leave_address(world.db, token)
    assert [queue_outcome_questions(world.db), queue_outcome_questions(world.db)] == [1, 0]
    send()
    assert [str(mail["Subject"]) for mail in server.box.mails] == ["Rallies of the North: did your event take place?"]


def test_takedown_end_and_retention_delete_address_and_mails(world: World, send: Send) -> None:
    first, second, third = (submit(world.db, event(name)) for name in ("first", "second", "third"))
    leave_address(world.db, first, second, third)
    for name in ("first", "second", "third"):
        publish(world.db, name)
    delete_event(world.db, "first", TakedownReason.RISK, account=MIRA, expected_revision=2, idempotency_key=new_key())
    unsubscribe_own_mail(world.db, second)
    assert world.db.read(read_outbox).waiting == 1
    send()
    world.db.write(tidy, settings_retention())
    world.clock.now += timedelta(days=1)
    for _ in range(62):
        world.clock.now += timedelta(days=1)
        world.db.write(tidy, settings_retention())
    assert stored_traces(world) == 0


def settings_retention() -> Any:
    return Settings.from_env({}).retention


def test_database_backup_and_log_hold_no_address(
    world: World, server: SmtpDouble, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    leave_address(world.db, submit(world.db, event("told")), with_words=True)
    subscribe_to_mail(world.db, "mira@example.org", MailPace.AT_ONCE, with_titles=True, account=MIRA)
    sent_back(world, "told", "Which square?")
    server.failing, server.of = 1.0, ("refuse text",)
    assert send().put_back == 1
    world.db.checkpoint_wal()
    content = Path(str(world.db._engine.url.database)).read_bytes()
    assert WHO.encode() not in content
    assert b"mira@example.org" not in content
    assert WHO not in caplog.text
    assert "1 to be tried again" in caplog.text


def test_undone_decision_is_mailed_too(world: World, server: SmtpDouble, send: Send) -> None:
    leave_address(world.db, submit(world.db, event("told")), with_words=True)
    after = publish(world.db, "told")
    undo_decisions(world.db, {"told": after.revision}, account=MIRA, idempotency_key=new_key())
    send()
    assert ["It is published." in text for text in texts(server)] == [True, False]
    assert "It waits for a moderator." in texts(server)[1]


def test_organiser_of_a_merged_event_is_notified_once_and_their_address_is_deleted(
    world: World, server: SmtpDouble, send: Send
) -> None:
    token, other = submit(world.db, event("gone", title="The second entry")), submit(world.db, event("kept"))
    leave_address(world.db, token, with_words=True)
    kept, gone = (world.db.read(get_event, name) for name in ("kept", "gone"))
    merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    assert send() == SendCounts(sent=1)
    [text] = texts(server)
    assert text.startswith("Rallies of the North: a decision about your event")
    assert "The second entry" in text
    assert stored_traces(world) == 0
    name = world.db.read(own_feed_name, other)
    assert world.db.read(read_own_feed, name)[1] == []


def test_moderators_are_notified_of_what_is_new_and_of_nothing_else(
    world: World, server: SmtpDouble, send: Send
) -> None:
    subscribe_to_mail(world.db, "mira@example.org", MailPace.AT_ONCE, with_titles=False, account=MIRA)
    world.clock.now += timedelta(minutes=6)
    assert queue_moderator_mail(world.db) == 0
    submit(world.db, event("new", title="Rally at the fountain"))
    assert [queue_moderator_mail(world.db), queue_moderator_mail(world.db)] == [1, 0]
    world.clock.now += timedelta(seconds=1)
    submit(world.db, event("newer"))
    world.clock.now += timedelta(minutes=4, seconds=58)
    assert queue_moderator_mail(world.db) == 0
    world.clock.now += timedelta(minutes=1)
    assert queue_moderator_mail(world.db) == 1
    send()
    first, _ = texts(server)
    assert first.startswith("Rallies of the North: something new waits for review")
    assert "3 events to review\n1 message\n1 place to check\n1 report\n1 proposed change" in first
    assert "fountain" not in first


def test_moderators_are_notified_that_a_published_event_was_called_off_though_an_older_message_waits(
    world: World, server: SmtpDouble, send: Send
) -> None:
    coming = EventDate(date(2199, 5, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(world.db, event("soon", when=coming, status=EventStatus.ANNOUNCED))
    publish(world.db, "soon")
    answer_moderators(world.db, token, "Thank you.", idempotency_key=new_key())
    world.clock.now += timedelta(minutes=1)
    subscribe_to_mail(world.db, "mira@example.org", MailPace.AT_ONCE, with_titles=True, account=MIRA)
    shown = count_lists(world.db, MIRA, world.now)["messages"]
    world.clock.now += timedelta(minutes=6)
    call_off(world.db, token, EventStatus.CANCELLED, expected_revision=2, idempotency_key=new_key())
    assert queue_moderator_mail(world.db) == 1
    send()
    [text] = texts(server)
    assert "2 messages" in text
    assert "Rally soon" in text
    assert "Rally oslo" not in text
    assert count_lists(world.db, MIRA, world.now)["messages"] == shown == 2


def test_daily_mail_names_events_where_that_is_asked_for(world: World, server: SmtpDouble, send: Send) -> None:
    subscribe_to_mail(world.db, "ada@example.org", MailPace.DAILY, with_titles=True, account=ADA)
    world.clock.now += timedelta(seconds=1)
    submit(world.db, event("new", title="Rally at the fountain", location=PARIS))
    world.clock.now += timedelta(hours=23)
    assert queue_moderator_mail(world.db) == 0
    world.clock.now += timedelta(hours=2)
    assert queue_moderator_mail(world.db) == 1
    send()
    assert "Rally at the fountain" in texts(server)[0]
    assert "Rally oslo-waiting" not in texts(server)[0]


@pytest.mark.parametrize("end", ["end", "close"])
def test_mail_of_a_moderator_ends_with_what_waits_for_them(world: World, end: str) -> None:
    subscribe_to_mail(world.db, "mira@example.org", MailPace.AT_ONCE, with_titles=False, account=MIRA)
    world.clock.now += timedelta(minutes=6)
    submit(world.db, event("new"))
    queue_moderator_mail(world.db)
    if end == "end":
        unsubscribe(world.db, account=MIRA)
    else:
        world.db.write(close_account, "mira")
    assert stored_traces(world) == 0


def test_each_decision_is_mailed_once_by_a_server_that_fails_at_random(world: World, server: SmtpDouble) -> None:
    """The thousand of them: ``python -m benchmarks.mail``, which also kills who sends."""
    number, chance = 40, random.Random(7)
    tokens = [submit(world.db, event(f"told-{n}")) for n in range(number)]
    leave_address(world.db, *tokens)
    server.failing = 0.1
    for n in range(number):
        publish(world.db, f"told-{n}")
    while world.db.read(read_outbox).waiting:
        send_due_mail(world.db, settings_for(server))
        world.clock.now += timedelta(seconds=chance.uniform(10, 3_000))
    assert world.db.read(read_outbox).given_up == 0
    ids = server.box.ids()
    assert len(ids) == number
    # Nobody can know whether a mail was taken whose answer was lost: it comes again, under the same id.
    assert {name for name, times in ids.items() if times > 1} <= server.box.lost_answers
    assert len(server.box.faults) >= 6


def test_mail_of_a_process_that_died_is_sent_again_when_its_claim_is_over(
    world: World, server: SmtpDouble, send: Send
) -> None:
    leave_address(world.db, submit(world.db, event("told")))
    publish(world.db, "told")
    died = world.db.write(claim_mail)
    assert died is not None
    assert send() == SendCounts()
    world.clock.now += timedelta(seconds=CLAIM_LASTS_S)
    assert send() == SendCounts(sent=1)
    assert [str(mail["Message-ID"]) for mail in server.box.mails] == [f"<{died.message_id}@rallies.example>"]


def test_mail_is_given_up_after_two_days_and_moderators_see_it(world: World, server: SmtpDouble, send: Send) -> None:
    leave_address(world.db, submit(world.db, event("told")))
    publish(world.db, "told")
    server.failing, server.of = 1.0, ("refuse text",)
    began = world.now
    for delay_s in DELAYS_S:
        assert send() == SendCounts(put_back=1)
        world.clock.now += timedelta(seconds=delay_s - 1)
        assert send() == SendCounts()
        world.clock.now += timedelta(seconds=1)
    assert send() == SendCounts(given_up=1)
    assert timedelta(days=1) < world.now - began < timedelta(days=2)
    assert count_given_up(world.db, MIRA) == 1
    assert world.db.read(read_outbox).problem == "The mail server refused the mail (452)."
    forget_given_up(world.db, account=MIRA)
    assert count_given_up(world.db, MIRA) == 0


def test_unknown_mailbox_is_not_tried_again(world: World, server: SmtpDouble, send: Send) -> None:
    leave_address(world.db, submit(world.db, event("told")))
    publish(world.db, "told")
    server.mailbox_is_unknown = True
    assert send() == SendCounts(given_up=1)


def test_server_that_cannot_be_reached_costs_one_attempt(world: World, server: SmtpDouble, send: Send) -> None:
    leave_address(world.db, *(submit(world.db, event(f"told-{n}")) for n in range(3)))
    for n in range(3):
        publish(world.db, f"told-{n}")
    server.stop()
    assert send() == SendCounts(put_back=1, is_reachable=False)
    assert world.db.read(read_outbox).waiting == 3


def test_mail_is_sent_once_where_the_database_is_away_right_after_it(
    world: World, server: SmtpDouble, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_address(world.db, submit(world.db, event("told")))
    publish(world.db, "told")
    monkeypatch.setattr(mail_sending, "TRY_AGAIN_S", 0.0)
    write, away = world.db.write, [delete_mail] * 3

    def away_at_times(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if function in away:
            away.remove(function)
            raise StoreUnavailableError("The database is busy with another change.")
        return write(function, *given, **named)

    monkeypatch.setattr(world.db, "write", away_at_times)
    assert send() == SendCounts(sent=1)
    world.clock.now += timedelta(seconds=CLAIM_LASTS_S + 1)
    assert send() == SendCounts()
    assert (len(server.box.mails), away) == (1, [])


def test_end_of_the_process_does_not_wait_for_a_database_that_is_away(
    world: World, server: SmtpDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_address(world.db, submit(world.db, event("told")))
    publish(world.db, "told")
    write, stop = world.db.write, threading.Event()

    def away(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if function is delete_mail:
            stop.set()
            raise StoreUnavailableError("The database cannot be reached.")
        return write(function, *given, **named)

    monkeypatch.setattr(world.db, "write", away)
    with pytest.raises(StoreUnavailableError):
        send_due_mail(world.db, settings_for(server), stop=stop)
