"""Imports: new, changed and known events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision
from rallymap.store import AddResult, EventStore, PlaceToCheck
from rallymap.store.bulk import EVENTS_AT_ONCE

Make = Callable[..., Event]


def test_add_many_twice_changes_nothing(store: EventStore, make_event: Make) -> None:
    events = [make_event("a-1"), make_event("a-2")]

    assert store.add_many(events, actor="import") == AddResult(added=2)
    assert store.add_many(events, actor="import") == AddResult(unchanged=2)
    assert store.dataset_version() == 1
    assert store.get("a-1").revision == 1


def test_add_many_of_changed_event_is_a_new_revision(store: EventStore, make_event: Make) -> None:
    store.add_many([make_event()], actor="import")
    changed = make_event(about="Now with a summary.")

    assert store.add_many([changed], actor="import") == AddResult(updated=1)
    assert store.get("oslo-2020") == changed.changed(revision=2)
    assert store.dataset_version() == 2


def test_add_many_of_nothing(store: EventStore) -> None:
    assert store.add_many([], actor="import") == AddResult()
    assert store.dataset_version() == 0


def test_add_many_with_one_id_twice_keeps_the_last(store: EventStore, make_event: Make) -> None:
    result = store.add_many([make_event(title="First"), make_event(title="Second")], actor="import")

    assert result == AddResult(added=1, updated=1)
    assert store.get("oslo-2020").title == "Second"


def test_add_many_stores_first_revision_whatever_the_event_says(store: EventStore, make_event: Make) -> None:
    store.add_many([make_event(revision=9)], actor="import")

    assert store.get("oslo-2020").revision == 1


def test_add_many_does_not_undo_a_moderators_decision(store: EventStore, make_event: Make, moderator: Account) -> None:
    store.add_many([make_event()], actor="import")
    store.decide(
        "oslo-2020", Decision.WITHDRAW, actor=moderator, expected_revision=1, reason="No.", idempotency_key="w"
    )

    assert store.add_many([make_event(about="Again.")], actor="import") == AddResult(updated=1)
    assert store.get("oslo-2020").review is ReviewStatus.WITHDRAWN


@pytest.mark.slow
def test_add_many_over_several_transactions(store: EventStore, make_event: Make) -> None:
    count = EVENTS_AT_ONCE + 3
    event = make_event()

    assert store.add_many((event.changed(id=f"e-{n}") for n in range(count)), actor="import") == AddResult(added=count)
    assert store.dataset_version() == 2
    assert sum(len(some) for some in store.public_rows()) == count


def test_add_many_notes_places_to_check(store: EventStore, make_event: Make) -> None:
    check = PlaceToCheck("ambiguous", ({"lat": 1.5, "lon": 2.5, "label": "Hamilton, CA"},))
    store.add_many([make_event("a-1"), make_event("a-2")], actor="import", places_to_check={"a-2": check})

    assert [(item.event.id, item.check) for item in store.places_to_check()] == [("a-2", check)]


def test_seeding_is_noted_once(store: EventStore) -> None:
    assert store.is_seeded() is False
    store.mark_seeded()
    store.mark_seeded()
    assert store.is_seeded() is True
