"""The queue, the open case and the decisions, on a real store."""

from __future__ import annotations

from datetime import timedelta

from rallymap.events import Kind, Place, ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store import QueueItem
from rallymap.store.events import get_event
from rallymap.workflows.review_queue import list_published, list_queue
from tests.workflows.moderated import (
    MIRA,
    PARIS,
    World,
    event,
    submit,
)

PENDING = [ReviewStatus.PENDING]
NORA = Account("nora", Role.MODERATOR, ("NO",))


def ids(items: list[QueueItem]) -> list[str]:
    return [item.event.id for item in items]


def test_moderator_for_norway_sees_oslo_and_not_paris(world: World) -> None:
    submit(world.db, event("paris", place=Place("Paris"), location=PARIS))
    submit(world.db, event("nowhere", place=Place("Xqzz"), location=None))
    assert ids(list_queue(world.db, MIRA, PENDING)) == ["hamilton", "nowhere", "oslo-waiting", "paris"]
    assert ids(list_queue(world.db, NORA, PENDING)) == ["hamilton", "oslo-waiting"]
    assert ids(list_queue(world.db, NORA, PENDING, countries=["FR"])) == []
    assert ids(list_queue(world.db, NORA, PENDING, countries=["FR", "NO"])) == ["hamilton", "oslo-waiting"]


def test_queue_is_filtered_before_it_is_cut(world: World) -> None:
    for number in range(3):
        submit(world.db, event(f"vigil-{number}", kind=Kind.VIGIL))
    assert ids(list_queue(world.db, MIRA, PENDING, kinds=[Kind.VIGIL], limit=2)) == ["vigil-0", "vigil-1"]


def test_queue_by_age_holds_what_came_in_before(world: World) -> None:
    world.clock.now += timedelta(days=2)
    submit(world.db, event("newer"))
    day_ago = world.now - timedelta(days=1)
    assert ids(list_queue(world.db, MIRA, PENDING, sent_before=day_ago)) == ["hamilton", "oslo-waiting"]


def test_published_events_are_listed_with_their_exact_place(world: World) -> None:
    events = list_published(world.db, world.snapshot(), MIRA)
    assert events == [world.db.read(get_event, "oslo-over"), world.db.read(get_event, "oslo-public")]
    assert list_published(world.db, world.snapshot(), MIRA, kinds=[Kind.VIGIL]) == []
