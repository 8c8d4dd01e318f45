"""Follow-up of events that are over."""

from __future__ import annotations

from rallymap.events import EventStatus, ReviewStatus
from rallymap.workflows.edits import Edited, edit_event
from rallymap.workflows.follow_up import list_follow_up
from rallymap.workflows.waiting import count_lists
from tests.workflows.moderated import MIRA, RESOLVER, World, new_key


def edit(world: World, event_id: str, revision: int = 1, **fields: str) -> Edited:
    return edit_event(
        world.db, RESOLVER, event_id, fields, account=MIRA, expected_revision=revision, idempotency_key=new_key()
    )


def test_follow_up_ends_when_it_is_said_what_happened(world: World) -> None:
    assert [one.id for one in list_follow_up(world.db, MIRA, world.now)] == [world.over]
    assert count_lists(world.db, MIRA, world.now)["follow-up"] == 1
    edited = edit(world, world.over, 2, status="held", crowd_words="hundreds", source2_title="A leaflet")
    assert edited.event is not None
    assert (edited.event.status, edited.event.review) == (EventStatus.HELD, ReviewStatus.PUBLISHED)
    assert list_follow_up(world.db, MIRA, world.now) == []
    assert count_lists(world.db, MIRA, world.now)["follow-up"] == 0
