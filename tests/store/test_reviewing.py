"""Decisions, edits, the queue and the list of places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, ModerationError, RightsError, StaleEventError
from rallymap.events import Event, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, Role
from rallymap.store import EventStore, PlaceToCheck
from rallymap.store.schema import audit

Make = Callable[..., Event]
FOR_NORWAY = Account("nora", Role.MODERATOR, ("NO",))
PARIS = Location(48.85, 2.35, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "", "FR")


@pytest.fixture
def pending(store: EventStore, make_event: Make) -> Event:
    store.submit(make_event(), idempotency_key="submitted")
    return store.get("oslo-2020")


def trail(store: EventStore) -> list[tuple[object, ...]]:
    columns = (audit.c.actor, audit.c.verb, audit.c.event_id, audit.c.revision, audit.c.reason, audit.c.changes)
    with store.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(*columns).order_by(audit.c.seq))]


def test_publish_makes_the_event_public(store: EventStore, pending: Event, moderator: Account) -> None:
    published = store.decide(
        pending.id, Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish"
    )

    assert published == pending.changed(review=ReviewStatus.PUBLISHED, revision=2)
    assert store.get(pending.id) == published
    assert store.review_queue() == []
    assert store.dataset_version() == 1
    assert trail(store) == [
        ("visitor", "submitted", "oslo-2020", 1, "", ""),
        ("mina", "published", "oslo-2020", 2, "", '{"review":["pending","published"]}'),
    ]


def test_decision_sent_twice_is_one(store: EventStore, pending: Event, moderator: Account) -> None:
    first = store.decide(pending.id, Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish")
    second = store.decide(pending.id, Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish")

    assert second == first
    assert store.dataset_version() == 1


def test_decision_on_a_stale_event(store: EventStore, pending: Event, moderator: Account) -> None:
    store.edit(pending.changed(title="New"), actor=moderator, expected_revision=1, idempotency_key="edit")

    with pytest.raises(StaleEventError) as raised:
        store.decide(pending.id, Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish")
    assert raised.value.user_message.startswith("Someone changed this event while you had it open")
    assert store.get(pending.id).review is ReviewStatus.PENDING


def test_decision_on_unknown_event(store: EventStore, moderator: Account) -> None:
    with pytest.raises(EventNotFoundError):
        store.decide("nowhere", Decision.PUBLISH, actor=moderator, expected_revision=1, idempotency_key="publish")


def test_decision_without_the_right(store: EventStore, make_event: Make) -> None:
    store.submit(make_event(location=PARIS), idempotency_key="submitted")

    for actor in (VISITOR, Account("otto", Role.ORGANISER), FOR_NORWAY):
        with pytest.raises(RightsError):
            store.decide("oslo-2020", Decision.PUBLISH, actor=actor, expected_revision=1, idempotency_key="publish")
    assert store.get("oslo-2020").review is ReviewStatus.PENDING
    assert len(trail(store)) == 1


def test_decision_that_cannot_be_undoes_nothing(store: EventStore, pending: Event, moderator: Account) -> None:
    with pytest.raises(ModerationError):
        store.decide(
            pending.id, Decision.REJECT, actor=moderator, expected_revision=1, reason=" ", idempotency_key="reject"
        )
    rejected = store.decide(
        pending.id, Decision.REJECT, actor=moderator, expected_revision=1, reason="Spam.", idempotency_key="reject"
    )

    assert rejected.review is ReviewStatus.REJECTED


def test_queue_shows_the_latest_reason(store: EventStore, pending: Event, moderator: Account) -> None:
    store.decide(
        pending.id,
        Decision.SEND_BACK,
        actor=moderator,
        expected_revision=1,
        reason="Which day? ",
        idempotency_key="back",
    )
    (item,) = store.review_queue([ReviewStatus.SENT_BACK])

    assert (item.event.revision, item.reason) == (2, "Which day?")
    assert store.review_queue() == []


def test_queue_is_oldest_first_and_paged(store: EventStore, make_event: Make, clock: Callable[[], datetime]) -> None:
    for number in (3, 1, 2):
        store.submit(make_event(f"event-{number}"), idempotency_key=f"form-{number}")
        clock.forward(minutes=1)  # type: ignore[attr-defined]

    assert [item.event.id for item in store.review_queue()] == ["event-3", "event-1", "event-2"]
    assert [item.event.id for item in store.review_queue(limit=1, offset=1)] == ["event-1"]


def test_queue_for_norway_shows_oslo_not_paris(store: EventStore, make_event: Make) -> None:
    store.submit(make_event("oslo-1"), idempotency_key="a")
    store.submit(make_event("paris-1", location=PARIS), idempotency_key="b")
    store.submit(make_event("lost-1", location=None, place=Place("?")), idempotency_key="c")

    assert [item.event.id for item in store.review_queue(countries=("NO",))] == ["oslo-1"]
    assert store.review_counts(countries=("NO",)) == {ReviewStatus.PENDING: 1}
    assert store.review_counts() == {ReviewStatus.PENDING: 3}


def test_edit_keeps_the_review_status(store: EventStore, pending: Event, moderator: Account) -> None:
    wanted = pending.changed(title="March in Oslo", review=ReviewStatus.PUBLISHED)
    edited = store.edit(wanted, actor=moderator, expected_revision=1, idempotency_key="edit")

    assert edited == pending.changed(title="March in Oslo", revision=2)
    assert trail(store)[1] == ("mina", "edited", "oslo-2020", 2, "", '{"title":["Rally in Oslo","March in Oslo"]}')


def test_edit_without_a_difference_stores_nothing(store: EventStore, pending: Event, moderator: Account) -> None:
    assert store.edit(pending, actor=moderator, expected_revision=1, idempotency_key="edit") == pending
    assert len(trail(store)) == 1


def test_edit_of_a_stale_event(store: EventStore, pending: Event, moderator: Account) -> None:
    store.edit(pending.changed(title="One"), actor=moderator, expected_revision=1, idempotency_key="one")

    with pytest.raises(StaleEventError):
        store.edit(pending.changed(title="Two"), actor=moderator, expected_revision=1, idempotency_key="two")
    assert store.get(pending.id).title == "One"


def test_edit_of_another_country(store: EventStore, make_event: Make) -> None:
    store.submit(make_event(location=PARIS), idempotency_key="submitted")

    with pytest.raises(RightsError, match="This event is in France; your account is for Norway only"):
        store.edit(make_event(title="X"), actor=FOR_NORWAY, expected_revision=1, idempotency_key="edit")


def test_settled_place_leaves_the_list(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.submit(make_event(location=None), idempotency_key="a", place_to_check=PlaceToCheck("no-match"))
    settled = store.settle_place("oslo-2020", PARIS, actor=moderator, expected_revision=1, idempotency_key="settle")

    assert settled.location == PARIS
    assert store.places_to_check() == []
    assert trail(store)[1][:4] == ("mina", "place settled", "oslo-2020", 2)
    assert (
        store.settle_place("oslo-2020", None, actor=moderator, expected_revision=1, idempotency_key="settle") == settled
    )


def test_settled_without_a_location_leaves_the_list(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.submit(make_event(location=None), idempotency_key="a", place_to_check=PlaceToCheck("no-match"))
    store.settle_place("oslo-2020", None, actor=moderator, expected_revision=1, idempotency_key="settle")

    assert store.places_to_check() == []


def test_places_to_check_for_norway(store: EventStore, make_event: Make) -> None:
    check = PlaceToCheck("ambiguous")
    store.submit(make_event("oslo-1"), idempotency_key="a", place_to_check=check)
    store.submit(make_event("paris-1", location=PARIS), idempotency_key="b", place_to_check=check)

    assert [item.event.id for item in store.places_to_check(countries=("NO",))] == ["oslo-1"]
    assert [item.event.id for item in store.places_to_check()] == ["oslo-1", "paris-1"]


def test_edit_that_changes_the_location_settles_the_place(
    store: EventStore, make_event: Make, moderator: Account
) -> None:
    store.submit(make_event(), idempotency_key="a", place_to_check=PlaceToCheck("ambiguous"))
    pending = store.get("oslo-2020")
    store.edit(pending.changed(title="Other"), actor=moderator, expected_revision=1, idempotency_key="b")
    assert len(store.places_to_check()) == 1
    store.edit(pending.changed(location=PARIS), actor=moderator, expected_revision=2, idempotency_key="c")
    assert store.places_to_check() == []


def test_rejected_event_needs_no_place(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.submit(make_event(), idempotency_key="a", place_to_check=PlaceToCheck("ambiguous"))
    store.decide(
        "oslo-2020", Decision.REJECT, actor=moderator, expected_revision=1, reason="Spam.", idempotency_key="b"
    )

    assert store.places_to_check() == []
