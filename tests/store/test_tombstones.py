"""What is left of events that are gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from rallymap.errors import (
    EventNotFoundError,
    RightsError,
    StaleEventError,
)
from rallymap.events import Event
from rallymap.moderation import VISITOR, Account, Decision, Role, TakedownReason
from rallymap.store import AddResult, Database, Tombstone
from rallymap.store.audit import get_revision, list_audit
from rallymap.store.bulk import add_many
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_public_event, read_public_changes
from rallymap.store.messages import list_notes
from rallymap.store.schema import tombstones
from rallymap.store.takedown import get_tombstone, list_gone, list_tombstones
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.messages import add_note
from rallymap.workflows.submissions import send_events
from rallymap.workflows.takedown import delete_event
from tests.store.acts import merge

Make = Callable[..., Event]
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FLEUR = Account("fleur", Role.MODERATOR, ("FR",))


@pytest.mark.slow
def test_takedown_leaves_only_the_tombstone(db: Database, make_event: Make, moderator: Account) -> None:
    receipt = send_events(db, [make_event()], idempotency_key="submitted", contact="tor@example.org")[0]
    decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=1, idempotency_key="publish")
    add_note(db, "oslo-2020", "A note.", account=moderator, idempotency_key="note")
    version = db.dataset_version()
    delete_event(db, "oslo-2020", TakedownReason.RISK, account=moderator, expected_revision=2, idempotency_key="down")

    assert db.read(get_tombstone, "oslo-2020") == Tombstone("oslo-2020", "risk", NOW)
    assert db.read(list_tombstones) == [Tombstone("oslo-2020", "risk", NOW)]
    assert db.read(read_public_changes, version).removed == ["oslo-2020"]
    assert db.dataset_version() == version + 1
    assert db.read(list_notes, "oslo-2020") == []
    assert [(entry.action, entry.reason, entry.changes) for entry in db.read(list_audit, "oslo-2020")] == [
        ("submitted", "", {}),
        ("published", "", {}),
        ("noted", "", {}),
        ("taken down", "risk", {}),
    ]
    for revision in (1, 2):
        with pytest.raises(EventNotFoundError):
            db.read(get_revision, "oslo-2020", revision)
    with pytest.raises(EventNotFoundError):
        db.read(get_public_event, "oslo-2020", NOW)
    with pytest.raises(EventNotFoundError):
        db.read(read_own_event, receipt.edit_token)
    assert add_many(db, [make_event()], actor="import") == AddResult(withdrawn=1)


@pytest.mark.slow
def test_takedown_overwrites_the_bytes(tmp_path: Path, make_event: Make, moderator: Account) -> None:
    words = "Unmistakable-Wordings"
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    send_events(db, [make_event(about=words)], idempotency_key="submitted", contact=words)[0]
    edited = make_event(about="Other.", organisers=(words,), location=None)
    store_edit(db, edited, account=moderator, expected_revision=1, idempotency_key="edit")
    store_edit(db, make_event(about="Other."), account=moderator, expected_revision=2, idempotency_key="edit-2")
    decide(
        db,
        "oslo-2020",
        Decision.SEND_BACK,
        account=moderator,
        expected_revision=3,
        reason=words,
        idempotency_key="back",
    )
    send_events(db, [make_event("other-1")], idempotency_key="other")[0]
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    delete_event(
        db, "oslo-2020", TakedownReason.REQUEST, account=moderator, expected_revision=4, idempotency_key="down"
    )
    after = {path.name for path in tmp_path.iterdir() if words.encode() in path.read_bytes()}
    db.close()

    assert words.encode() in before
    assert after == set()


@pytest.mark.slow
def test_takedown_reaches_events_merged_into_it(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event(f"event-{n}") for n in range(3)], actor="import")
    merge(db, "event-1", "event-0", account=moderator, expected_revision=1, gone_revision=1, idempotency_key="one")
    merge(db, "event-2", "event-1", account=moderator, expected_revision=1, gone_revision=2, idempotency_key="two")
    delete_event(db, "event-2", TakedownReason.LEGAL, account=moderator, expected_revision=2, idempotency_key="down")

    for event_id in ("event-0", "event-1", "event-2"):
        with pytest.raises(EventNotFoundError):
            db.read(get_revision, event_id, 1)
        with pytest.raises(EventNotFoundError):
            db.read(get_public_event, event_id, NOW)


@pytest.mark.slow
def test_takedown_needs_the_right_and_the_present_revision(db: Database, make_event: Make, moderator: Account) -> None:
    add_many(db, [make_event()], actor="import")

    for actor in (VISITOR, FLEUR):
        with pytest.raises(RightsError):
            delete_event(
                db, "oslo-2020", TakedownReason.SPAM, account=actor, expected_revision=1, idempotency_key="down"
            )
    with pytest.raises(StaleEventError):
        delete_event(
            db, "oslo-2020", TakedownReason.SPAM, account=moderator, expected_revision=2, idempotency_key="down"
        )
    assert db.read(get_event, "oslo-2020") == make_event()


@pytest.mark.slow
def test_withdrawn_event_is_listed_until_it_is_published_again(
    db: Database, make_event: Make, moderator: Account
) -> None:
    add_many(db, [make_event()], actor="import")
    decide(
        db,
        "oslo-2020",
        Decision.WITHDRAW,
        account=moderator,
        expected_revision=1,
        reason="Wrong.",
        idempotency_key="w",
    )
    assert db.read(list_tombstones) == [Tombstone("oslo-2020", "withdrawn", NOW)]

    decide(db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="p")
    assert db.read(list_tombstones) == []


@pytest.mark.slow
def test_what_is_gone_comes_in_parts_without_loss_where_many_went_at_once(db: Database) -> None:
    times = {f"gone-{number}": NOW.timestamp() + (0.25 if number == 8 else 0) for number in range(9)}
    with db.writing() as tx:
        common = {"redirect_to": "", "reason_code": "risk", "was_public": True, "changed_in": 1}
        tx.conn.execute(sa.insert(tombstones), [{"event_id": id_, "at": at, **common} for id_, at in times.items()])
    expected = [(round(at * 1_000_000), event_id) for event_id, at in times.items()]

    found, last = [], None
    while part := db.read(list_gone, 0, last, 4):
        found.append(part)
        last = part[-1]
    assert found == [expected[:4], expected[4:8], expected[8:]]
    assert db.read(list_gone, NOW.timestamp() + 0.1, None, 4) == expected[8:]
