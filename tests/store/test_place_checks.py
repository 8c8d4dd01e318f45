"""Place checks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from rallymap.events import Event, Location, LocationPrecision
from rallymap.moderation import Account, Decision
from rallymap.store import Database, PlaceCheck
from rallymap.store.events import get_event
from rallymap.store.place_checks import list_place_checks
from rallymap.store.schema import audit
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.place_checks import set_location
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]
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
def test_settled_place_leaves_the_list(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(
        db, [make_event(location=None)], idempotency_key="a", place_checks={"oslo-2020": PlaceCheck("no-match")}
    )[0]
    settled = set_location(db, "oslo-2020", PARIS, account=moderator, expected_revision=1, idempotency_key="settle")

    assert settled.location == PARIS
    assert db.read(list_place_checks) == []
    assert trail(db)[1][:4] == ("mina", "place settled", "oslo-2020", 2)
    assert (
        set_location(db, "oslo-2020", None, account=moderator, expected_revision=1, idempotency_key="settle") == settled
    )


@pytest.mark.slow
def test_settled_without_a_location_leaves_the_list(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(
        db, [make_event(location=None)], idempotency_key="a", place_checks={"oslo-2020": PlaceCheck("no-match")}
    )[0]
    set_location(db, "oslo-2020", None, account=moderator, expected_revision=1, idempotency_key="settle")

    assert db.read(list_place_checks) == []


@pytest.mark.slow
def test_places_to_check_for_norway(db: Database, make_event: Make) -> None:
    check = PlaceCheck("ambiguous")
    send_events(db, [make_event("oslo-1")], idempotency_key="a", place_checks={"oslo-1": check})[0]
    send_events(db, [make_event("paris-1", location=PARIS)], idempotency_key="b", place_checks={"paris-1": check})[0]

    assert [item.event.id for item in db.read(list_place_checks, countries=("NO",))] == ["oslo-1"]
    assert [item.event.id for item in db.read(list_place_checks)] == ["oslo-1", "paris-1"]


@pytest.mark.slow
def test_edit_that_changes_the_location_settles_the_place(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(db, [make_event()], idempotency_key="a", place_checks={"oslo-2020": PlaceCheck("ambiguous")})[0]
    pending = db.read(get_event, "oslo-2020")
    store_edit(db, pending.changed(title="Other"), account=moderator, expected_revision=1, idempotency_key="b")
    assert len(db.read(list_place_checks)) == 1
    store_edit(db, pending.changed(location=PARIS), account=moderator, expected_revision=2, idempotency_key="c")
    assert db.read(list_place_checks) == []


@pytest.mark.slow
def test_rejected_event_needs_no_place(db: Database, make_event: Make, moderator: Account) -> None:
    send_events(db, [make_event()], idempotency_key="a", place_checks={"oslo-2020": PlaceCheck("ambiguous")})[0]
    decide(
        db, "oslo-2020", Decision.REJECT, account=moderator, expected_revision=1, reason="Spam.", idempotency_key="b"
    )

    assert db.read(list_place_checks) == []
