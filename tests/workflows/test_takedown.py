"""Takedown."""

from __future__ import annotations

from rallymap.moderation import TakedownReason
from rallymap.store.audit import list_audit
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
