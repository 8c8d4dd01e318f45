"""Takedown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rallymap.errors import EventNotFoundError, EventTakenDownError, RightsError, StaleEventError
from rallymap.hosting import Retention
from rallymap.moderation import Account, Role, TakedownReason
from rallymap.store.audit import list_audit
from rallymap.store.desk_tables import ended_links
from rallymap.store.edit_links import list_own_campaign, read_own_event
from rallymap.store.events import get_event
from rallymap.store.housekeeping import tidy
from rallymap.store.takedown import get_tombstone
from rallymap.workflows.merges import merge_events
from rallymap.workflows.submissions import send_events
from rallymap.workflows.takedown import take_down
from tests.workflows.moderated import ADA, MIRA, RESOLVER, World, event, new_key, submit


def test_takedown_leaves_id_reason_and_audit_entries(world: World) -> None:
    take_down(
        world.db,
        RESOLVER,
        world.public,
        TakedownReason.RISK,
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    tombstone = world.db.read(get_tombstone, world.public)
    assert tombstone is not None
    assert (tombstone.reason_code, tombstone.redirect_to) == ("risk", "")
    history = world.db.read(list_audit, world.public)
    assert [entry.action for entry in history][-1] == "taken down"
    assert [dict(entry.changes) for entry in history] == [{}] * len(history)


@pytest.mark.parametrize("document", ["{", "[]", '{"title": "Rally", "place": {"town": ""}}'])
def test_event_that_cannot_be_read_is_taken_down_by_who_may(world: World, document: str) -> None:
    with world.db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = ? WHERE event_id = ?", (document, world.public))

    def remove(account: Account, revision: int = 2) -> None:
        take_down(
            world.db,
            RESOLVER,
            world.public,
            TakedownReason.RISK,
            account=account,
            expected_revision=revision,
            idempotency_key=new_key(),
        )

    for outsider in (Account("paul", Role.MODERATOR, ("FR",)), Account("ian", Role.ORGANISER)):
        with pytest.raises(RightsError):
            remove(outsider)
    with pytest.raises(StaleEventError):
        remove(MIRA, 1)
    remove(MIRA)

    tombstone = world.db.read(get_tombstone, world.public)
    assert tombstone is not None
    assert tombstone.reason_code == "risk"
    with pytest.raises(EventNotFoundError):
        world.db.read(get_event, world.public)
    with world.db.reading() as reading:
        assert (
            reading.conn.exec_driver_sql("SELECT count(*) FROM revisions WHERE event_id = ?", (world.public,)).scalar()
            == 0
        )


def _take_down(
    world: World, event_id: str, reason: TakedownReason = TakedownReason.RISK, actor: Account = MIRA
) -> None:
    revision = world.db.read(get_event, event_id).revision
    take_down(
        world.db, RESOLVER, event_id, reason, account=actor, expected_revision=revision, idempotency_key=new_key()
    )


def test_edit_link_of_a_taken_down_event_says_by_which_role_and_why_and_no_other_link_does(world: World) -> None:
    token = submit(world.db, event("mine"))
    _take_down(world, "mine", actor=ADA)
    with pytest.raises(EventTakenDownError) as raised:
        world.db.read(read_own_event, token)
    assert (raised.value.role, raised.value.reason_code, raised.value.at) == (
        "administrator", "risk", world.now.timestamp(),
    )  # fmt: skip
    for other in ("guess", "", token[:-1], f"{token}~other"):
        with pytest.raises(EventNotFoundError) as refused:
            world.db.read(read_own_event, other)
        assert not isinstance(refused.value, EventTakenDownError)
    with world.db.reading() as tx:
        assert token not in str(tx.conn.execute(ended_links.select()).all())


def test_links_of_a_form_with_several_events_say_which_were_taken_down(world: World) -> None:
    receipts = send_events(world.db, [event("one"), event("two")], idempotency_key=new_key())
    campaign = receipts[0].campaign_token
    _take_down(world, "one", TakedownReason.SPAM)
    assert [each.id for each in world.db.read(list_own_campaign, campaign)] == ["two"]
    for token in (receipts[0].edit_token, f"{campaign}~one"):
        with pytest.raises(EventTakenDownError):
            world.db.read(read_own_event, token)
    assert world.db.read(read_own_event, f"{campaign}~two").event.id == "two"
    _take_down(world, "two")
    with pytest.raises(EventTakenDownError):
        world.db.read(read_own_event, campaign)


def test_links_of_events_that_were_merged_into_a_taken_down_one_say_so(world: World) -> None:
    token = submit(world.db, event("again"))
    kept, gone = (world.db.read(get_event, event_id) for event_id in (world.public, "again"))
    merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    _take_down(world, world.public)
    with pytest.raises(EventTakenDownError):
        world.db.read(read_own_event, token)


def test_ended_link_is_deleted_with_the_tombstone(world: World) -> None:
    token = submit(world.db, event("mine"))
    _take_down(world, "mine")
    for _ in range(4):
        world.db.write(tidy, Retention(tombstones=2))
        world.clock.now += timedelta(hours=25)
    with pytest.raises(EventNotFoundError) as raised:
        world.db.read(read_own_event, token)
    assert not isinstance(raised.value, EventTakenDownError)
