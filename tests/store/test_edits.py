"""Edits by moderators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from rallymap.errors import RightsError, StaleEventError
from rallymap.events import Event, Location, LocationPrecision, ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.schema import audit
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
FOR_NORWAY = Account("nora", Role.MODERATOR, ("NO",))
PARIS = Location(48.85, 2.35, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Paris", "", "FR")


@pytest.fixture
def pending(db: Database, make_event: Make) -> Event:
    send_events(db, [make_event()], idempotency_key="submitted")[0]
    return db.read(get_event, "oslo-2020")


def trail(db: Database) -> list[tuple[object, ...]]:
    columns = (audit.c.actor, audit.c.action, audit.c.event_id, audit.c.revision, audit.c.reason, audit.c.changes)
    with db.reading() as tx:
        return [tuple(row) for row in tx.conn.execute(sa.select(*columns).order_by(audit.c.seq))]


@pytest.mark.slow
def test_edit_keeps_the_review_status(db: Database, pending: Event, moderator: Account) -> None:
    wanted = pending.changed(title="March in Oslo", review=ReviewStatus.PUBLISHED)
    edited = store_edit(db, wanted, account=moderator, expected_revision=1, idempotency_key="edit")

    assert edited == pending.changed(title="March in Oslo", revision=2)
    assert trail(db)[1] == ("mina", "edited", "oslo-2020", 2, "", '{"title":["Rally in Oslo","March in Oslo"]}')


@pytest.mark.slow
def test_edit_without_a_difference_stores_nothing(db: Database, pending: Event, moderator: Account) -> None:
    assert store_edit(db, pending, account=moderator, expected_revision=1, idempotency_key="edit") == pending
    assert len(trail(db)) == 1


@pytest.mark.slow
def test_edit_of_a_stale_event(db: Database, pending: Event, moderator: Account) -> None:
    store_edit(db, pending.changed(title="One"), account=moderator, expected_revision=1, idempotency_key="one")

    with pytest.raises(StaleEventError):
        store_edit(db, pending.changed(title="Two"), account=moderator, expected_revision=1, idempotency_key="two")
    assert db.read(get_event, pending.id).title == "One"


@pytest.mark.slow
def test_edit_of_another_country(db: Database, make_event: Make) -> None:
    send_events(db, [make_event(location=PARIS)], idempotency_key="submitted")[0]

    with pytest.raises(RightsError, match="This event is in France; your account is for Norway only"):
        store_edit(db, make_event(title="X"), account=FOR_NORWAY, expected_revision=1, idempotency_key="edit")
