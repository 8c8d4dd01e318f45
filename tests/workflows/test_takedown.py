"""Takedown."""

from __future__ import annotations

import pytest

from rallymap.errors import EventNotFoundError, RightsError, StaleEventError
from rallymap.moderation import Account, Role, TakedownReason
from rallymap.store.audit import list_audit
from rallymap.store.events import get_event
from rallymap.store.takedown import get_tombstone
from rallymap.workflows.takedown import take_down
from tests.workflows.moderated import MIRA, RESOLVER, World, new_key


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
