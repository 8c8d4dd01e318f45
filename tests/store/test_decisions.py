"""Decisions about one event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, ModerationError, RightsError, StaleEventError
from rallymap.events import Event, Location, LocationPrecision, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, Role
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.review_queue import list_queue
from rallymap.store.schema import audit
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
FOR_NORWAY = Account("nora", Role.MODERATOR, ("NO",))
PARIS = Location(48.85, 2.35, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "", "FR")


@pytest.fixture
def pending(db: Database, make_event: Make) -> Event:
    send_events(db, [make_event()], idempotency_key="submitted")[0]
    return db.read(get_event, "oslo-2020")


def trail(db: Database) -> list[tuple[object, ...]]:
    columns = (audit.c.actor, audit.c.action, audit.c.event_id, audit.c.revision, audit.c.reason, audit.c.changes)
    with db.reading() as tx:
        return [tuple(row) for row in tx.conn.execute(sa.select(*columns).order_by(audit.c.seq))]


@pytest.mark.slow
def test_publish_makes_the_event_public(db: Database, pending: Event, moderator: Account) -> None:
    published = decide(
        db, pending.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish"
    )

    assert published == pending.changed(review=ReviewStatus.PUBLISHED, revision=2)
    assert db.read(get_event, pending.id) == published
    assert db.read(list_queue) == []
    assert db.dataset_version() == 1
    assert trail(db) == [
        ("visitor", "submitted", "oslo-2020", 1, "", ""),
        ("mina", "published", "oslo-2020", 2, "", '{"review":["pending","published"]}'),
    ]


@pytest.mark.slow
def test_decision_sent_twice_is_one(db: Database, pending: Event, moderator: Account) -> None:
    first = decide(db, pending.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")
    second = decide(db, pending.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")

    assert second == first
    assert db.dataset_version() == 1


@pytest.mark.slow
def test_decision_on_a_stale_event(db: Database, pending: Event, moderator: Account) -> None:
    store_edit(db, pending.changed(title="New"), account=moderator, expected_revision=1, idempotency_key="edit")

    with pytest.raises(StaleEventError) as raised:
        decide(db, pending.id, Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")
    assert raised.value.user_message.startswith("Someone changed this event while you had it open")
    assert db.read(get_event, pending.id).review is ReviewStatus.PENDING


@pytest.mark.slow
def test_decision_on_unknown_event(db: Database, moderator: Account) -> None:
    with pytest.raises(EventNotFoundError):
        decide(db, "nowhere", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")


@pytest.mark.slow
def test_decision_without_the_right(db: Database, make_event: Make) -> None:
    send_events(db, [make_event(location=PARIS)], idempotency_key="submitted")[0]

    for actor in (VISITOR, Account("otto", Role.ORGANISER), FOR_NORWAY):
        with pytest.raises(RightsError):
            decide(db, "oslo-2020", Decision.PUBLISH, account=actor, expected_revision=1, idempotency_key="publish")
    assert db.read(get_event, "oslo-2020").review is ReviewStatus.PENDING
    assert len(trail(db)) == 1


@pytest.mark.slow
def test_decision_that_cannot_be_undoes_nothing(db: Database, pending: Event, moderator: Account) -> None:
    with pytest.raises(ModerationError):
        decide(
            db,
            pending.id,
            Decision.REJECT,
            account=moderator,
            expected_revision=1,
            reason=" ",
            idempotency_key="reject",
        )
    rejected = decide(
        db,
        pending.id,
        Decision.REJECT,
        account=moderator,
        expected_revision=1,
        reason="Spam.",
        idempotency_key="reject",
    )

    assert rejected.review is ReviewStatus.REJECTED
