"""What waits for moderators: the counts are those of the lists, and items say no word of an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from rallymap.events import Event, Kind, Place
from rallymap.moderation import VISITOR, Account, Decision, ReportKind
from rallymap.store import Database, PlaceCheck
from rallymap.store.events import get_event
from rallymap.store.messages import list_open_messages
from rallymap.store.place_checks import list_place_checks
from rallymap.store.proposals import list_proposals
from rallymap.store.reports import list_open_reports
from rallymap.store.review_queue import list_queue
from rallymap.store.waiting import LISTS, count_waiting, count_waiting_events, list_waiting
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import answer_moderators, store_own
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events
from tests.store.conftest import NOW, FakeClock
from tests.workflows.moderated import publish

Make = Callable[..., Event]


def fill(db: Database, clock: FakeClock, make_event: Make) -> None:
    """Put one event into each list, a minute apart; the one with a place to check also waits and has two messages."""
    send_events(db, [make_event("waits", kind=Kind.VIGIL)], idempotency_key="form-waits")
    clock.forward(minutes=1)
    doubtful = make_event("doubtful", place=Place("Hamilton"), location=None)
    token = send_events(
        db, [doubtful], idempotency_key="form-doubtful", place_checks={"doubtful": PlaceCheck("ambiguous")}
    )[0]
    clock.forward(minutes=1)
    for number in range(2):
        answer_moderators(db, token.edit_token, "Canada.", idempotency_key=f"form-answer-{number}")
    receipt = send_events(db, [make_event("public", kind=Kind.MARCH)], idempotency_key="form-public")[0]
    publish(db, "public")
    clock.forward(minutes=1)
    own = db.read(get_event, "public").changed(title="Better")
    store_own(db, receipt.edit_token, own, expected_revision=2, idempotency_key="form-change")
    clock.forward(minutes=1)
    report_event(
        db, "public", ReportKind.OTHER, "", account=VISITOR, address="", now=clock(), idempotency_key="form-report"
    )


@pytest.mark.slow
def test_counts_are_those_of_the_lists(db: Database, clock: FakeClock, make_event: Make) -> None:
    assert db.read(count_waiting) == dict.fromkeys(LISTS, 0)
    assert db.read(count_waiting_events) == 0
    fill(db, clock, make_event)
    lists: list[Callable[..., list[Any]]] = [
        list_queue,
        list_open_messages,
        list_place_checks,
        list_open_reports,
        list_proposals,
    ]
    assert list(db.read(count_waiting).values()) == [len(db.read(found)) for found in lists] == [2, 1, 1, 1, 1]
    assert db.read(count_waiting_events) == 3
    assert db.read(count_waiting_events, countries=["FR"]) == 0
    assert sum(db.read(count_waiting, countries=["FR"]).values()) == 0


@pytest.mark.slow
def test_items_are_the_newest_first_and_name_no_event(db: Database, clock: FakeClock, make_event: Make) -> None:
    fill(db, clock, make_event)
    found = db.read(list_waiting)
    assert [(item.place, item.kind, item.since - NOW) for item in found] == [
        ("reports", Kind.MARCH, timedelta(minutes=4)),
        ("changes", Kind.MARCH, timedelta(minutes=3)),
        *sorted(
            [("queue", Kind.RALLY, timedelta(minutes=2)), ("messages", Kind.RALLY, timedelta(minutes=2))],
            key=lambda item: next(one.id for one in found if one.place == item[0]),
            reverse=True,
        ),
        ("places", Kind.RALLY, timedelta(minutes=1)),
        ("queue", Kind.VIGIL, timedelta(0)),
    ]
    assert db.read(list_waiting) == found
    assert db.read(list_waiting, limit=2) == found[:2]
    assert db.read(list_waiting, countries=["FR"]) == []
    assert not any(word in repr(found) for word in ("waits", "doubtful", "public", "Oslo", "Hamilton"))


@pytest.mark.slow
def test_item_of_a_changed_event_is_another_one(db: Database, make_event: Make, moderator: Account) -> None:
    receipt = send_events(db, [make_event()], idempotency_key="form-1")[0]
    [before] = db.read(list_waiting)
    changed = make_event().changed(title="Other words")
    store_own(db, receipt.edit_token, changed, expected_revision=1, idempotency_key="form-2")
    [after] = db.read(list_waiting)
    assert after.id != before.id
    decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="form-3")
    assert db.read(list_waiting) == []
