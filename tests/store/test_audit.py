"""What happened to an event, and going back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from rallymap.errors import EventNotFoundError, RightsError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision
from rallymap.store import Database, HistoryEntry, PublicHistoryEntry
from rallymap.store.audit import get_revision, list_audit, list_public_history
from rallymap.store.events import get_event
from rallymap.workflows.audit import restore_revision
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.submissions import send_events

Make = Callable[..., Event]


@pytest.fixture
def published(db: Database, make_event: Make, moderator: Account) -> Event:
    """At revision 3: submitted, title changed, published."""
    send_events(db, [make_event()], idempotency_key="submitted")[0]
    first = db.read(get_event, "oslo-2020")
    store_edit(
        db, first.changed(title="March in Oslo"), account=moderator, expected_revision=1, idempotency_key="edited"
    )
    return decide(
        db, "oslo-2020", Decision.PUBLISH, account=moderator, expected_revision=2, idempotency_key="published"
    )


@pytest.mark.slow
def test_history_shows_who_did_what(db: Database, published: Event, clock: Callable[[], datetime]) -> None:
    now = clock()

    assert db.read(list_audit, "oslo-2020") == [
        HistoryEntry(now, "visitor", "submitted", 1, ReviewStatus.PENDING, "", {}),
        HistoryEntry(now, "mina", "edited", 2, ReviewStatus.PENDING, "", {"title": ("Rally in Oslo", "March in Oslo")}),
        HistoryEntry(now, "mina", "published", 3, ReviewStatus.PUBLISHED, "", {"review": ("pending", "published")}),
    ]
    assert db.read(list_audit, "nowhere") == []


@pytest.mark.slow
def test_public_history_begins_with_publishing(
    db: Database, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store_edit(db, published.changed(about="Rain."), account=moderator, expected_revision=3, idempotency_key="more")
    now = clock()

    assert db.read(list_public_history, "oslo-2020", now) == [
        PublicHistoryEntry(now, "published", ()),
        PublicHistoryEntry(now, "edited", ("about",)),
    ]


@pytest.mark.slow
def test_public_history_of_event_that_is_not_public(
    db: Database, make_event: Make, clock: Callable[[], datetime]
) -> None:
    send_events(db, [make_event()], idempotency_key="submitted")[0]

    with pytest.raises(EventNotFoundError):
        db.read(list_public_history, "oslo-2020", clock())


@pytest.mark.slow
def test_any_revision_can_be_read(db: Database, published: Event) -> None:
    assert db.read(get_revision, "oslo-2020", 1).title == "Rally in Oslo"
    assert db.read(get_revision, "oslo-2020", 3) == published
    with pytest.raises(EventNotFoundError):
        db.read(get_revision, "oslo-2020", 4)


@pytest.mark.slow
def test_restore_keeps_the_review_status(db: Database, published: Event, moderator: Account) -> None:
    restored = restore_revision(db, "oslo-2020", 1, account=moderator, expected_revision=3, idempotency_key="restored")

    assert restored == published.changed(title="Rally in Oslo", revision=4)
    assert db.read(get_event, "oslo-2020") == restored
    assert db.read(list_audit, "oslo-2020")[-1].action == "restored"
    assert (
        restore_revision(db, "oslo-2020", 1, account=moderator, expected_revision=3, idempotency_key="restored")
        == restored
    )
    assert len(db.read(list_audit, "oslo-2020")) == 4


@pytest.mark.slow
def test_restore_of_a_revision_that_never_was(db: Database, published: Event, moderator: Account) -> None:
    with pytest.raises(EventNotFoundError):
        restore_revision(db, "oslo-2020", 9, account=moderator, expected_revision=3, idempotency_key="restored")


@pytest.mark.slow
def test_restore_of_a_stale_event(db: Database, published: Event, moderator: Account) -> None:
    with pytest.raises(StaleEventError):
        restore_revision(db, "oslo-2020", 1, account=moderator, expected_revision=2, idempotency_key="restored")


@pytest.mark.slow
def test_restore_by_a_visitor(db: Database, published: Event) -> None:
    with pytest.raises(RightsError):
        restore_revision(db, "oslo-2020", 1, account=VISITOR, expected_revision=3, idempotency_key="restored")
