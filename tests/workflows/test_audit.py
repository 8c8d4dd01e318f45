"""What happened to an event, field by field, and the way back."""

from __future__ import annotations

import pytest

from rallymap.errors import EventNotFoundError
from rallymap.moderation import TakedownReason
from rallymap.store.events import get_event
from rallymap.workflows.audit import read_history, read_log, restore_revision
from rallymap.workflows.edits import store_edit
from rallymap.workflows.takedown import take_down
from tests.workflows.moderated import ADA, MIRA, RESOLVER, World, new_key


def test_history_shows_each_change_with_what_was_said(world: World) -> None:
    seen = world.db.read(get_event, world.waiting)
    changed = seen.changed(title="Other words")
    store_edit(world.db, changed, account=MIRA, expected_revision=1, idempotency_key=new_key())
    newest, oldest = read_history(world.db, world.waiting, account=MIRA)
    assert (newest.entry.action, newest.entry.actor, newest.entry.revision) == ("edited", "mira", 2)
    assert (newest.before, newest.after) == (seen, changed.changed(revision=2))
    assert (oldest.entry.action, oldest.before, oldest.after) == ("submitted", None, None)


def test_restored_revision_is_a_new_one(world: World) -> None:
    seen = world.db.read(get_event, world.waiting)
    store_edit(
        world.db, seen.changed(title="Other words"), account=MIRA, expected_revision=1, idempotency_key=new_key()
    )
    after = restore_revision(world.db, world.waiting, 1, account=MIRA, expected_revision=2, idempotency_key=new_key())
    assert after == seen.changed(revision=3)
    with pytest.raises(EventNotFoundError):
        restore_revision(world.db, world.waiting, 9, account=MIRA, expected_revision=3, idempotency_key=new_key())


def test_log_of_an_event_that_was_taken_down_shows_acts_and_no_words(world: World) -> None:
    take_down(
        world.db,
        RESOLVER,
        world.public,
        TakedownReason.SPAM,
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    log = read_log(world.db, world.public, account=ADA)
    assert (log[0].entry.action, log[0].entry.reason) == ("taken down", "spam")
    assert [(change.before, change.after) for change in log] == [(None, None)] * len(log)
    assert "Bergen" not in repr(log)


def test_log_of_an_unknown_id_is_empty(world: World) -> None:
    assert read_log(world.db, "nothing-here", account=ADA) == []
