"""The dates of one repeated event that wait for review."""

from __future__ import annotations

from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store.events import get_event
from rallymap.workflows.campaigns import list_campaign_cases
from rallymap.workflows.submissions import submit_event
from tests.workflows.moderated import MIRA, RESOLVER, World, new_key, publish, statuses

VIGIL = {
    "title": "Weekly vigil", "kind": "vigil", "precision": "day", "start": "2026-07-04", "place_text": "Oslo",
    "repeat": "weekly", "repeat_until": "2026-07-18", "source_url": "https://example.org/1",
}  # fmt: skip


def send(world: World, **fields: str) -> list[str]:
    sent = submit_event(world.db, RESOLVER, VIGIL | fields, idempotency_key=new_key(), now=world.now)
    assert sent.errors == {}
    return [receipt.event_id for receipt in sent.receipts]


def test_dates_that_wait_are_found_from_each_of_them(world: World) -> None:
    dates, others = send(world), send(world)
    for event_id in dates:
        found = list_campaign_cases(world.db, MIRA, world.db.read(get_event, event_id))
        assert [one.id for one in found] == dates
    assert set(dates).isdisjoint(others)
    publish(world.db, dates[0])
    left = list_campaign_cases(world.db, MIRA, world.db.read(get_event, dates[1]))
    assert [one.id for one in left] == dates[1:]
    assert statuses(world.db, *dates[1:]) == [ReviewStatus.PENDING, ReviewStatus.PENDING]


def test_single_event_and_other_countries_have_no_series(world: World) -> None:
    [single] = send(world, repeat="never")
    assert list_campaign_cases(world.db, MIRA, world.db.read(get_event, single)) == []
    assert list_campaign_cases(world.db, MIRA, world.db.read(get_event, world.waiting)) == []
    dates = send(world)
    french = Account("fleur", Role.MODERATOR, ("FR",))
    assert list_campaign_cases(world.db, french, world.db.read(get_event, dates[0])) == []
