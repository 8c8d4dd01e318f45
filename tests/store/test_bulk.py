"""Imports: new, changed and known events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rallymap.events import Event, ReviewStatus
from rallymap.moderation import Account, Decision
from rallymap.store import AddResult, Database, PlaceCheck
from rallymap.store.bulk import EVENTS_AT_ONCE, add_many, is_seeded, mark_seeded
from rallymap.store.events import get_event, public_rows
from rallymap.store.place_checks import list_place_checks
from rallymap.workflows.decisions import decide

Make = Callable[..., Event]


@pytest.mark.slow
def test_add_many_twice_changes_nothing(db: Database, make_event: Make) -> None:
    events = [make_event("a-1"), make_event("a-2")]

    assert add_many(db, events, actor="import") == AddResult(added=2)
    assert add_many(db, events, actor="import") == AddResult(unchanged=2)
    assert db.dataset_version() == 1
    assert db.read(get_event, "a-1").revision == 1


@pytest.mark.slow
def test_add_many_of_changed_event_is_a_new_revision(db: Database, make_event: Make) -> None:
    add_many(db, [make_event()], actor="import")
    changed = make_event(about="Now with a summary.")

    assert add_many(db, [changed], actor="import") == AddResult(updated=1)
    assert db.read(get_event, "oslo-2020") == changed.changed(revision=2)
    assert db.dataset_version() == 2


@pytest.mark.slow
def test_add_many_of_nothing(db: Database) -> None:
    assert add_many(db, [], actor="import") == AddResult()
    assert db.dataset_version() == 0


@pytest.mark.slow
def test_add_many_with_one_id_twice_keeps_the_last(db: Database, make_event: Make) -> None:
    result = add_many(db, [make_event(title="First"), make_event(title="Second")], actor="import")

    assert result == AddResult(added=1, updated=1)
    assert db.read(get_event, "oslo-2020").title == "Second"


@pytest.mark.slow
def test_add_many_stores_first_revision_whatever_the_event_says(db: Database, make_event: Make) -> None:
    add_many(db, [make_event(revision=9)], actor="import")

    assert db.read(get_event, "oslo-2020").revision == 1


@pytest.mark.slow
def test_add_many_does_not_undo_a_moderators_decision(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event()], actor="import")
    decide(
        db, "oslo-2020", Decision.WITHDRAW, account=moderator, expected_revision=1, reason="No.", idempotency_key="w"
    )

    assert add_many(db, [make_event(about="Again.")], actor="import") == AddResult(updated=1)
    assert db.read(get_event, "oslo-2020").review is ReviewStatus.WITHDRAWN


@pytest.mark.slow
def test_add_many_over_several_transactions(db: Database, make_event: Make) -> None:
    count = EVENTS_AT_ONCE + 3
    event = make_event()

    assert add_many(db, (event.changed(id=f"e-{n}") for n in range(count)), actor="import") == AddResult(added=count)
    assert db.dataset_version() == 2
    assert sum(len(some) for some in public_rows(db)) == count


@pytest.mark.slow
def test_add_many_notes_places_to_check(db: Database, make_event: Make) -> None:
    check = PlaceCheck("ambiguous", ({"lat": 1.5, "lon": 2.5, "label": "Hamilton, CA"},))
    add_many(db, [make_event("a-1"), make_event("a-2")], actor="import", place_checks={"a-2": check})

    assert [(item.event.id, item.check) for item in db.read(list_place_checks)] == [("a-2", check)]


@pytest.mark.slow
def test_seeding_is_noted_once(db: Database) -> None:
    assert db.read(is_seeded) is False
    db.write(mark_seeded)
    db.write(mark_seeded)
    assert db.read(is_seeded) is True
