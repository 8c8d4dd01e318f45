"""What happened to an event, and going back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from rallymap.errors import EventNotFoundError, RightsError, StaleEventError
from rallymap.events import Event, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision
from rallymap.store import EventStore, HistoryEntry, PublicHistoryEntry

Make = Callable[..., Event]


@pytest.fixture
def published(store: EventStore, make_event: Make, moderator: Account) -> Event:
    """At revision 3: submitted, title changed, published."""
    store.submit(make_event(), idempotency_key="submitted")
    first = store.get("oslo-2020")
    store.edit(first.changed(title="March in Oslo"), actor=moderator, expected_revision=1, idempotency_key="edited")
    return store.decide(
        "oslo-2020", Decision.PUBLISH, actor=moderator, expected_revision=2, idempotency_key="published"
    )


def test_history_tells_who_did_what(store: EventStore, published: Event, clock: Callable[[], datetime]) -> None:
    now = clock()

    assert store.history("oslo-2020") == [
        HistoryEntry(now, "visitor", "submitted", 1, ReviewStatus.PENDING, "", {}),
        HistoryEntry(now, "mina", "edited", 2, ReviewStatus.PENDING, "", {"title": ("Rally in Oslo", "March in Oslo")}),
        HistoryEntry(now, "mina", "published", 3, ReviewStatus.PUBLISHED, "", {"review": ("pending", "published")}),
    ]
    assert store.history("nowhere") == []


def test_public_history_begins_with_publishing(
    store: EventStore, published: Event, moderator: Account, clock: Callable[[], datetime]
) -> None:
    store.edit(published.changed(about="Rain."), actor=moderator, expected_revision=3, idempotency_key="more")
    now = clock()

    assert store.public_history("oslo-2020", now) == [
        PublicHistoryEntry(now, "published", ()),
        PublicHistoryEntry(now, "edited", ("about",)),
    ]


def test_public_history_of_event_that_is_not_public(
    store: EventStore, make_event: Make, clock: Callable[[], datetime]
) -> None:
    store.submit(make_event(), idempotency_key="submitted")

    with pytest.raises(EventNotFoundError):
        store.public_history("oslo-2020", clock())


def test_any_revision_can_be_read(store: EventStore, published: Event) -> None:
    assert store.get_revision("oslo-2020", 1).title == "Rally in Oslo"
    assert store.get_revision("oslo-2020", 3) == published
    assert store.revision_differences("oslo-2020", 1, 3) == {"title": ("Rally in Oslo", "March in Oslo")}
    with pytest.raises(EventNotFoundError):
        store.get_revision("oslo-2020", 4)


def test_restore_keeps_the_review_status(store: EventStore, published: Event, moderator: Account) -> None:
    restored = store.restore("oslo-2020", 1, actor=moderator, expected_revision=3, idempotency_key="restored")

    assert restored == published.changed(title="Rally in Oslo", revision=4)
    assert store.get("oslo-2020") == restored
    assert store.history("oslo-2020")[-1].verb == "restored"
    assert store.restore("oslo-2020", 1, actor=moderator, expected_revision=3, idempotency_key="restored") == restored
    assert len(store.history("oslo-2020")) == 4


def test_restore_of_a_revision_that_never_was(store: EventStore, published: Event, moderator: Account) -> None:
    with pytest.raises(EventNotFoundError):
        store.restore("oslo-2020", 9, actor=moderator, expected_revision=3, idempotency_key="restored")


def test_restore_of_a_stale_event(store: EventStore, published: Event, moderator: Account) -> None:
    with pytest.raises(StaleEventError):
        store.restore("oslo-2020", 1, actor=moderator, expected_revision=2, idempotency_key="restored")


def test_restore_by_a_visitor(store: EventStore, published: Event) -> None:
    with pytest.raises(RightsError):
        store.restore("oslo-2020", 1, actor=VISITOR, expected_revision=3, idempotency_key="restored")
