"""The queue, the open case and the decisions, on a real store."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store import QueueItem
from rallymap.store.events import get_event
from rallymap.store.review_queue import QueueOrder
from rallymap.workflows.review_queue import list_marks, list_published, list_queue
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


def test_queue_is_searched_in_what_an_event_says_and_in_its_receipt(world: World) -> None:
    submit(world.db, event("gothenburg", title="Vigil at the Opera", organisers=("Föreningen Fred",)))
    submit(world.db, event("title-less", about="Freedom"))
    found = list_queue(world.db, MIRA, PENDING, words="opera FÖRENINGEN")
    assert ids(found) == ["gothenburg"]
    assert ids(list_queue(world.db, MIRA, PENDING, words=found[0].code.lower())) == ["gothenburg"]
    # The names of stored fields are no words of an event.
    assert ids(list_queue(world.db, MIRA, PENDING, words="communities")) == []
    assert ids(list_queue(world.db, MIRA, PENDING, words="100%_")) == []
    assert ids(list_queue(world.db, NORA, PENDING, words="parliament")) == ["oslo-waiting"]


def test_queue_in_the_order_of_dates_begins_with_the_next_event(world: World) -> None:
    today = world.now.date()
    for name, days in (("yesterday", -1), ("tomorrow", 1), ("next-year", 300)):
        submit(world.db, event(name, when=EventDate(today + timedelta(days), precision=DatePrecision.DAY)))
    submit(world.db, event("undated", when=EventDate.unknown()))
    by_date = ids(list_queue(world.db, MIRA, PENDING, order=QueueOrder.EVENT_DATE, today=today))
    assert by_date == ["tomorrow", "next-year", "yesterday", "hamilton", "oslo-waiting", "undated"]
    world.clock.now += timedelta(minutes=1)
    submit(world.db, event("newest"))
    assert ids(list_queue(world.db, MIRA, PENDING, order=QueueOrder.NEWEST))[0] == "newest"


def test_marks_say_what_to_know_before_opening_an_event(world: World) -> None:
    ahead = EventDate(world.now.date() + timedelta(days=3), precision=DatePrecision.DAY, zone="Europe/Oslo")
    square = Location(59.913, 10.74, LocationPrecision.VENUE, 100, 1, "pin", "Oslo", "Oslo", "NO")
    for made in (
        event("nowhere", place=Place("Xqzz"), location=None),
        event("again", title="Rally oslo-public"),
        event("open", when=ahead, location=square, status="announced", disclosure="public"),
        event("closed", when=ahead, location=square, status="announced", title="Bookstand"),
    ):
        submit(world.db, made)
    listed = [item.event for item in list_queue(world.db, MIRA, PENDING)]
    marks = list_marks(world.db, MIRA, listed, world.now)
    assert {event_id: said for event_id, said in marks.items() if said} == {
        "hamilton": ("no place",),
        "nowhere": ("no place",),
        "again": ("may be a duplicate",),
        "open": ("exact location at once",),
    }


@pytest.mark.slow
def test_queue_of_any_length_takes_the_same_few_statements(world: World) -> None:
    def statements(of: int) -> int:
        asked = []
        sa.event.listen(world.db._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        items = list_queue(world.db, MIRA, PENDING, words="rally", order=QueueOrder.EVENT_DATE, today=world.now.date())
        assert len(items) == of
        list_marks(world.db, MIRA, [item.event for item in items], world.now)
        return len(asked)

    few = statements(2)
    for number in range(40):
        submit(world.db, event(f"vigil-{number}"))
    assert statements(42) == few
