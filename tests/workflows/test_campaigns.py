"""The dates of one repeated event that wait for review, and the name of their campaign."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError, InvalidEventError, RightsError
from rallymap.events import Campaign, ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store.audit import list_audit
from rallymap.store.events import get_event
from rallymap.workflows.campaigns import list_campaign_cases, list_campaigns, rename_campaign, with_campaign_cases
from rallymap.workflows.edits import store_edit
from rallymap.workflows.review_queue import list_published, list_queue
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


def test_rows_bring_the_events_of_their_campaigns_in_one_statement(world: World) -> None:
    series = [send(world), send(world), send(world)]
    alone = world.db.read(get_event, world.waiting)
    publish(world.db, series[2][0])
    heads = [world.db.read(get_event, dates[-1]) for dates in series]
    asked: list[str] = []
    sa.event.listen(world.db._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    found = with_campaign_cases(world.db, MIRA, [alone, *heads])
    selects = [statement for statement in asked if statement.lstrip().startswith("SELECT")]
    assert {one.id for one in found} == {world.waiting, *series[0], *series[1], *series[2][1:]}
    assert len(found) == 9
    asked.clear()
    assert with_campaign_cases(world.db, MIRA, heads[:1]) != []
    assert len([statement for statement in asked if statement.lstrip().startswith("SELECT")]) == len(selects)
    french = Account("fleur", Role.MODERATOR, ("FR",))
    assert with_campaign_cases(world.db, french, heads[:1]) == heads[:1]


def test_single_event_and_other_countries_have_no_series(world: World) -> None:
    [single] = send(world, repeat="never")
    assert list_campaign_cases(world.db, MIRA, world.db.read(get_event, single)) == []
    assert list_campaign_cases(world.db, MIRA, world.db.read(get_event, world.waiting)) == []
    dates = send(world)
    french = Account("fleur", Role.MODERATOR, ("FR",))
    assert list_campaign_cases(world.db, french, world.db.read(get_event, dates[0])) == []


def campaign_of(world: World, event_id: str) -> Campaign:
    campaign = world.db.read(get_event, event_id).campaign
    assert campaign is not None
    return campaign


def test_all_events_of_a_campaign_get_its_new_name_whatever_their_status(world: World) -> None:
    dates, [other, *_] = send(world), send(world)
    publish(world.db, dates[0])
    campaign, version = campaign_of(world, dates[0]).id, world.db.dataset_version()

    key = new_key()
    for _ in range(2):
        rename_campaign(world.db, campaign, " Every Saturday ", account=MIRA, idempotency_key=key)

    assert {campaign_of(world, one) for one in dates} == {Campaign(campaign, "Every Saturday")}
    assert [world.db.read(get_event, one).revision for one in dates] == [3, 2, 2]
    assert statuses(world.db, *dates) == [ReviewStatus.PUBLISHED, ReviewStatus.PENDING, ReviewStatus.PENDING]
    assert world.db.dataset_version() > version
    assert campaign_of(world, other).name == "Weekly vigil"
    assert ("mira", "edited") in {(entry.actor, entry.action) for entry in world.db.read(list_audit, dates[1])}
    rename_campaign(world.db, campaign, "Every Saturday", account=MIRA, idempotency_key=new_key())
    assert world.db.read(get_event, dates[1]).revision == 2


def test_campaign_is_named_by_who_may_change_all_of_its_events(world: World) -> None:
    oslo, paris = send(world), send(world, place_text="Paris, France", repeat="never")
    campaign = campaign_of(world, oslo[0])
    event = world.db.read(get_event, paris[0])
    store_edit(
        world.db,
        event.changed(campaign=campaign),
        account=MIRA,
        expected_revision=event.revision,
        idempotency_key=new_key(),
    )
    norwegian = Account("nora", Role.MODERATOR, ("NO",))
    with pytest.raises(RightsError):
        rename_campaign(world.db, campaign.id, "Mine", account=norwegian, idempotency_key=new_key())
    assert {campaign_of(world, one).name for one in (*oslo, *paris)} == {"Weekly vigil"}


@pytest.mark.parametrize("name", ["", "   ", "x" * 400])
def test_name_that_cannot_be_changes_nothing(world: World, name: str) -> None:
    dates = send(world)
    with pytest.raises(InvalidEventError) as caught:
        rename_campaign(world.db, campaign_of(world, dates[0]).id, name, account=MIRA, idempotency_key=new_key())
    assert caught.value.field == "campaign"
    assert campaign_of(world, dates[0]).name == "Weekly vigil"


def test_campaign_that_is_not_there(world: World) -> None:
    with pytest.raises(EventNotFoundError):
        rename_campaign(world.db, "campaign-0", "Name", account=MIRA, idempotency_key=new_key())


def test_queue_lists_each_event_of_the_campaign_that_is_asked_for(world: World) -> None:
    dates, others = send(world), send(world, title="Monthly vigil")
    publish(world.db, dates[0])
    campaign, other = campaign_of(world, dates[0]).id, campaign_of(world, others[0]).id

    def queued(campaign: str, words: str = "") -> list[str]:
        items = list_queue(world.db, MIRA, [ReviewStatus.PENDING], campaign=campaign, words=words)
        return [item.event.id for item in items]

    assert queued(campaign) == dates[1:]
    assert queued(other, "monthly") == others
    assert queued(campaign, "monthly") == []
    assert [one.id for one in list_published(world.db, world.snapshot(), MIRA, campaign=campaign)] == dates[:1]
    assert list_published(world.db, world.snapshot(), MIRA, campaign=campaign, countries=["FR"]) == []

    assert list_campaigns(world.db, MIRA, ReviewStatus.PENDING) == {campaign: "Weekly vigil", other: "Monthly vigil"}
    assert list_campaigns(world.db, MIRA, ReviewStatus.PUBLISHED) == {campaign: "Weekly vigil"}
    french = Account("fleur", Role.MODERATOR, ("FR",))
    assert list_campaigns(world.db, french, ReviewStatus.PENDING) == {}
