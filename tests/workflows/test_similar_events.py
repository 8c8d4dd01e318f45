"""Visitors who ask for similar events learn no more of a withheld place than its public cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.trilateration import NOW, VENUES, measure, moderator, upcoming, visitor
from rallymap.errors import RateLimitError
from rallymap.events import ReviewStatus
from rallymap.limits import Limits
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.workflows.similar_events import similar_events
from tests.workflows.moderated import World, event


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}", clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize("city", VENUES)
def test_fifty_six_questions_leave_the_whole_cell(db: Database, city: str) -> None:
    learned = measure(db, city, side=2)
    assert learned.by_visitor == learned.cell
    assert learned.by_moderator == 0.0  # the questions are sharp: no other point of the cell fits the stored one


@pytest.mark.slow
def test_moderators_still_compare_with_the_stored_point(db: Database) -> None:
    # 29 km south of the venue, and 33 km south of the middle of its cell.
    venue, asked = upcoming((51.51, -0.15), "GB"), upcoming((51.25, -0.15), "GB").changed(id="asked", title="-")
    add_many(db, [venue], actor="import")
    assert moderator(db)(asked)
    assert not visitor(db)(asked)


def test_what_is_not_published_is_not_compared(world: World) -> None:
    waiting = world.db.read(get_event, world.waiting)
    assert waiting.review is ReviewStatus.PENDING
    found, _ = similar_events(world.db, waiting.changed(id="mine"), None, address="", now=world.now, limit=9)
    assert world.waiting not in [duplicate.event.id for duplicate in found]


def test_pending_events_do_not_push_public_ones_out(world: World) -> None:
    crowd = [event(f"crowd-{n:03}", review=ReviewStatus.PENDING) for n in range(320)]
    add_many(world.db, [*crowd, event("late", review=ReviewStatus.PUBLISHED)], actor="import")
    found, _ = similar_events(world.db, event("mine", sources=()), None, address="", now=world.now, limit=9)
    assert "late" in [duplicate.event.id for duplicate in found]


@pytest.mark.slow
def test_questions_are_limited_and_the_same_one_counts_once(world: World) -> None:
    asked = None
    for _ in range(Limits().lookup + 5):
        _, asked = similar_events(world.db, event("mine"), asked, address="192.0.2.7", now=world.now, limit=3)
    for number in range(Limits().lookup - 1):
        similar_events(
            world.db, event("mine", title=f"Rally {number}"), None, address="192.0.2.7", now=world.now, limit=3
        )
    with pytest.raises(RateLimitError, match="300 searches for similar events were made from your network"):
        similar_events(world.db, event("mine", title="More"), None, address="192.0.2.7", now=world.now, limit=3)
