"""The review queue."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.events import Event, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import Account, Decision
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.review_queue import count_reviews, list_queue
from rallymap.workflows.decisions import decide
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
PARIS = Location(48.85, 2.35, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "", "FR")


@pytest.fixture
def pending(db: Database, make_event: Make) -> Event:
    send_events(db, [make_event()], idempotency_key="submitted")[0]
    return db.read(get_event, "oslo-2020")


@pytest.mark.slow
def test_queue_shows_the_latest_reason(db: Database, pending: Event, moderator: Account) -> None:
    decide(
        db,
        pending.id,
        Decision.SEND_BACK,
        account=moderator,
        expected_revision=1,
        reason="Which day? ",
        idempotency_key="back",
    )
    (item,) = db.read(list_queue, [ReviewStatus.SENT_BACK])

    assert (item.event.revision, item.reason) == (2, "Which day?")
    assert db.read(list_queue) == []


@pytest.mark.slow
def test_queue_is_oldest_first_and_paged(db: Database, make_event: Make, clock: object) -> None:
    for number in (3, 1, 2):
        send_events(db, [make_event(f"event-{number}")], idempotency_key=f"form-{number}")[0]
        clock.forward(minutes=1)  # type: ignore[attr-defined]

    assert [item.event.id for item in db.read(list_queue)] == ["event-3", "event-1", "event-2"]
    assert [item.event.id for item in db.read(list_queue, limit=1, offset=1)] == ["event-1"]


@pytest.mark.slow
def test_queue_for_norway_shows_oslo_not_paris(db: Database, make_event: Make) -> None:
    send_events(db, [make_event("oslo-1")], idempotency_key="a")[0]
    send_events(db, [make_event("paris-1", location=PARIS)], idempotency_key="b")[0]
    send_events(db, [make_event("lost-1", location=None, place=Place("?"))], idempotency_key="c")[0]

    assert [item.event.id for item in db.read(list_queue, countries=("NO",))] == ["oslo-1"]
    assert db.read(count_reviews, countries=("NO",)) == {ReviewStatus.PENDING: 1}
    assert db.read(count_reviews) == {ReviewStatus.PENDING: 3}
